"""Server → mirror, in the way that this sign-in's rights allow; `strategy` is the way's name.

Every page is committed with its cursor before it is reported, so a crash repeats a page and never
skips one. One method makes a bounded number of requests or yields after each page. When a right
goes in the middle, the list goes on from its own mark: nothing is lost by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from heroterm.domain.ticket import Page
from heroterm.errors import NotAllowed, NotFound
from heroterm.sync.access import Access
from heroterm.sync.exported import Exported
from heroterm.sync.histories import Histories
from heroterm.sync.in_turn import InTurn
from heroterm.sync.lists import Lists, pulled
from heroterm.sync.members import Members
from heroterm.sync.needs import Wire
from heroterm.sync.needs_copy import Copy
from heroterm.sync.reference import Reference
from heroterm.sync.report import Pulled
from heroterm.sync.requesters import Requesters
from heroterm.sync.strategy import ADMIN, AGENT, LIGHT, chosen
from heroterm.sync.targets import Targets
from heroterm.sync.threads import Threads
from heroterm.sync.working import WorkingSet

LEAD = 10
"""Pages of the list that come before an export, which begins with the oldest tickets."""
_PARTS = ("status<pending", "status:pending", "status:hold", "status>=solved")
"""Searches for the parts of a queue (domain.view.section), and for what is solved."""
_HINTS_BACK = timedelta(seconds=60)
_HINTS_OVERLAP = timedelta(seconds=2)


class Pull:
    """Brings what the server shows into the mirror. Raises ZendeskError and StoreError.

    `clock` is this machine's, aware, UTC. `view_ids` are the saved views that serve as queues,
    the desk's own first. `page_cap` bounds one run of a delta (faults.md 45).
    """

    def __init__(
        self,
        wire: Wire,
        copy: Copy,
        clock: Callable[[], datetime],
        *,
        view_ids: Sequence[int] = (),
        page_cap: int = 100,
    ) -> None:
        self.access = Access(wire, copy, clock)
        self.strategy = AGENT
        self._threads = Threads(self.access)
        self._in_turn = InTurn(self.access, self._threads)
        self._lists = Lists(self.access, page_cap)
        self._working = WorkingSet(self.access)
        self._exported = Exported(self.access)
        self._reference = Reference(self.access)
        self.histories = Histories(self.access)
        self.requesters = Requesters(self.access)
        self.targets = Targets(self.access)
        self._hinted: datetime | None = None
        self.working_set = self._working.refresh
        self.directory = self._working.directory
        self.deleted = self._working.deleted
        members = Members(self.access, view_ids)
        self.members, self.follow = members.round, members.follow

    @property
    def requests(self) -> int:
        """Requests made so far."""
        return self.access.wire.requests

    @property
    def pause(self) -> float:
        """Seconds for which nothing at all may be asked; 0 in ordinary times."""
        return self.access.wire.pause()

    @property
    def idle(self) -> bool:
        """Whether so little was asked of late that what nobody waits for may be asked, too."""
        return self.access.wire.idle()

    @property
    def mark(self) -> datetime | None:
        """The newest change that a whole pass has reached."""
        return self._lists.mark

    @property
    def filled(self) -> bool:
        """Whether the first fill has come to its end once."""
        return self._lists.filled

    @property
    def begun(self) -> bool:
        """Whether the first page of a fill is in, so that a delta has a mark to go down to."""
        return self._lists.begun

    # Tickets.

    def fill(self, *, anew: bool = False) -> Iterator[Pulled]:
        """Walk through every ticket, from where the last run ended; one report a page.

        `anew` begins at the newest ticket again. Usable after the first page.
        """
        if anew:
            self._lists.begin_anew()
            self._exported.begin_anew()
        if self.strategy == ADMIN and not self._exported.begun:
            yield from self._lists.fill(LEAD)
        if self.strategy == ADMIN:
            yield from self.export()
        if self.strategy != ADMIN and not self.filled:
            yield from self._lists.fill()

    def expect(self) -> None:
        """Ask once how many tickets of each part there are, so that a fill can say how far it is.

        A plan or a role that does not tell is no trouble: then only what came is counted.
        """
        counts: list[int] = []
        count = self.access.wire.library.count

        def ask() -> None:
            counts.extend(self.access.ask(count, query) for query in _PARTS)

        self.access.may("counts", ask)
        if len(counts) == len(_PARTS):
            self.access.copy.remember(fill_of=tuple(counts))

    def delta(self, *, full: bool = False) -> Iterator[Pulled]:
        """What changed since the last whole pass; a fill where there has been none, or if `full`.

        One report for each page, which is already committed.
        """
        if full or not self.begun:
            yield from self.fill(anew=full)
        else:
            yield from self._lists.delta()

    def export(self) -> Iterator[Pulled]:
        """Every ticket that changed since the last export; part of the fill until that is whole."""
        try:
            for page in self._exported.tickets():
                filling = not self.filled
                if page.whole and filling:
                    self._lists.conclude()
                yield replace(page, what="fill") if filling else page
        except NotAllowed as error:
            self._right_is_gone(error)

    def events(self) -> Iterator[Pulled]:
        """Comments of every update since the last time."""
        try:
            yield from self._exported.events()
        except NotAllowed as error:
            self._right_is_gone(error)

    def _right_is_gone(self, error: NotAllowed) -> None:
        if error.signed_out:
            raise error
        self._choose(AGENT)
        self.targets.lost()

    def hints(self) -> tuple[int, ...]:
        """Tickets of mine on which something happened since the last time: one small request."""
        now = self.access.server_now()
        since = self._hinted - _HINTS_OVERLAP if self._hinted else now - _HINTS_BACK
        try:
            found = tuple(self.access.ask(self.access.wire.activities, since))
        except NotFound:
            found = ()
        except NotAllowed as error:
            if error.signed_out:
                raise
            found = ()
        self._hinted = now
        return found

    # Threads.

    def thread(self, ticket_id: int, *, opened: bool = False) -> Pulled:
        """One ticket and all its comments, newest first, up to 5,000; its history is wanted next.

        `opened`: a hero looks at it, who will want to know whether it is the right person, too.
        """
        page = self._looked(ticket_id)
        if not page.tickets:
            return pulled("thread", page)
        told = self._threads.read(ticket_id)
        self.histories.want(ticket_id, at_once=opened)
        if opened:
            self.requesters.want(page.tickets[0].requester_id)
        return told

    def _looked(self, ticket_id: int) -> Page:
        """The ticket as it is now; one that is not shown any more is marked."""
        at = self.access.server_now()
        page = self.targets.completed(self.access.ask(self.access.wire.tickets, [ticket_id]))
        self.access.save(page)
        if not page.tickets and not page.refused:
            self.access.copy.mark_missing([ticket_id], at=at)
        return page

    def changed_threads(self, limit: int) -> Iterator[Pulled]:
        """Comments of up to `limit` unsolved tickets that are behind, nearest breach first.

        What is gone is left to the working set, which asks before it takes many out.
        """
        copy = self.access.copy
        known: dict[int, bool] = {}

        def behind(most: int) -> list[int]:
            found = copy.stale_threads(most)
            known.update((id_, copy.thread_known(id_)) for id_ in found)
            return found

        for told in self._in_turn.read(behind, limit, gone=lambda _: None):
            for ticket_id in told.ticket_ids:
                if known[ticket_id]:
                    self.histories.want(ticket_id)
            yield told

    def older_threads(self, limit: int, keep_days: int) -> Iterator[Pulled]:
        """Comments of up to `limit` solved tickets that are not held as they are now, those changed
        last first; none that is old enough to be forgotten.
        """
        since = self.access.server_now() - timedelta(days=keep_days)

        def behind(most: int) -> list[int]:
            return self.access.copy.older_threads(most, since=since)

        yield from self._in_turn.read(behind, limit, gone=self._looked, unasked=True)

    # Who, and with what.

    def probe(self) -> None:
        """Find out who is signed in and what they may do; the strategy follows from it."""
        me = self.access.ask(self.access.wire.me)
        self._choose(chosen(me, self.access))
        groups = tuple(self.access.ask(self.access.wire.my_groups, me.id))
        role = LIGHT if self.strategy == LIGHT else me.role
        self.histories.barred = False
        self.access.copy.remember(
            user_id=me.id,
            user_name=me.name,
            role=role,
            group_ids=groups,
            not_allowed=tuple(sorted(self.access.denied)),
        )

    def _choose(self, strategy: str) -> None:
        self.strategy = strategy
        self.access.copy.remember(strategy=strategy)

    def reference(self) -> None:
        """Groups, macros, views, labels, and what SLA is known from; what is allowed of it."""
        self._reference.bring()
        self.targets.bring(admin=self.strategy == ADMIN)

    def take_out(self) -> None:
        """A person said that absent tickets may leave the queue, however many they are."""
        self._working.take_out = True

    def retire(self, keep_days: int) -> Iterator[int]:
        """Once a week, forget what was said in tickets solved so many days ago, a batch a step."""
        now = self.access.server_now()
        return self.access.copy.retire_if_due(keep_days=keep_days, now=now)
