"""What an admin may read in bulk: every ticket by its last change, the comments of every update.

Both lag by 60 s and count against ten requests a minute (api.md §6), so the list and the working
set keep the desk fresh; these complete it: archived tickets, deletions, what moved no
`updated_at`, and the comments of tickets that nobody opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta

from heroterm.errors import Misunderstood, Rejected, Unclear
from heroterm.sync.access import Access
from heroterm.sync.lists import pulled
from heroterm.sync.needs_bulk import EventPage, ExportPage
from heroterm.sync.report import Pulled

EXPORT, EVENTS = "export", "events"
"""Names of the two cursors in the mirror."""
LAG = timedelta(seconds=61)
_BACK = 300
"""Seconds before the last good moment to begin again when a cursor has expired (faults 47)."""
_LEAST, _TICKETS, _EVENTS = 100, 1_000, 500
_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """How far the export has come. `good` is the newest moment seen, epoch seconds."""

    after: str | None = None
    good: int = 1
    ended: bool = False


class Exported:
    """Walks both streams. Raises NotAllowed when the right to them is gone."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._tickets_size, self._events_size = _TICKETS, _EVENTS

    @property
    def begun(self) -> bool:
        """Whether a page of the export is in."""
        return self._access.copy.cursor(EXPORT) is not None

    def begin_anew(self) -> None:
        """Forget how far both have come."""
        self._access.keep(EXPORT, None)
        self._access.keep(EVENTS, None)

    def tickets(self) -> Iterator[Pulled]:
        """Every ticket from where the last run ended, one report a page; the last is `whole`."""
        place = _place(self._access.copy.cursor(EXPORT))
        for _ in range(_PAGES):
            at = self._access.server_now()
            got, place = self._page(place)
            if not got.ended and got.after in (None, place.after):
                raise Misunderstood("Zendesk gave the same page of the export again and again.")
            stamps = (ticket.generated_timestamp or 0 for ticket in got.page.tickets)
            place = Place(got.after or place.after, max(place.good, *stamps, 1), got.ended)
            self._access.copy.mark_missing(got.deleted, at=at)
            self._access.save(got.page, (EXPORT, json.dumps(asdict(place))))
            yield pulled("export", got.page, whole=got.ended)
            if got.ended:
                return

    def _page(self, place: Place) -> tuple[ExportPage, Place]:
        try:
            return self._access.ask(self._smaller, place), place
        except Rejected:
            if place.after is None:
                raise
        place = Place(None, max(1, place.good - _BACK))
        return self._access.ask(self._smaller, place), place

    def _smaller(self, place: Place) -> ExportPage:
        """The page; one that cannot be told in time is asked for smaller next time (faults 14)."""
        try:
            return self._access.wire.tickets_export(place.after, place.good, self._tickets_size)
        except Unclear:
            self._tickets_size = max(_LEAST, self._tickets_size // 2)
            raise

    def events(self) -> Iterator[Pulled]:
        """Comments of every update from where the last run ended, one report a page."""
        copy = self._access.copy
        start = int(copy.cursor(EVENTS) or 1)
        for _ in range(_PAGES):
            if start > (self._access.server_now() - LAG).timestamp():
                break
            got = self._access.ask(self._events_page, start)
            start = got.next_start
            ids = tuple(copy.add_comments(got.comments, until=start, more=not got.ended))
            self._access.keep(EVENTS, str(start))
            yield Pulled(EVENTS, ids, comments=len(got.comments), whole=got.ended)
            if got.ended:
                break
        copy.index()  # also what a run that broke off had left to its end

    def _events_page(self, start: int) -> EventPage:
        try:
            return self._access.wire.ticket_events(start, self._events_size)
        except Unclear:
            self._events_size = max(_LEAST, self._events_size // 2)
            raise


def _place(text: str | None) -> Place:
    try:
        told = json.loads(text) if text else {}
        return Place(told.get("after"), int(told.get("good") or 1), bool(told.get("ended")))
    except (ValueError, TypeError, AttributeError):
        return Place()
