"""Policies, schedules, metric events and one ticket's clocks, as the client reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from heroterm.domain.sla_policy import AppliedTarget, Holiday, SlaTarget
from heroterm.domain.ticket import SlaClock
from heroterm.errors import Misunderstood, NotAllowed, NotFound
from heroterm.sandbox import shift
from heroterm.zendesk.auth import Token
from heroterm.zendesk.client import Zendesk
from tests.conftest import NOW
from tests.zendesk.answering import STAMP, TICKET, answer, asking, told

APPLY: dict[str, Any] = {
    "id": 2,
    "ticket_id": 24,
    "metric": "reply_time",
    "instance_id": 1,
    "type": "apply_sla",
    "time": STAMP,
    "sla": {"target": 60, "business_hours": True, "policy": {"id": 25, "title": "Silver Plan"}},
}
SILVER = AppliedTarget(24, "first_reply_time", 1, NOW, "Silver Plan", 3_600, 25, True)


def events(*rows: Any, **frame: Any) -> dict[str, Any]:
    return {"ticket_metric_events": list(rows), "end_time": 99, **frame}


def test_policies_of_a_recorded_answer_keep_targets_in_seconds_and_their_filter(
    shared: Path,
) -> None:
    sample = shared / "zendesk" / "samples" / "go-zendesk" / "GET" / "sla_policies.json"
    found = told(json.loads(sample.read_text("utf-8"))).sla_policies()
    assert [policy.id for policy in found] == [36000032063, 36000643450, 360000068060]
    assert found[0].targets[1] == SlaTarget("first_reply_time", "urgent", 600)
    assert json.loads(found[0].filter)["all"][0]["value"] == "incident"


def test_policies_come_in_the_order_in_which_they_are_tried_from_every_page() -> None:
    seconds = {"metric": "next_reply_time", "priority": "high", "target_in_seconds": 90}
    pages = {
        "": [{"id": 7, "title": "Last", "position": 9, "policy_metrics": [seconds, {}]}, {"id": 0}],
        "2": [{"id": 8, "position": 1, "policy_metrics": None, "filter": None}],
    }

    def handler(request: httpx.Request) -> httpx.Response:
        page = request.url.params.get("page", "")
        return answer({"sla_policies": pages[page], "next_page": None if page else "x"})

    first, last = asking(handler).sla_policies()
    assert (first.id, first.title, first.filter, first.targets) == (8, "(no title)", "", ())
    assert last.targets == (SlaTarget("next_reply_time", "high", 90),)


def test_metric_events_are_reduced_to_the_targets_that_apply() -> None:
    later = {**APPLY, "instance_id": 2, "sla": None}
    whole = {**APPLY, "metric": "resolution_time", "sla": {"target_in_seconds": 5, "target": 1}}
    page = events(
        APPLY,
        later,
        whole,
        {**APPLY, "deleted": True},
        {**APPLY, "instance_id": 0},
        {**APPLY, "type": "breach"},
        {**APPLY, "time": "soon"},
        {**APPLY, "ticket_id": 10**30},
        "nonsense",
        end_of_stream=True,
    )
    got = told(page).metric_events(5)
    assert got.applied == (
        SILVER,
        AppliedTarget(24, "next_reply_time", 2, NOW, None),
        AppliedTarget(24, "total_resolution_time", 1, NOW, "(no title)", 5),
    )
    assert (got.next_start, got.ended, got.refused) == (99, True, 2)


def test_a_stream_that_does_not_say_its_end_ends_with_a_short_page() -> None:
    assert told(events(APPLY)).metric_events(5, size=2).ended
    assert not told(events(APPLY, APPLY)).metric_events(5, size=2).ended


@pytest.mark.parametrize(
    "page", [{}, [], events(end_time="x"), events(end_time=5, end_of_stream=False)]
)
def test_metric_events_that_are_none_or_stand_still_are_refused(page: Any) -> None:
    with pytest.raises(Misunderstood):
        told(page).metric_events(5)


def test_one_ticket_brings_its_targets_and_a_broken_event_costs_nothing() -> None:
    beside = {"reply_time": [{**APPLY, "ticket_id": None}, {"type": "apply_sla"}, 5], "x": None}
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params["include"])
        return answer({"tickets": [{**TICKET, "id": 24, "metric_events": beside}]})

    client = asking(handler)
    assert client.tickets([24]).applied == (SILVER,)
    client.tickets([24, 25])
    assert [part.endswith("metric_events") for part in asked] == [True, False]
    bad = {"tickets": [{**TICKET, "id": 24, "metric_events": beside}, {"id": "x"}]}
    assert told(bad).tickets([24]).applied == (SILVER,)
    assert told({"tickets": [{**TICKET, "metric_events": "?"}]}).tickets([7]).applied == ()


def test_the_clocks_of_a_ticket_by_themselves() -> None:
    rows = [{"metric": "next_reply_time", "stage": "active", "breach_at": STAMP, "hours": 3}, {}]
    clock = SlaClock("next_reply_time", "active", NOW)
    assert told({"policy_metrics": rows}).ticket_clocks(7) == (clock,)
    assert told({"error": "RecordNotFound", "description": "?"}, 404).ticket_clocks(7) == ()
    with pytest.raises(NotFound) as missing:
        told({"error": "InvalidEndpoint", "description": "?"}, 404).ticket_clocks(7)
    assert missing.value.path


def test_schedules_come_with_their_holidays_as_far_as_those_may_be_read() -> None:
    hours = [{"start_time": 1980, "end_time": 2460}]
    rows = [{"id": 1, "name": "A", "time_zone": "London", "intervals": hours}, {"id": 2}]
    days = [{"name": "New Year", "start_date": "2026-01-01", "end_date": "2026-01-02"}, {}]

    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/1/holidays"):
            return answer({"holidays": days})
        return answer({"schedules": rows}, 403 if "holidays" in request.url.path else 200)

    first, second = asking(handler).schedules()
    assert (first.name, first.time_zone, first.intervals) == ("A", "London", ((1980, 2460),))
    assert first.holidays == (Holiday("New Year", date(2026, 1, 1), date(2026, 1, 2)),)
    assert (second.name, second.intervals, second.holidays) == ("schedule 2", (), ())


@pytest.fixture
def desk() -> shift.Sandbox:
    return shift.build(seed=1, tickets=60, role="admin", clock=NOW, now=lambda: NOW)


@pytest.fixture
def client(desk: shift.Sandbox) -> Iterator[Zendesk]:
    made = Zendesk(
        "http://127.0.0.1",
        Token(desk.email, desk.token),
        clock=lambda: NOW,
        transport=httpx.WSGITransport(desk.app),
    )
    yield made
    made.close()


def test_the_practice_desk_tells_an_admin_everything(client: Zendesk) -> None:
    (policy,) = client.sla_policies()
    assert policy.title == "Response targets"
    assert SlaTarget("next_reply_time", "normal", 172_800) in policy.targets
    (schedule,) = client.schedules()
    assert schedule.intervals[0] == (1_980, 2_460) and len(schedule.holidays) == 2
    start, found = 0, set[AppliedTarget]()
    for _ in range(100):
        page = client.metric_events(start, 200)
        found.update(page.applied)
        start = page.next_start
        if page.ended:
            break
    working = [each for each in client.tickets_page().tickets if each.slas]
    for ticket in working[:20]:
        beside = client.tickets([ticket.id]).applied
        late = [each for each in beside if each.at >= NOW - timedelta(seconds=60)]
        assert beside and set(beside) - set(late) <= found


def test_the_practice_desk_tells_an_agent_the_targets_of_one_ticket(
    desk: shift.Sandbox, client: Zendesk
) -> None:
    desk.world.hero.role = "agent"
    for call in (client.sla_policies, client.schedules, lambda: client.metric_events(0)):
        with pytest.raises(NotAllowed):
            call()
    number = desk.world.named["freemail"]
    page = client.tickets([number])
    assert [each.seconds for each in page.applied] == [43_200]
    assert client.ticket_clocks(number) == page.tickets[0].slas
    assert client.ticket_clocks(desk.world.named["self_hosted"]) == ()
