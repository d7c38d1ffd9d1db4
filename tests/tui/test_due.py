"""A hold that is over while nothing came to send what was held: Zendesk does not answer."""

from __future__ import annotations

from datetime import timedelta

from heroterm.domain.outbox import Changes, Intent
from heroterm.tui import intent_words
from heroterm.tui.panes.status import hold_line
from tests.conftest import NOW


def test_it_waits_to_be_sent_and_no_countdown_stands_at_nought() -> None:
    due = Intent("a", 7, NOW, NOW + timedelta(seconds=15), changes=Changes(status="pending"))
    held = Intent("b", 8, NOW, NOW + timedelta(seconds=40), changes=Changes(status="open"))
    soon, later = NOW + timedelta(seconds=14), NOW + timedelta(seconds=15)
    assert intent_words.state(due, soon, "!") == "held, sends in 0:01"
    assert intent_words.state(due, later, "!", 1) == "waiting to be sent, after 1 of yours"
    line = hold_line([due, held], later)
    assert line is not None and line.plain.strip().startswith("held: #8 change + open, sends in")
    assert hold_line([due], later) is None
