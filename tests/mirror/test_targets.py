"""What is promised, and which of it applies to a ticket's clocks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from heroterm.domain.sla_policy import AppliedTarget, Holiday, Schedule, SlaPolicy, SlaTarget
from heroterm.domain.ticket import Page, SlaClock
from tests.conftest import NOW
from tests.mirror.make import Desk, clock, ticket

LATER = NOW + timedelta(minutes=5)
FIRST = clock(30, metric="first_reply_time")
NEXT = clock(60)


def applied(
    policy: str | None,
    seconds: int | None,
    at: datetime = NOW,
    *,
    instance: int = 2,
    ticket_id: int = 1,
) -> AppliedTarget:
    return AppliedTarget(ticket_id, "next_reply_time", instance, at, policy, seconds, 36)


def told(desk: Desk, *targets: AppliedTarget) -> None:
    desk.writer.save_page(Page((), applied=targets), at=NOW, cursor=("metric events", "9"))


def shown(desk: Desk, ticket_id: int = 1) -> list[tuple[str, str | None, int | None]]:
    found = desk.mirror.ticket(ticket_id)
    assert found is not None
    return [(each.metric, each.policy, each.target_seconds) for each in found.slas or ()]


def test_a_clock_names_its_policy_and_target_once_they_are_known(desk: Desk) -> None:
    desk.save(ticket(1, slas=(FIRST, NEXT)), ticket(2, slas=None))
    assert shown(desk) == [("first_reply_time", None, None), ("next_reply_time", None, None)]
    told(desk, applied("Silver", 3_600), applied("Gold", 60, ticket_id=2))
    assert shown(desk)[1] == ("next_reply_time", "Silver", 3_600)
    assert shown(desk, 2) == []
    assert desk.writer.cursor("metric events") == "9"


def test_the_newest_target_holds_in_whatever_order_they_come(desk: Desk) -> None:
    desk.save(ticket(1, slas=(NEXT,)))
    told(desk, applied("Gold", 60, LATER), applied("Silver", 3_600))
    assert shown(desk)[0][1:] == ("Gold", 60)
    told(desk, applied("Bronze", 90, LATER))
    assert shown(desk)[0][1:] == ("Bronze", 90)
    told(desk, applied("Next", 5, NOW, instance=3), applied("Bronze", 90, LATER))
    assert shown(desk)[0][1:] == ("Next", 5)


def test_a_policy_that_no_longer_applies_is_not_named(desk: Desk) -> None:
    desk.save(ticket(1, slas=(NEXT,)))
    told(desk, applied("Silver", 3_600), applied(None, None, LATER), applied("Silver", 3_600))
    assert shown(desk) == [("next_reply_time", None, None)]


def test_a_target_may_come_before_its_ticket_and_one_too_large_costs_itself(desk: Desk) -> None:
    told(desk, applied("Huge", 10**30), applied("Silver", 3_600), applied("\ud800", 7))
    desk.save(ticket(1, slas=(SlaClock("next_reply_time", "paused", None),)))
    assert shown(desk) == [("next_reply_time", "Silver", 3_600)]


def test_policies_and_schedules_are_kept_whole(desk: Desk) -> None:
    targets = (
        SlaTarget("first_reply_time", "high", 43_200),
        SlaTarget("first_reply_time", "urgent", 60, business_hours=True),
    )
    silver = SlaPolicy(25, "Silver", "For most", 3, '{"all": []}', targets)
    gold = SlaPolicy(26, "Gold", position=1)
    weekdays = Schedule(
        1, "Weekdays", "London", ((1980, 2460),), (Holiday("May", date(2026, 5, 1), NOW.date()),)
    )
    desk.writer.save_policies([silver, gold])
    desk.writer.save_schedules([weekdays])
    assert desk.mirror.policies() == [gold, silver]
    assert desk.mirror.schedules() == [weekdays]
    desk.writer.save_policies([gold])
    assert desk.mirror.policies() == [gold]
    assert desk.writer._connection.number("select count(*) from sla_target") == 0


def test_what_is_purged_takes_its_targets_along(desk: Desk) -> None:
    old = NOW - timedelta(days=100)
    desk.save(ticket(1, status="closed", updated_at=old), ticket(2, slas=(NEXT,)))
    told(desk, applied("Silver", 5), applied("Silver", 5, ticket_id=2))
    desk.writer.purge(older_than=NOW)
    rows = desk.writer._connection.rows("select ticket_id from applied_target")
    assert [row[0] for row in rows] == [2]
    desk.writer.save_policies([SlaPolicy(1, "Gold")])
    desk.writer.purge(everything=True)
    assert desk.mirror.policies() == []
    assert desk.writer._connection.number("select count(*) from applied_target") == 0


def test_old_solved_tickets_forget_their_targets(desk: Desk) -> None:
    old = NOW - timedelta(days=100)
    desk.save(ticket(1, status="solved", updated_at=old, description="Said"), at=old)
    told(desk, applied("Silver", 5))
    list(desk.writer.retire_if_due(keep_days=30, now=NOW))
    assert desk.writer._connection.number("select count(*) from applied_target") == 0
