"""The one httpx client: kept-alive connections, no redirects, no cookies, no proxy for loopback."""

from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from heroterm import __version__
from heroterm.zendesk.address import loopback

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""Errors after which no byte of the request has reached the server (faults 16)."""
_CONNECT_SECONDS = 3.0


def opened(
    base_url: str,
    host: str,
    credentials: httpx.Auth,
    transport: httpx.BaseTransport | None,
    read_timeout: float,
) -> httpx.Client:
    """A client for one host; the secret travels in `auth` alone, so no cookie is ever kept."""
    return httpx.Client(
        base_url=base_url,
        auth=credentials,
        transport=transport,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        timeout=httpx.Timeout(read_timeout, connect=_CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=not loopback(host),
        headers={"User-Agent": f"heroterm/{__version__}", "Accept-Encoding": "gzip"},
    )
