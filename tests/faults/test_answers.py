"""Answers of every kind of wrongness, and what a person and the mirror get of them."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from heroterm.domain.outbox import Changes
from heroterm.errors import (
    Misunderstood,
    NotAllowed,
    NotFound,
    Offline,
    RateLimited,
    SignInPage,
    Unclear,
)
from heroterm.sandbox.customers import say
from heroterm.sandbox.truth import truth
from heroterm.zendesk.auth import Bearer, Token
from heroterm.zendesk.client import Zendesk
from tests.conftest import NOW
from tests.equal.compare import differences
from tests.equal.desk import Desk
from tests.sync.test_practice_desk import Line
from tests.zendesk.answering import STAMP, TICKET, answer, asking, told
from tests.zendesk.test_pacing import Server


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, role="agent", tickets=60)
    yield made
    made.close()


def test_an_address_that_is_nobodys_is_named() -> None:
    with pytest.raises(NotFound, match=r"There is no Zendesk at https://acme\.zendesk\.com"):
        told("<h1>Not here</h1>", 404).me()


def test_without_a_wait_that_was_told_it_waits_longer_each_time_and_five_minutes_at_most() -> None:
    server = Server()
    waits = []
    for _ in range(8):
        server.status, server.headers = 429, {}
        with pytest.raises(RateLimited) as caught:
            server.client.groups()
        waits.append(caught.value.retry_after)
        server.turn(caught.value.retry_after)
    assert waits == [10, 20, 40, 80, 160, 300, 300, 300]
    server.status = 200
    server.client.groups()
    server.status = 429
    with pytest.raises(RateLimited) as caught:
        server.client.groups()
    assert caught.value.retry_after == 10


@pytest.mark.parametrize("value", ["soon", "-5", "nan", ""])
def test_a_wait_that_is_garbage_is_none_and_the_log_says_so(
    value: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = told("", 429, headers={"retry-after": value})
    with caplog.at_level(logging.WARNING), pytest.raises(RateLimited) as caught:
        client.groups()
    assert caught.value.retry_after == 10
    assert (f"Retry-After '{value}'" in caplog.text) is bool(value)


def test_a_clock_that_jumps_back_does_not_prolong_a_wait() -> None:
    server = Server()
    server.status, server.headers = 429, {"retry-after": "30"}
    with pytest.raises(RateLimited):
        server.client.groups()
    server.status = 200
    server.turn(-3_600)
    server.client.groups()
    assert server.client.pause() == 0


def test_what_is_no_answer_leaves_its_kind_in_the_log_and_none_of_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    page = "<html>Dear Jo, sign in with jo@example.com</html>"
    client = told(page, headers={"content-type": "text/html; charset=utf-8"})
    with caplog.at_level(logging.INFO), pytest.raises(SignInPage):
        client.groups()
    assert f"no JSON in {len(page)} bytes of 'text/html'" in caplog.text
    assert "Jo" not in caplog.text and "example.com" not in caplog.text


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "image/png", ""])
def test_what_an_answer_calls_itself_does_not_matter_when_it_is_one(kind: str) -> None:
    client = told({"tickets": [TICKET]}, headers={"content-type": kind} if kind else None)
    assert [ticket.id for ticket in client.tickets_page().tickets] == [7]


@pytest.mark.parametrize("call", ["tickets_page", "groups"])
def test_a_byte_order_mark_does_no_harm(call: str) -> None:
    body = b"\xef\xbb\xbf" + json.dumps({"tickets": [TICKET], "groups": []}).encode()
    assert getattr(told(body), call)() is not None


@pytest.mark.parametrize("where", ["http://acme.zendesk.com/x", "file:///etc/passwd", "//evil"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed_wherever_it_leads(status: int, where: str) -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return answer("", status, headers={"location": where})

    client = asking(handler)
    with pytest.raises(Unclear):
        client.tickets_page()
    with pytest.raises(Unclear):
        client.update(7, None, Changes(status="open"), STAMP, "m")
    assert len(asked) == 2


@pytest.mark.parametrize("token", ["a\r\nX-Evil: 1", "a\nb", "\u00fc", "a\x00b"])
def test_a_token_that_would_break_a_header_is_not_sent(token: str) -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise AssertionError("it was sent")

    client = Zendesk(
        "acme", Bearer(token), clock=lambda: NOW, transport=httpx.MockTransport(handler)
    )
    with pytest.raises(NotAllowed) as caught:
        client.groups()
    assert caught.value.signed_out and token not in str(caught.value)


def test_a_real_answer_that_drips_is_given_up_at_the_deadline(sandbox_http: Any) -> None:
    sandbox_http.sandbox.app.faults.replace([{"match": "GET *", "do": "drip", "times": 1}])
    shift = sandbox_http.sandbox
    began = datetime.now(UTC)  # a real server drips in real time
    client = Zendesk(
        sandbox_http.url,
        Token(shift.email, shift.token),
        clock=lambda: datetime.now(UTC),
        deadline=0.5,
    )
    with pytest.raises(Unclear, match="too slowly"):
        client.groups()
    client.close()
    assert (datetime.now(UTC) - began).total_seconds() < 30


@pytest.mark.parametrize("do", [{"do": "status", "status": 403}, {"do": "gzip-bomb"}])
def test_one_thread_that_cannot_be_read_keeps_no_other_from_its_turn(
    desk: Desk, do: dict[str, Any]
) -> None:
    desk.work(120)
    world = desk.sandbox.world
    first = desk.writer.working_set(1)[0]
    for ticket_id in desk.writer.working_set(1_000):
        say(world, world.tickets[ticket_id], "agent", "one more")
    desk.fault({"match": f"GET /api/v2/tickets/{first}/comments*", **do})
    desk.work(200)
    assert desk.writer.stale_threads(1_000) == [first]
    assert any("was not read, the others were" in str(each) for each in desk.told)
    desk.fault()
    desk.work(700)
    assert desk.writer.stale_threads(1_000) == []


def test_an_address_that_moved_is_named_and_not_followed() -> None:
    where = {"location": "https://newname.zendesk.com/api/v2/groups"}
    client = told("", 301, headers=where)
    with pytest.raises(Unclear, match=r"points to newname\.zendesk\.com now") as caught:
        client.groups()
    assert "connect --url" in caught.value.remedy
    with pytest.raises(Unclear):
        client.update(1, None, Changes(status="open"), STAMP, "mark")


@contextmanager
def slow_to_begin(pause: float) -> Iterator[str]:
    """A server that sends the head of each answer a byte at a time, and never to its end."""
    ended = threading.Event()

    def drip(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65_536)
            head = b"HTTP/1.1 200 OK\r\nX-Long: "
            while not ended.wait(pause):
                connection.sendall(head[:1] or b"x")
                head = head[1:]

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threading.Thread(target=drip, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        ended.set()


@pytest.mark.parametrize("write", [False, True])
def test_an_answer_whose_head_drips_is_given_up_at_the_deadline(write: bool) -> None:
    began = datetime.now(UTC)
    with slow_to_begin(0.05) as url:
        client = Zendesk(
            url, Bearer("t"), clock=lambda: datetime.now(UTC), deadline=0.5, read_timeout=20.0
        )
        with pytest.raises(Unclear, match="too slowly"):
            if write:
                client.update(1, None, Changes(status="open"), "2026-03-04T10:00:00Z", "mark")
            else:
                client.groups()
        client.close()
    assert (datetime.now(UTC) - began).total_seconds() < 15


def test_a_connection_that_was_given_up_does_not_harm_the_next(sandbox_http: Any) -> None:
    shift = sandbox_http.sandbox
    client = Zendesk(
        sandbox_http.url,
        Token(shift.email, shift.token),
        clock=lambda: datetime.now(UTC),
        deadline=1.5,
    )
    assert client.groups()
    shift.app.faults.replace([{"match": "GET *", "do": "delay", "seconds": 3, "times": 1}])
    with pytest.raises(Unclear, match="too slowly"):
        client.groups()
    assert client.groups()
    client.close()


class Frail(Line):
    """A line on which every third request dies, before or after it was heard."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.count = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.count += 1
        if self.count % 6 == 3:
            raise httpx.ConnectError("refused", request=request)
        response = super().handle_request(request)
        if self.count % 6 == 0:
            raise httpx.ReadError("reset", request=request)
        return response


