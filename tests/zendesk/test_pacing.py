from __future__ import annotations

from datetime import datetime, timedelta

import httpx
import pytest

from heroterm.domain.outbox import Changes
from heroterm.errors import RateLimited
from heroterm.zendesk.client import Zendesk
from tests.conftest import NOW
from tests.zendesk.answering import STAMP, TICKET, answer, asking


class Server:
    """Counts what reaches it; `headers` and `status` are those of each answer."""

    def __init__(self, share: float = 1.0) -> None:
        self.now = NOW
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}
        self.status = 200
        self.client: Zendesk = asking(self._told, clock=self.clock, share=share)

    def clock(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def _told(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path.removeprefix("/api/v2/"))
        told = {
            "ticket": TICKET,
            "tickets": [],
            "audits": [],
            "groups": [],
            "deleted_tickets": [],
            "audit": {"id": 1, "created_at": STAMP, "events": []},
            "end_of_stream": True,
        }
        return answer(told, self.status, headers=self.headers)

    def update(self, ticket_id: int = 7) -> None:
        self.client.update(ticket_id, None, Changes(status="open"), STAMP, "m")

    def until_refused(self, most: int = 500) -> int:
        """How many reads pass now."""
        for number in range(most):
            try:
                self.client.groups()
            except RateLimited:
                return number
        return most


def limited(words: str = ".") -> pytest.RaisesExc[RateLimited]:
    return pytest.raises(RateLimited, match=words)


@pytest.mark.parametrize(("share", "reads", "writes"), [(0.5, 90, 10), (1.0, 180, 20)])
def test_reads_keep_to_the_share_and_leave_some_for_writes(
    share: float, reads: int, writes: int
) -> None:
    server = Server(share)
    server.headers = {"x-rate-limit": "200", "x-rate-limit-remaining": "150"}
    assert server.until_refused() == reads
    for number in range(writes):
        server.update(number)
    with limited(f"keeps to {reads + writes} of the account's 200 requests a minute"):
        server.update(999)
    assert len(server.asked) == reads + writes
    server.turn(60)
    assert server.until_refused() == reads


def test_what_a_write_must_read_first_counts_as_the_write() -> None:
    server = Server(0.1)
    server.headers = {"x-rate-limit": "100"}
    server.until_refused()
    server.client.ticket(7)
    with limited():
        server.client.ticket(7)


def test_the_wait_ends_when_the_oldest_request_is_a_minute_old() -> None:
    server = Server(0.1)
    server.headers = {"x-rate-limit": "20"}
    server.client.groups()
    server.turn(20)
    server.client.groups()
    with limited() as caught:
        server.client.groups()
    assert caught.value.retry_after == 40


def test_a_clock_that_jumps_back_does_not_stop_it() -> None:
    server = Server(0.1)
    server.headers = {"x-rate-limit": "20"}
    assert server.until_refused() == 2
    server.turn(-86_400)
    assert server.until_refused() == 2


def test_when_others_have_used_the_minute_up_reads_wait_and_writes_go() -> None:
    server = Server()
    server.headers = {"ratelimit-limit": "400", "ratelimit-remaining": "9", "ratelimit-reset": "25"}
    server.client.groups()
    with limited("writes go first") as caught:
        server.client.groups()
    assert caught.value.retry_after == 25
    server.update()
    server.turn(26)
    server.client.groups()


def test_nothing_left_means_that_nobody_asks_until_it_resets() -> None:
    server = Server()
    server.headers = {"ratelimit-limit": "400", "ratelimit-remaining": "0", "ratelimit-reset": "25"}
    server.client.groups()
    with limited("requests of 400 are used up"):
        server.update()
    assert server.client.pause() == 25


def test_an_endpoint_without_requests_left_waits_alone() -> None:
    server = Server()
    name = "zendesk-ratelimit-incremental-exports"
    server.headers = {name: "total=10; remaining=0; resets=12"}
    server.client.tickets_export()
    server.headers = {}
    with limited("incremental-exports of 10 is used up") as caught:
        server.client.ticket_events(0)
    assert (caught.value.retry_after, server.client.pause()) == (12, 0)
    server.client.groups()
    server.turn(12)
    server.client.tickets_export()


def test_a_ticket_without_updates_left_waits_alone() -> None:
    server = Server()
    name = "zendesk-rate-limit-per-ticket-updates"
    server.headers = {name: "total=30; remaining=0; resets=400"}
    server.update(7)
    server.headers = {}
    with limited("per-ticket-updates"):
        server.update(7)
    server.update(8)


def test_a_ticket_gets_at_most_thirty_updates_in_ten_minutes() -> None:
    server = Server()
    for _ in range(30):
        server.update(7)
        server.turn(10)
    with limited("30 updates in ten minutes") as caught:
        server.update(7)
    assert caught.value.retry_after == 300 and len(server.asked) == 30
    server.update(8)
    server.turn(301)
    server.update(7)


def test_told_to_wait_everything_waits() -> None:
    server = Server()
    server.status, server.headers = 429, {"retry-after": "30"}
    with limited():
        server.client.groups()
    server.status = 200
    asked = len(server.asked)
    for call in (server.client.groups, server.client.tickets_page, server.update):
        with limited("Zendesk asked to wait"):
            call()
    assert (len(server.asked), server.client.pause()) == (asked, 30)
    server.turn(30)
    server.client.groups()


def test_told_to_wait_on_an_endpoint_with_its_own_limit_only_that_one_waits() -> None:
    server = Server()
    server.status, server.headers = 429, {"retry-after": "30"}
    with limited():
        server.client.library.deleted_page()
    server.status = 200
    with limited("wait with deleted_tickets"):
        server.client.library.deleted_page()
    server.client.groups()


def test_a_service_that_is_being_mended_is_left_alone_everywhere() -> None:
    server = Server()
    server.status, server.headers = 503, {"retry-after": "30"}
    with limited():
        server.client.library.deleted_page()
    with limited("being mended and asked to wait"):
        server.client.groups()
    assert len(server.asked) == 1
