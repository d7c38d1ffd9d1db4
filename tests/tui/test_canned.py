"""Canned replies while writing: `::` picks one for the cursor's place, Tab walks, uses count."""

import pytest

from heroterm.tui.doing.answering import use_canned
from heroterm.tui.opened import read
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def _picks(hero: Hero, letters: str) -> None:
    await hero.press("colon", "colon")
    await hero.waits_for("Canned replies", "type to filter")
    await hero.type(letters)


def _body(hero: Hero) -> str:
    assert hero.app.desk is not None
    return hero.app.desk.composer.body


async def test_two_signs_insert_at_the_cursor_and_elsewhere_they_are_text(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "r")
        await hero.type("Foo")
        await hero.press("colon", "colon")
        await hero.type("bar ")
        assert _body(hero) == "Foo::bar "
        await _picks(hero, "zzz")
        await hero.press("escape")
        assert _body(hero) == "Foo::bar ::zzz", "no canned reply's name, so the hero's own words"
        await hero.press("space")
        await _picks(hero, "loo")
        await hero.press("enter")
        await hero.until(lambda: "looking into" in _body(hero), "nothing was put in")
        assert _body(hero).startswith("Foo::bar ::zzz Hey ")
        assert hero.app.desk is not None
        assert hero.app.desk.composer.words.selected_text == "$1<when>"


async def test_a_greeting_that_is_written_already_is_not_put_in_again(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "c")
        await hero.type("loo")
        await hero.press("enter")
        await hero.until(lambda: "looking into" in _body(hero), "nothing was put in")
        whole = _body(hero)
        greeting = whole.partition(",")[0]
        assert hero.app.desk is not None and greeting.startswith("Hey ")
        hero.app.desk.composer.words.text = ""
        await hero.type(f"{greeting}, ")
        await _picks(hero, "loo")
        await hero.press("enter")
        await hero.until(lambda: "looking into" in _body(hero), "nothing was put in")
        assert _body(hero) == whole.replace(",\n\n", ", \n\n", 1), "below the greeting, not in it"
        assert hero.app.desk.composer.words.selected_text == "$1<when>"


async def test_stops_are_walked_both_ways_and_open_ones_block_by_name(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "i")
        await _picks(hero, "escal")
        await hero.press("enter")
        desk = hero.app.desk
        assert desk is not None
        words = desk.composer.words
        await hero.until(lambda: words.selected_text == "$1<team>", "no stop was reached")
        await hero.press("tab")
        assert words.selected_text == "$2<in one sentence>"
        await hero.press("shift+tab")
        assert words.selected_text == "$1<team>"
        await hero.type("Replay")
        await hero.reviews()
        await hero.waits_for("BLOCKS $2<in one sentence>, $3<findings, links>", "are not filled in")


async def test_a_use_is_counted_when_it_is_queued_and_lifts_the_reply(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n", "c")
        await hero.type("answered")
        await hero.press("enter")
        await hero.type("It is expected.")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        journal = hero.app.desk.reading.journal if hero.app.desk is not None else None
        assert journal is not None
        await hero.until(lambda: bool(journal.marks.sent_with()), "it was not counted")
        (sent,) = journal.marks.sent_with()
        assert (sent.reply, sent.edited) == ("answered-no-reply-expected", 0.0)
        await hero.press("c")
        await hero.waits_for("1 use")
        await hero.press("escape", "u")
        await hero.waits_for("Recalled before sending")
        assert journal.marks.sent_with() == [], "what was recalled was no use"
        await hero.reviews()
        await hero.press("y")
        await hero.until(lambda: len(journal.marks.sent_with()) == 1, "known by its words")


async def test_words_of_a_macro_can_be_picked_too(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "r")
        await _picks(hero, "confirmed as")
        await hero.waits_for("Z Reply::Confirmed as a bug")
        await hero.press("enter")
        await hero.waits_for("Only its words were put in")
        assert "you found a real bug" in _body(hero)
        assert hero.app.desk is not None and hero.app.desk.composer.writing is not None
        assert hero.app.desk.composer.writing.changes.empty


async def test_blanks_stand_in_reverse_and_a_price_is_none(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "r")
        await hero.paste("Hey <<name?>>, by $1<when> it costs $5.")
        words = desk.composer.words
        drawn = [(cell.text, cell.style) for cell in words.render_line(0)]
        reverse = [text for text, look in drawn if look and look.reverse and text.strip()]
        assert reverse == ["<<name?>>", "$1<when>"]
        await hero.press("tab")
        assert words.selected_text == "<<name?>>"
        await hero.press("delete", "tab", "delete", "tab")
        await hero.until(lambda: desk.composer.review.has_focus, "no blank is left")


async def test_self_hosted_setups_are_pointed_to_the_docs_by_one_key(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None and desk.open_ticket(shift_.ticket("self_hosted"))
        await hero.press("3")
        await hero.waits_for("answer: Self-hosted: docs and GitHub, solved (C)")
        await hero.press("C")
        await hero.until(lambda: "self-host" in _body(hero), "nothing was put in")
        await hero.reviews()
        await hero.waits_for("[SOLVED]")


async def test_what_was_said_here_already_is_not_offered_once_more(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False, hold=600)) as hero:
        desk = hero.app.desk
        assert desk is not None and desk.open_ticket(shift_.ticket("two_factor_confirmed"))
        await hero.waits_for("Confirmation Required", "fits: 2FA removal")
        assert not hero.sees("answer: ")
        await hero.press("C")
        await hero.waits_for("“2FA: confirmation by the owner” fits, and stands in the thread")
        assert desk.open_ticket(shift_.ticket("self_hosted"))
        await hero.press("3")
        await hero.waits_for("answer: Self-hosted")
        await hero.press("C")
        await hero.until(lambda: "self-host" in _body(hero), "nothing was put in")
        await hero.reviews()
        await hero.press("n", "o", "y")
        await hero.waits_for("your reply - HELD")
        await hero.until(lambda: not hero.sees("answer: Self-hosted"), "it is offered still")


async def test_where_nothing_fits_the_picker_is_named(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None and desk.open_ticket(shift_.ticket("gdpr"))
        await hero.press("C")
        await hero.waits_for("No canned reply fits what they wrote; c picks one.")


async def test_words_that_were_filled_for_another_ticket_are_not_put_in(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "r")
        await hero.type("Mine.")
        desk = hero.app.desk
        assert desk is not None and desk.composer.writing is not None
        rows = desk.reading.queue(desk.queue.view, 0, 50)
        other = next(r.id for r in rows if r.id != desk.composer.writing.ticket_id)
        found = read(desk.reading, other)
        assert found is not None
        use_canned(desk, found, "looking-into-it")
        assert _body(hero) == "Mine."
