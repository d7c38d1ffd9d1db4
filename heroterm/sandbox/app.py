"""The WSGI app: faults, credentials, budget and ledger around the routes."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from zlib import crc32

from heroterm.sandbox import faults as fault_kinds
from heroterm.sandbox.automations import Automations
from heroterm.sandbox.budget import Budget
from heroterm.sandbox.call import Answer, Call, query_of
from heroterm.sandbox.control import Control
from heroterm.sandbox.desk_routes import desk_routes
from heroterm.sandbox.faults import Cut, Faults, Rule
from heroterm.sandbox.ledger import Entry, Ledger
from heroterm.sandbox.oauth import OAuth
from heroterm.sandbox.people_json import anonymous
from heroterm.sandbox.records import User
from heroterm.sandbox.refusal import Refusal, forbidden, unauthenticated
from heroterm.sandbox.rota import PREFIX, Rota
from heroterm.sandbox.routes import OPEN_PATHS, Router
from heroterm.sandbox.ticket_routes import ticket_routes
from heroterm.sandbox.world import World

Environ = dict[str, Any]
ME = "/api/v2/users/me"


class App:
    """Answers the requests for one world. Callable as WSGI; keeps no state but its parts'."""

    def __init__(self, world: World, token: str, client_id: str) -> None:
        self.world = world
        self.token = token
        self.ledger = Ledger()
        self.faults = Faults()
        self.budget = Budget(world.clock)
        self.oauth = OAuth(world, client_id)
        self.rota = Rota()
        self.control = Control(world, self.ledger, self.faults, self.budget, self.rota)
        self.automations = Automations(world)
        self.automations.sweep()
        routes = [*ticket_routes(world, self.budget), *desk_routes(self.oauth)]
        self.router = Router(routes, self.budget)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer one request. Raises Cut when a fault ends the connection."""
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        raw = _read(environ)
        if path.startswith("/_sandbox/"):
            answer = self.control.answer(environ.get("REMOTE_ADDR"), method, path, raw, environ)
            return _send(start_response, answer, self._headers(answer, None))
        with self.world.lock:
            rule = self.faults.take(method, path)
        if rule is not None and rule.do == "refuse":
            raise Cut("refused")
        if rule is not None and rule.do == "delay":
            fault_kinds.wait(rule.seconds)
        with self.world.lock:
            self.automations.sweep()
            entry = self.ledger.receive(self.world.clock.seconds(), method, path, raw)
            answer = self._decided(rule, environ, raw, entry)
            entry.status = answer.status
        if rule is not None and rule.do in ("drop-before", "drop-after"):
            entry.status = None
            raise Cut(rule.do)
        entry.answered = True
        return self._spoil(rule, answer, environ, start_response)

    def _decided(self, rule: Rule | None, environ: Environ, raw: bytes, entry: Entry) -> Answer:
        """The world's answer, or a fault's in its stead: instead of the deed, or after it."""
        ordered = self._unapplied(rule)
        if ordered is None:
            return self._apply(environ, raw, entry)
        if rule is not None and rule.applied:
            self._apply(environ, raw, entry)
        return ordered

    def _unapplied(self, rule: Rule | None) -> Answer | None:
        """The answer of a fault that keeps the request from the world; None to go on."""
        if rule is None or rule.do not in fault_kinds.UNAPPLIED:
            return None
        if rule.do == "html":
            return Answer(fault_kinds.LOGIN_PAGE.encode(), content_type="text/html; charset=utf-8")
        headers = {} if rule.retry_after is None else {"Retry-After": rule.retry_after}
        if rule.location:
            headers["Location"] = rule.location
        body = {"error": "SandboxFault", "description": f"Answered {rule.status} as ordered"}
        return Answer(body, rule.status, headers)

    def _apply(self, environ: Environ, raw: bytes, entry: Entry) -> Answer:
        try:
            answer = self._serve(environ, raw)
        except Refusal as refusal:
            kind = "application/json; charset=utf-8"
            if isinstance(refusal.body, str):
                kind = "text/plain; charset=utf-8"
            return Answer(refusal.body, refusal.status, refusal.headers, kind)
        entry.applied = answer.headers.get("x-idempotency-lookup") != "hit"
        return answer

    def _serve(self, environ: Environ, raw: bytes) -> Answer:
        path = environ["PATH_INFO"].removesuffix(".json")
        headers = {
            key[5:].lower().replace("_", "-"): value
            for key, value in environ.items()
            if key.startswith("HTTP_")
        }
        headers["content-type"] = environ.get("CONTENT_TYPE", "")
        if path.startswith(PREFIX):
            return self.rota.answer(path, query_of(environ.get("QUERY_STRING", "")), headers)
        root = f"{environ['wsgi.url_scheme']}://{headers.get('host', 'localhost')}"
        user = self._who(headers.get("authorization", ""))
        query = query_of(environ.get("QUERY_STRING", ""))
        if user is None and path == ME:
            return Answer({"user": anonymous(root)})
        if user is None and not path.startswith(OPEN_PATHS):
            raise unauthenticated()
        method, rates = environ["REQUEST_METHOD"], {}
        if path.startswith("/api/"):
            self._check_scope(headers.get("authorization", ""), method)
            rates = self.budget.account()
        call = Call(self.world, user or self.world.hero, method, path, query, root, raw, headers)
        answer = self.router.dispatch(call)
        answer.headers = {**rates, **call.notes, **answer.headers}
        return answer

    def _check_scope(self, authorization: str, method: str) -> None:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() == "bearer" and not self.oauth.permits(token, method):
            raise forbidden()

    def _who(self, authorization: str) -> User | None:
        scheme, _, value = authorization.partition(" ")
        if scheme.lower() == "bearer":
            return self.world.hero if self.oauth.knows(value) else None
        if scheme.lower() != "basic":
            return None
        try:
            name, _, token = base64.b64decode(value).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        good = name.lower() == f"{self.world.hero.email}/token" and token == self.token
        return self.world.hero if good else None

    def _headers(self, answer: Answer, etag: str | None) -> dict[str, str]:
        headers = {
            "Date": self.world.clock.http_date(),
            "Content-Type": answer.content_type,
            "Cache-Control": "max-age=0, private, must-revalidate",
            "x-zendesk-api-version": "v2",
        }
        if etag:
            headers["ETag"] = etag
        return headers | answer.headers

    def _spoil(
        self, rule: Rule | None, answer: Answer, environ: Environ, start_response: Any
    ) -> Iterable[bytes]:
        get = environ["REQUEST_METHOD"] == "GET" and answer.status == 200
        body = _encoded(answer)
        etag = f'W/"{crc32(body):08x}"' if get else None
        headers = self._headers(answer, etag)
        kind = rule.do if rule is not None else ""
        if etag and etag in environ.get("HTTP_IF_NONE_MATCH", "").split(", "):
            return _send(start_response, Answer(None, 304), headers, b"")
        if kind == "truncate":
            headers["Content-Length"] = str(len(body) + 1_000)
            headers["Connection"] = "close"
            return _send(start_response, answer, headers, body)
        if kind == "gzip-bomb":
            headers["Content-Encoding"] = "gzip"
            return _send(start_response, answer, headers, fault_kinds.bomb())
        if kind == "drip":
            headers["Content-Length"] = str(len(body))
            _send(start_response, answer, headers, body)
            return fault_kinds.drip(body)
        return _send(start_response, answer, headers, body)


def _read(environ: Environ) -> bytes:
    """The whole body, so that the next request on the connection starts where it should."""
    if environ.get("wsgi.input_terminated"):
        data: bytes = environ["wsgi.input"].read()
        return data
    length = environ.get("CONTENT_LENGTH") or "0"
    data = environ["wsgi.input"].read(int(length)) if length.isdigit() else b""
    return data


def _encoded(answer: Answer) -> bytes:
    if isinstance(answer.body, bytes):
        return answer.body
    if answer.body is None:
        return b""
    if isinstance(answer.body, str):
        return answer.body.encode()
    # ASCII escapes: a lone surrogate is valid JSON only in this form.
    return json.dumps(answer.body, separators=(",", ":")).encode("ascii")


def _send(
    start_response: Any, answer: Answer, headers: dict[str, str], body: bytes | None = None
) -> Iterable[bytes]:
    data = _encoded(answer) if body is None else body
    headers.setdefault("Content-Length", str(len(data)))
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = "Unknown"
    start_response(f"{answer.status} {phrase}", list(headers.items()))
    return [data]
