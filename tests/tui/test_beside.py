"""What goes with the words: copies, files, a moment of their own, and all of it back again."""

from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.tui.doing.enclosing import keep
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_copies_files_and_status_arrive_with_the_words(shift_: Shift, tmp_path: Path) -> None:
    report = tmp_path / "numbers.csv"
    report.write_text("day,count\n1,2\n")
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n", "r")
        await hero.paste("Hey, the numbers are attached. I will write again tomorrow.")
        await hero.reviews()
        await hero.press("a")
        await hero.press("ctrl+u")
        await hero.paste(str(tmp_path / "num"))
        await hero.waits_for("numbers.csv", "14 B")
        await hero.press("enter")
        await hero.waits_for("Files: numbers.csv (text/csv)")
        await hero.press("t")
        await hero.paste("boss@customer.example")
        await hero.press("enter")
        await hero.waits_for("CC: +boss@customer.example")
        report.write_text("changed since")
        await hero.press("y")
        await hero.until(lambda: len(shift_.ledger()) == 2, "it never left")
    upload, update = shift_.ledger()
    assert upload["body"] == "day,count\n1,2\n"
    sent = update["body"]["ticket"]
    assert sent["email_ccs"] == [{"user_email": "boss@customer.example", "action": "put"}]
    assert len(sent["comment"]["uploads"]) == 1


async def test_a_moment_is_shown_exactly_and_comes_back_with_everything_on_recall(
    shift_: Shift, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text("one")
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await hero.press("n", "r")
        await hero.paste("Hey, more on this tomorrow.")
        await hero.reviews()
        await hero.press("a", "ctrl+u")
        await hero.paste(str(tmp_path / "one.txt"))
        await hero.press("enter")
        await hero.waits_for("Files: one.txt")
        await hero.press("w")
        await hero.paste("in 26h")
        await hero.press("enter")
        await hero.waits_for("checked again then")
        await hero.waits_for("The first reply is overdue; the clock runs until this is sent.")
        solves = hero.app.reading.local_now() + timedelta(days=7, hours=26)
        await hero.waits_for(f"auto-solves {solves:%a} {solves.day} {solves:%b}")
        await hero.press("s", "n", "y")
        await hero.waits_for("is sent ", ": u recalls it.")
        (intent,) = hero.app.reading.intents()
        wait = intent.send_after - intent.created_at
        assert timedelta(hours=25, minutes=59) < wait <= timedelta(hours=26)
        await hero.press("6", "P")
        await hero.waits_for("Nothing to hold or to release: 1 sent later")
        await hero.press("u")
        await hero.waits_for("Recalled before sending")
        await hero.press("escape")
        await hero.waits_for("Files: one.txt", "[SOLVED]", "y queues it, sent ")
        await hero.press("escape")
        await hero.until(lambda: not hero.app.desk.composer.display)  # type: ignore[union-attr]
        await hero.press("r")
        await hero.reviews()
        await hero.waits_for("Files: one.txt", "[SOLVED]", "y queues it, sent ")


async def test_a_file_that_is_not_there_is_said_and_nothing_is_attached(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "i")
        await hero.paste("See the log.")
        await hero.reviews()
        await hero.press("t")
        await hero.waits_for("A note goes to colleagues only")
        desk = hero.app.desk
        assert desk is not None
        keep(desk, "/nowhere/log.txt")
        await hero.waits_for("/nowhere/log.txt is no file.")
        assert desk.composer.writing is not None and desk.composer.writing.files == ()
