"""Targets come as far as the right to them goes, and a lost right loses nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from heroterm.domain.sla_policy import CLOCKS_SOURCE, POLICIES_SOURCE, AppliedTarget, SlaPolicy
from heroterm.domain.ticket import SlaClock
from heroterm.errors import NotAllowed, RateLimited, Unclear
from heroterm.sync.report import Pulled
from heroterm.sync.targets import METRICS
from tests.conftest import NOW
from tests.sync.answers import Me
from tests.sync.model import Zendesk
from tests.sync.test_pull import Side

CLOCK = SlaClock("next_reply_time", "active", NOW + timedelta(hours=1))
HOUR = timedelta(hours=1)


def silver(ticket_id: int, at: datetime = NOW - HOUR, seconds: int = 3_600) -> AppliedTarget:
    return AppliedTarget(ticket_id, "next_reply_time", 2, at, "Silver", seconds, 25)


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    """Ten tickets with a clock each, an admin in front of them."""
    server = Zendesk(exports=True, signed_in=Me(role="admin"))
    for number in range(1, 11):
        ticket = server.add(number, age=3_600.0 + number)
        server.tickets_by_id[number] = replace(ticket, slas=(CLOCK,))
    server.policies = [SlaPolicy(25, "Silver")]
    made = Side(tmp_path / "mirror.db", server)
    yield made
    made.close()


def fill(side: Side) -> None:
    side.pull.probe()
    list(side.pull.fill())
    side.pull.reference()


def target(side: Side, ticket_id: int) -> tuple[str | None, int | None]:
    ticket = side.mirror.ticket(ticket_id)
    assert ticket is not None and ticket.slas
    return ticket.slas[0].policy, ticket.slas[0].target_seconds


def applied(side: Side) -> list[Pulled]:
    return list(side.pull.targets.applied())


def test_an_admins_mirror_knows_policies_schedules_and_what_applies(side: Side) -> None:
    side.server.applied = [silver(1), silver(2), silver(99)]
    fill(side)
    (page,) = applied(side)
    assert (page.what, page.whole) == (METRICS, True)
    assert (target(side, 1), target(side, 3)) == (("Silver", 3_600), (None, None))
    assert [policy.title for policy in side.mirror.policies()] == ["Silver"]
    assert [schedule.name for schedule in side.mirror.schedules()] == ["Weekdays"]
    assert side.mirror.state().sla_source == POLICIES_SOURCE


def test_events_go_on_where_they_ended_and_not_before_a_minute_is_over(side: Side) -> None:
    side.server.applied = [silver(1)]
    fill(side)
    applied(side)
    side.restart()
    side.server.applied += [silver(1, NOW, 60), silver(2, NOW)]
    applied(side)
    assert target(side, 1) == ("Silver", 3_600)
    side.server.turn(61)
    applied(side)
    assert (target(side, 1), target(side, 2)) == (("Silver", 60), ("Silver", 3_600))


def test_a_right_that_goes_between_two_pages_keeps_what_came(side: Side) -> None:
    side.server.applied = [silver(n, NOW - HOUR + timedelta(seconds=n)) for n in range(1, 11)]
    fill(side)
    side.pull.targets._size = 4
    pages = side.pull.targets.applied()
    next(pages)
    side.server.exports = False
    assert list(pages) == [] and not side.pull.targets.events_may
    assert side.mirror.state().sla_source == CLOCKS_SOURCE
    assert (target(side, 4), target(side, 5)) == (("Silver", 3_600), (None, None))
    side.pull.probe()
    side.pull.reference()
    assert [policy.title for policy in side.mirror.policies()] == ["Silver"]
    side.server.exports = True
    side.pull.probe()
    side.pull.reference()
    assert side.mirror.state().sla_source == POLICIES_SOURCE
    applied(side)
    assert target(side, 10) == ("Silver", 3_600)


def test_an_export_that_is_refused_tells_that_targets_are_gone_too(side: Side) -> None:
    fill(side)
    side.server.exports = False
    list(side.pull.export())
    assert side.pull.strategy == "agent" and side.mirror.state().sla_source == CLOCKS_SOURCE


@pytest.mark.parametrize("refusal", ["403", "404"])
def test_a_plan_without_policies_is_said_as_clocks_alone(side: Side, refusal: str) -> None:
    side.server.reads["sla_policies"] = [refusal]
    side.server.reads["metric_events"] = ["404"]
    fill(side)
    assert side.mirror.state().sla_source == CLOCKS_SOURCE
    assert applied(side) == [] and not side.pull.targets.events_may
    assert side.pull.strategy == "admin"


def test_schedules_that_may_not_be_read_cost_no_policy(side: Side) -> None:
    side.server.reads["schedules"] = ["403"]
    fill(side)
    assert side.mirror.schedules() == [] and len(side.mirror.policies()) == 1


@pytest.mark.parametrize("call", ["sla_policies", "schedules", "metric_events"])
def test_a_refused_sign_in_is_not_taken_for_a_lost_right(side: Side, call: str) -> None:
    side.pull.probe()
    list(side.pull.fill())
    side.server.reads[call] = ["401"]
    with pytest.raises(NotAllowed):
        side.pull.reference()
        applied(side)


def test_a_page_of_events_that_cannot_be_told_in_time_is_asked_for_smaller(side: Side) -> None:
    fill(side)
    side.server.reads["metric_events"] = ["timeout"]
    with pytest.raises(Unclear):
        applied(side)
    applied(side)
    assert side.server.sizes[-2:] == [1_000, 500]


def test_a_pass_that_is_asked_to_wait_for_targets_goes_on_next_time(side: Side) -> None:
    side.server.applied = [silver(n, NOW - HOUR + timedelta(seconds=n)) for n in range(1, 11)]
    fill(side)
    side.pull.targets._size = 4
    side.server.reads["metric_events"] = ["ok", "429"]
    assert len(list(side.pull.targets.applied(patient=False))) == 1
    assert (target(side, 4), target(side, 5)) == (("Silver", 3_600), (None, None))
    side.server.reads["metric_events"] = ["429"]
    with pytest.raises(RateLimited):
        applied(side)
    applied(side)
    assert target(side, 10) == ("Silver", 3_600)


def test_an_agent_asks_for_no_policy(side: Side) -> None:
    side.server.signed_in, side.server.exports = Me(), False
    side.server.reads["sla_policies"] = ["401"]
    fill(side)
    assert side.mirror.state().sla_source == CLOCKS_SOURCE
    assert not side.pull.targets.events_may


def test_clocks_that_come_with_no_ticket_are_asked_for_when_it_is_opened(side: Side) -> None:
    side.server.signed_in, side.server.exports = Me(), False
    for number, ticket in side.server.tickets_by_id.items():
        side.server.tickets_by_id[number] = replace(ticket, slas=None)
    side.server.alone = {1: (CLOCK,)}
    fill(side)
    assert side.mirror.state().sla_source == ""
    for number in (1, 2):
        side.pull.thread(number)
    first, second = side.mirror.ticket(1), side.mirror.ticket(2)
    assert first is not None and first.slas == (CLOCK,)
    assert second is not None and second.slas == ()
    assert side.mirror.state().sla_source == CLOCKS_SOURCE


@pytest.mark.parametrize("refusal", ["403", "404"])
def test_a_call_that_the_account_does_not_have_is_tried_once_an_hour(
    side: Side, refusal: str
) -> None:
    side.server.tickets_by_id[1] = replace(side.server.tickets_by_id[1], slas=None)
    side.server.alone = {}
    fill(side)
    side.server.reads["ticket_clocks"] = [refusal, "401"]
    side.pull.thread(1)
    side.pull.thread(1)
    ticket = side.mirror.ticket(1)
    assert ticket is not None and ticket.slas is None
    side.pull.reference()
    with pytest.raises(NotAllowed):
        side.pull.thread(1)
