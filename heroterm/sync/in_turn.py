"""Threads one after the other; one that cannot be read keeps no other from its turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from heroterm.errors import Misunderstood, NotAllowed, NotFound, Unclear
from heroterm.sync.access import Access
from heroterm.sync.report import Pulled
from heroterm.sync.threads import Threads

PUT_OFF = timedelta(minutes=10)
"""How long a ticket is left alone whose thread could not be read."""
_IN_A_ROW = 3
"""So many failures one after the other are no matter of single tickets."""


class InTurn:
    """Reads many threads. Raises ZendeskError and StoreError."""

    def __init__(self, access: Access, threads: Threads) -> None:
        self._access = access
        self._threads = threads
        self._until: dict[int, datetime] = {}

    def read(
        self,
        behind: Callable[[int], Sequence[int]],
        limit: int,
        gone: Callable[[int], object],
        *,
        unasked: bool = False,
    ) -> Iterator[Pulled]:
        """Up to `limit` of the tickets that `behind` names, so many at most, in its order.

        `gone` is told of one that has no comments any more. What is wrong with single threads (too
        large, barred, no answer of Zendesk's) is raised at the end, once the others have been read.
        """
        failed: Misunderstood | None = None
        in_a_row = 0
        for ticket_id in self._due(behind, limit):
            try:
                told = self._threads.read(ticket_id, unasked=unasked)
            except NotFound:
                gone(ticket_id)
                continue
            except (NotAllowed, Misunderstood, Unclear) as error:
                in_a_row += 1
                if in_a_row == _IN_A_ROW or (isinstance(error, NotAllowed) and error.signed_out):
                    raise
                self._until[ticket_id] = self._access.server_now() + PUT_OFF
                say = f"The thread of #{ticket_id} was not read, the others were: {error.say}"
                failed = failed or Misunderstood(say, error.remedy)
                continue
            in_a_row = 0
            yield told
        if failed is not None:
            raise failed

    def _due(self, behind: Callable[[int], Sequence[int]], limit: int) -> list[int]:
        now = self._access.server_now()
        self._until = {id_: until for id_, until in self._until.items() if until > now}
        found = behind(limit + len(self._until))
        return [id_ for id_ in found if id_ not in self._until][:limit]