def test_on_a_line_that_dies_every_third_time_a_pass_ends_whole(desk: Desk) -> None:
    line = Frail(desk.sandbox.app)
    desk.wire._http._transport = line
    desk.carrier.once()
    assert line.count > 60
    assert differences(desk.mirror, truth(desk.sandbox.world, {})) == []
    assert desk.mirror.state().tickets == 60


@pytest.mark.parametrize("cut", ["short", "gzip"])
def test_a_page_that_is_cut_off_leaves_rows_and_cursor_as_they_were(desk: Desk, cut: str) -> None:
    desk.carrier.once()
    before = desk.writer.cursor("delta"), desk.mirror.state().synced_at
    desk.happen(10, 1)
    plain = desk.wire._http._transport

    class Cutting(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            whole = plain.handle_request(request)
            body = whole.read()
            if cut == "short":
                raise httpx.RemoteProtocolError("peer closed too early", request=request)
            headers = {"content-encoding": "gzip"}
            return httpx.Response(200, headers=headers, stream=httpx.ByteStream(body[:20]))

    desk.wire._http._transport = Cutting()
    with pytest.raises((Offline, Misunderstood)):
        list(desk.pull.delta())
    assert (desk.writer.cursor("delta"), desk.mirror.state().synced_at) == before
    desk.wire._http._transport = plain
    desk.turn(400)
    desk.carrier.once()
    assert differences(desk.mirror, truth(desk.sandbox.world, {})) == []
