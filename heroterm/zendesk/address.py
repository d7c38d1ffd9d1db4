"""Where an account lives: https for the world, plain http for loopback alone."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from heroterm.errors import UsageError

_SUBDOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")


def loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def base_url(text: str) -> str:
    """The account's address from a subdomain or a URL, without a path. Raises UsageError."""
    if _SUBDOMAIN.fullmatch(text):
        return f"https://{text}.zendesk.com"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _no_address(text) from None
    named = bool(_HOST.fullmatch(host)) and parts.username is None
    if (parts.scheme == "https" and named) or (parts.scheme == "http" and loopback(host)):
        where = f"[{host}]" if ":" in host else host
        return f"{parts.scheme}://{where}" + (f":{port}" if port else "")
    if parts.scheme == "http" and named:
        raise UsageError(
            f"{host} would be asked without encryption.", "Use https; http is for loopback alone."
        )
    raise _no_address(text)


def _no_address(text: str) -> UsageError:
    return UsageError(
        f"{text[:80]!a} is no Zendesk address.", "Give a subdomain like acme, or a https URL."
    )
