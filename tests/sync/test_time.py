"""The server's clock and what is left of a wait count; this machine's may be wrong or turned."""

from __future__ import annotations

from datetime import timedelta

from tests.sync.desk import Desk
from tests.sync.model import Zendesk


def test_a_wrong_local_clock_changes_nothing(desk: Desk, server: Zendesk) -> None:
    desk.skew, server.clock_offset = timedelta(hours=-5), 5 * 3600.0
    server.script = ["timeout"]
    desk.put("a", created_at=desk.clock(), send_after=desk.clock())
    desk.run(118)
    assert desk.state("a") == "verify"
    desk.run(10)
    assert (desk.state("a"), server.marked("a")) == ("sent", 1)


def test_an_hour_that_was_asked_for_is_over_when_the_clock_went_back(
    desk: Desk, server: Zendesk
) -> None:
    server.reads["ticket"] = ["429"]
    desk.put("a")
    desk.run(5)
    desk.skew = -timedelta(hours=1)
    server.clock_offset = 3600.0
    desk.run(10)
    assert desk.state("a") == "sent"
