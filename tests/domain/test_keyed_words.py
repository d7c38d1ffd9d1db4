"""Keys in sentences: data that looks like the id of a command stays data."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.keyed_words import filled, literal

KEYS = {"desk.next": "{desk.undo}", "desk.undo": "u"}


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert filled("{desk.next}, {desk.undo}, {no.such}", KEYS.get) == "{desk.undo}, u, {no.such}"


@given(st.text("{}desk.nextu ") | st.text())
def test_data_is_said_as_it_is(data: str) -> None:
    assert filled(f"“{literal(data)}”: {{desk.undo}}", KEYS.get) == f"“{data}”: u"
