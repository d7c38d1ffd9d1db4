from __future__ import annotations

from heroterm.domain.usage import Sent, Use, rewritten, tallied
from tests.domain.rows import NOW

WORDS = "Hey Kim, I'm on it and write again by $1<when>."


def test_what_was_filled_in_or_added_is_not_rewritten() -> None:
    assert rewritten(WORDS, WORDS.replace("$1<when>", "noon") + " More words.") == 0.0


def test_the_share_of_changed_words_is_told() -> None:
    assert rewritten("one two three four", "one two 3 4") == 0.5
    assert rewritten("one two", "") == 1.0


def test_uses_are_told_in_words() -> None:
    assert Use().words == ""
    assert Use(1).words == "1 use"
    assert Use(2, 0.5).words == "2 uses, 25 % rewritten"
    assert Use(5, 0.0, 4, 1).words == "5 uses, 1 of 4 reopened"


def test_what_was_solved_and_came_back_is_a_share_of_what_was_solved() -> None:
    sent = [
        Sent("gla", 1, 0.0, True, NOW),
        Sent("gla", 2, 0.5, True, NOW),
        Sent("gla", 3, 0.0, False, NOW),  # Pending: an answer is what one waits for
        Sent("gla", 4, 0.0, True, None),  # still in the outbox
    ]
    use = tallied({"gla": Use(1, 0.5)}, sent, {(2, NOW), (3, NOW)})["gla"]
    assert (use.uses, use.edited, use.solved, use.reopened) == (5, 1.0, 2, 1)


def test_a_reply_is_worth_rewriting_once_enough_is_known() -> None:
    assert Use(2, 2.0).rewrite == Use(5, 0.0, 2, 2).rewrite == Use(9, 1.0, 6, 1).rewrite == ""
    assert Use(3, 1.5).rewrite == "mostly rewritten"
    assert Use(4, 2.0, 3, 1).rewrite == "mostly rewritten, often reopened"
