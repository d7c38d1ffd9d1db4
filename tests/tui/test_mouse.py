"""The mouse does what keys do; and the desk without letters, by arrows, Enter and the palette."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from heroterm.cli.terminal import terminal
from heroterm.tui.arrangement import Arrangement
from heroterm.tui.doing import layout
from heroterm.tui.keymap import Keymap
from heroterm.tui.over import Over
from heroterm.tui.panes.status import key_line
from heroterm.tui.plain_signs import plain_sign
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def clicks_on(hero: Hero, words: str, *, last: bool = False) -> None:
    """Click in the middle of some words; the last place where they stand, if asked."""
    lines = hero.screen().splitlines()
    found = [(line.find(words), y) for y, line in enumerate(lines) if words in line]
    assert found, f"{words!r} is not on the screen:\n" + hero.screen()
    x, y = found[-1 if last else 0]
    await hero.pilot.click(offset=(x + len(words) // 2, y))
    await hero.pilot.pause()


async def test_clicks_open_answer_and_run_what_they_point_at(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer")
        row = desk.queue.rows.row_at(3)
        assert row is not None
        await clicks_on(hero, str(row.id))
        assert desk.queue.cursor_id == row.id
        await clicks_on(hero, str(row.id))
        await hero.waits_for(f"2 #{row.id}")
        assert desk.thread.has_focus
        await clicks_on(hero, "r reply", last=True)
        await hero.waits_for("PUBLIC REPLY")
        await hero.press("escape", "escape")
        await hero.press("z")
        await hero.waits_for("Zoom this pane")
        await clicks_on(hero, "Side pane on or off")
        await hero.until(lambda: desk.has_class("-no-side"), "the side stayed")
        await clicks_on(hero, "c canned", last=True)
        await hero.waits_for("type to filter")
        await clicks_on(hero, "Looking into it", last=True)
        await hero.waits_for("I'm looking into this now")


async def test_a_border_is_dragged_and_stays_where_it_was_let_go(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer")
        edge, before = desk.queue.region.right, desk.queue.region.width
        await hero.pilot.mouse_down(offset=(edge, 5))
        await hero.pilot.hover(offset=(edge - 30, 5))
        await hero.pilot.mouse_up(offset=(edge - 30, 5))
        await hero.pilot.pause()
        assert desk.queue.region.width < before - 20
        narrow = desk.queue.region.width
        low = desk.side.region.y
        await hero.pilot.mouse_down(offset=(4, low))
        await hero.pilot.hover(offset=(4, low - 6))
        await hero.pilot.mouse_up(offset=(4, low - 6))
        await hero.pilot.pause()
        assert desk.side.region.y == low - 6
        await hero.pilot.pause(0.2)
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.until(lambda: desk.queue.region.width == narrow, "it was forgotten")
        bar = desk.queue.vertical_scrollbar.region
        await hero.pilot.mouse_down(offset=bar.offset)
        await hero.pilot.hover(offset=(bar.x, bar.y + 3))
        await hero.pilot.mouse_up(offset=(bar.x, bar.y + 3))
        await hero.until(lambda: desk.queue.scroll_y > 3, "the bar is not dragged")
        await hero.pilot.click(offset=bar.offset)
        await hero.until(lambda: desk.queue.scroll_y < 3, "a click on it does nothing")


def test_a_border_stops_where_a_pane_would_get_too_small() -> None:
    shares = Arrangement((12, 12), 11)
    assert shares.dragged(0, 0.0).columns == (4, 20)
    assert shares.dragged(0, 1.0).columns == (20, 4)
    assert Arrangement((8, 10, 6)).dragged(1, 0.5).columns == (8, 4, 12)
    assert shares.dragged(0, 0.55).columns == (13, 11), "a few columns count, too"
    assert shares.lowered_to(99).lower == 30


async def test_plain_frames_are_ascii_to_the_last_cell(shift_: Shift) -> None:
    console = terminal({"TERM": "linux"})
    parts = replace(shift_.parts(carrier=False), terminal=lambda: console)
    async with at_the_desk(parts) as hero:
        await hero.press("n")  # the console's font has no frames
        await hero.until(lambda: not any(c in hero.screen() for c in "─━│╭▶…"), "a frame stayed")
        await hero.press("s")
        await hero.waits_for("Status")
        assert not any(c in hero.screen() for c in "─━│╭╮")
        await hero.press("escape", "i")
        await hero.waits_for("INTERNAL NOTE")
        await hero.paste("👍 20 °C, Zoë, 漢字 🇩🇪 🦄 … here")
        await hero.waits_for("+1 20 °C, Zoë, 漢字 D")
        await hero.waits_for("() ~ here")
        await hero.press("escape", "escape", "z", "p")
        await hero.until(lambda: all(c in hero.screen() for c in "─━…"), "it stayed plain")
        desk, journal = hero.app.desk, hero.app.reading.journal
        assert desk is not None and journal is not None
        await hero.until(lambda: journal.marks.recall(layout.PLAIN) == "")
        layout.recall(desk)
        assert not desk.has_class("-plain"), "as it was chosen"


def test_a_plain_sign_is_as_wide_as_what_it_stands_for() -> None:
    for code in (*range(0x20, 0x3000), *range(0x1F000, 0x1FB00)):
        sign = chr(code)
        if sign.isprintable():
            assert cell_len(plain_sign(sign)) == cell_len(sign), hex(code)
    assert "".join(map(plain_sign, "⣇⣀⠉ Łódź ≥ 5 € ½")) == ":.' Łódź ≥ 5 € ½"


async def test_dense_rows_give_the_subject_more_room(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.waits_for("to answer")
        before = hero.screen()
        await hero.press("z", "d")
        await hero.waits_for("Rows are dense")
        assert " SLACK " in before and " SLACK " not in hero.screen().split("2 #")[0]


def test_a_key_is_named_once_on_the_key_line() -> None:
    line = key_line(("find", "ticket", "thread", "anywhere"), 200, 2).plain
    assert " n next place" in line and " n next " in line
    assert line.count(" n ") == 1


def test_the_next_ticket_is_on_the_key_line_of_a_narrow_ticket_pane() -> None:
    line = key_line(("ticket", "thread", "anywhere"), 80, 2).plain
    assert " n next " in line and " A files " in line and " ? help" in line


async def test_the_whole_job_without_letters(shift_: Shift) -> None:
    """Arrows, Enter, the palette and function keys; letters in boxes that have the focus."""
    parts = replace(shift_.parts(hold=600, carrier=False), keymap=Keymap().without_letters())
    async with at_the_desk(parts) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer")
        await hero.press("n", "r", "down", "up", "enter")
        await hero.waits_for("2 #")
        await hero.press("ctrl+p")
        await hero.waits_for("type to filter")
        await hero.type("internal note")
        await hero.press("enter")
        await hero.waits_for("INTERNAL NOTE")
        await hero.type("looked at it")
        await hero.press("f2")
        await hero.waits_for("y queues it")
        await hero.may_decide()
        await hero.press("y")
        await hero.waits_for("held")
        await hero.press("f1")
        await hero.waits_for("Help: type to find")
        await hero.type("undo the last")
        await hero.press("enter")
        await hero.waits_for("Recalled before sending", "looked at it")
        await hero.press("escape", "escape")
        await hero.press("6")
        await hero.waits_for("6 Outbox")


async def test_a_box_needs_no_letter_either(shift_: Shift) -> None:
    """Its `?` or F1 lists what it does: for arrows and Enter, and for the mouse."""
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n", "i")
        await hero.waits_for("INTERNAL NOTE")
        await hero.type("looked at it")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("outbox 1 held")  # until it is written 6 means nothing
        await hero.press("6")
        await hero.waits_for("6 Outbox", "looked at it")
        await hero.press("f1")
        await hero.waits_for("Outbox: type to find, Enter does it")
        await hero.press("down", "down", "down", "down", "down", "enter")
        await hero.waits_for("is held until you press !.")
        await clicks_on(hero, "? help")
        await hero.waits_for("Hold all, or release all")
        await clicks_on(hero, "Discard it; its words are kept")
        await hero.waits_for("discarded")


async def test_a_review_is_decided_and_taken_back_by_clicks(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer")
        await hero.press("r")
        await hero.waits_for("PUBLIC REPLY")
        await hero.type("Hey, more tomorrow.")
        await hero.reviews()
        await clicks(hero, "#review", "h hold")
        await hero.waits_for("[HOLD]")
        await clicks(hero, "#review", "s solved")
        await hero.waits_for("[SOLVED]")
        await clicks(hero, "#review", "then next ticket: yes")
        await hero.waits_for("then next ticket: no")
        await clicks(hero, "#review", "y queues it")
        await hero.waits_for("+ solved, sends in")
        await clicks(hero, "#news", "u recalls")
        await hero.waits_for("Recalled before sending", "PUBLIC REPLY")


async def test_a_click_beside_a_box_leaves_it_and_one_on_its_frame_is_a_key(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heroterm.tui.over.DEAF_SECONDS", 600.0)  # whatever this machine does
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer")
        await hero.waits_for(" s status")
        await clicks(hero, "#keys", "s status")
        await hero.waits_for("Status of #")
        box = hero.app.screen
        assert isinstance(box, Over)
        await hero.pilot.click(offset=(1, 30))
        assert hero.app.screen is box, "the second of two clicks closed what the first one opened"
        box._hear_clicks()
        await hero.pilot.click(offset=(1, 30))
        await hero.until(lambda: hero.app.screen is desk)
        assert hero.sees("outbox empty")
        await hero.press("s")
        await hero.waits_for("enter chooses")
        box = hero.app.screen
        assert isinstance(box, Over)
        box._hear_clicks()
        shown = hero.screen().splitlines()
        y, line = next((y, line) for y, line in enumerate(shown) if "enter chooses" in line)
        await hero.pilot.click(offset=(line.index("enter chooses"), y))
        await hero.until(lambda: hero.app.screen is desk)
        await hero.waits_for("outbox 1 held")


async def test_a_click_elsewhere_ends_a_prefix(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer")
        await hero.press("g", "question_mark")
        await hero.waits_for("g … Go")
        await clicks(hero, "#which", "Drafts")
        await hero.until(lambda: hero.app.screen is not desk)
        await hero.press("escape", "g", "question_mark")
        await hero.waits_for("g … Go")
        await hero.pilot.click("#queue", offset=(10, 3))
        assert desk.which.prefix is None and not desk.which.display


async def clicks(hero: Hero, selector: str, words: str) -> None:
    """Click on words that the screen shows in one of its parts."""
    desk = hero.app.desk
    assert desk is not None
    region = desk.query_one(selector).region
    shown = hero.screen().splitlines()[region.y : region.bottom]
    y, line = next((y, line) for y, line in enumerate(shown) if words in line)
    await hero.pilot.click(selector, offset=(line.rindex(words) - region.x, y))
    await hero.pilot.pause()
