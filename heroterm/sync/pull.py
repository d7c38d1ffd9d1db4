"""Server → mirror: the delta, the first fill, the working set, threads, reference data.

Every page is committed with its cursor before it is reported, so a crash repeats a page and never
skips one. One method makes a bounded number of requests or yields after each page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from heroterm.domain.ticket import Page
from heroterm.errors import Misunderstood, NotAllowed, NotFound, Rejected
from heroterm.sync import walk
from heroterm.sync.needs import Copy, Wire
from heroterm.sync.report import Pulled, Trouble
from heroterm.sync.threads import Threads
from heroterm.sync.walk import Walk

FILL, DELTA = "fill", "delta"
"""Names of the two cursors in the mirror."""
_AT_ONCE = 100
_WORKING_SET = 1_000
_VIEW_PAGES = 30
_FEW = 20
_SHARE = 0.05


class Pull:
    """Brings what the server shows into the mirror. Raises ZendeskError and StoreError.

    `clock` is this machine's, aware, UTC. `view_id` names the account's view whose members are
    the queue, if there is one. `page_cap` bounds one run of a delta (faults.md 45).
    """

    def __init__(
        self,
        wire: Wire,
        copy: Copy,
        clock: Callable[[], datetime],
        *,
        view_id: int | None = None,
        page_cap: int = 100,
    ) -> None:
        self._wire = wire
        self._copy = copy
        self._clock = clock
        self._view_id = view_id
        self._page_cap = page_cap
        self._threads = Threads(wire, copy, self.server_now)

    def server_now(self) -> datetime:
        """The present moment by the server's clock, as far as it is known."""
        return self._clock() + timedelta(seconds=self._wire.clock_offset or 0.0)

    @property
    def requests(self) -> int:
        """Requests made so far."""
        return self._wire.requests

    @property
    def mark(self) -> datetime | None:
        """The newest change that a whole pass has reached."""
        return self._kept(DELTA).mark or self._kept(FILL).mark

    @property
    def filled(self) -> bool:
        """Whether the first fill has come to its end once."""
        return self._kept(FILL).high is not None

    @property
    def begun(self) -> bool:
        """Whether the first page of a fill is in, so that a delta has a mark to go down to."""
        fill = self._kept(FILL)
        return fill.top is not None or fill.high is not None

    def fill(self, *, anew: bool = False) -> Iterator[Pulled]:
        """Walk through every ticket, from where the last run ended; one report a page.

        `anew` begins at the newest ticket again. Usable after the first page.
        """
        if anew:
            self._copy.save_page(Page(()), at=self.server_now(), cursor=(FILL, None))
        yield from self._pass(FILL, None, self._page_cap * 1_000)

    def delta(self, *, full: bool = False) -> Iterator[Pulled]:
        """What changed since the last whole pass; a fill where there has been none, or if `full`.

        One report for each page, which is already committed.
        """
        if full or not self.begun:
            yield from self.fill(anew=full)
            return
        kept, fill = self._kept(DELTA), self._kept(FILL)
        floor = next(mark for mark in (kept.high, fill.high, fill.top) if mark is not None)
        yield from self._pass(DELTA, floor, self._page_cap)

    def _kept(self, name: str) -> Walk:
        return walk.kept(self._copy.cursor(name))

    def _pass(self, name: str, floor: float | None, cap: int) -> Iterator[Pulled]:
        state = self._kept(name)
        seen: set[str] = set()
        for _ in range(cap):
            page, state = self._page(name, state)
            state = state.onward(page, floor)
            if state.after is not None and state.after in seen:
                self._save(name, page, state.anew())
                raise Misunderstood(
                    "Zendesk gave the same page of tickets again and again; the pass was ended.",
                    "What came so far is kept; the next pass begins anew.",
                )
            seen.add(state.after or "")
            self._save(name, page, state)
            if not state.under_way:
                self._whole(name, state)
            yield pulled(name, page, whole=not state.under_way)
            if not state.under_way:
                return

    def _page(self, name: str, state: Walk) -> tuple[Page, Walk]:
        """The next page of a pass; from the newest again when its cursor has expired."""
        try:
            return self._wire.tickets_page(state.after), state
        except Rejected:
            if not state.under_way:
                raise
        state = state.anew()
        return self._wire.tickets_page(None), state

    def _save(self, name: str, page: Page, state: Walk) -> None:
        self._copy.save_page(page, at=self.server_now(), cursor=(name, walk.keep(state)))

    def _whole(self, name: str, state: Walk) -> None:
        """A pass came through: say so, with the mark that it reached."""
        told: dict[str, object] = {"strategy": "agent", "trouble": "", "offline_since": None}
        if name == FILL:
            told["first_fill_done"] = True
        self._copy.remember(
            synced_at=self.server_now(),
            high_water=state.mark or self.server_now(),
            clock_offset=self._wire.clock_offset or 0.0,
            **told,
        )

    def working_set(self) -> Pulled | Trouble:
        """Unsolved tickets again, for their clocks; what the server does not show is marked.

        Many missing at once look like a lost permission and not like deletions: then nothing
        is marked, and the Trouble asks.
        """
        wanted = self._copy.working_set(_WORKING_SET)
        pages: list[Page] = []
        missing: list[int] = []
        at = self.server_now()
        for start in range(0, len(wanted), _AT_ONCE):
            ids = wanted[start : start + _AT_ONCE]
            page = self._wire.tickets(ids)
            self._copy.save_page(page, at=self.server_now())
            pages.append(page)
            if not page.refused:
                missing += sorted(set(ids) - {ticket.id for ticket in page.tickets})
        if len(missing) > max(_FEW, _SHARE * len(wanted)):
            return Trouble(
                f"Zendesk does not show {len(missing)} of {len(wanted)} unsolved tickets any more;"
                " none was taken out of the queue.",
                "Check in Zendesk whether your role or group changed, then sync again.",
            )
        self._copy.mark_missing(missing, at=at)
        return _joined("working set", pages)

    def members(self) -> Pulled | None:
        """Which tickets the configured view holds; None without one."""
        if self._view_id is None:
            return None
        pages: list[Page] = []
        cursor: str | None = None
        for _ in range(_VIEW_PAGES):
            page = self._wire.view_page(self._view_id, cursor)
            self._copy.save_page(page, at=self.server_now())
            pages.append(page)
            if not page.has_more or page.next_cursor in (None, cursor):
                break
            cursor = page.next_cursor
        # Dictionary keys: the view's cursor is an offset, so rows may come twice (api.md §5).
        ids = dict.fromkeys(ticket.id for page in pages for ticket in page.tickets)
        self._copy.save_view_members(self._view_id, ids)
        return _joined("view", pages)

    def thread(self, ticket_id: int) -> Pulled:
        """One ticket and all its comments, newest first, up to 5,000."""
        at = self.server_now()
        page = self._wire.tickets([ticket_id])
        self._copy.save_page(page, at=self.server_now())
        if not page.tickets:
            if not page.refused:
                self._copy.mark_missing([ticket_id], at=at)
            return pulled("thread", page)
        return self._threads.read(ticket_id)

    def changed_threads(self, limit: int) -> Iterator[Pulled]:
        """Comments of up to `limit` unsolved tickets that are behind, nearest breach first."""
        for ticket_id in self._copy.stale_threads(limit):
            try:
                yield self._threads.read(ticket_id)
            except NotFound:
                self._copy.mark_missing([ticket_id], at=self.server_now())

    def reference(self) -> None:
        """Who is signed in, groups, macros and views; what the role may not read is left out."""
        me = self._wire.me()
        groups = tuple(self._wire.my_groups(me.id))
        self._copy.remember(
            user_id=me.id, user_name=me.name, role=me.role, group_ids=groups, strategy="agent"
        )
        for bring in (self._bring_groups, self._bring_macros, self._bring_views):
            try:
                bring()
            except NotAllowed as error:
                if error.signed_out:
                    raise

    def _bring_groups(self) -> None:
        self._copy.save_groups(self._wire.groups())

    def _bring_macros(self) -> None:
        self._copy.save_macros(self._wire.macros())

    def _bring_views(self) -> None:
        self._copy.save_views(self._wire.views())


def pulled(what: str, page: Page, *, whole: bool = True) -> Pulled:
    """What one page brought."""
    return Pulled(
        what,
        tuple(ticket.id for ticket in page.tickets),
        users=len(page.people),
        organizations=len(page.organizations),
        refused=len(page.refused),
        whole=whole,
    )


def _joined(what: str, pages: Sequence[Page]) -> Pulled:
    each = [pulled(what, page) for page in pages]
    return Pulled(
        what,
        tuple(dict.fromkeys(id_ for one in each for id_ in one.ticket_ids)),
        users=sum(one.users for one in each),
        organizations=sum(one.organizations for one in each),
        refused=sum(one.refused for one in each),
    )
