"""Passing tickets on: an internal note through the outbox that says to whom."""

from __future__ import annotations

from heroterm.cli.intents import Wanted, kept
from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import Reading
from heroterm.domain.handover import NOTE, Passing, passing_changes, passing_words
from heroterm.domain.outbox import Intent, InternalNote
from heroterm.domain.ticket_number import number_of
from heroterm.errors import UsageError


def wanted(words: tuple[str, ...]) -> list[tuple[int, str]]:
    """Tickets and names of words like 48213=Lee. Raises UsageError."""
    return [_one(word) for word in words]


def _one(word: str) -> tuple[int, str]:
    said, _, name = word.partition("=")
    number = number_of(said)
    if number is None or not name.strip():
        raise UsageError(f"{word!a} names no ticket and person.", "As in: --passed 48213=Lee")
    return number, name.strip()


def pass_on(call: Invocation, read: Reading, ticket_id: int, name: str, say: str) -> Intent:
    """Queue the note and remember to whom; it counts once it is sent. Raises RefusedByRule."""
    ticket = read.ticket(ticket_id)
    note = InternalNote(passing_words(name, say))
    changes = passing_changes(ticket.assignee_id, read.state.user_id)
    intent = kept(call, read, ticket, Wanted(note, changes))
    person = next((p.id for p in read.mirror.staff() if p.name == name), None)
    read.journal.week.pass_on(ticket_id, Passing(name, NOTE, call.clock(), person, intent.id))
    return intent
