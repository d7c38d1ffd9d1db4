from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.ticket import Group, SlaClock, Ticket
from heroterm.domain.view import OUT_OF_QUEUE, Overlay, View, section
from heroterm.mirror.queue import filter_words, query
from heroterm.mirror.reader import Mirror
from tests.conftest import NOW
from tests.mirror.make import KIM, TIER_OF, Desk, clock, ticket

NONE = Overlay()


def ids(
    mirror: Mirror, view: View | None = None, overlay: Overlay = NONE, **rest: Any
) -> list[int]:
    return [row.id for row in mirror.queue(view or View(), overlay, **rest)]


def test_tickets_stand_by_section_then_tier_then_next_breach_then_number(desk: Desk) -> None:
    desk.save(
        ticket(1, status="pending", priority="urgent"),
        ticket(2, priority="normal", slas=(clock(50),)),
        ticket(3, priority="normal", slas=(clock(-20),)),
        ticket(4, priority="normal"),
        ticket(5, priority="high"),
        ticket(6, status="hold"),
        ticket(7, status="solved"),
        ticket(8, priority="normal"),
    )
    assert ids(desk.mirror) == [5, 3, 2, 4, 8, 1, 6]


def test_the_earliest_running_clock_counts_and_a_paused_one_keeps_its_stage(desk: Desk) -> None:
    later = clock(90, metric="first_reply_time")
    desk.save(
        ticket(1, slas=(later, clock(10), clock(-5, stage="achieved"))),
        ticket(2, slas=(clock(0, stage="paused"),)),
        ticket(3, slas=(clock(-5, stage="achieved"),)),
    )
    first, paused, done = desk.mirror.queue(View(), NONE)
    assert (first.metric, first.breach_at) == ("next_reply_time", NOW + timedelta(minutes=10))
    assert (paused.stage, paused.breach_at) == ("paused", None)
    assert (done.metric, done.stage, done.breach_at) == (None, None, None)


def test_a_paused_clock_that_still_names_a_moment_does_not_count_down(desk: Desk) -> None:
    desk.save(ticket(1, slas=(SlaClock("next_reply_time", "paused", NOW),)))
    assert desk.mirror.queue(View(), NONE)[0].breach_at is None


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("policy", [4, 2, 1, 3, 5]),
        ("breach", [2, 1, 4, 3, 5]),
        ("oldest", [3, 1, 2, 4, 5]),
        ("newest", [4, 2, 1, 3, 5]),
        ("updated", [1, 4, 3, 2, 5]),
    ],
)
def test_every_order_keeps_the_parts_apart_and_places_and_counts_agree(
    desk: Desk, order: str, expected: list[int]
) -> None:
    ages = {1: 3, 2: 2, 3: 9, 4: 1, 5: 50}
    changed = {1: 1, 4: 2, 3: 3, 2: 4, 5: 0}
    clocks = {1: (clock(50),), 2: (clock(-20),), 4: (clock(90),)}
    for n in ages:
        desk.save(
            ticket(
                n,
                priority="high" if n == 4 else "normal",
                status="pending" if n == 5 else "open",
                slas=clocks.get(n, ()),
                created_at=NOW - timedelta(days=ages[n]),
                updated_at=NOW - timedelta(hours=changed[n]),
            )
        )
    view, mirror = View(order=order), desk.mirror
    assert ids(mirror, view) == expected
    marked = Overlay(frozenset({3}), {}, {})
    whole = ids(mirror, view, marked)
    assert sorted(whole) == sorted(expected)
    for rank, id_ in enumerate(whole):
        assert mirror.position(view, marked, id_) == rank
    assert ids(mirror, view, marked, offset=2, limit=2) == whole[2:4]


def test_what_waits_in_the_outbox_moves_the_ticket_already(desk: Desk) -> None:
    desk.save(ticket(1), ticket(2), ticket(3))
    overlay = Overlay(frozenset({3}), {1: "pending"}, {1: "held"})
    rows = desk.mirror.queue(View(), overlay)
    assert [(r.id, r.tier, r.section, r.status, r.waiting) for r in rows] == [
        (3, 1, 0, "open", None),
        (2, 4, 0, "open", None),
        (1, 4, 1, "pending", "held"),
    ]
    assert ids(desk.mirror) == [1, 2, 3], "the overlay is gone when it is not handed in"


def test_an_overlay_changed_in_place_by_its_owner_is_seen(desk: Desk) -> None:
    desk.save(ticket(1), ticket(2))
    waiting = {1: "pending"}
    overlay = Overlay(status=waiting)
    assert ids(desk.mirror, overlay=overlay) == [2, 1]
    waiting[1] = "solved"
    assert ids(desk.mirror, overlay=overlay) == [2]


