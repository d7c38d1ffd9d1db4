"""A certificate that is not right is refused in words, and one switch trusts another authority.

The key and certificates beside this file are made up for these tests and good for nothing else.
"""

from __future__ import annotations

import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_server

import pytest

from heroterm.errors import Untrusted, UsageError
from heroterm.zendesk.auth import Token
from heroterm.zendesk.client import Zendesk
from tests.conftest import NOW

HERE = Path(__file__).parent / "certificates"
ANSWER = b'{"groups": []}'
HEAD = f"HTTP/1.1 200 OK\r\nContent-Length: {len(ANSWER)}\r\nConnection: close\r\n\r\n".encode()


@contextmanager
def serving(name: str, *, old: bool = False) -> Iterator[str]:
    """An https server with one of the certificates; its address. `old`: it speaks TLS 1.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(HERE / f"{name}.pem", HERE / "key.pem")
    if old:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    listening = create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_serve, args=(listening.accept, context))
    thread.start()
    try:
        yield f"https://localhost:{listening.getsockname()[1]}"
    finally:
        thread.join(timeout=10)
        listening.close()


def _serve(accept: Callable[..., tuple[object, object]], context: ssl.SSLContext) -> None:
    raw, _ = accept()
    with suppress(OSError), context.wrap_socket(raw, server_side=True) as secure:  # type: ignore[arg-type]
        secure.recv(65_536)
        secure.sendall(HEAD + ANSWER)


def ask(url: str) -> object:
    client = Zendesk(url, Token("jo@example.com", "made-up"), clock=lambda: NOW)
    try:
        return client.groups()
    finally:
        client.close()


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Name an authority as a person behind a company's proxy does."""
    return lambda name: monkeypatch.setenv("SSL_CERT_FILE", str(HERE / f"{name}.pem"))


def test_a_self_signed_certificate_is_refused_in_words() -> None:
    with serving("good") as url, pytest.raises(Untrusted, match="self-signed") as caught:
        ask(url)
    assert "Nothing was sent" in caught.value.remedy and "SSL_CERT_FILE" in caught.value.remedy


def test_an_authority_that_a_person_names_is_trusted(trusting: Callable[[str], None]) -> None:
    trusting("good")
    with serving("good") as url:
        assert ask(url) == ()


@pytest.mark.parametrize(("name", "why"), [("elsewhere", "mismatch"), ("expired", "expired")])
def test_a_trusted_authority_does_not_help_a_wrong_certificate(
    trusting: Callable[[str], None], name: str, why: str
) -> None:
    trusting(name)
    with serving(name) as url, pytest.raises(Untrusted, match=why):
        ask(url)


def test_an_old_encryption_is_refused(trusting: Callable[[str], None]) -> None:
    trusting("good")
    with serving("good", old=True) as url, pytest.raises(Untrusted):
        ask(url)


def test_an_authority_that_is_not_there_is_said(trusting: Callable[[str], None]) -> None:
    trusting("nobody")
    with pytest.raises(UsageError, match="SSL_CERT_FILE"):
        ask("https://localhost:9")
