"""What came between a hero's look at a ticket and now, and which of it stops what waits."""

from __future__ import annotations

from typing import Any

import pytest

from heroterm.domain.deeds import PersonOrganization
from heroterm.domain.meanwhile import (
    OVERRIDE,
    after,
    looked_at,
    meanwhile,
    others_since,
    overtaken,
    who,
    wrote_since,
)
from heroterm.domain.outbox import HELD, QUEUED, Draft, Intent, InternalNote, PublicReply
from heroterm.domain.ticket import Audit, Comment
from tests.domain.rows import NOW, minutes

ME, KIM, ADA, RULE = 11, 12, 99, -1
STAMP = NOW.isoformat()


def reply(**fields: Any) -> Intent:
    """A reply that waits, begun while the first comment was the newest."""
    made = {"comment": PublicReply("Hey"), "base_stamp": STAMP, "seen_comment_id": 1, **fields}
    return Intent("i", 7, minutes(5), minutes(6), **made)


def said(number: int, minute: float, author: int | None = ADA, *, public: bool = True) -> Comment:
    return Comment(number, 7, author, public, "words", minutes(minute))


def update(number: int, minute: float, author: int = KIM, **fields: Any) -> Audit:
    changes = (("status", "open", "hold"),)
    return Audit(number, minutes(minute), author, **{"changes": changes, **fields})


LOOKED = [
    (STAMP, NOW),
    (None, minutes(5)),
    ("", minutes(5)),
    ("half past nine", minutes(5)),
    ("2026-03-04T10:00:00", minutes(5)),
]


@pytest.mark.parametrize(("stamp", "moment"), LOOKED)
def test_the_moment_of_the_look_is_the_tickets_own_where_it_is_known(
    stamp: str | None, moment: object
) -> None:
    assert looked_at(reply(base_stamp=stamp)) == moment


def test_what_was_on_the_screen_is_known_by_its_place_in_the_thread() -> None:
    thread = [said(3, -9), said(1, -8), said(2, -7)]
    assert [c.id for c in after(reply(), thread)] == [2], "whatever its number and moment"
    assert [c.id for c in after(reply(seen_comment_id=2), thread)] == []


def test_where_that_message_is_not_in_the_thread_moment_or_number_tell() -> None:
    thread = [said(3, -1), said(4, 0), said(6, 0), said(5, 1)]
    assert [c.id for c in after(reply(seen_comment_id=4), thread)] == [6, 5]
    gone = reply(seen_comment_id=5)
    assert [c.id for c in after(gone, thread[:3])] == [6], "within one second numbers tell"
    assert [c.id for c in after(reply(seen_comment_id=None), thread)] == [5]


def test_updates_of_others_after_the_look_count_and_what_heroterm_did_for_me_does_not() -> None:
    mine = update(20, 1, ME, marker="op", comments=((2, True),))
    by_hand = update(21, 2, ME)
    other_desk = update(22, 3, KIM, marker="op-2", comments=((3, True),))
    before, at_once, words_alone = update(23, -1), update(24, 0), update(25, 4, changes=())
    thread = [said(1, -1), said(2, 1, ME), said(3, 3, KIM), said(4, 4)]
    found = meanwhile(
        reply(), thread, [before, at_once, mine, by_hand, other_desk, words_alone], ME
    )
    assert [audit.id for audit in found.audits] == [21, 22]
    assert [comment.id for comment in found.comments] == [3, 4]


@pytest.mark.parametrize("state", [HELD, QUEUED])
def test_a_waiting_reply_is_overtaken_by_the_oldest_message_that_it_does_not_answer(
    state: str,
) -> None:
    thread = [said(1, -1), said(2, 1), said(3, 2)]
    found = overtaken(reply(state=state), thread, (), ME)
    assert found is not None and found.id == 2


LETS_GO = {
    "nothing came": (reply(), [said(1, -1)]),
    "I wrote it": (reply(), [said(1, -1), said(2, 1, ME)]),
    "another intent of ours wrote it": (reply(), [said(1, -1), said(50, 1, KIM)]),
    "a rule's note": (reply(), [said(1, -1), said(2, 1, RULE, public=False)]),
    "a note of nobody's": (reply(), [said(1, -1), said(2, 1, None, public=False)]),
    "the system's note": (reply(), [said(1, -1), said(2, 1, 0, public=False)]),
    "the hero saw it": (reply(overrides=(OVERRIDE,)), [said(1, -1), said(2, 1)]),
    "a note waits": (reply(comment=InternalNote("hm")), [said(1, -1), said(2, 1)]),
    "it goes elsewhere": (reply(deed=PersonOrganization(1, 2, 3)), [said(1, -1), said(2, 1)]),
    "it is under way": (reply(state="sending"), [said(1, -1), said(2, 1)]),
}


@pytest.mark.parametrize("why", LETS_GO)
def test_everything_else_lets_it_go(why: str) -> None:
    intent, thread = LETS_GO[why]
    assert overtaken(intent, thread, {50}, ME) is None


@pytest.mark.parametrize(
    ("author", "public"), [(KIM, False), (1, False), (RULE, True), (None, True)]
)
def test_a_colleagues_note_stops_it_and_so_does_whatever_the_customer_reads(
    author: int | None, public: bool
) -> None:
    message = said(2, 1, author, public=public)
    assert overtaken(reply(), [said(1, -1), message], (), ME) is message


SINCE = [
    ([], False),
    ([said(1, -1), said(2, 1)], True),
    ([said(2, 1), said(1, -1)], False),
    ([said(1, -1), said(2, 1, public=False)], False),
    ([said(1, -1), said(2, 1, KIM)], False),
    ([said(3, -1), said(4, 0)], False),
    ([said(3, -1), said(4, 1)], True),
]


@pytest.mark.parametrize(("thread", "wrote"), SINCE)
def test_a_draft_is_old_once_a_customer_wrote_in_public_after_it(
    thread: list[Comment], wrote: bool
) -> None:
    draft = Draft(7, "public_reply", "Hey", NOW, seen_comment_id=1)
    assert wrote_since(draft, thread, {ADA}) is wrote


@pytest.mark.parametrize(
    ("seen", "thread", "wrote"),
    [
        (1, [said(1, -1), said(2, 1)], True),
        (1, [said(1, -1), said(2, 1, KIM, public=False)], True),
        (1, [said(1, -1), said(2, 1, ME, public=False)], False),
        (1, [said(1, -1), said(2, 1, ME), said(3, 2)], True),
        (1, [said(1, -1)], False),
        (None, [said(1, -1)], True),
        (9, [said(1, -1)], True),
        (None, [], False),
    ],
)
def test_the_heros_own_note_is_nothing_that_a_reply_must_wait_for(
    seen: int | None, thread: list[Comment], wrote: bool
) -> None:
    assert bool(others_since(seen, thread, ME)) is wrote


def test_a_name_in_a_sentence_is_short_and_on_one_line() -> None:
    assert who("Kim\nCove") == "Kim Cove"
    assert len(who("K" * 100)) == 60
    assert who("") == "Somebody"
