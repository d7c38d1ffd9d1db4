"""How whoever asked the opened ticket is known, and the organizations that they belong to: by these
the right person is told from the wrong one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from heroterm.sync.access import Access

IDENTITIES, MEMBERSHIPS = "identities", "memberships of organizations"
"""What a role may be denied."""
_AGAIN = timedelta(hours=1)


class Requesters:
    """Asks for one person at a time, and for the same one once an hour."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._wanted: int | None = None
        self._asked: dict[int, datetime] = {}

    @property
    def waiting(self) -> bool:
        """Whether somebody is to be looked up."""
        return self._wanted is not None

    def want(self, person_id: int | None) -> None:
        """Somebody opened a ticket of this person."""
        last = self._asked.get(person_id or 0)
        fresh = last is not None and self._access.server_now() - last < _AGAIN
        if person_id is not None and person_id > 0 and not fresh:
            self._wanted = person_id

    def piece(self) -> None:
        """Bring both. Raises ZendeskError and StoreError."""
        person_id = self._wanted
        if person_id is None:
            return
        library, copy, ask = self._access.wire.library, self._access.copy, self._access.ask
        self._access.may(
            IDENTITIES,
            lambda: copy.save_identities(person_id, ask(library.identities, person_id)),
        )
        self._access.may(
            MEMBERSHIPS,
            lambda: copy.save_memberships(person_id, ask(library.memberships, person_id)),
        )
        self._asked[person_id] = self._access.server_now()
        self._wanted = None
