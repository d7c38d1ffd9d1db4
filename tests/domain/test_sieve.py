"""What typed letters leave of a list: the same whatever was typed before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.sieve import Sieve

NAMES = [
    "Status Solved", "Status Open", "Set a tag", "ro: read only", "Rotate", "Reply",
    "#48 status so", "Straße", "person: Sol Asta",
]  # fmt: skip


def sieve() -> Sieve[str]:
    return Sieve(NAMES, lambda name: name, lambda name: "esc" if name == "Reply" else "")


@given(st.lists(st.text("stauo lreß", min_size=1, max_size=6), min_size=1, max_size=8))
def test_what_was_typed_before_changes_nothing(queries: list[str]) -> None:
    asked = sieve()
    for query in queries:
        for length in range(1, len(query) + 1):  # letter by letter, and back
            assert asked.find(query[:length]) == sieve().find(query[:length])
        assert asked.find(query[:1]) == sieve().find(query[:1])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("", NAMES[0]),
        ("ro", "ro: read only"),
        ("status so", "Status Solved"),
        ("so status", "Status Solved"),
        ("STRASSE", "Straße"),
        ("esc", "Reply"),
    ],
)
def test_the_best_comes_first(query: str, first: str) -> None:
    assert sieve().find(query)[0] == first


def test_nothing_is_lost_and_nothing_comes_twice() -> None:
    assert sieve().find("") == NAMES
    assert sieve().find("zzz") == []
    found = sieve().find("sta so")
    assert len(found) == len(set(found))
