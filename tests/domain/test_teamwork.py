"""Claims, mentions and shared drafts: what colleagues' desks tell one another through Zendesk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heroterm.domain import shared_draft
from heroterm.domain.claims import claimers, tag_of
from heroterm.domain.mentions import mentions, pattern
from heroterm.domain.outbox import Draft
from heroterm.domain.ticket import Comment, Person
from tests.domain.rows import NOW

ANA = Person(2, "Ana Hero", "ana.h@desk.example.com", "agent")
STAFF = frozenset({2, 3})


def said(body: str, id_: int = 1, *, author: int = 3, public: bool = False) -> Comment:
    return Comment(id_, 7, author, public, body, NOW + timedelta(minutes=id_))


@pytest.mark.parametrize("name", ["Lee Park", "lee  PARK", "Lee.Park"])
def test_a_claim_by_tag_reads_as_its_name(name: str) -> None:
    assert tag_of(name) == "claimed_by_lee_park"
    assert claimers(["billing", tag_of(name)]) == ("lee park",)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("@Ana can you look?", 1),
        ("Hey, @ana hero: see below", 1),
        ("cc @ana.h", 1),
        ("write to ana@ana.example", 0),
        ("@Anabel knows", 0),
        ("@anaconda", 0),
        ("> @Ana said", 0),
        ("Ana knows", 0),
    ],
)
def test_a_note_names_the_hero_or_does_not(body: str, found: int) -> None:
    named = pattern(ANA)
    assert named is not None
    assert len(mentions([said(body)], ANA.id, named, STAFF)) == found


def test_words_of_the_hero_answer_a_mention_and_customers_mention_nobody() -> None:
    named = pattern(ANA)
    assert named is not None
    mine = said("I look.", 2, author=2)
    assert mentions([said("@Ana?"), mine], ANA.id, named, STAFF) == ()
    assert len(mentions([mine, said("@Ana again", 3)], ANA.id, named, STAFF)) == 1
    assert mentions([said("@Ana!", author=9, public=True)], ANA.id, named, STAFF) == ()
    assert mentions([said("@Ana!", author=9)], ANA.id, named, STAFF) == ()


WORDS = "Hey Jo,\n\nthe filter was the cause: ünïcode ✓ and a line that is quite long. " * 20


def test_a_shared_draft_comes_back_as_it_was() -> None:
    draft = Draft(7, "public_reply", WORDS, NOW, status="pending")
    note = said(shared_draft.note(draft, "Lee Park"))
    assert note.body.startswith("DRAFT for review: ") and "shared by Lee Park" in note.body
    assert "the filter was the cause" in note.body
    found = shared_draft.newest([note], STAFF)
    assert found is not None and (found.body, found.status) == (WORDS, "pending")
    of_before = note.body.replace("DRAFT for review:", "Draft of a reply, not sent,")
    assert shared_draft.told(said(of_before)) is not None
    # A reply of ours has overtaken it; so has nothing that a customer writes.
    reply = said("Done.", 2, public=True)
    assert shared_draft.newest([note, reply], STAFF) is None
    assert shared_draft.newest([note, said("Hm?", 2, author=9, public=True)], STAFF) is not None


def test_what_a_stranger_writes_or_what_is_damaged_is_no_draft() -> None:
    body = shared_draft.note(Draft(7, "public_reply", "Hey.", NOW), "Lee")
    assert shared_draft.newest([said(body, author=9)], STAFF) is None
    assert shared_draft.told(said(body.replace(" end", ""))) is None
    assert shared_draft.told(said(body.replace("heroterm-draft:1 ", "heroterm-draft:2 "))) is None
    assert shared_draft.told(said(f"Look:\n{body}")) is None
    assert shared_draft.told(said(body[:-20] + "AAAA end")) is None
