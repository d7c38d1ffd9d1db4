"""What stands between a new ticket and a second one: its key's two hours, by the server's clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from heroterm.domain.deeds import EnclosedFile
from heroterm.domain.outbox import Changes, PublicReply
from heroterm.errors import Rejected
from heroterm.sync.push import Push
from tests.sync.answers import Me
from tests.sync.desk import Desk
from tests.sync.test_deeds import OWNER, new_ticket

HOUR = 3_600.0


def restarted(desk: Desk) -> None:
    """Another process: nothing is known of the server's clock before its first answer."""
    desk.journal.outbox.after_crash()
    desk.push = Push(desk.server, desk.journal, desk.clock)
    desk.server.clock_offset = None


def hears_the_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer tells the server's time, as its Date does."""
    real = desk.server.me

    def me() -> Me:
        desk.server.clock_offset = -desk.skew.total_seconds()
        return real()

    monkeypatch.setattr(desk.server, "me", me)


@pytest.mark.parametrize("before", [-5, 0, 5])
@pytest.mark.parametrize("after", [-5, 0, 5])
def test_no_clock_of_this_machine_makes_a_dead_key_look_alive(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, before: int, after: int
) -> None:
    hears_the_time(desk, monkeypatch)
    desk.skew, desk.server.clock_offset = timedelta(hours=before), None
    new_ticket(desk, send_after=desk.clock())
    desk.server.deeds = ["timeout after"]
    desk.run()
    desk.server.turn(3 * HOUR)
    desk.skew = timedelta(hours=after)
    restarted(desk)
    desk.journal._db.run("UPDATE intent SET not_before = 0")
    desk.run(30)
    assert desk.state("a") == "sent" and len(desk.server.made) == 1


def test_a_machine_that_slept_right_before_the_request_does_not_ask_under_a_dead_key(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_ticket(desk)
    desk.server.deeds = ["timeout after"]
    desk.run()
    begin, slept = desk.journal.outbox.begin, list[bool]()

    def asleep(*words: Any, **named: Any) -> Any:
        claimed = begin(*words, **named)
        desk.server.turn(8 * HOUR)
        slept.append(True)
        return claimed

    with monkeypatch.context() as patch:
        patch.setattr(desk.journal.outbox, "begin", asleep)
        desk.run(5)
    desk.run(5)
    assert slept and desk.state("a") == "sent" and len(desk.server.made) == 1


def test_a_journal_brought_back_from_a_copy_makes_no_second_ticket(desk: Desk) -> None:
    new_ticket(desk)
    copy = desk.path.read_bytes()
    desk.run()
    desk.close()
    desk.path.write_bytes(copy)
    desk.server.turn(3 * HOUR)
    again = Desk(desk.path, desk.server)
    again.run(5)
    assert again.state("a") == "sent" and len(desk.server.made) == 1
    again.close()


def test_without_a_clear_answer_it_is_asked_for_less_and_less_often(desk: Desk) -> None:
    new_ticket(desk)
    desk.server.deeds = ["500"] * 500
    desk.run(101 * 60, by=20)
    asked = desk.journal.outbox.attempts("a")
    assert len(asked) < 30
    desk.server.deeds = []
    desk.run(5 * 60, by=20)
    assert desk.state("a") == "needs_you" and desk.server.made == []


def test_a_file_whose_token_died_is_handed_over_anew_when_nothing_was_asked(desk: Desk) -> None:
    kept = desk.journal.enclosures.keep("log.txt", "text/plain", b"one line")
    new_ticket(desk, files=(kept,))
    desk.server.deeds = ["offline"]
    desk.run()
    desk.server.uploaded.clear()
    desk.run(10)
    assert desk.state("a") == "sent" and set(desk.server.uploaded.values()) == {b"one line"}


def test_a_key_that_is_known_with_other_words_is_looked_for_and_never_hangs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*words: Any, **named: Any) -> Any:
        raise Rejected("refused", reason="Request parameters don't match idempotency", status=400)

    new_ticket(desk)
    monkeypatch.setattr(desk.server, "create", refused)
    desk.server.reads["search"] = ["offline"]
    desk.run(30)
    assert desk.state("a") == "needs_you" and "not asked for again" in desk.intent("a").why
    assert desk.journal.outbox.recall("a") is desk.journal.outbox.discard("a") is None


def test_one_that_may_have_been_made_is_given_up_by_who_has_looked(desk: Desk) -> None:
    new_ticket(desk)
    desk.put("after it")
    desk.server.deeds = ["timeout"]
    desk.run()
    desk.server.turn(3 * HOUR)
    desk.run(5)
    outbox = desk.journal.outbox
    outbox.again("a")
    desk.run(5)
    assert desk.state("a") == "needs_you"
    assert outbox.recall("a") is outbox.hold("a") is outbox.discard("a") is None
    assert outbox.discard("a", seen_on_server=True) is not None
    desk.run(5)
    assert desk.state("after it") == "sent"
    assert [d.draft.to for d in desk.journal.drafts.thrown()] == [OWNER.to_address]


@pytest.mark.parametrize("fault", ["422", "403", "404"])
@pytest.mark.parametrize("deed", [None, OWNER])
def test_a_file_that_zendesk_does_not_take_asks_and_says_so(
    desk: Desk, fault: str, deed: Any
) -> None:
    kept = desk.journal.enclosures.keep("log.txt", "text/plain", b"one line")
    words = PublicReply("See the log.")
    desk.put("a", comment=words, changes=Changes(), deed=deed, files=(kept,))
    desk.server.reads["upload"] = [fault]
    desk.run(5)
    assert desk.state("a") == "needs_you"
    assert "does not take the file" in desk.intent("a").why and "not sent" in desk.intent("a").why
    desk.journal.outbox.again("a")
    desk.run(5)
    assert desk.state("a") == "sent"


def test_a_file_that_could_not_be_handed_over_waits_for_better_times(desk: Desk) -> None:
    kept = desk.journal.enclosures.keep("log.txt", "text/plain", b"one line")
    desk.put("a", files=(kept, EnclosedFile("copy.txt", "text/plain", 8, kept.sha256)))
    desk.server.reads["upload"] = ["ok", "500"]
    desk.run()
    assert (desk.state("a"), desk.server.puts) == ("queued", [])
    desk.run(20)
    assert desk.state("a") == "sent" and len(desk.server.puts) == 1
