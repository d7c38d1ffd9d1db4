"""One bounded GET: no redirect, no cookie, a cap on bytes and seconds, errors in words."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx

from heroterm import __version__
from heroterm.errors import Offline, RotaError

CAP = 4 * 1024 * 1024
"""Bytes of one answer."""
_DEADLINE = timedelta(seconds=20)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def fetch(
    url: str, headers: Mapping[str, str], clock: Callable[[], datetime], *, whose: str
) -> bytes:
    """The answer's body. `whose` names the other side in errors, such as "PagerDuty".

    Raises Offline where nothing answered, RotaError for every answer that is none. The address may
    itself be a secret, so no error says more of it than its host.
    """
    host = urlsplit(url).hostname or ""
    try:
        with (
            _client(host) as client,
            client.stream("GET", url, headers=dict(headers)) as response,
        ):
            refuse(response.status_code, response.headers, whose)
            return _body(response, clock, whose)
    except ssl.SSLError as error:
        raise Offline(f"The certificate of {host} is not trusted.", "Nothing was read.") from error
    except (httpx.TransportError, httpx.StreamError, httpx.InvalidURL) as error:
        raise Offline(f"{whose} cannot be reached.", "The rota read last goes on.") from error


def _client(host: str) -> httpx.Client:
    return httpx.Client(
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        timeout=httpx.Timeout(10.0, connect=3.0),
        follow_redirects=False,
        trust_env=host not in _LOOPBACK,
        headers={"User-Agent": f"heroterm/{__version__}", "Accept-Encoding": "identity"},
    )


def refuse(status: int, headers: Mapping[str, str], whose: str) -> None:
    """RotaError for every status but 200, with the next step."""
    if status == 200:
        return
    if 300 <= status < 400:
        to = urlsplit(headers.get("location", "")).hostname or "another address"
        raise RotaError(
            f"{whose} sends elsewhere, to {to[:100]}; that was not followed.",
            "If that is right, write the new address into [rotation].",
        )
    if status in (401, 403):
        raise RotaError(
            f"{whose} does not accept the token.",
            "A read-only key is enough: `heroterm rotation --token-stdin` keeps another.",
        )
    if status == 404:
        raise RotaError(f"{whose} knows no such schedule.", "Look at [rotation] again.")
    if status == 429:
        wait = headers.get("ratelimit-reset") or headers.get("retry-after") or ""
        after = f" for {int(wait)} s" if wait.isdecimal() else ""
        raise RotaError(f"{whose} asks to wait{after}.", "The next look comes by itself.")
    raise RotaError(f"{whose} answered {status}.", "The next look comes by itself.")


def _body(response: httpx.Response, clock: Callable[[], datetime], whose: str) -> bytes:
    until = clock() + _DEADLINE
    made = bytearray()
    for chunk in response.iter_raw():
        made += chunk
        if len(made) > CAP:
            raise RotaError(f"{whose} answered more than {CAP >> 20} MB.", "Nothing was read.")
        if clock() > until:
            raise RotaError(f"{whose} answers too slowly.", "The next look comes by itself.")
    return bytes(made)
