from __future__ import annotations

from heroterm.domain.usage import Use, rewritten

WORDS = "Hey Kim, I'm on it and write again by $1<when>."


def test_what_was_filled_in_or_added_is_not_rewritten() -> None:
    assert rewritten(WORDS, WORDS.replace("$1<when>", "noon") + " More words.") == 0.0


def test_the_share_of_changed_words_is_told() -> None:
    assert rewritten("one two three four", "one two 3 4") == 0.5
    assert rewritten("one two", "") == 1.0


def test_uses_are_told_in_words() -> None:
    assert Use().words == ""
    assert Use().and_one(0.0).words == "1 use"
    assert Use(2, 0.5).words == "2 uses, 25 % rewritten"
