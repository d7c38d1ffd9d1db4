"""Calls every method of the client once, and writes down what went over the wire."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Changes, InternalNote, PublicReply
from heroterm.sandbox import shift
from heroterm.zendesk.auth import Token
from heroterm.zendesk.client import Zendesk

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
URL = "http://127.0.0.1:8123"
NOT_CALLS = frozenset({"close"})


@dataclass(slots=True)
class Exchange:
    """One request and its answer."""

    request: httpx.Request
    status: int
    headers: httpx.Headers
    answer: bytes

    @property
    def body(self) -> Any:
        """The JSON that was sent; None without a body or for a file."""
        raw = self.request.content
        return json.loads(raw) if raw[:1] in (b"{", b"[") else None


@dataclass(slots=True)
class Recorder(httpx.BaseTransport):
    """Passes requests on to the practice desk and keeps them."""

    inner: httpx.BaseTransport
    exchanges: list[Exchange] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the desk does."""
        request.read()
        response = self.inner.handle_request(request)
        answer = response.read()
        response.close()
        self.exchanges.append(Exchange(request, response.status_code, response.headers, answer))
        stream = httpx.ByteStream(answer)
        return httpx.Response(response.status_code, headers=response.headers, stream=stream)


@dataclass(slots=True)
class Ground:
    """A practice desk as an admin sees it, the client, and what they said to each other."""

    sandbox: shift.Sandbox
    client: Zendesk
    recorder: Recorder

    def arguments(self) -> dict[str, Any]:
        """A value for each argument that a method of the client may want, by its name."""
        world = self.sandbox.world
        open_one = world.named["gdpr"]
        return {
            "ticket_id": open_one,
            "ids": [open_one, world.named["two_factor"]],
            "user_id": world.hero_id,
            "user_ids": [world.hero_id],
            "organization_id": next(iter(world.organizations)),
            "organization_ids": list(world.organizations)[:3],
            "group_id": next(iter(world.groups)),
            "view_id": 360_002_440_001,
            "macro_id": 360_111_062_001,
            "query": "status<solved",
            "path": "slas/policies",
            "start": 0,
            "start_time": 0,
            "since": NOW,
            "limit": 10,
            "cursor": None,
            "comment": PublicReply("Looking into it."),
            "changes": Changes(
                status="open",
                priority="high",
                type="problem",
                assignee_id=world.hero_id,
                group_id=world.hero.group_id,
                add_tags=("mine",),
                remove_tags=("theirs",),
                add_ccs=(world.hero.email,),
                macro_id=360_111_062_001,
            ),
            "new": NewTicket("owner@example.com", "Owner", "Confirmation Required"),
            "name": "log.txt",
            "content_type": "text/plain",
            "content": b"one line",
            "uploads": (),
            "person_id": next(u.id for u in world.users.values() if u.role == "end-user"),
            "field": "content_warning",
            "text": "Shows gore.",
            "marker": "5f1f6a52-0000-4000-8000-000000000001",
            "stamp": "2026-03-04T10:00:00Z",
            "key": "5f1f6a52-0000-4000-8000-000000000002",
        }


def ground() -> Ground:
    """A fresh desk with an admin's client in front of it."""
    sandbox = shift.build(seed=1, tickets=200, role="admin", clock=NOW, now=lambda: NOW)
    recorder = Recorder(httpx.WSGITransport(app=sandbox.app))
    token = Token(sandbox.email, sandbox.token)
    client = Zendesk(URL, token, clock=lambda: NOW, transport=recorder)
    return Ground(sandbox, client, recorder)


def methods(client: Zendesk) -> dict[str, Callable[..., Any]]:
    """The client's public calls by name."""
    found = inspect.getmembers(client, inspect.ismethod)
    return {name: call for name, call in found if name[0] != "_" and name not in NOT_CALLS}


def exercise(on: Ground) -> list[Exchange]:
    """Call every method; paged ones twice, updates with a note, too."""
    for method, call in methods(on.client).items():
        named = inspect.signature(call).parameters
        known = on.arguments()
        unknown = {name for name, each in named.items() if each.default is each.empty} - set(known)
        assert not unknown, f"Ground.arguments has no {unknown}, which {method} wants"
        given = {name: known[name] for name in named if name in known}
        call(**given)
        if "cursor" in named:
            call(**given | {"cursor": _cursor(on.recorder.exchanges[-1])})
        if "comment" in named:
            other = {"marker": "5f1f6a52-0000-4000-8000-000000000003"}
            call(**given | other | {"comment": InternalNote("For us only.")})
    return on.recorder.exchanges


def _cursor(last: Exchange) -> str | None:
    told = json.loads(last.answer)
    found = told.get("after_cursor") or told.get("meta", {}).get("after_cursor")
    return None if found is None else str(found)
