"""The list of tickets, newest change first: the first fill and the delta of every role.

Every page is committed with its cursor before it is reported, so a crash repeats a page and never
skips one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from heroterm.domain.ticket import Page
from heroterm.errors import Misunderstood, Rejected
from heroterm.sync import walk
from heroterm.sync.access import Access
from heroterm.sync.report import Pulled
from heroterm.sync.walk import Walk

FILL, DELTA = "fill", "delta"
"""Names of the two cursors in the mirror."""


class Lists:
    """Walks the list. `page_cap` bounds one run of a delta (faults.md 45)."""

    def __init__(self, access: Access, page_cap: int) -> None:
        self._access = access
        self._page_cap = page_cap
        self._refused: dict[str, int] = {}

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

    def begin_anew(self) -> None:
        """Forget how far the fill has come."""
        self._access.keep(FILL, None)

    def fill(self, pages: int | None = None) -> Iterator[Pulled]:
        """Walk through every ticket, or so many pages, from where the last run ended."""
        cap = self._page_cap * 1_000 if pages is None else pages
        yield from self._pass(FILL, None, cap)

    def conclude(self) -> None:
        """Every ticket has come by another way: the fill is whole."""
        fill = self._kept(FILL)
        state = Walk(high=max(mark for mark in (fill.top, fill.high, 0.0) if mark is not None))
        self._access.keep(FILL, walk.keep(state))
        self._whole(FILL, state)

    def delta(self) -> Iterator[Pulled]:
        """What changed since the last whole pass, one report for each page."""
        kept, fill = self._kept(DELTA), self._kept(FILL)
        floor = next(mark for mark in (kept.high, fill.high, fill.top) if mark is not None)
        yield from self._pass(DELTA, floor, self._page_cap)

    def _kept(self, name: str) -> Walk:
        return walk.kept(self._access.copy.cursor(name))

    def _pass(self, name: str, floor: float | None, cap: int) -> Iterator[Pulled]:
        state = self._kept(name)
        seen: set[str] = set()
        for _ in range(cap):
            page, state = self._page(state)
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

    def _page(self, state: Walk) -> tuple[Page, Walk]:
        """The next page of a pass; from the newest again when its cursor has expired."""
        ask, wire = self._access.ask, self._access.wire
        try:
            return ask(wire.tickets_page, state.after), state
        except Rejected:
            if not state.under_way:
                raise
        return ask(wire.tickets_page, None), state.anew()

    def _save(self, name: str, page: Page, state: Walk) -> None:
        self._access.save(page, (name, walk.keep(state)))
        self._refused[name] = self._refused.get(name, 0) + len(page.refused)

    def _whole(self, name: str, state: Walk) -> None:
        """A pass came through: say so, with the mark that it reached."""
        told: dict[str, object] = {"trouble": "", "offline_since": None}
        if name == FILL:
            told["first_fill_done"] = True
        now = self._access.server_now()
        self._access.copy.remember(
            synced_at=now,
            high_water=state.mark or now,
            refused=self._refused.pop(name, 0),
            clock_offset=self._access.wire.clock_offset or 0.0,
            **told,
        )


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
