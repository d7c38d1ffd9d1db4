"""A hero's shift, played by the robot on the practice Zendesk: what must work from end to end."""

from dataclasses import replace
from pathlib import Path

import pytest

from heroterm.tui.doing.reviewing import queue_it
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


def public(shift: Shift, ticket_id: int, words: str) -> int:
    """How often these words stand in public on a ticket."""
    return sum(c["public"] and words in c["body"] for c in shift.comments_of(ticket_id))


async def test_a_reply_to_the_ticket_nearest_to_breach_arrives_once(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n")
        await hero.waits_for("T2 high priority")
        assert hero.app.desk is not None and hero.app.desk.opened is not None
        ticket_id = hero.app.desk.opened.ticket.id
        await hero.press("r")
        await hero.paste("Hey, I am looking into it and will write again by noon.")
        await hero.reviews()
        await hero.waits_for("PUBLIC REPLY to", "[PENDING]")
        await hero.press("y")
        await hero.until(lambda: public(shift_, ticket_id, "by noon") == 1, "it never arrived")
        await hero.waits_for("outbox empty")
    writes = [w for w in shift_.ledger() if w["method"] == "PUT"]
    assert len(writes) == 1
    sent = writes[0]["body"]["ticket"]
    assert sent["comment"]["public"] is True
    assert sent["status"] == "pending"
    assert sent["safe_update"] is True
    assert len(sent["metadata"]["heroterm_op"]) == 36


async def test_a_note_is_a_note_from_the_composer_to_the_wire(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n", "i")
        await hero.paste("Looks like the cache.")
        await hero.reviews()
        await hero.waits_for("INTERNAL NOTE - colleagues only")
        await hero.press("y")
        await hero.until(lambda: bool(shift_.ledger()), "it never arrived")
    (write,) = shift_.ledger()
    assert write["body"]["ticket"]["comment"] == {"body": "Looks like the cache.", "public": False}
    assert "status" not in write["body"]["ticket"]


async def test_a_held_reply_is_recalled_and_opens_as_it_was(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600), size=(80, 24)) as hero:
        await hero.press("n")
        await hero.waits_for("NOTE| Ticket created from a chat thread")
        await hero.press("r")
        await hero.waits_for("I count people going from", "would you use?")  # not the note after it
        await hero.type("Hey, wrong version.")
        await hero.reviews()
        await hero.press("h", "p", "y")
        await hero.waits_for("outbox 1 held", "u recalls")
        await hero.press("u")
        await hero.waits_for("Recalled before sending", "Hey, wrong version.", "outbox empty")
        assert hero.app.desk is not None
        assert hero.app.desk.composer.body == "Hey, wrong version."
        assert hero.app.desk.composer.words.cursor_location == (0, 19)
    assert shift_.ledger() == []


async def test_a_community_question_cannot_be_answered_in_public(shift_: Shift) -> None:
    question = shift_.community_question()
    async with at_the_desk(shift_.parts()) as hero:
        assert hero.app.desk is not None
        hero.app.desk.open_ticket(question)
        await hero.press("r")
        await hero.waits_for("Don't reply to")
        assert hero.app.desk.composer.writing is None
        assert len(shift_.browsed) == 1 and "posthog.com/questions/" in shift_.browsed[0]
        await hero.waits_for("Opened https://posthog.com/questions/")
        await hero.press("s")
        await hero.type("solv")
        await hero.press("enter")
        await hero.may_answer("make an internal note on the ZenDesk ticket", "d record the answer")
        await hero.press("d")
        await hero.waits_for("INTERNAL NOTE", "Replied outside of Zendesk")
        await hero.reviews()
        await hero.press("r")
        await hero.waits_for("Don't reply to")
        await hero.waits_for("INTERNAL NOTE", "y queues it")
    assert shift_.ledger() == []


async def test_where_no_browser_starts_the_page_of_a_question_is_copied(shift_: Shift) -> None:
    parts = replace(shift_.parts(carrier=False), browse=lambda url: False)
    async with at_the_desk(parts) as hero:
        assert hero.app.desk is not None
        hero.app.desk.open_ticket(shift_.community_question())
        await hero.press("r")
        await hero.waits_for("Handbook, community questions", "Copied the address")
        assert "posthog.com/questions/" in shift_.copied[-1]


async def test_writing_goes_on_in_the_tunnel_and_arrives_once_at_the_station(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.waits_for("ONLINE")
        shift_.faults({"match": "*", "do": "refuse"})
        await hero.press("R")
        await hero.waits_for("OFFLINE since")
        await hero.press("n", "i")
        await hero.paste("Written in the tunnel.")
        await hero.reviews()
        await hero.waits_for("sent once the network is back (OFFLINE since")
        await hero.press("y")
        await hero.waits_for("s, sent once the network is back (OFFLINE since", "outbox 1")
        await hero.press("J", "K", "slash")
        await hero.type("a")
        await hero.press("escape")
        assert shift_.ledger() == []
        shift_.faults()
        await hero.press("R")
        await hero.until(lambda: len(shift_.ledger()) == 1, "it never arrived")
        await hero.waits_for("ONLINE", "outbox empty")
    assert sum(w["applied"] for w in shift_.ledger()) == 1


async def test_an_answer_that_is_lost_on_the_way_back_is_not_sent_twice(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        shift_.faults({"match": "PUT *", "do": "drop-after", "times": 1})
        await hero.press("n", "i")
        await hero.paste("Only once, please.")
        await hero.reviews()
        await hero.press("y")
        await hero.until(lambda: bool(shift_.ledger()), "it never left")
        await hero.waits_for("outbox empty")
    assert [w["applied"] for w in shift_.ledger()] == [True]


async def test_a_draft_survives_leaving_and_coming_back(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n", "r")
        await hero.type("Half a sen")
        await hero.press("escape", "escape")
        await hero.waits_for("DRAFT kept here")
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("g", "d")
        await hero.waits_for("Half a sen")
        await hero.press("enter")
        await hero.waits_for("PUBLIC REPLY to")
        assert hero.app.desk is not None
        assert hero.app.desk.composer.body == "Half a sen"


async def test_however_often_y_is_pressed_it_is_one_reply(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600)) as hero:
        await hero.press("n", "i")
        await hero.paste("Once.")
        await hero.reviews()
        desk, journal = hero.app.desk, hero.app.reading.journal
        assert desk is not None and journal is not None
        queue_it(desk)
        desk.keep_draft()  # its timer strikes while the words are on their way into the outbox
        await hero.pilot.press("y", "y")
        await hero.waits_for("outbox 1 held")
        await hero.pilot.pause(0.3)
        assert len(hero.app.reading.intents()) == 1
        assert not journal.drafts.list() and not journal.drafts.thrown()


async def test_words_never_move_to_another_ticket(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        desk = hero.app.desk
        assert desk is not None
        first, second = (row.id for row in hero.app.reading.queue(desk.queue.view, 0, 2))
        desk.open_ticket(first)
        await hero.press("i")
        await hero.paste("Only for colleagues on the first.")
        await hero.reviews()
        desk.open_ticket(second)
        await hero.pilot.pause()
        assert desk.composer.writing is None
        await hero.press("g", "d")
        await hero.waits_for(f"#{first}", "note", "Only for colleagues on the first.")


async def test_a_sentence_that_follows_the_reply_key_at_once_lands_in_the_reply(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n")
        for key in "rhellothere":
            hero.app.simulate_key(key)
        desk = hero.app.desk
        assert desk is not None
        await hero.until(lambda: desk.composer.body == "hellothere", "letters were lost")


async def test_every_theme_can_be_tried_on(shift_: Shift, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('primary = "#fff"\n[variables]\ntier1 = "notacolour"\n')
    parts = shift_.parts(carrier=False)
    async with at_the_desk(replace(parts, themes=(*parts.themes, tmp_path))) as hero:
        await hero.until(lambda: len(hero.app.own_themes) >= 10)
        await hero.press("z", "t")
        await hero.waits_for("contrast-dark", "mine  cannot be used: tier1 =")
        for _ in (*hero.app.own_themes, "mine"):
            await hero.press("down")
        await hero.press("enter")
        await hero.waits_for("the others are used")
        assert hero.app.theme == "heroterm-dark"


async def test_steady_typing_is_kept_within_a_second(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "r")
        journal = hero.app.reading.journal
        assert journal is not None
        for _ in range(200):
            await hero.pilot.press("a")
            if journal.drafts.list():
                break
        assert journal.drafts.list(), "keys without a pause, and nothing is kept"


async def test_esc_ends_the_filter(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("slash")
        await hero.paste("funnel")
        await hero.waits_for("filter: funnel")
        await hero.press("escape", "j")
        await hero.until(lambda: not hero.sees("filter: funnel"))
        assert hero.app.desk is not None and hero.app.desk.queue.has_focus


async def test_in_a_terminal_too_small_no_key_acts_and_the_text_has_the_focus_afterwards(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "r")
        await hero.paste("Kept.")
        await hero.pilot.resize_terminal(20, 5)
        await hero.waits_for("heroterm needs")
        await hero.press("n", "c", "q")
        await hero.pilot.resize_terminal(120, 40)
        desk = hero.app.desk
        assert desk is not None
        await hero.until(lambda: desk.composer.words.has_focus, "the text has no focus")
        assert desk.composer.body == "Kept."


async def test_what_is_thrown_away_lies_in_the_trash_as_it_was_on_the_screen(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "i")
        await hero.paste("Not kept yet, and thrown away.")
        await hero.press("escape", "D")
        await hero.press("g", "d")
        await hero.waits_for("TRASH", "Not kept yet, and thrown away.")
        await hero.press("enter")
        await hero.waits_for("INTERNAL NOTE")
        assert hero.app.desk is not None
        assert hero.app.desk.composer.body == "Not kept yet, and thrown away."


async def test_queueing_and_choosing_a_status_in_one_burst_leaves_no_open_composer(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(hold=600)) as hero:
        await hero.press("n", "i")
        await hero.paste("Once.")
        await hero.reviews()
        for key in "yps":
            hero.app.simulate_key(key)
        await hero.waits_for("outbox 1 held")
        assert hero.app.desk is not None
        await hero.until(lambda: hero.app.desk is None or hero.app.desk.composer.writing is None)


async def test_queues_are_switched_by_their_letters_and_the_last_one_is_there_at_the_next_start(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("V", "question_mark")
        await hero.waits_for("high priority", "to answer", "more saved in Zendesk, such as")
        await hero.press("h")
        await hero.waits_for("1 high priority")
        await hero.press("S", "u")
        await hero.waits_for("SORTED: changed last first")
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.waits_for("1 high priority")
        assert not hero.sees("SORTED")
        await hero.press("V", "V")
        await hero.waits_for("1 queue")
