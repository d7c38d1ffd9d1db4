from __future__ import annotations

from dataclasses import replace

import pytest

from heroterm.domain.outbox import Changes, InternalNote
from tests.sync.answers import ADA, KIM, ME
from tests.sync.desk import Desk
from tests.sync.model import Zendesk


def later(desk: Desk, server: Zendesk) -> None:
    server.turn(5)
    desk.run(5)


@pytest.mark.parametrize(("author", "public"), [(KIM, True), (KIM, False), (ADA, True)])
def test_a_reply_stops_when_somebody_wrote_meanwhile(
    desk: Desk, server: Zendesk, author: int, public: bool
) -> None:
    desk.put("a")
    server.say(7, author, "me too", public=public)
    later(desk, server)
    assert (desk.state("a"), server.puts) == ("needs_you", [])
    who = {KIM: "Kim", ADA: "Ada"}[author]
    assert desk.intent("a").why.startswith(f"{who} wrote at ")
    assert "your reply is kept" in desk.intent("a").why


def test_what_the_hero_wrote_elsewhere_does_not_stop_a_reply(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    server.say(7, ME, "from the browser")
    later(desk, server)
    assert desk.state("a") == "sent"


def test_what_a_customer_wrote_through_the_heros_own_account_stops_a_reply(
    desk: Desk, server: Zendesk
) -> None:
    desk.put("a")
    server.say(7, KIM, "any news?", through=ME)
    later(desk, server)
    assert (desk.state("a"), server.puts) == ("needs_you", [])
    assert desk.intent("a").why.startswith("Kim wrote at ")


def test_what_an_earlier_intent_wrote_does_not_stop_the_next(desk: Desk, server: Zendesk) -> None:
    desk.put("a", changes=Changes(status="solved"))
    desk.put("b")
    later(desk, server)
    assert [put.marker for put in server.puts] == ["a", "b"]


@pytest.mark.parametrize("values", [{"requester_id": 98}, {"status": "solved"}])
def test_a_reply_stops_when_its_reader_or_its_point_has_changed(
    desk: Desk, server: Zendesk, values: dict[str, object]
) -> None:
    desk.put("a")
    server.set(7, KIM, **values)
    later(desk, server)
    assert (desk.state("a"), server.puts) == ("needs_you", [])


def test_the_hero_may_send_all_the_same(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    server.say(7, KIM, "me too")
    later(desk, server)
    desk.journal.outbox.again("a", overrides=["collision"])
    desk.run()
    assert (desk.state("a"), server.marked("a")) == ("sent", 1)


def test_having_read_the_news_is_enough_until_there_is_more(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    read = server.say(7, KIM, "me too")
    later(desk, server)
    desk.journal.outbox.again("a", seen_comment_id=read)
    server.say(7, ADA, "and another thing")
    later(desk, server)
    assert desk.intent("a").why.startswith("Ada wrote")


def test_a_note_goes_on_whatever_was_written(desk: Desk, server: Zendesk) -> None:
    desk.put("a", comment=InternalNote("for us"), changes=Changes())
    server.say(7, ADA, "One more thing")
    later(desk, server)
    assert desk.state("a") == "sent"


def test_a_field_that_somebody_else_changed_stops_the_change(desk: Desk, server: Zendesk) -> None:
    desk.put("a", comment=None, changes=Changes(status="hold"))
    server.set(7, KIM, status="pending")
    later(desk, server)
    assert desk.state("a") == "needs_you"
    assert "changed the status" in desk.intent("a").why


def test_another_field_does_not_stop_the_change(desk: Desk, server: Zendesk) -> None:
    desk.put("a", comment=None, changes=Changes(status="hold"))
    server.set(7, KIM, priority="high")
    later(desk, server)
    assert (desk.state("a"), server.tickets_by_id[7].status) == ("sent", "hold")


def test_a_change_that_is_already_made_needs_no_request(desk: Desk, server: Zendesk) -> None:
    desk.put("a", comment=None, changes=Changes(status="solved"))
    server.set(7, KIM, status="solved")
    later(desk, server)
    assert (desk.state("a"), server.puts) == ("sent", [])
    assert "already" in desk.intent("a").why


def test_a_hostile_name_cannot_speak_through_the_sentence(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    server.say(7, KIM, "me too")
    people = server.comments

    def enemy(ticket_id: int, cursor: str | None) -> object:
        page = people(ticket_id, cursor)
        named = tuple(replace(p, name="Kim\x1b[2J\u202e\n" + "x" * 500) for p in page.people)
        return replace(page, people=named)

    server.comments = enemy  # type: ignore[method-assign,assignment]
    later(desk, server)
    why = desk.intent("a").why
    assert "\x1b" not in why and "\u202e" not in why and "\n" not in why and len(why) < 160


def test_another_hero_who_uses_heroterm_too_stops_a_reply(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    server.say(7, KIM, "me too", marker="an intent of Kim's")
    later(desk, server)
    assert (desk.state("a"), server.puts) == ("needs_you", [])


def test_what_i_sent_from_my_other_machine_does_not(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    server.say(7, ME, "from the laptop", marker="an intent of mine")
    later(desk, server)
    assert desk.state("a") == "sent"


def test_words_of_the_very_second_that_was_on_the_screen_stop_a_reply(
    desk: Desk, server: Zendesk
) -> None:
    server.say(7, ADA, "the newest that was seen")
    desk.put("a")
    server.say(7, KIM, "in the same second")
    later(desk, server)
    assert (desk.state("a"), server.puts) == ("needs_you", [])


def test_no_order_of_one_seconds_answers_hides_what_was_written(
    desk: Desk, server: Zendesk
) -> None:
    server.say(7, ADA, "the newest that was seen")
    desk.put("a")
    server.say(7, KIM, "in the same second")
    audits = server.audits_by_ticket[7]
    audits[0], audits[1] = audits[1], audits[0]
    later(desk, server)
    assert (desk.state("a"), server.puts) == ("needs_you", [])


def test_a_reply_stops_when_somebody_else_reads_it_too(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    server.tell(7, KIM, changes=(("email_cc_ids", "", "98"),))
    later(desk, server)
    assert (desk.state("a"), server.puts) == ("needs_you", [])
    assert "look who reads it" in desk.intent("a").why


def test_a_status_that_somebody_else_chose_is_not_overwritten_by_a_reply(
    desk: Desk, server: Zendesk
) -> None:
    desk.put("a")
    server.set(7, KIM, status="hold")
    later(desk, server)
    assert (desk.state("a"), server.puts) == ("needs_you", [])
    assert "changed the status" in desk.intent("a").why


def test_the_same_status_chosen_twice_is_no_conflict(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    server.set(7, KIM, status="pending")
    later(desk, server)
    assert desk.state("a") == "sent"