def test_a_view_restricts_by_group_person_section_and_saved_view(desk: Desk) -> None:
    desk.save(
        ticket(1, group_id=5, assignee_id=KIM.id),
        ticket(2, group_id=6),
        ticket(3, group_id=5, assignee_id=901, status="hold"),
        groups=(Group(5, "Heroes"),),
    )
    desk.writer.save_view_members(77, [2, 3, 4444])
    assert ids(desk.mirror, View(group_ids=(5,))) == [1, 3]
    assert ids(desk.mirror, View(only_me_and_unassigned=KIM.id)) == [1, 2]
    assert ids(desk.mirror, View(sections=(0, 2))) == [1, 2, 3]
    assert ids(desk.mirror, View(sections=(2,))) == [3]
    assert ids(desk.mirror, View(sections=())) == []
    assert ids(desk.mirror, View(zendesk_view_id=77)) == [2, 3]
    row = desk.mirror.row(1, NONE)
    assert row is not None
    assert (row.group, row.assignee) == ("Heroes", "Kim Bauer")


def test_typed_words_must_all_occur_whatever_their_case(desk: Desk) -> None:
    desk.save(
        ticket(1, subject="GRÖSSE der Karte", tags=("billing",)), ticket(23), ticket(3, tags=("ö",))
    )
    assert ids(desk.mirror, View(text="größe BILL")) == [1]
    assert ids(desk.mirror, View(text="#23")) == [23]
    assert ids(desk.mirror, View(text="acme rock ødegå")) == [1, 3, 23]
    assert ids(desk.mirror, View(text="ö karte")) == [1]
    assert ids(desk.mirror, View(text="100% nothing")) == []


def test_a_solved_ticket_is_found_by_typed_words_once_a_queue_shows_it_again(desk: Desk) -> None:
    view, minute = View(text="#5 harbour"), timedelta(minutes=1)
    desk.save(ticket(5, subject="A Harbour", status="solved"))
    assert ids(desk.mirror, view) == []
    assert ids(desk.mirror, view, Overlay(status={5: "open"})) == [5]
    desk.save(ticket(5, subject="A Harbour", updated_at=NOW + minute))
    assert ids(desk.mirror, view) == [5]
    desk.save(ticket(5, subject="Now a Quay", status="solved", updated_at=NOW + 2 * minute))
    desk.save(ticket(5, subject="Now a Quay", updated_at=NOW + 3 * minute))
    assert ids(desk.mirror, view) == []
    assert ids(desk.mirror, View(text="quay")) == [5]


def test_position_says_how_many_stand_before(desk: Desk) -> None:
    desk.save(
        *(ticket(n, slas=(clock(100 - n),)) for n in range(1, 30)), ticket(40, status="closed")
    )
    overlay = Overlay(frozenset({7, 20}), {9: "pending", 11: "solved"})
    order = ids(desk.mirror, overlay=overlay)
    assert [desk.mirror.position(View(), overlay, n) for n in order] == list(range(28))
    assert desk.mirror.position(View(), overlay, 11) is None
    assert desk.mirror.position(View(), overlay, 40) is None
    assert desk.mirror.position(View(text="nobody"), overlay, 7) is None
    assert desk.mirror.position(View(), overlay, 2**70) is None


def test_counts_are_those_of_the_queue(desk: Desk) -> None:
    desk.save(
        ticket(1, slas=(clock(-1),), priority="high"),
        ticket(2, slas=(clock(1),)),
        ticket(3, status="pending", slas=(clock(0, stage="paused"),)),
        ticket(4, status="hold", slas=(clock(-9),)),
        ticket(5),
    )
    counts = desk.mirror.counts(View(), Overlay(frozenset({5}), {2: "pending"}), now=NOW)
    assert (counts.to_answer, counts.pending, counts.hold) == (2, 2, 1)
    assert (counts.breached, counts.soon) == (2, 1)
    later = desk.mirror.counts(View(), Overlay(), now=NOW + timedelta(minutes=1))
    earlier = desk.mirror.counts(View(), Overlay(), now=NOW - timedelta(minutes=59))
    assert (later.breached, later.soon) == (3, 0)
    assert (earlier.breached, earlier.soon) == (0, 2)  # not the one that breaches on the hour
    assert counts.tiers == (1, 1, 0, 0)


def test_a_ticket_that_the_server_hides_leaves_the_queue_unless_ours_waits_on_it(
    desk: Desk,
) -> None:
    desk.save(ticket(1), ticket(2))
    assert desk.writer.mark_missing([1, 99], at=NOW) == 1
    assert ids(desk.mirror) == [2]
    kept = desk.mirror.queue(View(), Overlay(intent={1: "needs_you"}))
    assert [(row.id, row.missing) for row in kept] == [(1, True), (2, False)]
    desk.save(ticket(1), at=NOW + timedelta(minutes=1))
    assert ids(desk.mirror) == [1, 2]


