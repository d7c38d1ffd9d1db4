"""No sentence of the screen names a key that the hero may have moved."""

from __future__ import annotations

import pytest

from tests.house import key_words
from tests.house.source import nothing_in, package, parse


def test_no_sentence_names_a_shipped_key_by_hand() -> None:
    found = [line for source in package() for line in key_words.keys_by_hand(source)]
    nothing_in([*found, *key_words.in_data()])


def test_every_id_in_a_sentence_is_a_command() -> None:
    nothing_in([line for source in package() for line in key_words.unknown_ids(source)])


def test_no_data_is_a_part_of_what_is_filled_with_keys() -> None:
    nothing_in([line for source in package() for line in key_words.data_in_templates(source)])


@pytest.mark.parametrize(
    "text",
    [
        'said = f"{title} was opened: {{desk.next}} goes on"',
        'desk.tell("{desk.next} goes on")',
        'GO = "{desk.next} goes on"\ndesk.tell(GO, severity="warning")',
        'desk.ask("Sure?", {"y": "{desk.undo} recalls"}, then)',
        'keymap.told(f"{title}")',
        'desk.filled("{desk.next}: " + title)',
        'desk.key("desk.nowhere")',
    ],
)
def test_data_among_keys_is_found_out(text: str) -> None:
    assert key_words.data_in_templates(parse(text, "heroterm.tui.doing.saying"))


@pytest.mark.parametrize(
    "text",
    [
        "desk.tell(f\"{title} was opened: {desk.key('desk.next')} goes on\")",
        'said = f"{literal(title)} was opened: {{desk.next}} goes on"',
        'desk.tell(desk.filled("{desk.next} goes on"))',
    ],
)
def test_data_beside_keys_is_let_pass(text: str) -> None:
    assert not key_words.data_in_templates(parse(text, "heroterm.tui.doing.saying"))


@pytest.mark.parametrize(
    "words",
    [
        "Open a ticket first: n opens the next one.",
        "No colleague is known yet (R syncs).",
        "Its words are among the drafts (g d).",
        "left this queue; j or k goes on",
        "held until you press ! or P",
        "One `u` recalls all.",
        " CHANGED since you looked  (enter: seen)",
        "Finish first: Esc leaves it, the draft stays.",
        "A colleague's run is being taken over; a moment, then p again.",
        "contradict each other. A ends it, with a reason.",
        "6 shows it.",
        "s skips it with a reason",
    ],
)
def test_the_rule_bites(words: str) -> None:
    assert key_words.keys_by_hand(parse(f"told = {words!r}"))


@pytest.mark.parametrize(
    "words",
    [
        "No colleague is known yet ({desk.sync} syncs).",
        "A note is read by colleagues anyway.",
        "It was merged: a rule says so.",
        "4 messages",
        "T2 in the queue",
    ],
)
def test_the_rule_lets_plain_words_be(words: str) -> None:
    assert not key_words.keys_by_hand(parse(f"told = {words!r}"))
