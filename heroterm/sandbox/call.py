"""One request as the endpoints see it, and the answer that they give."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from heroterm.sandbox.records import Json, User
from heroterm.sandbox.refusal import Refusal, invalid, too_many
from heroterm.sandbox.world import World

IDS_AT_ONCE = 100


@dataclass(slots=True)
class Answer:
    """What is sent back: a JSON value, or bytes with a content type of their own."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"


@dataclass(slots=True)
class Call:
    """A request after credentials were checked; `user` is the agent who asks.

    `root` is the scheme and host that the caller used; every link in an answer starts with it.
    `headers` are lower case. `notes` become headers of the answer.
    """

    world: World
    user: User
    method: str
    path: str
    query: dict[str, str]
    root: str
    raw: bytes
    headers: dict[str, str]
    notes: dict[str, str] = field(default_factory=dict)
    _parsed: Any = None

    @property
    def now(self) -> int:
        """The desk's clock in epoch seconds."""
        return self.world.clock.seconds()

    @property
    def includes(self) -> frozenset[str]:
        """The wanted side-loads; both `a,b` and search's `tickets(a,b)` are understood."""
        text = self.query.get("include", "").replace("tickets(", "").replace(")", "")
        return frozenset(part.strip() for part in text.split(",") if part.strip())

    def body(self, key: str) -> Json:
        """The object below `key` of the JSON body. Raises Refusal (400) when it is not there."""
        value = self.json().get(key)
        if not isinstance(value, dict):
            text = f"Parameter {key} is required"
            raise Refusal(400, {"error": {"title": "Invalid attribute", "message": text}})
        return value

    def json(self) -> Json:
        """The JSON body as an object. Raises Refusal (400, 422) when it is none."""
        if self._parsed is None:
            self._parsed = parsed(self.raw)
        if not isinstance(self._parsed, dict):
            raise Refusal(400, {"error": {"title": "Invalid", "message": "Not a JSON object"}})
        return self._parsed

    def ids(self) -> list[int]:
        """The ids of a show_many. Raises Refusal when there are none or over 100."""
        parts = [part for part in self.query.get("ids", "").split(",") if part.strip()]
        if len(parts) > IDS_AT_ONCE:
            raise too_many(IDS_AT_ONCE)
        return [number(part) for part in parts]

    def warn(self, allowed: str, unknown: list[str]) -> None:
        """Say which keys were dropped, the way Zendesk does (api.md §0 fact 10)."""
        keys = ", ".join(f'"{key}"' for key in sorted(unknown))
        text = f"{{:allowed_parameters=>{{{allowed}}}, :unpermitted_keys=>[{keys}]}}"
        self.notes["x-zendesk-api-warn"] = text.encode("ascii", "replace").decode()


def parsed(raw: bytes) -> Any:
    """The JSON value of a body; an empty body is an empty object. Raises Refusal (422)."""
    try:
        return json.loads(raw) if raw.strip() else {}
    except (ValueError, RecursionError) as error:
        title = {"title": "Unprocessable Entity", "message": "Server could not parse JSON"}
        raise Refusal(422, {"error": title}) from error


def number(text: object) -> int:
    """An id as a number. Raises Refusal (422) for anything else."""
    try:
        return int(str(text))
    except ValueError as error:
        raise invalid("base", f"{text!r} is not an id") from error


def query_of(text: str) -> dict[str, str]:
    """A query string as a dict; of a repeated key the last one counts."""
    return dict(parse_qsl(text, keep_blank_values=True))
