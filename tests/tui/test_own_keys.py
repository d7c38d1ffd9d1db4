"""Keys, help and palette on the running desk."""

from dataclasses import replace
from pathlib import Path

import pytest

from heroterm.cli.keymap_file import load
from heroterm.tui.keymap import SHIPPED
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio
WIDE = (240, 48)
"""Room for the whole card, whose clocks take a line more while nobody works, as at a weekend."""


async def test_own_keys_act_and_are_shown(shift_: Shift) -> None:
    own = SHIPPED.with_keys({"ticket.note": ("f5",), "composer.review": ("f6",)})
    async with at_the_desk(replace(shift_.parts(carrier=False), keymap=own)) as hero:
        await hero.waits_for("f5 note")
        await hero.press("n", "i")
        assert hero.app.desk is not None and hero.app.desk.composer.writing is None
        await hero.press("f5")
        await hero.waits_for("INTERNAL NOTE")
        await hero.type("seen")
        await hero.press("f6")
        await hero.waits_for("y queues it")


async def test_a_key_that_means_nothing_says_so_and_where_it_acts(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "X")
        await hero.waits_for("X means nothing here; ? lists the keys. It acts in: Queue")
        await hero.press("Z")
        await hero.waits_for("Z means nothing here; ? lists the keys.")
        await hero.press("i")
        await hero.reviews()
        await hero.press("Q")
        await hero.waits_for("Q means nothing here; ? lists the keys. It acts in: the desk.")


async def test_the_card_names_the_keys_that_the_hero_has(shift_: Shift) -> None:
    own = SHIPPED.with_keys({"ticket.playbook": ("f5",), "prefix.o": ("comma",)})
    parts = replace(shift_.parts(carrier=False), keymap=own)
    async with at_the_desk(parts, size=WIDE) as hero:
        await hero.press("n", "3")
        await hero.waits_for("presence unknown (, o)", "in the thread (, s)")
    quiet = replace(shift_.parts(carrier=False), keymap=SHIPPED.without_letters())
    async with at_the_desk(quiet, size=WIDE) as hero:
        await hero.press("3")
        await hero.waits_for("presence unknown (Ctrl+P “This ticket in Zendesk”)")


async def test_the_help_runs_what_is_chosen(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "question_mark")
        await hero.waits_for("Help: ")
        await hero.type("internal")
        await hero.waits_for(">i  ")  # the line under the cursor, without any colour
        await hero.press("enter")
        await hero.waits_for("INTERNAL NOTE")


