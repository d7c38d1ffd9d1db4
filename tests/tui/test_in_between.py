"""What stands between two panes: tickets fetched, looked into, picked; one session for several."""

from __future__ import annotations

import pytest
from textual import events
from textual.content import Content

from heroterm.tui.doing import boxes
from heroterm.tui.screens.ask import Ask
from heroterm.tui.screens.pick import Choice, Pick
from heroterm.tui.screens.step import Asked, StepBox
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def looks_beside(hero: Hero) -> None:
    """Another ticket of the side card is looked into while the first stays, then opened."""
    desk = hero.app.desk
    assert desk is not None
    mirror = desk.reading.mirror
    assert mirror is not None
    rows = hero.app.reading.queue(desk.queue.view, 0, 60)
    first = next(row for row in rows if not row.content_warning and mirror.other_open(row.id))
    assert desk.open_ticket(first.id)
    await hero.press("3")
    await hero.until(lambda: desk.side.has_focus)
    for _ in range(12):
        if desk.side.named in {row.id for row in mirror.other_open(first.id)}:
            break
        await hero.press("j")
    other = desk.side.named
    assert other is not None and other != first.id
    await hero.press("enter")
    await hero.waits_for("enter opens it  esc closes", f"#{other}")
    assert desk.opened is not None and desk.opened.ticket.id == first.id
    await hero.press("escape")
    assert desk.is_current and desk.opened.ticket.id == first.id
    await hero.press("enter", "enter")
    await hero.until(lambda: desk.opened is not None and desk.opened.ticket.id == other)


async def picks_in_one_burst(hero: Hero) -> None:
    """`::` and letters in one write filter the picker, whose preview Tab turns off."""
    desk = hero.app.desk
    assert desk is not None
    replies = [reply.title for reply in desk.book.replies if "ownership" in reply.title.lower()]
    await hero.press("r")
    for sign in "::owne":
        name = "colon" if sign == ":" else sign
        hero.app.post_message(events.Key(name, sign))
    await hero.waits_for("Canned replies", "tab preview on/off", replies[0])
    assert desk.composer.body == "", "the letters are the filter's"
    await hero.press("tab")
    assert not hero.app.screen.query_one("#preview").display and hero.sees("owne")
    await hero.type("zzzz")
    await hero.waits_for("Nothing here matches “ownezzzz”.")
    await hero.press("escape")
    await hero.press("escape", "escape")


async def aims_in_one_burst(hero: Hero) -> None:
    """`1 j *` in one write means the row under the cursor, and not the ticket that lay open."""
    desk = hero.app.desk
    assert desk is not None and desk.opened is not None
    await hero.press("2")
    for name, sign in (("1", "1"), ("j", "j"), ("asterisk", "*")):
        hero.app.post_message(events.Key(name, sign))
    await hero.waits_for("paste the link of the Slack thread")
    assert hero.sees(f"#{desk.queue.cursor_id}: paste the link")
    await hero.press("escape")


async def filters_in_one_burst(hero: Hero) -> None:
    """`/` and letters in one write are a filter, and no commands."""
    desk = hero.app.desk
    assert desk is not None
    await hero.press("1")
    for name, sign in (("slash", "/"), ("z", "z"), ("Q", "Q")):
        hero.app.post_message(events.Key(name, sign))
    await hero.until(lambda: desk.filter_field.value == "zQ", "the letters went elsewhere")
    await hero.press("escape")


async def closes_boxes_before_they_stand(hero: Hero) -> None:
    """Something else closes a box in the moment in which it opens."""
    desk = hero.app.desk
    assert desk is not None
    chosen, asked = [Choice("a", "a")], Asked("two", [], {}, "")
    for box in (Pick("one", chosen), StepBox(asked), Ask("three", {"n": "no"})):
        hero.app.push_screen(box)
        boxes.close(desk)
    await hero.press("1")
    assert hero.app.screen is desk and desk.queue.has_focus


async def reads_a_long_question(hero: Hero) -> None:
    """However long it is, what may be pressed and the field stand below it, in the box."""
    lines = [Content(f"line {n}") for n in range(60)]
    for asked in (
        Asked("long", lines, {"n": ("no", "never")}),
        Asked("long", lines, {}, "", judge=lambda said: "Refused, for a reason."),
    ):
        box = StepBox(asked)
        hero.app.push_screen(box)
        await hero.waits_for("line 1", "leave it")
        await hero.may_answer()
        await hero.press("z" if asked.letters else "enter")
        told = ["never", "Only n and Esc answer here."] if asked.letters else ["Refused, for"]
        await hero.waits_for("leave it", *told)
        around = box.query_one("#box").region
        assert all(around.contains_region(part.region) for part in box.query("#box > *"))
        await hero.press("escape")


async def test_what_is_not_here_is_fetched_and_what_is_beside_stays_beside(shift_: Shift) -> None:
    made = {"ticket": {"subject": "Not mirrored yet", "comment": {"body": "Are you there?"}}}
    number = int(shift_.api("POST", "tickets", made)["ticket"]["id"])
    async with at_the_desk(shift_.parts(carrier=False), size=(160, 48)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.goes_to(number)
        await hero.waits_for(f"#{number} is not in the mirror: it is being fetched from Zendesk.")
        await hero.waits_for(f"#{number} was fetched from Zendesk just now.", "Are you there?")
        await hero.goes_to(99999999)
        await hero.waits_for("Zendesk does not show #99999999")

        await looks_beside(hero)
        await picks_in_one_burst(hero)
        await aims_in_one_burst(hero)
        await filters_in_one_burst(hero)
        await closes_boxes_before_they_stand(hero)
        await reads_a_long_question(hero)
        shift_.running.stop()
        await hero.goes_to(88888888)
        await hero.waits_for("#88888888 is not in the mirror, and Zendesk cannot be reached.")


async def test_what_moved_by_itself_is_not_new_and_a_question_follows_what_happens(
    shift_: Shift, quick: None
) -> None:
    parts = shift_.parts(hold=60, carrier=False, brief=True)
    async with at_the_desk(parts, size=(120, 20)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("n starts  esc closes  g m again")
        await hero.press("escape")
        await hero.press("G", "k", "k")
        assert desk.queue.scroll_offset.y > 0
        rows = [desk.queue.rows.row_at(y) for y in range(20)]
        at = next(y for y, row in enumerate(rows) if y > 12 and row and row.section == 0)
        desk.queue.move_to(at)
        ticket_id = desk.queue.cursor_id
        await hero.press("r")
        await hero.type("Hey, I look into it now and write by tomorrow 15:00")
        await hero.reviews()
        assert not hero.sees("does not say what happens next")
        await hero.press("n", "y")
        await hero.until(lambda: bool(hero.app.reading.intents()))
        await hero.press("1")
        desk.refresh_desk()
        assert desk.queue.cursor_id == ticket_id
        assert not hero.sees("new (R to show)")

        await hero.press("Q")
        await hero.waits_for("1 held")
        journal = desk.reading.journal
        assert journal is not None
        (intent,) = desk.reading.intents()
        desk.pen.write(lambda kept: kept.outbox.recall(intent.id))
        await hero.until(lambda: not desk.reading.intents())
        desk.refresh_outbox()
        await hero.waits_for("Everything has been sent.")
