from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.priority import Skip, choose, next_ticket, why
from heroterm.domain.tiers import HANDBOOK, TierRules
from heroterm.domain.view import Row, section
from tests.domain.rows import NOW, minutes, row


def test_the_tier_comes_before_the_breach() -> None:
    rows = [row(1, tier=3, breach=-90), row(2, tier=2, breach=300), row(3, tier=2, breach=42)]
    assert _next(rows) == 3


def test_a_team_can_put_the_breach_before_the_tier() -> None:
    rows = [row(1, tier=3, breach=-90), row(2, tier=2, breach=300)]
    chosen = next_ticket(rows, now=NOW, rules=TierRules(HANDBOOK.rules, order="breach,tier"))
    assert chosen.row is not None
    assert chosen.row.id == 1


def test_a_ticket_without_a_target_comes_last_in_its_tier() -> None:
    assert _next([row(1, tier=2), row(2, tier=2, breach=9000)]) == 2


def test_equal_tickets_are_taken_by_number() -> None:
    assert _next([row(9, tier=2), row(4, tier=2)]) == 4


def test_pending_on_hold_and_missing_tickets_are_never_next() -> None:
    rows = [row(1, section=1, tier=1), row(2, section=2, tier=1), row(3, tier=1, missing=True)]
    chosen = next_ticket(rows, now=NOW)
    assert chosen.row is None
    assert "pending or on-hold" in chosen.why


def test_a_ticket_whose_answer_is_on_its_way_comes_after_the_others() -> None:
    assert _next([row(1, tier=1, waiting="held"), row(2, tier=4)]) == 2
    assert _next([row(1, tier=1, waiting="needs_you"), row(2, tier=4)]) == 1


def test_a_skipped_ticket_stays_away_until_something_changes_on_it() -> None:
    rows = [row(1, tier=1, updated_at=minutes(-30)), row(2, tier=4)]
    assert _next(rows, {1: Skip("needs a database expert", minutes(-10))}) == 2
    assert _next(rows, {1: Skip("needs a database expert", minutes(-40))}) == 1
    assert _next(rows, {1: Skip("needs a database expert")}) == 2
    assert _next(rows, {1: "needs a database expert"}) == 2


def test_everything_skipped_is_not_the_same_as_nothing_there() -> None:
    skipped = next_ticket([row(1)], now=NOW, skips={1: Skip("later")})
    assert skipped.row is None
    assert "1 passed over" in skipped.why
    assert next_ticket([], now=NOW).why == "This queue holds no tickets."


def test_the_reason_is_one_sentence() -> None:
    chosen = next_ticket([row(1, tier=1, tags=("customer_success",), breach=-20)], now=NOW)
    assert chosen.why == "T1 tagged by Customer Success - first reply, breached 20 min ago."


def test_never_answered_is_said_whatever_the_status_is() -> None:
    chosen = next_ticket([row(1, tier=2, priority="high", never_answered=True, breach=42)], now=NOW)
    assert chosen.why == ("T2 high priority - first reply, 42 min left, never answered by a human.")


def test_a_mark_by_hand_is_named_as_the_reason() -> None:
    assert "marked as tagged by Customer Success" in next_ticket([row(1, tier=1)], now=NOW).why


def test_the_trace_says_what_decided_and_what_would_beat_it() -> None:
    rows = [row(1, tier=2, priority="high", breach=5), row(2, tier=4), row(3, section=1)]
    trace = "\n".join(next_ticket(rows, now=NOW, skips={2: Skip("tea")}).trace)
    for words in ("2 of 3 tickets", "#2 (tea)", "T2 1", "high priority", "5 min left", "beaten by"):
        assert words in trace


def _next(rows: list[Any], skips: Mapping[int, Skip | str] | None = None) -> int:
    chosen = next_ticket(rows, now=NOW, skips=skips)
    assert chosen.row is not None
    return chosen.row.id