async def test_the_palette_says_why_not_and_teaches_the_key(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("colon")
        await hero.type("previous ticket in my")
        await hero.waits_for("not now: No other ticket has been open yet")
        await hero.press("escape")
        for _ in range(3):
            await hero.press("colon")
            await hero.type("only mine")
            await hero.press("enter")
        await hero.waits_for("does it without the palette")


async def test_the_palette_takes_arguments_and_playbooks_and_says_when_nothing_matches(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("colon")
        await hero.type("xqzzy")
        await hero.waits_for("Nothing here matches “xqzzy”.")
        await hero.press("ctrl+u")
        await hero.type("theme nord")
        await hero.press("enter")
        await hero.until(lambda: hero.app.theme == "nord", "the theme is not worn")
        await hero.press("n", "colon")
        await hero.type("status pend")
        await hero.waits_for("status pending")
        await hero.press("enter")
        await hero.waits_for("u recalls it")
        journal = hero.app.reading.journal
        assert journal is not None
        assert [i.changes.status for i in journal.outbox.list()] == ["pending"]
        await hero.press("u", "colon")
        await hero.type("side conv")
        await hero.waits_for(">side conversation, in Zendesk  o o")
        await hero.press("enter")
        await hero.until(lambda: "/agent/tickets/" in "".join(shift_.browsed), "not opened")
        await hero.press("colon")
        await hero.type("group del")
        await hero.waits_for("playbook: Deleting groups")
        await hero.press("enter")
        desk = hero.app.desk
        await hero.until(
            lambda: desk is not None and desk.opened is not None and desk.opened.run is not None,
            "no run began",
        )


async def test_every_sentence_names_the_keys_that_the_hero_has(shift_: Shift) -> None:
    own = SHIPPED.with_keys(
        {
            "desk.next": ("f5",),
            "desk.undo": ("comma",),
            "desk.sync": ("f6",),
            "desk.skip": ("f7",),
            "pane.queue": ("f8",),
            "pane.outbox": ("f9",),
            "ticket.playbook": (),
            "ticket.note": ("B",),
            "composer.review": ("f2",),
            "review.queue": ("Y",),
            "review.then_next": ("N",),
            "thread.unfold": ("W",),
            "queue.mark_all": ("F",),
            "prefix.g": ("P",),
            "prefix.o": ("O",),
        }
    )
    parts = replace(shift_.parts(carrier=False), keymap=own)
    async with at_the_desk(parts, size=WIDE) as hero:
        await hero.waits_for("f8 ")
        await hero.press("space", "space")
        await hero.waits_for("2 marked (F unmarks)")
        await hero.press("B")
        await hero.waits_for("F unmarks them; c answers all.")
        await hero.press("F", "f5")
        await hero.waits_for("links: O ")
        await hero.press("f5")
        await hero.waits_for("or F7 skips it with a reason")
        await hero.press("P", "p")
        await hero.waits_for("Ctrl+P “Playbooks for this ticket” begins one")
        await hero.press("P", "d", "escape", "B")
        await hero.waits_for("F2: who reads it, what the status does", "then Y")
        await hero.type("seen")
        await hero.press("f2")
        await hero.waits_for("Y queues it, held", "(N)")
        desk = hero.app.desk
        await hero.until(lambda: desk is not None and not desk.composer.review.deaf, "still deaf")
        await hero.press("Y")
        await hero.waits_for("then sent: , recalls it")


async def test_the_help_names_them_too(shift_: Shift) -> None:
    own = SHIPPED.with_keys({"desk.next": ("f5",), "prefix.y": ("comma",), "ticket.why": ()})
    async with at_the_desk(replace(shift_.parts(carrier=False), keymap=own)) as hero:
        await hero.press("question_mark")
        await hero.type("skip with")
        await hero.waits_for("`F5` until", "Ctrl+P “Explain”")
        await hero.press("ctrl+u")
        await hero.type("vip card")
        await hero.waits_for("why this priority. , v")


async def test_words_that_look_like_a_key_are_quoted_as_they_are(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "2", "slash")
        await hero.paste("{desk.sync}")
        await hero.press("enter")
        await _shows(hero, "“{desk.sync}” is not in this ticket; g / searches everything.")
        desk.tell("“{desk.next}” was opened.")
        await _shows(hero, "“{desk.next}” was opened.")
        desk.ask("Answer {desk.next}?", {"y": "open {desk.undo}", "n": "leave it"}, desk.tell)
        await _shows(hero, "Answer {desk.next}?")
        await _shows(hero, "open {desk.undo}")


async def _shows(hero: Hero, words: str) -> None:
    """Wait for words that elsewhere would be a blank that nobody filled."""
    await hero.until(lambda: words in " ".join(hero.screen().split()), f"never saw {words}")


async def test_a_sign_from_the_file_acts_and_is_shown_as_itself(
    shift_: Shift, tmp_path: Path
) -> None:
    (tmp_path / "keys.toml").write_text(
        '[keys]\n"ticket.note" = ";"\n"prefix.g" = [","]\n', encoding="utf-8"
    )
    own = load(tmp_path / "keys.toml")
    async with at_the_desk(replace(shift_.parts(carrier=False), keymap=own)) as hero:
        await hero.waits_for("to answer", " ; note")
        await hero.press("comma", "question_mark")
        await hero.waits_for(", … Go")
        await hero.press("escape", "semicolon")
        await hero.waits_for("INTERNAL NOTE")


async def test_what_stands_behind_a_name_in_the_palette_is_its_argument(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "colon")
        await hero.type("snoo")  # as other tools call it
        await hero.waits_for(">Wait: remind me  w  snooze")
        await hero.press("ctrl+u")
        await hero.type("later")
        await hero.waits_for(">Wait: remind me  w")
        await hero.type(" nowhere")
        await hero.waits_for("Wait: remind me: nowhere  says no moment to come")
        await hero.press("ctrl+u")
        await hero.type("Snooze in 2h")
        await hero.waits_for(">Wait: remind me: in 2h  until ")
        await hero.press("enter")
        await hero.waits_for("u takes it back")
        await hero.press("colon")
        await hero.type("tags new-one -old")
        await hero.waits_for(">Tags: put on, take off: new-one -old  puts on new-one")
        await hero.press("ctrl+u")
        await hero.type("tag ed")  # letters of a subject change no ticket
        await hero.waits_for("Tags: put on, take off: ed  puts on ed")
        assert not hero.sees(">Tags")
        await hero.press("ctrl+u")
        await hero.type("search invoice")
        await hero.press("enter")
        await hero.waits_for("Search everything")
        assert hero.sees("invoice")
        await hero.press("escape", "colon")
        await hero.type("filter zzz")
        await hero.press("enter")
        await hero.waits_for("filter: zzz")
        await hero.press("escape", "r")
        await hero.type("Hey there, thanks!")
        await hero.reviews()
        await hero.press("colon")
        await hero.type("later in 3h")
        await hero.waits_for(">Send later: in 3h")
        await hero.press("enter")
        await hero.waits_for("checked again then")