def test_an_older_absence_does_not_hide_a_ticket_seen_since(desk: Desk) -> None:
    desk.save(ticket(1), at=NOW)
    assert desk.writer.mark_missing([1], at=NOW - timedelta(seconds=1)) == 0
    assert ids(desk.mirror) == [1]


def test_the_queue_is_walked_along_its_index(desk: Desk) -> None:
    desk.save(*(ticket(n) for n in range(1, 50)))
    connection = desk.mirror.connection
    for overlaid in (False, True):
        for view in (View(), View(group_ids=(1,)), View(only_me_and_unassigned=3), View(text="a")):
            sql, values = query(view, (), overlaid=overlaid).ordered(offset=10, limit=5)
            plan = [r["detail"] for r in connection.rows(f"explain query plan {sql}", values)]
            index = "queue_words" if view.text else "queue_order"
            assert any(f"SEARCH t USING COVERING INDEX {index}" in line for line in plan), plan
            assert not [line for line in plan if line.startswith("SCAN t")], plan
            sorts = [i for i, line in enumerate(plan) if "TEMP B-TREE" in line]
            right = plan.index("RIGHT") if overlaid else len(plan)
            assert all(i > right for i in sorts), plan


_tickets = st.lists(
    st.tuples(
        st.sampled_from(["new", "open", "pending", "hold", "solved", "closed", "weird"]),
        st.sampled_from([None, "low", "normal", "high", "urgent"]),
        st.one_of(st.none(), st.integers(-3, 3)),
    ),
    max_size=25,
)
_some = st.frozensets(st.integers(1, 25), max_size=8)
_overlay = st.builds(
    Overlay,
    _some,
    st.dictionaries(st.integers(1, 25), st.sampled_from(["open", "pending", "hold", "solved"])),
    st.dictionaries(st.integers(1, 25), st.sampled_from(["held", "needs_you"])),
)


def slow_order(tickets: list[Ticket], gone: frozenset[int], overlay: Overlay) -> list[int]:
    keyed = []
    for t in tickets:
        where = section(overlay.status.get(t.id, t.status))
        if t.id in gone and t.id not in overlay.status and t.id not in overlay.intent:
            where = OUT_OF_QUEUE
        tier = 1 if t.id in overlay.tier1 else TIER_OF.get(t.priority or "", 4)
        breach = t.slas[0].breach_at if t.slas else None
        if where != OUT_OF_QUEUE:
            keyed.append(((where, tier, breach is None, breach or NOW, t.id), t.id))
    return [id_ for _, id_ in sorted(keyed)]


@given(rows=_tickets, gone=_some, overlay=_overlay, cut=st.integers(0, 12))
def test_the_order_is_that_of_a_slow_and_obvious_sort(
    rows: list[tuple[str, str | None, int | None]],
    gone: frozenset[int],
    overlay: Overlay,
    cut: int,
) -> None:
    tickets = [
        ticket(n, status=status, priority=priority, slas=() if at is None else (clock(at),))
        for n, (status, priority, at) in enumerate(rows, 1)
    ]
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "mirror.db")
        try:
            desk.save(*tickets)
            desk.writer.mark_missing(gone, at=NOW)
            wanted = slow_order(tickets, gone, overlay)
            assert ids(desk.mirror, overlay=overlay) == wanted
            assert ids(desk.mirror, overlay=overlay, offset=cut, limit=7) == wanted[cut : cut + 7]
            assert [desk.mirror.position(View(), overlay, id_) for id_ in wanted] == list(
                range(len(wanted))
            )
        finally:
            desk.close()


@pytest.mark.parametrize(
    "text",
    [" ".join(f"w{n}" for n in range(1_000)), "x" * 1_000_000, "zq " * 300_000, "\ud800", "a\0b"],
    ids=["words", "word", "twice", "surrogate", "nul"],
)
def test_no_typed_filter_is_too_long_for_the_mirror(desk: Desk, text: str) -> None:
    desk.save(ticket(1))
    view = View(text=text)
    assert desk.mirror.queue(view, Overlay(status={1: "open"})) == []
    assert desk.mirror.counts(view, Overlay(), now=NOW).to_answer in (0, 1)
    assert desk.mirror.position(view, Overlay(), 1) in (None, 0)


def test_a_filter_said_twice_asks_once() -> None:
    assert filter_words("Acme acme ACME jo") == ("acme", "jo")
