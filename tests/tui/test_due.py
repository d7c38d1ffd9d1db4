"""A hold that is over while nothing came to send what was held: Zendesk does not answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from textual.message_pump import MessagePump

from heroterm.domain.outbox import HELD, NEEDS_YOU, QUEUED, Changes, Intent
from heroterm.journal.epoch import UNTIL_RELEASED
from heroterm.tui import intent_words
from heroterm.tui.countdown import Countdown
from heroterm.tui.doing import sending
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.status import hold_line
from heroterm.tui.screens.outbox import OutboxLines
from tests.conftest import NOW
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


class Clock:
    """A pump whose seconds pass when they are told to."""

    def __init__(self) -> None:
        self.calls: Callable[[], None] | None = None

    def set_interval(self, _seconds: float, calls: Callable[[], None]) -> Clock:
        self.calls = calls
        return self

    def stop(self) -> None:
        self.calls = None

    def strike(self) -> None:
        if self.calls is not None:
            self.calls()


def test_it_waits_to_be_sent_and_no_countdown_stands_at_nought() -> None:
    due = Intent("a", 7, NOW, NOW + timedelta(seconds=15), changes=Changes(status="pending"))
    held = Intent("b", 8, NOW, NOW + timedelta(seconds=40), changes=Changes(status="open"))
    soon, later = NOW + timedelta(seconds=14), NOW + timedelta(seconds=15)
    assert intent_words.state(due, soon, "!") == "held, sends in 0:01"
    assert intent_words.state(due, later, "!", 1) == "waiting to be sent, after 1 of yours"
    line = hold_line([due, held], later)
    assert line is not None and line.plain.strip().startswith("held: #8 change + open, sends in")
    beside = hold_line([due], soon, brief=True)
    assert beside is not None and beside.plain == " held 0:01 - u recalls"
    assert hold_line([due], later) is None


def test_a_reply_that_a_question_kept_waiting_is_none_to_be_sent_later() -> None:
    now = NOW + timedelta(minutes=1)
    reading = SimpleNamespace(local_now=lambda: now)
    parts = SimpleNamespace(settings=SimpleNamespace(hold_seconds=15.0))
    desk = cast(OnDesk, SimpleNamespace(reading=reading, parts=parts))
    written = Intent("a", 7, NOW, NOW + timedelta(seconds=15), changes=Changes(status="pending"))
    queued = sending.held(desk, written)
    assert intent_words.state(queued, now, "!") == "held, sends in 0:15"
    assert not intent_words.is_later(queued, 15.0), "the desk would take it for one of tomorrow"
    later = replace(written, send_after=now + timedelta(days=1))
    assert intent_words.is_later(sending.held(desk, later), 15.0)


def test_the_second_draws_only_while_something_goes_within_the_hour() -> None:
    note = Intent("a", 7, NOW, NOW + timedelta(hours=3), changes=Changes(status="pending"))
    by_hand = replace(note, send_after=UNTIL_RELEASED)
    at = [NOW]
    clock, drawn, waits = Clock(), list[datetime](), [note, by_hand]
    countdown = Countdown(
        cast(MessagePump, clock),
        lambda: drawn.append(at[0]),
        lambda: any(intent_words.counts_down(each, at[0]) for each in waits),
    )
    for minute in range(190):
        at[0] = NOW + timedelta(minutes=minute)
        countdown.watch()
        clock.strike()
    assert drawn[0] == NOW + timedelta(minutes=119), "a minute before it says so itself"
    assert drawn[-1] == NOW + timedelta(hours=3), "once more when it is due"
    assert len(drawn) == 62


def test_offline_no_moment_is_told_and_what_waits_can_be_recalled_as_long_as_it_does() -> None:
    held = Intent("a", 7, NOW, NOW + timedelta(seconds=15), changes=Changes(status="pending"))
    later = Intent("b", 8, NOW, NOW + timedelta(days=2), changes=Changes(status="open"))
    assert intent_words.state(held, NOW, "!", offline=True) == "held, sends once online"
    assert "sends Fri 6 Mar" in intent_words.state(later, NOW, "!", offline=True)
    for intent, now in ((held, NOW), (held, NOW + timedelta(minutes=5))):
        for state in (HELD, QUEUED):
            line = hold_line([replace(intent, state=state), later], now, offline=True)
            assert line is not None
            said = "held: #7 change + pending, sends once online and 1 more - u recalls"
            assert line.plain.strip() == said


async def test_what_is_queued_offline_is_no_longer_counted_down(shift_: Shift) -> None:
    shift_.faults({"match": "*", "do": "refuse"})
    async with at_the_desk(shift_.parts(hold=600), size=(160, 50)) as hero:
        await hero.waits_for("OFFLINE since")
        await hero.press("n", "i")
        await hero.type("Seen.")
        await hero.reviews()
        await hero.press("n", "y")
        await hero.waits_for("note, sends once online - u recalls")
        await hero.press("g", "o")
        await hero.waits_for("held, sends once online")
        assert not hero.sees("sends in")


def test_the_outbox_stands_in_the_order_of_sending() -> None:
    def intent(id_: str, ticket_id: int, wait: timedelta, state: str = HELD) -> Intent:
        changes = Changes(status="open")
        return Intent(id_, ticket_id, NOW, NOW + wait, changes=changes, state=state)

    monday, soon = timedelta(days=3), timedelta(seconds=15)
    waiting = [
        intent("monday", 7, monday),
        intent("behind it", 7, soon),
        intent("stopped", 8, monday, NEEDS_YOU),
        intent("next", 9, soon),
    ]
    said = [each.id for each in intent_words.in_order(waiting)]
    assert said == ["stopped", "next", "monday", "behind it"]
    made = OutboxLines(lambda: waiting, lambda: NOW, lambda: Names(None), "!")
    assert [each.id for each in made.items()] == said


def test_the_moment_of_what_is_sent_later_is_whole_at_80_columns() -> None:
    later = Intent("a", 7, NOW, NOW + timedelta(days=26, hours=1), changes=Changes(status="open"))
    made = OutboxLines(lambda: [later], lambda: NOW, lambda: Names(None), "!")
    for width, said in ((76, "held, sends Mon 30 Mar "), (110, "(26 d)")):
        line = made.line(later, width).plain
        assert said in line and "…" not in line.partition("sends ")[2].partition("  ")[0]
