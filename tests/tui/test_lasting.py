"""A database that cannot be read for a moment ends no shift, whoever asked it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial

import pytest
from textual.events import Callback

from heroterm.errors import StoreError
from heroterm.journal.connection import GLANCE_SECONDS, IN_VAIN_SECONDS
from heroterm.journal.database import Journal
from heroterm.mirror.reader import Mirror
from heroterm.tui.doing import remembered
from heroterm.tui.panes.queue import QueuePane
from heroterm.tui.reading import Reading
from heroterm.tui.screens.desk import Desk
from tests.conftest import NOW
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

KEYS = (
    "j k n enter h 3 1 s t l w g p escape g a escape p escape c escape i escape escape"
    " q escape u slash x escape R question_mark escape"
)
Way = Callable[[Hero, Callable[[], None]], object]
WAYS: dict[str, Way] = {
    "a timer of the desk": lambda hero, ask: desk(hero).set_timer(0.01, ask),
    "a clock of the desk": lambda hero, ask: desk(hero).set_interval(0.05, ask, repeat=1),
    "the next frame": lambda hero, ask: desk(hero).call_after_refresh(ask),
    "an answer from a thread": lambda hero, ask: hero.app.call_later(ask),
    "a message to the App": lambda hero, ask: hero.app.post_message(Callback(callback=ask)),
    "a message to a pane": lambda hero, ask: queue(hero).post_message(Callback(callback=ask)),
    "the idle moment of a pane": lambda hero, ask: queue(hero).call_next(ask),
}


def desk(hero: Hero) -> Desk:
    assert hero.app.desk is not None
    return hero.app.desk


def fails(way: str) -> None:
    raise StoreError(f"No answer for {way}.")


def queue(hero: Hero) -> QueuePane:
    return hero.app.screen.query_one(QueuePane)


async def test_whoever_asks_a_database_that_fails_the_hero_is_told_and_the_next_asker_is_heard(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        for way, ask in WAYS.items():
            answered: list[str] = []
            ask(hero, partial(fails, way))
            await hero.waits_for(f"No answer for {way}.")
            ask(hero, partial(answered.append, way))
            await hero.until(partial(bool, answered), f"deaf afterwards: {way}")
        await hero.press("j")
        assert hero.app.is_running


async def test_one_that_fails_keeps_no_other_from_the_same_frame(shift_: Shift) -> None:
    drawn: list[str] = []
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        screen = hero.app.screen
        screen.call_after_refresh(fails, "a frame")
        screen.call_after_refresh(drawn.append, "the frame")
        screen.call_next(fails, "a moment")
        screen.call_next(drawn.append, "the moment")
        await hero.until(lambda: sorted(drawn) == ["the frame", "the moment"], "one was dropped")


async def test_every_key_is_answered_while_another_program_keeps_the_journal_locked(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heroterm.journal.connection.BUSY_SECONDS", 0.0)
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n")
        await hero.waits_for("2 #")
        with closing(sqlite3.connect(shift_.home / "data" / "journal.db")) as other:
            other.execute("BEGIN EXCLUSIVE")
            for key in KEYS.split():
                await hero.press(key)
                assert hero.app.is_running, key
            hero.app.call_later(hero.app._minute)
            hero.app.call_later(hero.app._reread)
            await hero.pilot.pause()
        await hero.until(lambda: "locked" in " ".join(words(hero)), "nobody was told")
        await hero.press("escape", "escape", "1", "j")
        assert hero.app.is_running


async def test_a_journal_that_takes_long_to_refuse_is_left_alone_for_a_while() -> None:
    moment, tried, patiently = [NOW], [], list[float | None]()

    def locked(*, patience: float | None = None) -> Journal:
        tried.append(moment[0])
        patiently.append(patience)
        moment[0] += timedelta(seconds=5)
        raise StoreError("Another program has kept journal.db locked.")

    def nothing() -> Mirror:
        raise StoreError("There is no mirror.")

    reading = Reading(nothing, nothing, locked, lambda: moment[0])
    for _ in range(40):
        assert (reading.journal, reading.counts_down(), dict(reading.skipped)) == (None, False, {})
        moment[0] += timedelta(seconds=1)
    assert [at - NOW for at in tried] == [timedelta(seconds=20 * n) for n in range(3)]
    assert "locked" in str(reading.journal_trouble)
    assert patiently == [GLANCE_SECONDS, IN_VAIN_SECONDS, IN_VAIN_SECONDS], "the screen stands"


async def test_a_desk_begins_beside_a_locked_journal_and_reads_it_once_it_is_free(
    shift_: Shift,
) -> None:
    parts = shift_.parts(carrier=False)
    with closing(parts.open_journal()) as journal:
        ticket = shift_.ticket("ownership")
        journal.marks.set_tier1(ticket, True)
        journal.marks.remember("queue", "every group")
        journal.marks.remember("theme", "nord")
        journal.marks.remember("dense rows", "1")
    with closing(sqlite3.connect(shift_.home / "data" / "journal.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        async with at_the_desk(parts) as hero:
            await hero.waits_for("1 queue", "outbox CANNOT BE READ", "T2")
            assert not hero.sees("outbox empty")
            other.rollback()
            await hero.waits_for("outbox empty", "T1", "1 every group")
            desk = hero.app.desk
            assert desk is not None
            assert (hero.app.theme, desk.queue.dense) == ("nord", True)
            desk.chosen.add("theme")
            await hero.press("n")
            await hero.waits_for("2 #")
            with closing(parts.open_journal()) as journal:
                journal.marks.remember("queue", "mine")
                journal.marks.remember("theme", "gruvbox")
            assert remembered.recall(desk, late=True)
            assert hero.sees("Here you left another queue, mine: V m goes there.")
            assert (hero.app.theme, desk.queue.choice.name) == ("nord", "every group")


async def test_what_is_typed_and_sent_while_the_journal_is_locked_is_neither_lost_nor_doubled(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heroterm.journal.connection.BUSY_SECONDS", 0.2)
    before = len(shift_.ledger())
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        await hero.press("n", "i")
        await hero.type("First.")
        await hero.waits_for("draft kept")
        other = sqlite3.connect(shift_.home / "data" / "journal.db")
        other.execute("BEGIN EXCLUSIVE")
        await hero.type(" More.")
        await hero.waits_for("First. More.", "NOT KEPT, trying again", "outbox CANNOT BE READ")
        other.rollback()
        await hero.waits_for("draft kept")
        await hero.reviews()
        await hero.press("n")
        other.execute("BEGIN EXCLUSIVE")
        await hero.press("y")
        await hero.waits_for("has kept journal.db locked", "First. More.", "y queue it")
        other.close()
        await hero.until(lambda: hero.app.reading.journal_trouble is None, "it stays in trouble")
        await hero.press("y")
        await hero.until(lambda: len(shift_.ledger()) > before, "it never left")
        await hero.waits_for("sent: seen on the server")
    (write,) = shift_.ledger()[before:]
    assert write["body"]["ticket"]["comment"]["body"] == "First. More."


async def test_a_mirror_that_fails_is_never_told_as_trouble_of_the_journal(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StoreError("The mirror is damaged.")

    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "w")
        await hero.type("fri")
        await hero.press("enter")
        await hero.waits_for("[WAIT]")
        known = dict(hero.app.reading.waits)
        monkeypatch.setattr("heroterm.sync.waking.waits", fails)
        hero.app.reading.forget()
        assert hero.app.reading.waits == known != {}
        assert hero.app.reading.journal_trouble is None


async def test_a_screen_that_ends_before_its_desk_begins_ends_quietly(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        pass
    await hero.app._begin()
    assert hero.app._exception is None


def words(hero: Hero) -> list[str]:
    assert hero.app.desk is not None
    return [said.words for said in hero.app.desk.noticed.said]
