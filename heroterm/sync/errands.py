"""What the carrier does, piece by piece: each errand says whether its round is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from heroterm.errors import NotFound, Offline, RateLimited
from heroterm.sync import report
from heroterm.sync.connection import Connection
from heroterm.sync.duties import Duty
from heroterm.sync.periods import Periods
from heroterm.sync.pull import Pull
from heroterm.sync.push import Push
from heroterm.sync.report import Absent, Progress, Pulled, Report
from heroterm.sync.rhythm import Backoff, Rhythm
from heroterm.sync.run_rounds import RUNS, RunRounds
from heroterm.sync.seat_rounds import SeatRounds
from heroterm.sync.strategy import ADMIN
from heroterm.sync.view_rounds import ViewRounds
from heroterm.sync.wanted import Wanted

_THREADS_A_ROUND = 60
_RETIRE = 3_600.0
"""Seconds between two looks whether a week has gone by."""


class Errands:
    """Runs between a Pull, a Push and whoever is told. Raises ZendeskError and StoreError.

    `awaited` names tickets whose threads are wanted as soon as something changed on them.
    """

    def __init__(
        self,
        pull: Pull,
        push: Push,
        link: Connection,
        tell: Callable[[Report], None],
        note: Callable[..., None],
        periods: Periods,
        awaited: Callable[[], Set[int]] = frozenset,
    ) -> None:
        self._pull = pull
        self._push = push
        self._link = link
        self._tell = tell
        self._note = note
        self._periods = periods
        self._awaited = awaited
        self.runs = RunRounds(tell)
        self._open: int | None = None
        self._wanted = Wanted()
        self._pages: dict[str, Iterator[Pulled]] = {}
        self.views = ViewRounds(pull, tell, note)
        self.seat = SeatRounds(pull, tell)
        self._filled = 0
        self._expected = False
        self._retiring: Iterator[int] | None = None
        self._read_what_changed: Callable[[], None] = lambda: None

    def duties(self, ticks: Callable[[], float], chance: Callable[[], float]) -> tuple[Duty, ...]:
        """What there is to do, the most important first."""
        pull, each = self._pull, self._periods

        def duty(
            name: str, period: float, act: Callable[[], bool], may: Callable[[], bool]
        ) -> Duty:
            return Duty(name, Rhythm(ticks, period), act, Backoff(chance), may)

        threads = duty("threads", each.threads, self.threads, lambda: pull.begun)
        views = duty("views", each.working_set, self.views.piece, lambda: pull.begun)
        self._read_what_changed, self._bring_views = threads.rhythm.now, views.rhythm.now
        return (
            duty("sending", 0.0, self.push, lambda: self._push.left() == 0.0),
            duty("wanted tickets", 0.0, self.wanted, lambda: bool(self._wanted)),
            duty("playbooks", RUNS, self.runs.look, lambda: pull.begun),
            duty("the open ticket", each.open_ticket, self.opened, lambda: self._open is not None),
            duty("changes", each.delta, self.delta, lambda: pull.begun),
            duty("news of my tickets", each.hints, self.hints, lambda: pull.begun),
            *self.seat.duties(duty, each),
            duty("unsolved tickets", each.working_set, self.working_set, lambda: pull.begun),
            views,
            duty("deletions", each.deleted, self.deleted, lambda: pull.begun),
            duty("histories", 0.0, self.history, lambda: pull.histories.waiting),
            duty("the requester", 0.0, self.requester, lambda: pull.requesters.waiting),
            threads,
            duty("people", each.reference, self.directory, lambda: pull.begun),
            duty(
                "the first fill", 0.0, self.fill, lambda: "fill" in self._pages or not pull.filled
            ),
            duty("the export", each.exports, self.export, self._exports),
            duty("updates in bulk", each.exports, self.events, self._exports),
            duty("SLA targets", each.targets, self.targets, self._targets_may),
            duty("solved tickets", each.threads, self.older, lambda: pull.filled and pull.idle),
            duty("old words", _RETIRE, self.retire, lambda: pull.filled),
            duty("the journal", _RETIRE, self.tidy, lambda: True),
        )

    def _exports(self) -> bool:
        return self._pull.filled and self._pull.strategy == ADMIN

    def _targets_may(self) -> bool:
        return self._exports() and self._pull.targets.events_may

    def want(self, ticket_id: int, *, at_once: bool = False) -> None:
        """Bring a ticket and its thread soon; `at_once` before what else is wanted."""
        self._wanted.want(ticket_id, at_once=at_once)

    def look_at(self, ticket_id: int | None) -> None:
        """The hero looks at this ticket now: keep it fresh."""
        self._open = ticket_id
        if ticket_id is not None:
            self.want(ticket_id, at_once=True)

    def follow(self, view_ids: Sequence[int]) -> None:
        """The team's saved views are others now: bring each of them soon."""
        self.views.follow(view_ids)
        self._bring_views()

    def begin_anew(self) -> None:
        """Fill from the newest ticket again."""
        self._filled = 0
        self._pages["fill"] = self._pull.fill(anew=True)

    def break_off(self) -> None:
        """Something failed: what was begun is taken up from the mirror's cursors."""
        self._pages.clear()
        self._retiring = None
        self.views.break_off()

    def push(self) -> bool:
        """Carry one intent as far as it goes."""
        told = self._push.step()
        match told:
            case report.Offline():
                self._link.lost()
            case report.Waiting(ticket_id=None) if self._pull.pause > 0:
                self._link.asked_to_wait(told.what, told.seconds, told.short)
            case report.Trouble():
                self._link.refused(told)
            case _:
                self.carried(told)
        if self._push.was_forbidden():
            self.seat.soon()
        return True

    def carried(self, told: Report | None) -> None:
        """Tell what became of an intent; what was sent is brought back into the mirror."""
        if told is not None:
            self._tell(told)
        if isinstance(told, report.Sent):
            self.want(told.ticket_id)
            self.runs.stir()

    def wanted(self) -> bool:
        """Bring one thread that is wanted; out of reach, it stays wanted."""
        ticket_id = self._wanted.popleft()
        self.runs.stir()
        try:
            self._tell(self._pull.thread(ticket_id, opened=ticket_id == self._open))
        except NotFound:
            # Gone between the ticket and its comments; the next look at the ticket marks it.
            return True
        except (Offline, RateLimited):
            self._wanted.appendleft(ticket_id)
            raise
        return True

    @property
    def waiting(self) -> bool:
        """Whether a thread is wanted."""
        return bool(self._wanted)

    def opened(self) -> bool:
        """Bring the thread that the hero looks at."""
        if self._open is not None:
            self._tell(self._pull.thread(self._open, opened=True))
        return True

    def delta(self) -> bool:
        """Bring one page of what changed."""
        return self._next_page("delta", self._pull.delta)

    def fill(self) -> bool:
        """Bring one page of the first fill; after the first one, ask how many there will be."""
        if self._filled and not self._expected:
            self._expected = True
            self._pull.expect()
            return False
        return self._next_page("fill", self._pull.fill)

    def export(self) -> bool:
        """Bring one page of the export."""
        return self._next_page("export", self._pull.export)

    def events(self) -> bool:
        """Bring the comments of one page of updates."""
        return self._next_page("events", self._pull.events)

    def targets(self) -> bool:
        """Bring one page of the SLA targets that were applied."""
        return self._next_page("targets", self._pull.targets.applied)

    def directory(self) -> bool:
        """Bring a hundred people or organizations of the working set as they are now."""
        return self._next_page("directory", self._pull.directory)

    def hints(self) -> bool:
        """Ask what happened to my tickets, and bring those soon."""
        for ticket_id in self._pull.hints():
            self.want(ticket_id)
        return True

    def history(self) -> bool:
        """Bring a few pages of one history: who changed what."""
        if (told := self._pull.histories.piece()) is not None:
            self._tell(told)
        return True

    def requester(self) -> bool:
        """Bring how whoever asked the opened ticket is known."""
        self._pull.requesters.piece()
        return True

    def retire(self) -> bool:
        """Forget a batch of what was said in tickets solved long ago, once a week."""
        if self._retiring is None:
            self._retiring = self._pull.retire(self._periods.keep_days)
        if next(self._retiring, None) is not None:
            return False
        self._retiring = None
        return True

    def tidy(self) -> bool:
        """Let go what the journal has kept for long enough, once a week."""
        self._push.tidy(self._periods.keep_days)
        return True

    def deleted(self) -> bool:
        """Look which tickets were deleted."""
        self._tell(self._pull.deleted())
        return True

    def threads(self) -> bool:
        """Bring one thread of the working set that is behind, at most 60 a round."""
        return self._next_page("threads", lambda: self._pull.changed_threads(_THREADS_A_ROUND))

    def older(self) -> bool:
        """Bring one thread of a solved ticket that nobody waits for, so many a round."""
        each = self._periods
        return self._next_page(
            "older", lambda: self._pull.older_threads(each.older_threads, each.keep_days)
        )

    def _next_page(self, name: str, begin: Callable[[], Iterator[Pulled]]) -> bool:
        """Bring one more page; True when there was none left."""
        if name not in self._pages:
            self._pages[name] = begin()
        page = next(self._pages[name], None)
        if page is None:
            del self._pages[name]
            return True
        self.brought(page)
        return False

    def brought(self, page: Pulled) -> None:
        """Tell about a page, and about a fill how far it has come."""
        self.runs.stir()
        self._tell(page)
        if page.what == "delta":
            # What was said comes right behind the news that something was.
            self._read_what_changed()
            for ticket_id in self._awaited() & set(page.ticket_ids):
                self.want(ticket_id, at_once=True)
        if page.what == "fill":
            self._filled += len(page.ticket_ids)
            self._tell(Progress(self._filled, page.whole))

    def working_set(self) -> bool:
        """Ask for every unsolved ticket again."""
        told = self._pull.working_set()
        self._tell(told)
        if isinstance(told, Absent):
            self._note(trouble=told.say)
        return True
