"""The desk without colours, by table without letters, and without a keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.style import Style

from heroterm.tui import commands
from heroterm.tui.box_commands import FILES
from heroterm.tui.contrast import LEAST, contrast
from heroterm.tui.doing import palette
from heroterm.tui.keymap import Keymap
from heroterm.tui.panes.status import key_line
from heroterm.tui.screens.ask import Ask
from heroterm.tui.text import COMMAND
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

IN_A_FIELD = {commands.COMPOSER, commands.FILTER, commands.FIND, commands.GATE}
"""Places whose keys are no letters, or whose question names each of its keys itself."""
ON_ITSELF = {"down", "up"}
"""What a click on the thing itself does, and the wheel."""


def inked(hero: Hero) -> Iterator[tuple[str, Style]]:
    """Every word on the screen with how it is drawn; frames and bars are no words."""
    for strip in hero.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if style is not None and any(sign.isalnum() for sign in text):
                yield text.strip(), style


async def test_without_colours_every_word_is_grey_and_can_be_read(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "z", "t")
        await hero.waits_for("type to filter")
        await hero.type("nord")
        await hero.press("enter", "r")
        await hero.waits_for("PUBLIC REPLY")
        await hero.type("Hey")
        await hero.reviews()
        words = 0
        for text, style in inked(hero):
            assert style.color is not None and style.bgcolor is not None, text
            ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
            assert len({*ink}) == len({*ground}) == 1, f"{text} has a colour"
            assert contrast(ink.hex, ground.hex) >= LEAST, f"{text} is too faint"
            words += 1
        assert words > 100


def test_every_command_of_the_desk_is_in_the_palette() -> None:
    """What acts in a pane is offered there, everything else from everywhere; so that arrows and
    Enter, or clicks, reach all of it once the palette is open.
    """
    from_anywhere = set(palette.DESK_PLACES)
    panes = {commands.QUEUE, commands.THREAD, commands.SIDE, commands.LIST, commands.PLAYBOOK}
    boxes = {commands.OUTBOX, commands.CONFLICT, commands.DRAFTS, commands.UNDO, commands.BULK}
    boxes |= {FILES, commands.HANDOVER, commands.TAKEOVER, commands.REVIEW}
    assert from_anywhere | panes | boxes | IN_A_FIELD == set(commands.PLACES)
    for place in boxes:
        helps = [c for c in commands.of(place) if c.id.endswith(".help")]
        assert helps and "f1" in helps[0].keys, f"{place} has no list of what it does"


@pytest.mark.parametrize("place", [place for place in commands.PLACES if place not in IN_A_FIELD])
@pytest.mark.parametrize("width", [78, 118])
def test_the_mouse_finds_a_way_to_every_command(place: str, width: int) -> None:
    """The key line can be clicked, and what it has no room for is in a list that it leads to."""
    places = (place, commands.TICKET, commands.ANYWHERE)
    boxes = {c.where for c in commands.COMMANDS if c.id == f"{c.where}.help"}
    line = key_line((place,) if place in boxes else places, width, 2, Keymap())
    clicked = {span.style.meta.get(COMMAND) for span in line.spans if hasattr(span.style, "meta")}
    assert any(id_ and id_.endswith((".palette", ".help")) for id_ in clicked), clicked


def test_every_key_that_waits_for_another_is_in_the_palette_as_what_it_leads_to() -> None:
    assert set(commands.PREFIXES) <= set(palette.DESK_PLACES)


async def test_a_question_is_answered_without_a_letter_and_enter_alone_is_safe(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "N")
        await hero.may_answer("n do not skip it (Enter, Esc)")
        box = hero.app.screen
        assert isinstance(box, Ask)
        box._deaf = True  # a letter that comes too soon is no matter
        await hero.press("z")
        assert not hero.sees("answer here")
        box._deaf = False
        await hero.press("u")  # nothing waits to be recalled
        await hero.waits_for("n, Enter and Esc answer here.", "n do not skip it (Enter, Esc)")
        await hero.press("enter")
        await hero.until(lambda: not hero.sees("until something changes on it: why?"))
        journal, desk = hero.app.reading.journal, hero.app.desk
        assert journal is not None and desk is not None and desk.opened is not None
        ticket_id = desk.opened.ticket.id
        assert not journal.marks.skips()
        await hero.press("N")
        await hero.may_answer("n do not skip it (Enter, Esc)")
        await hero.press("tab", "tab", "tab", "shift+tab")
        await hero.waits_for(">s somebody is on it (Enter)", "n do not skip it (Esc)")
        await hero.press("enter")
        await hero.until(lambda: list(journal.marks.skips()) == [ticket_id])


async def test_a_field_says_whether_it_is_the_answer_or_a_filter(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n")
        for key, title, asks in (
            ("number_sign", "Ticket number", " type it "),
            ("asterisk", "the link of the Slack thread", "type it, or choose"),
            ("t", "choose, or type new ones", "type it, or choose"),
            ("c", "Canned replies", "type to filter"),
        ):
            await hero.press(key)
            await hero.waits_for(title, asks)
            await hero.press("escape")
