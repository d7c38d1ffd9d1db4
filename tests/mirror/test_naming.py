from __future__ import annotations

from dataclasses import replace

import pytest

from heroterm.cli.rules import others_named
from heroterm.domain.outbox import Intent, InternalNote, PublicReply
from heroterm.domain.ticket import Organization, Person
from heroterm.mirror.naming import named_in
from tests.conftest import NOW
from tests.mirror.make import ACME, Desk

NAMES = ("Nine Pence Bank", "Notion", "Q&A  Labs", "Straße & Söhne", "...", "Cove")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As with Nine Pence Bank.", ["Nine Pence Bank"]),
        ("as with nine pence bank.", ["Nine Pence Bank"]),
        ("It is Nine  Pence\nBank's trouble, too.", ["Nine Pence Bank"]),
        ("(NINE PENCE\u00a0BANK)", ["Nine Pence Bank"]),
        ("q&a labs and STRASSE & SÖHNE", ["Q&A  Labs", "Straße & Söhne"]),
        ("Nine Pence Banks, Nine-Pence Bank, Canine Pence Bank", []),
        ("I had no notion of it, nor of a cove.", []),
        ("Notion has the same.", ["Notion"]),
        ("Wait ...", []),
        ("", []),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, found: list[str]) -> None:
    assert list(named_in(text, NAMES)) == found


def test_names_that_are_part_of_longer_words_hide_no_other(desk: Desk) -> None:
    """Twenty are named at most; those that only seemed to stand there are not counted."""
    parts = tuple(Organization(100 + n, f"Aaaa{n:02}") for n in range(40))
    desk.save(organizations=(ACME, *parts, Organization(71, "Nine Pence Bank")))
    text = " ".join(f"{each.name}x" for each in parts) + " nine pence bank, acme rockets"
    assert desk.mirror.organizations_named(text, but=ACME.id) == ["Nine Pence Bank"]
    text = " ".join(each.name for each in parts)
    assert len(desk.mirror.organizations_named(text, but=None)) == 20


def test_only_a_name_that_gives_something_away_is_asked_about(desk: Desk) -> None:
    """What the customer said first, and our own organization, may be named."""
    ours = Organization(71, "Hog Haven House")
    me = Person(902, "Ana Hero", "ana@desk.example.com", "agent", organization_id=ours.id)
    bank = Organization(72, "Nine Pence Bank")
    desk.save(organizations=(ACME, ours, bank), people=(me,))
    desk.writer.remember(user_id=me.id)
    text = "At Hog Haven House we saw it at Acme Rockets and at Nine Pence Bank."
    words = Intent("i", 1, NOW, NOW, comment=PublicReply(text))
    assert others_named(desk.mirror, words, ACME.id) == ("Nine Pence Bank",)
    assert others_named(desk.mirror, words, ACME.id, "We came from Nine Pence Bank") == ()
    assert others_named(desk.mirror, replace(words, comment=InternalNote(text)), ACME.id) == ()
