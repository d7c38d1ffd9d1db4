"""The disk takes nothing while the hero types: said at once, with the text still on the screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from heroterm.errors import StoreError
from heroterm.journal.database import Journal
from heroterm.tui.parts import Parts
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

WORDS = "Kept on the screen, whatever the disk says. " * 400


class Disk:
    """Hands out journals, and makes all of them full, or roomy again."""

    def __init__(self, opened: Callable[[], Journal]) -> None:
        self._open = opened
        self._journals: list[Journal] = []

    def open(self) -> Journal:
        self._journals.append(self._open())
        return self._journals[-1]

    def full(self) -> None:
        for journal in self._journals:
            pages = journal._db.number("PRAGMA page_count")
            journal._db._db.execute(f"PRAGMA max_page_count = {pages}")

    def roomy(self) -> None:
        for journal in self._journals:
            journal._db._db.execute("PRAGMA max_page_count = 1000000")


def at_a_disk(shift: Shift, monkeypatch: pytest.MonkeyPatch) -> tuple[Parts, Disk]:
    parts = shift.parts(hold=30, carrier=False)
    disk = Disk(parts.open_journal)
    # The test fills the disk from its own thread, as another program would.
    real = sqlite3.connect

    def shared(path: object, **named: object) -> sqlite3.Connection:
        return real(path, check_same_thread=False, **named)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr("heroterm.journal.connection.sqlite3.connect", shared)
    return replace(parts, open_journal=disk.open), disk


def text(hero: Hero) -> str:
    assert hero.app.desk is not None
    return hero.app.desk.composer.body


async def test_a_full_disk_is_said_while_typing_and_the_text_stays_until_it_is_kept(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, disk = at_a_disk(shift_, monkeypatch)
    async with at_the_desk(parts) as hero:
        await hero.press("n", "i")
        await hero.type("Begun.")
        journal = hero.app.reading.journal
        assert journal is not None
        await hero.until(lambda: bool(journal.drafts.list()), "the first words are not kept")
        disk.full()
        await hero.paste(WORDS)
        await hero.waits_for("NOT KEPT", "No room is left on the disk", "still on the screen")
        assert text(hero).endswith(WORDS)
        assert [d.body for d in journal.drafts.list()] == ["Begun."]
        disk.roomy()
        await hero.type("More.")
        await hero.until(lambda: journal.drafts.list()[0].body.endswith("More."), "never kept")


async def test_what_a_full_disk_does_not_take_is_not_called_queued(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, disk = at_a_disk(shift_, monkeypatch)
    async with at_the_desk(parts) as hero:
        await hero.press("n", "i")
        await hero.type("Begun.")
        disk.full()
        await hero.paste(WORDS)
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("Not queued", "No room is left on the disk", "still on the screen")
        assert text(hero) == f"Begun.{WORDS}"
        journal = hero.app.reading.journal
        assert journal is not None and journal.outbox.list(all=True) == []
        disk.roomy()
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        (held,) = journal.outbox.list(all=True)
        assert held.comment is not None and held.comment.body == f"Begun.{WORDS}".strip()
        assert journal.drafts.list() == []


async def test_nobody_leaves_words_that_no_disk_has_without_being_asked(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, disk = at_a_disk(shift_, monkeypatch)
    async with at_the_desk(parts) as hero:
        await hero.press("n", "i")
        await hero.type("Begun.")
        disk.full()
        await hero.paste(WORDS)
        await hero.reviews()
        await hero.press("escape")
        await hero.waits_for("NOT KEPT")
        assert text(hero).endswith(WORDS)
        desk = hero.app.desk
        assert desk is not None
        await hero.press("ctrl+q")
        await hero.waits_for("The draft could not be kept", "quit and lose it")
        await hero.press("n")
        assert text(hero).endswith(WORDS) and desk.composer.writing is not None
        disk.roomy()


async def test_a_journal_that_another_program_has_locked_is_said_and_kept_later(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heroterm.journal.connection.BUSY_SECONDS", 0.0)
    async with at_the_desk(shift_.parts(hold=30, carrier=False)) as hero:
        await hero.press("n", "i")
        journal = hero.app.reading.journal
        assert journal is not None
        other = sqlite3.connect(journal._db.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await hero.paste("Typed while it was locked.")
        await hero.waits_for("NOT KEPT", "locked", "still on the screen")
        other.execute("ROLLBACK")
        other.close()
        await hero.type("!")

        def kept() -> bool:
            with suppress(StoreError):  # the screen and its pen lock each other out for a moment
                return [d.body for d in journal.drafts.list()] == ["Typed while it was locked.!"]
            return False

        await hero.until(kept, "never kept")
