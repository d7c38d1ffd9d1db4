"""Whose turn it is: what Customer Success asked for comes first, and other picks are said."""

from __future__ import annotations

import pytest

from heroterm.domain.outbox import Changes
from heroterm.domain.stats import OUT_OF_ORDER
from heroterm.tui.doing.answering import intent_of
from heroterm.tui.doing.navigating import choose_next, passed_over
from heroterm.tui.opened import read
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


def next_id(hero: Hero) -> int:
    assert hero.app.desk is not None
    row = choose_next(hero.app.desk).row
    assert row is not None
    return row.id


def picks(hero: Hero) -> list[tuple[int | None, str]]:
    journal = hero.app.reading.journal
    assert journal is not None
    return [(e.ticket_id, e.detail) for e in journal.trail.list() if e.what == OUT_OF_ORDER]


def last_to_answer(hero: Hero) -> int:
    """The in-app ticket that comes last of those to answer."""
    assert hero.app.desk is not None
    rows = hero.app.desk.reading.queue(hero.app.desk.queue.view, 0, 200)
    return next(row.id for row in reversed(rows) if row.section == 0 and row.source == "app")


async def answer(hero: Hero, words: str) -> None:
    await hero.press("r")
    await hero.paste(words)
    await hero.reviews()
    await hero.press("y")


async def test_a_ticket_that_customer_success_asks_for_is_next(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        first, asked = next_id(hero), last_to_answer(hero)
        assert hero.app.desk is not None
        hero.app.desk.open_ticket(asked)
        await hero.press("asterisk")
        await hero.waits_for("paste the link of the Slack thread")
        await hero.type("ni")
        await hero.press("enter")
        await hero.waits_for("“ni” is no link", "is not marked yet")
        assert next_id(hero) == first
        await hero.press("backspace", "backspace")
        thread = f"https://posthog.slack.com/archives/C071363636/p{'1' * 16}"
        await hero.paste(thread)
        await hero.press("enter")
        await hero.waits_for("now marked as tier 1")
        assert next_id(hero) == asked != first
        await hero.press("n")
        await hero.waits_for("marked as tagged by Customer Success")
        await hero.press("o")
        await hero.waits_for("/C071363636/p111111111111…")  # not as if it ended there
        await hero.press("s")
        assert shift_.browsed == [thread]
        await hero.press("asterisk")
        await hero.waits_for("no longer marked as tier 1")
        assert next_id(hero) == first


async def test_a_ticket_answered_before_its_turn_is_said_and_counted(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False, hold=600), size=(200, 40)) as hero:
        assert hero.app.desk is not None
        first = next_id(hero)
        later = last_to_answer(hero)
        hero.app.desk.open_ticket(later)
        await hero.press("L")
        await hero.waits_for("An answer to this one counts as picked out of order.")
        await hero.press("escape")
        await answer(hero, "Hey, thanks, I am looking into it.")
        await hero.waits_for("picked out of order", f"#{first} (T")
        (pick,) = picks(hero)
        assert pick[0] == later and pick[1].startswith(f"#{first} ")
        await hero.waits_for(f"picked out of order this week: 1 (#{later}, #{first} was next)")
        # The same words once more are no second pick.
        await hero.press("u")
        await hero.waits_for("Recalled before sending")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        assert picks(hero) == [pick]
        # What `n` gives is in order, and so is a note on any ticket.
        await hero.press("n")
        assert hero.app.desk.opened is not None and hero.app.desk.opened.ticket.id == first
        await answer(hero, "Hey, thanks, I am looking into it, too.")
        await hero.waits_for("outbox 2 held")
        assert len(picks(hero)) == 1


async def test_a_ticket_that_is_not_owed_an_answer_is_no_pick(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        rows = desk.reading.queue(desk.queue.view, 0, 200)
        for row, picked in (
            (next(row for row in rows if row.section != 0), False),
            (next(row for row in rows if row.section == 0 and row.id != next_id(hero)), True),
        ):
            opened = read(desk.reading, row.id)
            assert opened is not None
            solved = intent_of(desk, opened, Changes(status="solved"))
            assert (passed_over(desk, solved) is not None) == picked
            assert passed_over(desk, intent_of(desk, opened, Changes(add_tags=("x",)))) is None


async def test_what_n_gave_is_in_order_also_after_a_restart(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n")
        assert hero.app.desk is not None and hero.app.desk.opened is not None
        given = hero.app.desk.opened.ticket.id
    async with at_the_desk(shift_.parts(carrier=False, hold=600)) as hero:
        assert hero.app.desk is not None
        hero.app.desk.open_ticket(last_to_answer(hero))
        await hero.press("asterisk")
        await hero.waits_for("mark it without a link")
        await hero.press("enter")
        await hero.waits_for("now marked as tier 1")
        assert next_id(hero) != given
        hero.app.desk.open_ticket(given)
        await hero.press("L")
        await hero.waits_for("n gave you this one: an answer is in order")
        await hero.press("escape")
        await answer(hero, "Hey, thanks, I am looking into it.")
        await hero.waits_for("outbox 1 held")
        assert picks(hero) == []


async def test_a_skip_takes_a_letter_or_words_of_ones_own(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        first = next_id(hero)
        await hero.press("n", "N")
        await hero.may_answer(f"Skip #{first}", "r same root cause as another")
        await hero.press("r")
        await hero.waits_for(f"Skipped #{first}.")
        second = next_id(hero)
        await hero.press("N")
        await hero.may_answer("w another reason")
        await hero.press("w")
        await hero.waits_for(f"Skip #{second}: why?")
        await hero.type("waits for legal")
        await hero.press("enter")
        await hero.waits_for(f"Skipped #{second}.")
        reasons = {id_: skip.reason for id_, skip in hero.app.reading.skipped.items()}
        assert reasons == {first: "same root cause as another", second: "waits for legal"}
        await hero.press("N")
        await hero.may_answer("why?")
        await hero.press("escape")
        assert next_id(hero) not in (first, second) and len(hero.app.reading.skipped) == 2


async def test_at_80_columns_the_news_does_not_repeat_the_card(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await hero.press("n")
        await hero.waits_for("why: T2 high priority", "is next by the policy;", "more to answer.")
