"""A Zendesk that answers what a test says, streamed as from a socket."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from heroterm.zendesk.auth import Token
from heroterm.zendesk.client import Zendesk
from tests.conftest import NOW

URL = "https://acme.zendesk.com"
STAMP = "2026-03-04T10:00:00Z"
TICKET: dict[str, Any] = {"id": 7, "subject": "Hello", "status": "open", "updated_at": STAMP}
Handler = Callable[[httpx.Request], httpx.Response]


def answer(
    told: Any, status: int = 200, *, packed: bool = False, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    """An answer: bytes and text as they are, everything else as JSON; `packed` with gzip."""
    if isinstance(told, str):
        told = told.encode()
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    said = {**(headers or {}), **({"content-encoding": "gzip"} if packed else {})}
    stream = httpx.ByteStream(gzip.compress(body) if packed else body)
    return httpx.Response(status, headers=said, stream=stream)


def asking(handler: Handler, url: str = URL, **options: Any) -> Zendesk:
    """A client whose requests go to a function; its clock stands at NOW."""
    chosen = {"clock": lambda: NOW, "transport": httpx.MockTransport(handler), **options}
    return Zendesk(url, Token("jo@example.com", "made-up-token"), **chosen)


def told(what: Any, status: int = 200, **options: Any) -> Zendesk:
    """A client that gets the same answer to everything."""
    return asking(lambda _request: answer(what, status, **options))


def failing(error: type[httpx.TransportError]) -> Zendesk:
    """A client whose transport fails."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise error("made up", request=request)

    return asking(fail)
