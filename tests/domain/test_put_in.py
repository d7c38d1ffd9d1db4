"""A canned text behind words that are written already."""

from __future__ import annotations

import pytest

from heroterm.domain.put_in import greeted_twice, joined, parted


@pytest.mark.parametrize(
    ("before", "text", "left"),
    [
        ("Hey Kim, ", "Hey Kim,\n\nThanks for asking!", "Thanks for asking!"),
        ("\nhey kim,\n\nA question.", "Hey Kim, thanks!", "thanks!"),
        ("Hey Lee, ", "Hey Kim,\n\nThanks!", "Hey Kim,\n\nThanks!"),
        ("", "Hey Kim,\n\nThanks!", "Hey Kim,\n\nThanks!"),
        ("Thanks", "Thanks for asking!", "Thanks for asking!"),
    ],
)
def test_the_same_greeting_is_left_out_once(before: str, text: str, left: str) -> None:
    assert text[greeted_twice(before, text) :] == left


def test_a_letter_begins_below_the_words_before_it_and_a_phrase_among_them() -> None:
    assert parted("I had a look.", "Hey Kim,\n\nThanks!") == "\n\n"
    assert parted("See ", "https://posthog.com/docs") == parted("(", "docs") == ""
    assert parted("Looked at it.", "More by Friday.") == parted("See", "docs") == " "
    assert parted("", "Hey Kim,\n\nThanks!") == parted("Hey.\n", "Hey Kim,\n\nThanks!") == ""


@pytest.mark.parametrize(
    ("before", "text", "both"),
    [
        ("Hey ", "Hey Kim,\n\nThanks!", "Hey Kim,\n\nThanks!"),
        ("A.\nHey ", "Hey Kim, thanks!", "A.\nHey Kim, thanks!"),
        ("Hey ", "Hey, thanks!", "Hey Hey, thanks!"),
        ("Look ", "Look at what the docs say, please.", "Look Look at what the docs say, please."),
        ("hey", "Hey Kim,\n\nThanks!", "hey Kim,\n\nThanks!"),
        ("Hey Kim, ", "Hey Kim,\n\nThanks!", "Hey Kim, \n\nThanks!"),
        ("Hey", "Heya!", "Hey Heya!"),
        ("", "Hey Kim,\n\nThanks!", "Hey Kim,\n\nThanks!"),
    ],
)
def test_a_greeting_that_names_nobody_yet_goes_on(before: str, text: str, both: str) -> None:
    left, apart = joined(before, text)
    assert before + apart + text[left:] == both
