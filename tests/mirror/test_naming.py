from __future__ import annotations

import pytest

from heroterm.domain.ticket import Organization
from heroterm.mirror.naming import named_in
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
