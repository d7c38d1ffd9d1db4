"""What is typed as a ticket's number, on the desk and on the command line."""

from __future__ import annotations

import pytest

from heroterm.domain.ticket_number import number_of


@pytest.mark.parametrize("said", ["16880", "#16880", " #16880 ", "# 16880"])
def test_a_number_is_read_with_or_without_its_sign(said: str) -> None:
    assert number_of(said) == 16880


@pytest.mark.parametrize("said", ["", "#", "12a", "-1", "1.5", "²", "٣", "9" * 19, "9" * 5_000])
def test_what_no_ticket_can_have_is_none(said: str) -> None:
    """The key left of 1 on a French keyboard is a digit to Python, and no number."""
    assert number_of(said) is None
