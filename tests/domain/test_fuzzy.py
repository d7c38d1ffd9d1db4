"""Letters among words: as good as trying every way in which they could stand, without trying."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain import fuzzy


def score(query: str, words: str) -> float:
    """Of words that are looked at for the first time."""
    return fuzzy.score(query, words, fuzzy.begins(words), {})


def by_trying(query: str, words: str) -> float:
    """The best of all ways, each weighed as a person would: begun words, and few pieces."""
    if query in words:
        ways = [tuple(range(at := words.find(query), at + len(query)))]
        more = 2.0 if query == words else 1.5
    else:
        every = combinations(range(len(words)), len(query))
        ways = [way for way in every if [words[at] for at in way] == [*query]]
        more = 1.0
    return max((more * weighed(way, words) for way in ways), default=0.0)


def weighed(way: tuple[int, ...], words: str) -> float:
    begun = sum(words[at] != " " and (at == 0 or words[at - 1] == " ") for at in way)
    pieces = 1 + sum(b != a + 1 for a, b in pairwise(way))
    together = (len(way) - (pieces - 1)) / len(way)
    return (len(way) + begun) * (1 + together**2)


_FEW = "ab c"


@given(st.text(_FEW, min_size=1, max_size=5), st.text(_FEW, max_size=11))
def test_the_score_is_that_of_the_best_way(query: str, words: str) -> None:
    assert score(query, words) == pytest.approx(by_trying(query, words))


def test_no_letters_match_nothing() -> None:
    assert score("", "anything") == 0.0


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("stat", "status", "set a tag"),
        ("so", "status solved", "status closed, old"),
        ("st sol", "status solved", "snooze the ticket, solve later"),
    ],
)
def test_what_stands_together_and_begins_words_is_better(
    query: str, better: str, worse: str
) -> None:
    assert score(query, better) > score(query, worse) >= 0


def test_letters_that_a_stranger_repeats_end() -> None:
    # Trying every way would be looking at 10 to the 30.
    assert score("aabb" * 12, "ab" * 200) > score("aabbc", "ab" * 200) == 0.0
