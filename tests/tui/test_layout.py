"""Sizes of panes: pure, within bounds, and there again at the next start."""

from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest
from textual.widget import Widget

from heroterm.domain.stats import keys_of
from heroterm.errors import StoreError
from heroterm.tui.arrangement import USUAL, Arrangement, column_of, remembered
from heroterm.tui.doing import saying, weeks
from heroterm.tui.parts import no_week
from heroterm.tui.screens.desk import Desk
from heroterm.tui.wearing import FEW_COLOURS
from tests.robot import at_the_desk
from tests.tui.conftest import Shift


@pytest.mark.parametrize("size_class", USUAL)
def test_columns_keep_their_sum_and_never_vanish(size_class: str) -> None:
    here = USUAL[size_class]
    for column in range(len(here.columns)):
        for step in (1, -1):
            made = here
            for _ in range(30):
                made = made.grown(column, step)
            assert sum(made.columns) == sum(here.columns) and min(made.columns) >= 4
            assert made.columns[column] != here.columns[column]


def test_what_was_remembered_comes_back_and_nonsense_does_not() -> None:
    chosen = Arrangement((16, 8), 9)
    assert remembered(chosen.to_text(), "-medium") == chosen
    for nonsense in (None, "", "[]", "[[12], 11]", "[[30, -6], 11]", "[[12, 12], 900]", "null"):
        assert remembered(nonsense, "-medium") == USUAL["-medium"]
    assert remembered(chosen.to_text(), "-wide") == USUAL["-wide"]


def test_the_lower_row_grows_upwards() -> None:
    assert column_of("side", "-medium") is None and column_of("side", "-wide") == 2
    assert column_of("outbox", "-large") is None and column_of("side", "-large") == 2
    assert USUAL["-medium"].raised(1).lower == 13


@pytest.mark.anyio
async def test_a_pane_stays_as_wide_as_it_was_made(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(120, 40)) as hero:
        desk = hero.app.desk
        assert desk is not None
        before = desk.queue.size.width
        await hero.press("z", "plus", "z", "plus")
        await hero.until(lambda: desk.queue.size.width > before + 10, "it did not grow")
        chosen = desk.queue.size.width
        await hero.press("r")
        await hero.press("escape", "escape")
        assert desk.queue.size.width == chosen
    async with at_the_desk(shift_.parts(carrier=False), size=(120, 40)) as hero:
        again = hero.app.desk
        assert again is not None
        await hero.until(lambda: again.queue.size.width == chosen, "it was forgotten")
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await hero.press("z", "plus")
        await hero.waits_for("nothing to share")


@pytest.mark.anyio
async def test_the_week_is_drawn_and_keys_are_counted_for_it(shift_: Shift) -> None:
    parts = shift_.parts(carrier=False)
    async with at_the_desk(parts, size=(80, 24)) as hero:
        await hero.press("g", "s")
        await hero.waits_for("The last 14 days", "first reply, median", "T2 unsolved, high")
        await hero.press("G")
        desk = hero.app.desk
        assert desk is not None
        desk.parts = replace(desk.parts, week=no_week)
        weeks.show(desk)
        await hero.waits_for("Nothing counts the week here.")
    with closing(parts.open_journal()) as journal:
        assert journal.marks.count(keys_of(parts.clock().astimezone().date())) == 3


