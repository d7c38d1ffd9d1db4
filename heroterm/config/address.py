"""The account's address: built from a subdomain, never taken as it was pasted (faults 124)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from heroterm.errors import UsageError

SUBDOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def account_url(wish: str) -> str:
    """The account's address for a subdomain or a pasted address; always built, never pasted.

    Raises UsageError for what is neither (faults 124). Plain http is for loopback alone.
    """
    text = wish.strip().rstrip("/")
    if "://" not in text:
        name = text.lower().removesuffix(".zendesk.com")
        return f"https://{_subdomain(name, wish)}.zendesk.com"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _no_address(wish) from None
    if parts.scheme in ("http", "https") and host in LOOPBACK and not parts.username:
        shown = f"[{host}]" if ":" in host else host
        return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")
    if parts.scheme == "http":
        raise UsageError(
            "Plain http is for a sandbox on this machine only.",
            "Use https://SUBDOMAIN.zendesk.com.",
        )
    if parts.scheme != "https" or parts.username or port or not host.endswith(".zendesk.com"):
        raise _no_address(wish)
    return f"https://{_subdomain(host.removesuffix('.zendesk.com'), wish)}.zendesk.com"


def on_loopback(url: str) -> bool:
    """Whether an http address is one of this machine."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "http" and parts.hostname in LOOPBACK and not parts.username
    except ValueError:
        return False


def _subdomain(name: str, wish: str) -> str:
    if not SUBDOMAIN.fullmatch(name):
        raise _no_address(wish)
    return name


def _no_address(wish: str) -> UsageError:
    return UsageError(
        f"{wish[:80]!a} is no Zendesk account.",
        "Use its subdomain, as in ACME of https://ACME.zendesk.com, or that whole address.",
    )
