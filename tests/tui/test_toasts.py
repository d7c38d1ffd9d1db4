"""A toast never stops the screen, however late it is shown."""

from __future__ import annotations

import time

import pytest
from textual.widgets._toast import Toast

from heroterm.tui.guarded import Guarded
from heroterm.tui.toasts import Toasted
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


class Worn(Guarded):
    """In a theme from the first."""

    _worn = True


async def test_a_toast_whose_time_is_over_when_it_is_made_goes_at_once() -> None:
    """Textual's own would spin in its timer here for ever, and this test with it."""
    async with Worn().run_test(notifications=True) as pilot:
        pilot.app.notify("told", timeout=60)
        await pilot.pause()
        (told,) = pilot.app.query(Toast)
        assert isinstance(told._notification, Toasted)
        late = Toasted("late", timeout=5, raised_at=time.time() - 9)
        assert late.has_expired
        await pilot.app.mount(Toast(late))
        await pilot.pause(0.2)
        assert list(pilot.app.query(Toast)) == [told]


async def test_what_is_said_over_and_over_covers_the_rows_once(shift_: Shift) -> None:
    words = f"The file is locked: {'nothing was written, ' * 9}then again."
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        for _ in range(3):
            desk.tell(words, severity="error")
        await hero.waits_for("The file is locked")
        await hero.until(lambda: len(hero.app.screen.query(Toast)) > 0, "no toast")
        await hero.pilot.pause(0.1)
        assert len(hero.app.screen.query(Toast)) == 1
        assert [said.words for said in desk.noticed.said].count(words) == 3
        await hero.press("6")
        await hero.waits_for("6 Outbox")
        desk.tell(f"Under a box: {words}", severity="warning")
        await hero.pilot.pause(0.1)
        assert desk.reading.journal is not None and desk.queue.cursor_id is not None
        desk.reading.journal.marks.set_tier1(desk.queue.cursor_id, True, "")
        desk.refresh_desk(unasked=True)
        assert len(hero.app.screen.query(Toast)) == 1, "a box is read in peace"
        assert desk.queue._news.waiting is not None, "rows moved behind a box"
        await hero.press("escape")
        await hero.until(lambda: desk.queue._news.waiting is None, "rows stay as they were")
        await hero.until(lambda: len(hero.app.screen.query(Toast)) == 2, "not told behind the box")


@pytest.mark.parametrize("size", [(80, 24), (60, 14)])
async def test_in_a_small_terminal_a_warning_is_a_strip_above_the_news(
    shift_: Shift, size: tuple[int, int]
) -> None:
    words = (
        "#16860: a colleague changed the ticket while your reply waited, so it was stopped and "
        "needs you: 6 opens the outbox, Enter there shows both sides."
    )
    async with at_the_desk(shift_.parts(carrier=False), size=size) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n")
        await hero.waits_for("2 #")
        desk.tell(words, severity="warning")
        await hero.until(
            lambda: any(toast.region for toast in hero.app.screen.query(Toast)), "no toast is seen"
        )
        (toast,) = hero.app.screen.query(Toast)
        covered, news = toast.region, desk.query_one("#news").region
        assert (covered.x, covered.width) == (0, size[0]) and covered.height <= 4
        assert covered.bottom == news.y, "neither the news nor the keys lie under it"
        thread = desk.thread.region
        assert thread.intersection(covered).area * 2 < thread.area, "the words can be read"
        desk.tell("Heard meanwhile.")
        await hero.waits_for("Heard meanwhile.")
        rows = hero.screen().split("\n")[covered.y : covered.bottom]
        assert " ".join(" ".join(row[1:].split()) for row in rows) == words
