"""Notes of colleagues that name the hero and wait for an answer: one list for brief and screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from heroterm.domain.mentions import Mention, mentions, pattern
from heroterm.domain.ticket import Person
from heroterm.mirror.lookups import notes_saying
from heroterm.mirror.reader import Mirror


@dataclass(frozen=True, slots=True)
class Named:
    """A mention and who wrote it."""

    mention: Mention
    author: str


def mentioned(mirror: Mirror, me: Person, after: int = 0) -> Iterator[Named]:
    """Mentions on unsolved tickets that the hero has not met with words since, oldest first; of
    tickets on which a note above the number `after` names them. Raises StoreError.
    """
    named = pattern(me)
    if named is None:
        return
    staff = {person.id: person.name for person in mirror.staff()}
    notes = notes_saying(mirror, "@", after=after)
    tickets = dict.fromkeys(note.ticket_id for note in notes if named.search(note.body))
    for ticket_id in tickets:
        comments = mirror.thread(ticket_id).comments
        for found in mentions(comments, me.id, named, frozenset(staff)):
            yield Named(found, staff.get(found.author_id or 0, "a colleague"))
