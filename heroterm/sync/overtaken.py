"""Stops a waiting reply as soon as a message that it does not answer comes into the mirror.

The push asks again right before it sends (sync.collision); but a reply may be held for a long
time, and its author should not wait until then to hear that the customer wrote once more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from heroterm.domain.meanwhile import overtaken, wrote
from heroterm.domain.outbox import HELD, QUEUED, Intent, PublicReply
from heroterm.domain.ticket import Comment, Person
from heroterm.journal.claims import Claims
from heroterm.sync.report import Moved, Report


class Overtaken:
    """Looks at every thread that was brought. Only the holder of the sender lock may use it.

    `me` says who is signed in; `history` keeps the ticket's newest audits, so that the desk can
    say which fields were changed and by whom.
    """

    def __init__(
        self,
        outbox: Claims,
        me: Callable[[], int],
        history: Callable[[int], object],
        tell: Callable[[Report], None],
    ) -> None:
        self._outbox = outbox
        self._me = me
        self._history = history
        self._tell = tell

    def waiting(self) -> frozenset[int]:
        """Tickets on which a reply waits: what changes on them is wanted at once."""
        return frozenset(i.ticket_id for i in self._outbox.unfinished() if _waits(i))

    def look(self, ticket_id: int, comments: Iterable[Comment], people: Iterable[Person]) -> None:
        """Stop what these comments of a ticket overtook, and tell. Raises ZendeskError."""
        waiting = [i for i in self._outbox.of_ticket(ticket_id) if _waits(i)]
        if not waiting:
            return
        thread = sorted(comments, key=lambda comment: (comment.created_at, comment.id))
        names = {person.id: person.name for person in people}
        stopped = [self._stop(i, thread, names, self._own(ticket_id)) for i in waiting]
        if any(stopped):
            self._history(ticket_id)

    def _own(self, ticket_id: int) -> Collection[int]:
        every = self._outbox.of_ticket(ticket_id, all=True)
        return {i.comment_id for i in every if i.comment_id is not None}

    def _stop(
        self, intent: Intent, thread: Sequence[Comment], names: dict[int, str], own: Collection[int]
    ) -> bool:
        # Who is signed in costs a request, so it is asked only where there is news.
        if overtaken(intent, thread, own, None) is None:
            return False
        found = overtaken(intent, thread, own, self._me())
        if found is None:
            return False
        why = wrote(names.get(found.author_id or 0, ""), found.created_at)
        moved = self._outbox.stop(intent.id, why)
        if moved is not None:
            self._tell(Moved(moved.id, moved.ticket_id, moved.state, why))
        return moved is not None


def _waits(intent: Intent) -> bool:
    reply = isinstance(intent.comment, PublicReply) and intent.deed is None
    return reply and intent.state in (HELD, QUEUED)