def slow_next(rows: list[Row], skips: Mapping[int, Skip], rules: TierRules) -> int | None:
    """The rule as the handbook says it, by looking for a ticket that no other one beats."""
    open_ = [row for row in rows if row.status in ("new", "open") and not row.missing]
    open_ = [row for row in open_ if not (row.id in skips and skips[row.id].covers(row))]
    not_ours = [row for row in open_ if row.waiting in (None, "needs_you")] or open_

    def time(row: Row) -> float:
        running = row.stage == "active" and row.breach_at is not None
        return (row.breach_at - NOW).total_seconds() if running else math.inf  # type: ignore[operator]

    def beats(one: Row, two: Row) -> bool:
        if rules.order == "tier,breach" and one.tier != two.tier:
            return one.tier < two.tier
        if time(one) != time(two):
            return time(one) < time(two)
        return (one.tier, one.id) < (two.tier, two.id)

    best = [one for one in not_ours if not any(beats(two, one) for two in not_ours)]
    assert len(best) <= 1
    return best[0].id if best else None


@st.composite
def queues(draw: st.DrawFn) -> list[Row]:
    many = draw(st.integers(0, 12))
    rows = []
    for number in range(1, many + 1):
        status = draw(st.sampled_from(["new", "open", "open", "pending", "hold"]))
        breach = draw(st.sampled_from([None, -500, -20, 0, 5, 59, 600, 5000]))
        made = row(
            number,
            tier=draw(st.integers(1, 6)),
            status=status,
            section=section(status),
            missing=draw(st.integers(0, 9)) == 0,
            waiting=draw(st.sampled_from([None, None, None, "held", "needs_you"])),
            updated_at=minutes(draw(st.integers(-90, 0))),
            breach=breach,
        )
        paused = breach is not None and draw(st.integers(0, 4)) == 0
        rows.append(replace(made, stage="paused", breach_at=None) if paused else made)
    return rows


_SKIPS = st.dictionaries(
    st.integers(1, 12),
    st.builds(Skip, st.just("tea"), st.none() | st.integers(-90, 0).map(minutes)),
    max_size=4,
)


@given(queues(), _SKIPS, st.sampled_from(["tier,breach", "breach,tier"]))
def test_next_is_what_an_obviously_right_search_finds(
    rows: list[Row], skips: dict[int, Skip], order: str
) -> None:
    rules = TierRules(HANDBOOK.rules, order=order)
    chosen = next_ticket(rows, now=NOW, skips=skips, rules=rules)
    assert (chosen.row.id if chosen.row else None) == slow_next(rows, skips, rules)


def test_a_long_queue_is_read_only_as_far_as_it_must_be() -> None:
    rows = [row(n, tier=2, breach=n) for n in range(1, 1201)]
    asked: list[int] = []

    def page(offset: int, limit: int) -> list[Row]:
        asked.append(offset)
        return rows[offset : offset + limit]

    skips = {n: Skip("later") for n in range(1, 600)}
    assert choose(page, now=NOW).row == rows[0]
    assert asked == [0]
    found = choose(page, now=NOW, skips=skips)
    assert found.row == rows[599]
    assert asked == [0, 0, 500]
    assert "at the top of this queue" in found.trace[0]
    flipped = TierRules(HANDBOOK.rules, order="breach,tier")
    assert choose(page, now=NOW, rules=flipped).row == rows[0]
    assert asked[3:] == [0, 500, 1000]


def test_the_tag_of_the_organization_is_the_reason_that_is_said() -> None:
    asked = row(1, tier=1, organization_tags=("customer_success",))
    assert why(asked, NOW).startswith("T1 tagged by Customer Success - ")


def test_what_waits_and_what_was_skipped_are_told_apart() -> None:
    skips = {1: Skip("tea"), 2: Skip("until Tue 09:00", waits=True)}
    trace = next_ticket([row(n) for n in (1, 2, 3)], now=NOW, skips=skips).trace
    assert "1 skipped until something changes on them: #1 (tea)." in trace
    assert "1 wait: #2 (until Tue 09:00)." in trace
    assert any(line.startswith("By tier, the other 1: ") for line in trace)
