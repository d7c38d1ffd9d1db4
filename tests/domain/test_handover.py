"""May the hero end the week? Exactly when every owed item is resolved or passed on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from heroterm.domain.handover import Check, Passing, check
from heroterm.domain.promises import promises
from heroterm.domain.ticket import Comment
from heroterm.domain.tiers import HANDBOOK
from heroterm.domain.view import Row, SyncState, section
from tests.domain.rows import NOW, minutes, row

FRESH = SyncState(first_fill_done=True, synced_at=minutes(-1))
LEE = Passing("Lee", "told", NOW)


def judged(*rows: Row, **known: Any) -> Check:
    values = {"passed": {}, "intents": {}, "on_way": {}, "state": FRESH, **known}
    return check(rows, now=NOW, rules=HANDBOOK, **values)


def open_(number: int, tier: int, status: str = "open") -> Row:
    priority = {1: "low", 2: "high", 3: "normal", 4: "low"}[tier]
    tags = ("customer_success",) if tier == 1 else ()
    return row(
        number, tier=tier, status=status, section=section(status), priority=priority, tags=tags
    )


@pytest.mark.parametrize("tier", [1, 2, 3, 4])
@pytest.mark.parametrize("status", ["new", "open", "pending", "hold"])
def test_open_items_of_every_tier_are_owed_and_tier_1_until_it_is_solved(
    tier: int, status: str
) -> None:
    owed = tier == 1 or status in ("new", "open")
    assert judged(open_(1, tier, status)).green is not owed
    assert judged(open_(1, tier, status), passed={1: LEE}).green


def test_nothing_open_is_green_and_one_item_left_is_not() -> None:
    assert judged().green
    two = judged(open_(1, 2), open_(2, 4), passed={1: LEE})
    assert [item.row.id for item in two.red] == [2]
    assert not two.green


def test_a_note_counts_once_it_is_sent() -> None:
    noted = {1: replace(LEE, how="note", intent_id="a")}
    assert not judged(open_(1, 2), passed=noted).green
    assert not judged(open_(1, 2), passed=noted, intents={"a": "held"}).green
    assert judged(open_(1, 2), passed=noted, intents={"a": "sent"}).green


def test_what_is_only_in_the_outbox_is_not_resolved() -> None:
    found = judged(open_(1, 2), on_way={1: "held"})
    assert "held in the outbox" in found.red[0].say


def test_a_mark_by_hand_is_owed_whatever_the_status() -> None:
    assert not judged(row(1, tier=1, status="pending", section=1, priority="low")).green


def test_an_old_or_empty_mirror_cannot_say_green() -> None:
    assert not judged(state=replace(FRESH, synced_at=minutes(-11))).green
    assert not judged(state=SyncState()).green


def said(body: str, *, author: int = 2, at: datetime = NOW) -> Comment:
    return Comment(1, 7, author, True, body, at)


@pytest.mark.parametrize(
    ("body", "due"),
    [
        ("Hey, I'll write again by 15:00.", "2026-03-04 15:00"),
        ("We will have news tomorrow.", "2026-03-05 17:00"),
        ("I will get back to you on Monday at 9:30, promised.", "2026-03-09 09:30"),
        ("I will look at v2.1 tomorrow", "2026-03-05 17:00"),
        ("You'll hear from me by 3 pm your time.", "2026-03-04 20:00"),
        ("We'll check within two hours.", "2026-03-04 12:00"),
        ("I shall write by 15:00 on Friday.", "2026-03-06 15:00"),
        ("Expect an answer by the end of the week.", "2026-03-06 17:00"),
        ("We will ship it by 16 Nov", "2026-11-16 17:00"),
        ("I will answer within 3 business days", "2026-03-09 10:00"),
    ],
)
def test_promises_are_found_with_their_moment(body: str, due: str) -> None:
    (made,) = promises([said(body)], frozenset({2}), UTC, ZoneInfo("America/New_York"))
    assert made.due is not None and f"{made.due:%Y-%m-%d %H:%M}" == due


def test_what_is_no_promise_of_ours_is_none() -> None:
    staff = frozenset({2})
    assert promises([said("See you tomorrow.")], staff, UTC) == ()
    assert promises([said("I will write tomorrow.", author=1)], staff, UTC) == ()
    assert promises([said("> I will write tomorrow.")], staff, UTC) == ()
    later = said("Done, thanks.", at=NOW + timedelta(hours=1))
    assert promises([said("I will write tomorrow."), later], staff, UTC) == ()
