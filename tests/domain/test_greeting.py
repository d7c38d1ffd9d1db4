"""A greeting that is written already."""

from __future__ import annotations

import pytest

from heroterm.domain.greeting import greeted_twice


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
