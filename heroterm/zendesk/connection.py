"""The one httpx client: kept-alive connections, no redirects, no cookies, no proxy for loopback."""

from __future__ import annotations

import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from heroterm import __version__
from heroterm.errors import Offline, Untrusted, UsageError
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


def not_reached(error: BaseException) -> Offline:
    """What an error of `NOT_SENT` says to a person; Untrusted for a certificate that is refused."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = cause.verify_message or "it cannot be verified"
            return Untrusted(
                f"The certificate of Zendesk's address is not trusted: {why}.",
                "Nothing was sent. Behind a company's proxy, name its CA in SSL_CERT_FILE.",
            )
        if isinstance(cause, ssl.SSLError):
            return Untrusted(
                "Zendesk's address does not speak an encryption that is trusted.",
                "Nothing was sent. Is something between here and Zendesk that should not be?",
            )
        cause = cause.__cause__ or cause.__context__
    return Offline("Zendesk cannot be reached.", "What waits is kept.")


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
        verify=_trusted() if base_url.startswith("https:") else _nobody(),
        headers={"User-Agent": f"heroterm/{__version__}", "Accept-Encoding": "gzip"},
    )


def _nobody() -> ssl.SSLContext:
    """No authority at all: plain HTTP asks none, and reading them takes longer than the rest."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _trusted() -> ssl.SSLContext:
    """The authorities that count: those that SSL_CERT_FILE names, else the usual ones."""
    try:
        return httpx.create_ssl_context()
    except OSError:
        raise UsageError(
            "SSL_CERT_FILE or SSL_CERT_DIR names no file with certificates.", "Mend or unset it."
        ) from None