@pytest.mark.anyio
async def test_below_24_rows_one_pane_fills_the_terminal(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(70, 20)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer")
        assert not desk.side.display and desk.queue.region.height > 14
        await hero.press("n")
        await hero.until(lambda: desk.thread.region.height > 14, "the side stayed beside it")
        await hero.press("3")
        await hero.until(lambda: desk.side.region.height > 14, "3 brings no card")
        await hero.press("2", "r")
        await hero.waits_for("PUBLIC REPLY")
        await hero.until(lambda: desk.composer.words.region.height >= 8, "no room to write")
        await hero.press("escape", "escape")
        await hero.press("1")
        await hero.pilot.resize_terminal(120, 40)
        await hero.until(lambda: desk.side.region.height == 11, "no lower row in two columns")
        await hero.pilot.resize_terminal(80, 24)
        await hero.until(lambda: desk.side.region.height == 9, "the lower row kept its height")
        await hero.pilot.resize_terminal(45, 12)
        await hero.until(lambda: desk.queue.region.height >= 7, "the queue is gone")
        await hero.pilot.resize_terminal(38, 12)
        await hero.waits_for("heroterm needs 40 x 10 cells. What you")


@pytest.mark.anyio
async def test_a_terminal_that_was_too_small_for_a_moment_takes_the_focus_off_nothing(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None

        async def shrinks() -> None:
            await hero.pilot.resize_terminal(36, 9)
            await hero.waits_for("heroterm needs 40 x 10 cells. What")
            await hero.pilot.resize_terminal(80, 24)
            await hero.until(lambda: desk.keys.display, "no keys")

        await hero.press("n")
        for key, pane in (("5", "playbook"), ("4", "replies"), ("3", "side"), ("2", "thread")):
            await hero.press(key)
            await shrinks()
            await hero.until(partial(_has_focus, desk, pane), f"{pane} lost the focus")
        await hero.press("1", "slash")
        await hero.type("fun")
        await shrinks()
        await hero.until(partial(_has_focus, desk, "filter"), "the filter lost the focus")
        await hero.type("nel")
        await hero.waits_for("funnel")


@pytest.mark.anyio
async def test_a_box_in_a_terminal_that_is_too_small_hears_only_what_leaves_it(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "s")
        await hero.waits_for("Status of", "Pending")
        box = hero.app.screen
        await hero.pilot.resize_terminal(39, 24)
        await hero.waits_for("This box needs 40 x 10 cells.", "Esc closes it.")
        await hero.press("p", "down", "enter")
        await hero.pilot.pause()
        assert hero.app.screen is box and not hero.app.reading.intents()
        await hero.pilot.resize_terminal(80, 24)
        await hero.until(lambda: not hero.sees("This box needs") and hero.sees("Pending"))
        await hero.pilot.resize_terminal(80, 9)
        await hero.waits_for("This box needs 40 x 10 cells.")
        await hero.press("escape")
        await hero.until(lambda: desk.in_front, "Esc closes nothing")
        await hero.pilot.resize_terminal(80, 24)
        await hero.until(partial(_has_focus, desk, "thread"), "the thread lost the focus")


def _has_focus(desk: Desk, pane: str) -> bool:
    return desk.focused is not None and desk.focused.id == pane


@pytest.mark.anyio
async def test_the_handover_beside_the_desk_does_not_outlast_what_it_tells_of(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(hold=600), size=(200, 60)) as hero:
        desk = hero.app.desk
        assert desk is not None

        def told() -> str:
            return "\n".join(desk.week.line(y, 80).plain for y in range(desk.week.count))

        await hero.until(lambda: "passed on" in told(), "no handover")
        await hero.press("n", "r")
        await hero.type("Hey Jonas, use the second one, thank you.")
        await hero.reviews()
        await hero.press("n", "s", "y")
        await hero.until(lambda: "in the outbox" in told(), "the pane does not tell what is held")
        await hero.press("6", "exclamation_mark")
        await hero.waits_for("sent: seen on the server")
        await hero.until(lambda: "in the outbox" not in told(), "it is told as held still")


@pytest.mark.anyio
async def test_a_large_terminal_shows_every_pane_and_its_outbox_takes_the_box_s_keys(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False, hold=600), size=(200, 60)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("6 Outbox", "Nothing waits", "5 Playbooks", "4 Canned replies")
        await hero.waits_for("Handover so far (g h)", "to be resolved or passed on")
        await hero.press("n", "i")
        await hero.type("Asked Maria.")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("note", "sends in 9:")
        await hero.press("6")
        assert desk.outbox.has_focus and hero.app.screen is desk, "it opened a box instead"
        await hero.press("H")
        await hero.waits_for("until you press !")
        desk.told, hero.app.reading.journal_trouble = "", StoreError("The journal is full.")
        saying.status_lines(desk)
        await hero.waits_for("The journal is full. Replies cannot be kept. | held")
        lower = desk.outbox.size.height
        await hero.press("z", "plus")
        await hero.until(lambda: desk.outbox.size.height == lower + 2, "z + did nothing")
        await hero.press("D")
        await hero.waits_for("is discarded", "Nothing waits")
        desk.told = ""
        saying.status_lines(desk)
        await hero.waits_for("activity: ", "is held until you press !.")
        await hero.press("g", "o")
        await hero.waits_for("discarded", "esc close")
        await hero.press("escape")
        await hero.pilot.resize_terminal(160, 40)
        await hero.until(lambda: not desk.outbox.display, "it stays where there is no room")
        await hero.pilot.resize_terminal(200, 60)
        await hero.until(lambda: desk.outbox.size.height == lower + 2, "its size was forgotten")


def _fills(pane: Widget) -> bool:
    return pane.has_focus and pane.size.height > 15


@pytest.mark.anyio
async def test_zoomed_the_pane_with_the_focus_is_the_one_that_is_seen(shift_: Shift) -> None:
    """Letters must never act on a pane that nobody sees."""
    async with at_the_desk(shift_.parts(carrier=False), size=(120, 40)) as hero:
        desk = hero.app.desk
        assert desk is not None
        hero.app.add_class(FEW_COLOURS)
        await hero.pilot.pause()
        looks = [
            desk.replies.get_component_styles(f"line--{n}") for n in ("cursor", "blurred-cursor")
        ]
        assert looks[0].text_style.reverse and looks[1].text_style.underline
        hero.app.remove_class(FEW_COLOURS)
        for size in ((120, 40), (80, 24)):
            await hero.pilot.resize_terminal(*size)
            await hero.press("z", "z")
            for key, pane in (("2", desk.thread), ("4", desk.replies), ("1", desk.queue)):
                await hero.press(key)
                await hero.until(partial(_fills, pane), key)
                seen = [each for each in desk.query("#body > *") if each.display]
                assert seen == [pane] and desk.head.display and desk.keys.display
            await hero.press("r")
            await hero.until(lambda: desk.composer.words.size.height > 10, "written out of sight")
            await hero.press("escape", "escape", "escape")
            await hero.until(lambda: not desk.has_class("-zoom"), "Esc gives the panes back")


@pytest.mark.anyio
async def test_a_terminal_may_grow_and_shrink_under_an_open_box(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await hero.waits_for("to answer")
        await hero.press("question_mark")
        await hero.waits_for("Help: type to find")
        for size in ((120, 40), (60, 20), (200, 60), (80, 24)):
            await hero.pilot.resize_terminal(*size)
            await hero.waits_for("Help: type to find")
        await hero.press("escape")
        await hero.waits_for("3 Side")


@pytest.mark.anyio
async def test_columns_have_names_where_a_line_can_be_spared(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await hero.waits_for("SUBJECT")
        desk = hero.app.desk
        assert desk is not None
        rows = hero.screen().splitlines()
        assert rows[2].split()[:3] == ["T", "DUE", "ST"] and rows[3].startswith(">T")
        await hero.pilot.click(desk.queue, offset=(10, 4))  # frame, names, two rows: the third
        assert desk.queue.cursor == 2
        await hero.pilot.resize_terminal(80, 20)
        await hero.until(lambda: "SUBJECT" not in hero.screen(), "the names stay")
        assert desk.queue.cursor == 2
