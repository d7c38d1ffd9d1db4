"""The working set: every unsolved ticket again and again, its people, and what was deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heroterm.domain.ticket import Page
from heroterm.sync.access import Access
from heroterm.sync.lists import pulled
from heroterm.sync.needs_library import DeletedPage
from heroterm.sync.report import Absent, Pulled, Trouble

AT_ONCE = 100
"""Ids that one request may name (api.md §2)."""
_EACH_ROUND, _IN_TURN = 1_000, 500
_ALL = 100_000
_DELETED_PAGES = 3
_FEW = 20
_SHARE = 0.05


class WorkingSet:
    """Keeps unsolved tickets true."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.take_out = False
        """A person said that what is absent may leave the queue, however much it is."""
        self._turn = 0
        self._deleted_page = 1
        self._people: set[int] = set()
        self._organizations: set[int] = set()

    def refresh(self) -> Pulled | Absent:
        """Unsolved tickets again, for their clocks; what the server does not show is marked.

        Many missing at once look like a lost permission and not like deletions: then nothing
        is marked, and a person is asked; `take_out` is the answer.
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
        if not self.take_out and many(len(missing), len(wanted)):
            return Absent(len(missing), len(wanted))
        self.take_out = False
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

    def deleted(self) -> Pulled | Trouble:
        """The newest deletions, and two pages of older ones in turn: who deleted what.

        It finds solved ones, too, and as many at once as there are; many are also said.
        """
        at = self._access.server_now()
        pages: list[DeletedPage] = []
        self._access.may("deleted tickets", lambda: pages.extend(self._deletions()))
        copy = self._access.copy
        copy.save_deleted([each for page in pages for each in page.deleted])
        gone = copy.mark_missing([id_ for page in pages for id_ in page.ids], at=at)
        if gone <= _FEW or not many(gone, gone + len(copy.working_set(_ALL))):
            return Pulled("deleted")
        return Trouble(
            f"{gone} tickets were deleted in Zendesk; they left the queue.",
            "Their words are kept here: `heroterm show ID` says who deleted each of them.",
        )

    def _deletions(self) -> Iterator[DeletedPage]:
        """Page 1 holds the newest; the others are walked through in turn."""
        page_of = self._access.wire.library.deleted_page
        newest = self._access.ask(page_of, 1)
        yield newest
        if not newest.has_more:
            return
        for _ in range(_DELETED_PAGES - 1):
            self._deleted_page += 1
            page = self._access.ask(page_of, self._deleted_page)
            yield page
            if not page.has_more:
                self._deleted_page = 1
                return


def many(missing: int, of: int) -> bool:
    """Whether so many missing at once have to be spoken about (features I8)."""
    return missing > max(_FEW, _SHARE * of)


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
