"""The working set: every unsolved ticket again and again, its people, and what was deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heroterm.domain.ticket import Page
from heroterm.errors import NotAllowed, NotFound
from heroterm.sync.access import Access
from heroterm.sync.lists import pulled
from heroterm.sync.report import Pulled, Trouble

AT_ONCE = 100
"""Ids that one request may name (api.md §2)."""
_EACH_ROUND, _IN_TURN = 1_000, 500
_ALL = 100_000
_VIEW_PAGES = 30
_DELETED_PAGES = 3
_FEW = 20
_SHARE = 0.05


class WorkingSet:
    """Keeps unsolved tickets true. `view_id` names the view whose members are the queue."""

    def __init__(self, access: Access, view_id: int | None) -> None:
        self._access = access
        self._view_id = view_id
        self._turn = 0
        self._deleted_page = 1
        self._people: set[int] = set()
        self._organizations: set[int] = set()

    def refresh(self) -> Pulled | Trouble:
        """Unsolved tickets again, for their clocks; what the server does not show is marked.

        Many missing at once look like a lost permission and not like deletions: then nothing
        is marked, and the Trouble asks.
        """
        wanted = self._wanted()
        pages: list[Page] = []
        missing: list[int] = []
        at = self._access.server_now()
        for ids in hundreds(wanted):
            page = self._access.ask(self._access.wire.tickets, ids)
            self._access.save(page)
            pages.append(page)
            self._note(page)
            if not page.refused:
                missing += sorted(set(ids) - {ticket.id for ticket in page.tickets})
        if len(missing) > max(_FEW, _SHARE * len(wanted)):
            return Trouble(
                f"Zendesk does not show {len(missing)} of {len(wanted)} unsolved tickets any more;"
                " none was taken out of the queue.",
                "Check in Zendesk whether your role or group changed, then sync again.",
            )
        self._access.copy.mark_missing(missing, at=at)
        return _joined("working set", pages)

    def _wanted(self) -> list[int]:
        """Those nearest to breach each time, the others in turn."""
        every = self._access.copy.working_set(_ALL)
        near, rest = every[:_EACH_ROUND], every[_EACH_ROUND:]
        start = self._turn if self._turn < len(rest) else 0
        self._turn = start + _IN_TURN
        return near + rest[start : start + _IN_TURN]

    def _note(self, page: Page) -> None:
        for ticket in page.tickets:
            asking = (ticket.requester_id, ticket.assignee_id, ticket.submitter_id)
            self._people.update(id_ for id_ in asking if id_ is not None and id_ > 0)
            if ticket.organization_id is not None:
                self._organizations.add(ticket.organization_id)

    def directory(self) -> Iterator[Pulled]:
        """People and organizations of the tickets seen since the last time, as they are now.

        A ticket's side-loads come with the ticket alone, and one renamed moves no ticket.
        """
        people, self._people = sorted(self._people), set()
        organizations, self._organizations = sorted(self._organizations), set()
        wire = self._access.wire
        for ids in hundreds(people):
            found = self._access.ask(wire.people, ids)
            self._access.save(Page((), people=tuple(found)))
            yield Pulled("directory", users=len(found), whole=False)
        for ids in hundreds(organizations):
            these = self._access.ask(wire.organizations, ids)
            self._access.save(Page((), organizations=tuple(these)))
            yield Pulled("directory", organizations=len(these), whole=False)

    def deleted(self) -> Pulled:
        """The next pages of the list of deleted tickets, from the first again after the last.

        It finds solved ones, too, and as many at once as there are.
        """
        at = self._access.server_now()
        found: list[int] = []
        for _ in range(_DELETED_PAGES):
            try:
                ids, more = self._access.ask(self._access.wire.deleted_tickets, self._deleted_page)
            except (NotAllowed, NotFound) as error:
                if isinstance(error, NotAllowed) and error.signed_out:
                    raise
                break
            found += ids
            self._deleted_page = self._deleted_page + 1 if more else 1
            if not more:
                break
        self._access.copy.mark_missing(found, at=at)
        return Pulled("deleted")

    def members(self) -> Pulled | None:
        """Which tickets the configured view holds; None without one."""
        if self._view_id is None:
            return None
        pages: list[Page] = []
        cursor: str | None = None
        for _ in range(_VIEW_PAGES):
            page = self._access.ask(self._access.wire.view_page, self._view_id, cursor)
            self._access.save(page)
            pages.append(page)
            if not page.has_more or page.next_cursor in (None, cursor):
                break
            cursor = page.next_cursor
        # Dictionary keys: the view's cursor is an offset, so rows may come twice (api.md §5).
        ids = dict.fromkeys(ticket.id for page in pages for ticket in page.tickets)
        self._access.copy.save_view_members(self._view_id, ids)
        return _joined("view", pages)


def hundreds(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many at a time as one request may name."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _joined(what: str, pages: Sequence[Page]) -> Pulled:
    each = [pulled(what, page) for page in pages]
    return Pulled(
        what,
        tuple(dict.fromkeys(id_ for one in each for id_ in one.ticket_ids)),
        users=sum(one.users for one in each),
        organizations=sum(one.organizations for one in each),
        refused=sum(one.refused for one in each),
    )
