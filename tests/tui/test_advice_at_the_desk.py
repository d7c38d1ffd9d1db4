"""Advice in the Review: shown, jumped to, muted with a reason; the words as they will look."""

from pathlib import Path

import pytest

from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_advice_is_jumped_to_and_muted_for_a_reason(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "r")
        await hero.paste("Hey Sam,\nthanks! Please see the file that is attached.")
        await hero.reviews()
        await hero.waits_for('The greeting says "Sam"', "It speaks of an attachment")
        desk = hero.app.desk
        assert desk is not None
        await hero.press("l")
        assert desk.composer.words.selected_text == "Sam"
        await hero.reviews()
        await hero.press("l")
        assert desk.composer.words.selected_text == "is attached"
        await hero.reviews()
        await hero.press("m")
        await hero.waits_for("Mute which advice?")
        await hero.type("attachment")
        await hero.press("enter")
        await hero.waits_for("Why mute attachment?")
        await hero.type("we say so of links")
        await hero.press("enter")
        await hero.waits_for("Muted: attachment (we say so of links).")
        assert not hero.sees("It speaks of an attachment")
        assert hero.sees('The greeting says "Sam"')
        await hero.press("m")
        await hero.waits_for("hear attachment again")
        await hero.type("hear attachment")
        await hero.press("enter")
        await hero.waits_for("It speaks of an attachment")


async def test_the_words_are_seen_as_the_customer_will_see_them(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "r")
        await hero.paste("Hey, **two** steps")
        await hero.reviews()
        await hero.press("v")
        await hero.waits_for("As the customer sees it, in Slack", "From: Ana Hero", "**two** steps")
        await hero.press("escape", "escape")
        rows = desk.reading.queue(desk.queue.view, 0, 50)
        desk.open_ticket(next(row.id for row in rows if row.source == "mail"))
        await hero.press("r")
        await hero.paste("Hey, **two** steps")
        await hero.reviews()
        await hero.press("v")
        await hero.waits_for("As the customer sees it, in a mail", "Subject:", "Hey, two steps")


async def test_esc_sets_the_status_that_fits_unless_one_was_chosen(shift_: Shift) -> None:
    """`Esc` `y` sends with the advised status; it stays whose choice it was (features D4)."""
    link = "https://github.com/PostHog/posthog/issues/1"
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "r")
        await hero.paste("Hey there, I looked at it.")
        await hero.reviews()
        await hero.waits_for("[PENDING]")
        await hero.press("enter")
        await hero.paste(f" I opened a feature request, you can follow it: {link}")
        await hero.reviews()
        await hero.waits_for("[SOLVED]", "Solved is set: a feature request was shared")
        await hero.press("escape", "r")
        await hero.reviews()
        await hero.waits_for("[SOLVED]")
        await hero.press("p")
        await hero.waits_for("[PENDING]", "Solved fits, not Pending")
        await hero.press("enter")
        await hero.reviews()
        await hero.waits_for("[PENDING]")
        await hero.press("n", "y")
        await hero.waits_for("outbox 1 held")
        assert hero.app.reading.intents()[0].changes.status == "pending"


async def test_a_second_file_by_its_whole_path_takes_no_file_off(
    shift_: Shift, tmp_path: Path
) -> None:
    for name in ("first.txt", "second.txt"):
        (tmp_path / name).write_text(name)
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "r")
        await hero.paste("Hey, two files.")
        await hero.reviews()
        for name in ("first.txt", "second.txt"):
            await hero.press("a", "ctrl+u")
            await hero.paste(str(tmp_path / name))
            await hero.press("enter")
            await hero.waits_for(f"Attached: {name}")
        await hero.waits_for("Files: first.txt", "second.txt")
        await hero.press("a", "ctrl+u")
        await hero.type("first")
        await hero.waits_for("attached: takes it off")
        await hero.press("enter")
        await hero.waits_for("Taken off: first.txt.", "Files: second.txt")


async def test_left_to_a_colleague_a_note_tells_them_first(shift_: Shift) -> None:
    words = "Hey, thanks for the report. I have asked a colleague to look into it."
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n")
        desk, journal = hero.app.desk, hero.app.reading.journal
        assert desk is not None and journal is not None and desk.opened is not None
        ticket_id = desk.opened.ticket.id
        await hero.press("r")
        await hero.paste(words)
        await hero.reviews()
        await hero.waits_for("[OPEN]", "no note of yours tells them what")
        await hero.press("y")
        await hero.may_answer("no note of yours tells them what", "i write the note first")
        await hero.press("i")
        await hero.waits_for("INTERNAL NOTE - colleagues only")
        await hero.paste("It stops at the second batch; please look at the worker.")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        await hero.press("r")
        await hero.waits_for("PUBLIC REPLY to")
        await hero.reviews()
        assert desk.composer.body == words and not hero.sees("no note of yours tells")
        await hero.press("y")
        await hero.waits_for("outbox 2 held")
        kinds = [intent.kind for intent in journal.outbox.of_ticket(ticket_id)]
        assert kinds == ["internal_note", "public_reply"]


async def test_what_was_wrong_is_said_no_more_once_it_is_jumped_to(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "r")
        await hero.paste("Hey Jonas, thanks. Tomorrow I tell you about $1<the answer>.")
        await hero.reviews()
        await hero.press("y")
        await hero.until(lambda: "is not filled in" in desk.told, "y said nothing")
        await hero.press("l")
        await hero.until(lambda: desk.focused is desk.composer.words, "l jumps nowhere")
        assert desk.told == ""
        assert "is not filled in" not in hero.screen().splitlines()[21]


async def test_words_that_stand_there_twice_are_both_jumped_to(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "r")
        desk = hero.app.desk
        assert desk is not None
        desk.composer.words.load_text("asap, please.\nASAP means today.")
        for place in ((0, 0), (1, 0), (0, 0)):
            assert desk.composer.jump(["asap"])
            assert min(desk.composer.words.selection) == place
