from __future__ import annotations

import pytest

from heroterm.domain.outbox import Changes, InternalNote
from heroterm.sync.report import Moved, Offline, Sent, Trouble, Waiting
from tests.sync.answers import ADA, KIM, ME
from tests.sync.desk import Desk
from tests.sync.model import Zendesk

ALREADY_APPLIED = ["timeout after", "500 after", "html after", "unmarked"]
NOT_APPLIED_UNKNOWN = ["timeout", "500", "html"]


def test_a_reply_arrives_once_with_its_status(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    (sent,) = desk.run()
    assert isinstance(sent, Sent) and sent.ticket_id == 7 and sent.comment_id is not None
    assert (desk.state("a"), server.marked("a")) == ("sent", 1)
    assert server.tickets_by_id[7].status == "pending"
    assert desk.intent("a").audit_id == sent.audit_id


def test_every_update_carries_the_stamp_and_the_marker(desk: Desk, server: Zendesk) -> None:
    before = server.tickets_by_id[7].updated_stamp
    desk.put("a")
    desk.run()
    assert [(put.stamp, put.marker) for put in server.puts] == [(before, "a")]


@pytest.mark.parametrize("fault", ALREADY_APPLIED)
def test_what_was_applied_without_a_clear_answer_is_found_by_its_marker(
    desk: Desk, server: Zendesk, fault: str
) -> None:
    server.script = [fault]
    desk.put("a")
    told = desk.run()
    assert [t.state for t in told if isinstance(t, Moved)] == ["verify"]
    desk.run(10)
    assert (desk.state("a"), server.marked("a"), len(server.puts)) == ("sent", 1, 1)


@pytest.mark.parametrize("fault", NOT_APPLIED_UNKNOWN)
def test_what_got_lost_is_sent_again_under_the_same_stamp_after_two_minutes(
    desk: Desk, server: Zendesk, fault: str
) -> None:
    server.script = [fault]
    desk.put("a")
    desk.run(118)
    assert (desk.state("a"), len(server.puts)) == ("verify", 1)
    desk.run(10)
    assert (desk.state("a"), server.marked("a")) == ("sent", 1)
    assert server.puts[0].stamp == server.puts[1].stamp


def test_what_got_lost_is_sent_at_once_when_the_ticket_has_moved_on(
    desk: Desk, server: Zendesk
) -> None:
    server.script = ["timeout"]
    desk.put("a", comment=InternalNote("for us"), changes=Changes())
    desk.run()
    server.turn(1)
    server.say(7, ADA, "One more thing")
    desk.run(8)
    assert (desk.state("a"), server.marked("a")) == ("sent", 1)
    assert [a.fenced for a in desk.journal.outbox.attempts("a")] == [True, False]


@pytest.mark.parametrize("late", [1, 30, 100, 119, 121, 400])
def test_an_update_that_lands_late_is_not_sent_twice(
    desk: Desk, server: Zendesk, late: int
) -> None:
    server.script = [f"late {late}"]
    desk.put("a")
    desk.run(500)
    assert (desk.state("a"), server.marked("a")) == ("sent", 1)


def test_offline_it_stays_queued_and_no_attempt_is_unclear(desk: Desk, server: Zendesk) -> None:
    server.reads["ticket"] = ["offline"]
    desk.put("a")
    assert isinstance(desk.run()[0], Offline)
    server.script = ["offline"]
    assert isinstance(desk.run()[0], Offline)
    assert desk.state("a") == "queued"
    assert [a.live for a in desk.journal.outbox.attempts("a")] == [False]
    desk.run(5)
    assert (desk.state("a"), server.marked("a")) == ("sent", 1)


def test_a_conflict_is_read_anew_and_sent(desk: Desk, server: Zendesk) -> None:
    server.script = ["409", "collision"]
    desk.put("a")
    desk.run(10)
    assert (desk.state("a"), server.marked("a")) == ("sent", 1)


def test_five_conflicts_in_a_row_ask(desk: Desk, server: Zendesk) -> None:
    server.script = ["409"] * 5
    desk.put("a")
    desk.run(60)
    assert desk.state("a") == "needs_you"
    assert "5 times" in desk.intent("a").why and len(server.puts) == 5


def test_told_to_wait_it_waits_as_long_and_other_tickets_go_on(desk: Desk, server: Zendesk) -> None:
    server.script = ["429"]
    desk.put("a", 7)
    desk.put("b", 8)
    told = desk.run()
    assert any(isinstance(t, Waiting) and t.seconds == 30 for t in told)
    assert (desk.state("a"), desk.state("b")) == ("queued", "sent")
    desk.run(28)
    assert desk.state("a") == "queued"
    desk.run(5)
    assert desk.state("a") == "sent"


def test_told_to_wait_at_a_read_everything_waits(desk: Desk, server: Zendesk) -> None:
    server.reads["ticket"] = ["429"]
    desk.put("a", 7)
    desk.put("b", 8)
    desk.run(29)
    assert server.puts == []
    desk.run(5)
    assert len(server.puts) == 2


def test_a_refused_sign_in_pauses_everything_until_told_otherwise(
    desk: Desk, server: Zendesk
) -> None:
    server.script = ["401"]
    desk.put("a", 7)
    desk.put("b", 8)
    told = desk.run(60)
    assert [type(t) for t in told] == [Trouble] and len(server.puts) == 1
    assert (desk.state("a"), desk.state("b")) == ("queued", "queued")
    desk.push.resume()
    desk.run()
    assert (server.marked("a"), server.marked("b")) == (1, 1)


@pytest.mark.parametrize("fault", ["403", "404", "422"])
def test_a_refusal_asks_and_says_that_nothing_was_sent(
    desk: Desk, server: Zendesk, fault: str
) -> None:
    server.script = [fault]
    desk.put("a")
    desk.run(300)
    assert desk.state("a") == "needs_you" and len(server.puts) == 1
    assert "It was not sent; your words are kept." in desk.intent("a").why


def test_a_refusal_after_an_unclear_try_says_not_sure(desk: Desk, server: Zendesk) -> None:
    server.script = ["timeout", "422"]
    desk.put("a")
    desk.run(130)
    assert desk.state("a") == "needs_you"
    assert "may still have arrived" in desk.intent("a").why
    assert desk.journal.outbox.recall("a") is None


def test_a_ticket_that_is_gone_asks(desk: Desk, server: Zendesk) -> None:
    server.hidden.add(7)
    desk.put("a")
    desk.run()
    assert desk.state("a") == "needs_you" and "does not show" in desk.intent("a").why


def test_a_closed_ticket_asks_for_a_follow_up(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    server.set(7, ADA, status="closed")
    server.turn(5)
    desk.run()
    assert desk.state("a") == "needs_you" and "follow-up" in desk.intent("a").why
    assert server.puts == []


def test_without_the_right_to_read_history_nothing_is_sent(desk: Desk, server: Zendesk) -> None:
    server.reads["audits"] = ["403"]
    desk.put("a")
    desk.run()
    assert desk.state("a") == "needs_you" and server.puts == []


def test_a_history_that_lags_is_waited_for(desk: Desk, server: Zendesk) -> None:
    server.say(7, ME, "from the browser", public=False)
    desk.put("a")
    server.lag = 20
    server.turn(3)
    desk.run(10)
    assert (desk.state("a"), server.puts) == ("queued", [])
    desk.run(20)
    assert desk.state("a") == "sent"


def test_a_lagging_history_does_not_hide_what_has_arrived(desk: Desk, server: Zendesk) -> None:
    server.script = ["timeout after"]
    server.lag = 20
    desk.put("a")
    desk.run(60)
    assert (desk.state("a"), server.marked("a"), len(server.puts)) == ("sent", 1, 1)


def test_a_stamp_of_this_very_second_is_not_built_on(desk: Desk, server: Zendesk) -> None:
    server.say(7, ADA, "just now")
    desk.put("a")
    desk.run()
    assert server.puts == []
    desk.run(5)
    assert desk.state("a") == "sent"


def test_intents_of_one_ticket_arrive_in_their_order(desk: Desk, server: Zendesk) -> None:
    server.script = ["timeout"]
    desk.put("a")
    desk.put("b")
    desk.put("c", 8)
    desk.run()
    assert [desk.state(name) for name in "abc"] == ["verify", "queued", "sent"]
    desk.run(130)
    assert [put.marker for put in server.puts] == ["a", "c", "a", "b"]
    assert [desk.state(name) for name in "abc"] == ["sent", "sent", "sent"]


def test_a_recall_between_reading_and_claiming_wins(desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    read = server.audits

    def recalling(ticket_id: int, cursor: str | None) -> object:
        desk.journal.outbox.recall("a")
        return read(ticket_id, cursor)

    server.audits = recalling  # type: ignore[method-assign,assignment]
    (told,) = desk.run()
    assert isinstance(told, Moved) and told.state == "recalled"
    assert server.puts == []
    assert [d.body for d in desk.journal.drafts.list()] == ["words of a"]


def test_a_read_that_fails_is_tried_again_later_and_longer(desk: Desk, server: Zendesk) -> None:
    server.reads["ticket"] = ["500", "html", "timeout"]
    desk.put("a")
    waits = [t.seconds for t in desk.run(40) if isinstance(t, Waiting)]
    assert waits == [4.0, 8.0, 16.0]
    assert desk.state("a") == "sent"


def test_thirteen_unclear_tries_ask(desk: Desk, server: Zendesk) -> None:
    server.script = ["timeout"] * 30
    desk.put("a")
    desk.run(14 * 130, by=5)
    assert desk.state("a") == "needs_you" and len(server.puts) == 13
    server.script = []
    desk.journal.outbox.again("a")
    desk.run(130)
    assert (desk.state("a"), len(server.puts), server.marked("a")) == ("sent", 14, 1)


def test_a_resent_intent_that_had_arrived_is_not_sent(desk: Desk, server: Zendesk) -> None:
    server.script = ["timeout after"]
    desk.put("a")
    desk.run()
    desk.journal.outbox.settle("a", "needs_you")
    desk.journal.outbox.again("a")
    desk.run(5)
    assert (desk.state("a"), len(server.puts)) == ("sent", 1)


def test_a_rule_of_the_desk_is_asked_once_more(desk: Desk, server: Zendesk) -> None:
    heard: list[tuple[str, int]] = []

    def check(intent: object, ticket: object, comments: object) -> str:
        heard.append((type(intent).__name__, len(comments)))  # type: ignore[arg-type]
        return "No public reply to this source."

    desk.push._check = check
    desk.put("a", overrides=("collision",))
    server.say(7, KIM, "on it", public=False)
    server.turn(5)
    desk.run()
    assert heard == [("Intent", 1)]
    assert (desk.state("a"), server.puts) == ("needs_you", [])
    assert desk.intent("a").why.startswith("No public reply")
