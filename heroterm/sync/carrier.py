"""The carrier: one loop that does the most urgent small piece of work, then looks for orders.

A piece is at most a handful of requests, so an order or a stop never waits longer than a request
takes. Whatever happens, the words are in the journal and the next start goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from heroterm.errors import (
    Misunderstood,
    NotAllowed,
    Offline,
    RateLimited,
    SignInPage,
    StoreError,
    Unclear,
    ZendeskError,
)
from heroterm.journal.database import Journal
from heroterm.journal.lock import SenderLock
from heroterm.sync import noted
from heroterm.sync.aside import Aside, Asides
from heroterm.sync.connection import Connection
from heroterm.sync.duties import Duty, first_due
from heroterm.sync.errands import Errands
from heroterm.sync.lookout import PERIOD
from heroterm.sync.needs_copy import Copy
from heroterm.sync.once import Once
from heroterm.sync.orders import Follow, Open, Order, ReadFiles, Stop, SyncNow, TakeOut
from heroterm.sync.overtaken import Overtaken
from heroterm.sync.patience import Patience
from heroterm.sync.periods import Periods
from heroterm.sync.pull import Pull
from heroterm.sync.push import Push
from heroterm.sync.report import Report, Trouble, Waiting
from heroterm.sync.rhythm import Rhythm
from heroterm.sync.rule_rounds import RuleRounds
from heroterm.sync.totals import Tally, Totals
from heroterm.sync.watch import Watch

_NAP = 1.0
_SHORT_NAP = 0.2
_AFTER_STORE_ERROR = 15.0
_PAGES = 2
"""Duties that got a page in place of an answer, with no answer between: it is not Zendesk's."""
_USUAL = Periods()


class Carrier:
    """Carries until it is told to stop.

    `orders` waits up to so many seconds for an order. `tell` gets every report. `clock` is this
    machine's, aware, UTC; `ticks` are monotonic seconds; `chance` numbers from 0 to below 1.
    `mirror_version` changes when another process wrote the mirror. `stopping` is asked between
    two pieces of work. `wait` lets seconds pass in a whole pass, which asks again what fails for
    a moment; without it, nothing is asked again there. `periods` says how often what is done.
    """

    def __init__(
        self,
        pull: Pull,
        push: Push,
        orders: Callable[[float], Order | None],
        tell: Callable[[Report], None],
        clock: Callable[[], datetime],
        *,
        ticks: Callable[[], float],
        chance: Callable[[], float],
        journal: Journal,
        copy: Copy,
        lock: SenderLock,
        mirror_version: Callable[[], int] = lambda: 0,
        stopping: Callable[[], bool] = lambda: False,
        wait: Callable[[float], None] | None = None,
        periods: Periods = _USUAL,
    ) -> None:
        self._pull = pull
        self._push = push
        self._orders = orders
        self._tell_out = tell
        self._ticks = ticks
        self._journal, self._copy, self._lock = journal, copy, lock
        self._stopping = stopping
        self._tally = Tally()
        self._patience = (
            None if wait is None else Patience(wait, self._tell, chance, lambda: pull.requests)
        )
        self._link = Connection(self._tell, self._note, clock, ticks, chance)
        self._watch = Watch(lock, ticks, (journal.version, mirror_version), self._tell)
        overtaken = Overtaken(journal.outbox, push.me, push.bring_history, self._tell)
        pull.access.brought = overtaken.look
        self._errands = Errands(
            pull, push, self._link, self._tell, self._note, periods, awaited=overtaken.waiting
        )
        self._duties = self._errands.duties(ticks, chance)
        self._recovered = self._ended = False
        self._pages: set[str] = set()  # names of duties that got one since the last answer
        self._quiet_until = 0.0
        self._look: Callable[[], Iterable[Report]] = tuple
        self._lookout = Rhythm(ticks, PERIOD)
        self._asides, self._rules = Asides(self._tell, wait), RuleRounds(self._tell)

    def keeping(self, keep_runs: Callable[[bool], Sequence[Report]]) -> Carrier:
        """The same, that also looks at the playbooks under way (`run_rounds.RunRounds`)."""
        self._errands.runs.keep = keep_runs
        return self

    def looking_out(self, look: Callable[[], Iterable[Report]]) -> Carrier:
        """The same, that also tells what the hero should hear of, online or not (`lookout`)."""
        self._look = look
        return self

    def ruled(self, read: Callable[[], bool]) -> Carrier:
        """The same, that reads the team's files again when it is told to (`rule_rounds`)."""
        self._rules.read = read
        return self

    def beside(self, aside: Aside) -> Carrier:
        """The same, that also looks after what runs beside it, online or not (`aside`)."""
        self._asides.add(aside)
        return self

    # The loop.

    def run(self) -> None:
        """Work until Stop, the end of the orders, or `stopping`; the lock is let go at the end."""
        try:
            while not self._ended and not self._stopping():
                did = self._watch.holding() and self._guarded()
                nap = _SHORT_NAP if self._asides.busy else _NAP
                order = self._orders(0.0 if did else nap)
                if order is not None:
                    self._obey(order)
        finally:
            self._asides.stop()
            self._lock.release()

    def _obey(self, order: Order) -> None:
        match order:
            case Stop():
                self._ended = True
            case Open():
                self._errands.look_at(order.ticket_id)
            case ReadFiles():
                self._rules.changed()
            case Follow():
                self._errands.follow(order.view_ids)
            case SyncNow() | TakeOut():
                self._link.try_again()
                self._push.resume()
                for duty in self._duties:
                    duty.rhythm.now()
                if isinstance(order, TakeOut):
                    self._pull.take_out()
                elif order.full:
                    self._errands.begin_anew()
            case _:
                self._link.try_now()
                self._duties[0].rhythm.now()

    def _guarded(self) -> bool:
        """Do one piece; every expected failure becomes a report. False: nothing to do now."""
        if self._ticks() < self._quiet_until:
            return False
        try:
            self._recover()
            self._rules.follow()
            if self._lookout.due:
                self._lookout.done()
                for told in self._look():
                    self._tell(told)
            self._asides.turn()
            if not self._link.open:
                self._push.ripen()
                return False
            duty = first_due(self._duties)
            return duty is not None and self._piece(duty)
        except StoreError as error:
            noted.failure("databases", error)
            self._errands.break_off()
            self._recovered = False
            self._quiet_until = self._ticks() + _AFTER_STORE_ERROR
            self._tell(Trouble(error.say, error.remedy))
            return False

    def _recover(self) -> None:
        """Before anything is sent: whatever was left as "sending" must be verified first."""
        if not self._recovered:
            self._journal.outbox.after_crash()
            self._recovered = True

    def _piece(self, duty: Duty) -> bool:
        asked = self._pull.requests
        try:
            duty.piece()
        except ZendeskError as error:
            self._errands.break_off()
            self._failed(duty, error)
            return False
        if self._pull.requests > asked and self._link.open:
            self._pages.clear()
            self._link.answered()
        return True

    def _failed(self, duty: Duty, error: ZendeskError) -> None:
        noted.failure(duty.name, error)
        if isinstance(error, SignInPage):
            self._pages.add(duty.name)
        match error:
            case SignInPage() if len(self._pages) >= _PAGES:
                self._link.lost(error)
            case Offline():
                self._link.lost(error)
            case RateLimited():
                self._limited(duty, error)
            case NotAllowed() if error.signed_out:
                self._link.refused(Trouble(error.say, error.remedy, paused=True))
            case _:
                self._troubled(duty, error)

    def _troubled(self, duty: Duty, error: ZendeskError) -> None:
        """Tried again, later each time; told once a time of trouble, and not for one bad answer."""
        wait = duty.failed()
        self._errands.seat.refused(duty, error)
        passing = isinstance(error, Unclear | Misunderstood)
        if duty.backoff.failures == 1 + passing:
            self._note(trouble=str(error))
            self._tell(Trouble(error.say, error.remedy))
        self._tell(Waiting(f"{error.say.rstrip('.')}; trying again for {duty.name}.", wait))

    def _limited(self, duty: Duty, error: RateLimited) -> None:
        """Wait with everything, or only with what shares the limit; what it is for is told."""
        seconds = self._pull.pause
        if seconds > 0:
            self._link.asked_to_wait(error.say, max(seconds, error.retry_after), error.short)
            return
        duty.rhythm.done(max(1.0, error.retry_after))
        self._tell(Waiting(error.say, error.retry_after, short=error.short))

    # One whole pass.

    def once(self, *, full: bool = False) -> Totals:
        """Push what is due, then pull everything once. Raises ZendeskError but Offline.

        While another process carries, nothing is done and `standby` says so.
        """
        began, asked = self._ticks(), self._pull.requests
        if not self._lock.acquire():
            return self._totals(began, asked, standby=self._lock.holder() or 0)
        try:
            self._journal.outbox.after_crash()
            self._pull.access.patience = self._patience
            Once(self._pull, self._push, self._errands).everything(full=full)
        except Offline as error:
            self._link.lost(error)
            return self._totals(began, asked, offline=True)
        except ZendeskError as error:
            noted.failure("whole pass", error)
            self._note(trouble=str(error))
            raise
        finally:
            self._pull.access.patience = None
            self._asides.finish()
            self._lock.release()
        return self._totals(began, asked)

    def _totals(
        self, began: float, asked: int, *, offline: bool = False, standby: int | None = None
    ) -> Totals:
        tally = self._tally
        return Totals(
            len(tally.tickets),
            tally.comments,
            tally.users,
            tally.organizations,
            tally.sent,
            self._pull.requests - asked,
            self._pull.strategy,
            self._ticks() - began,
            self._pull.mark,
            offline,
            standby,
        )

    # What is told and kept.

    def _tell(self, told: Report) -> None:
        noted.report(told)
        self._tally.add(told)
        self._tell_out(told)

    def _note(self, **values: object) -> None:
        try:
            self._copy.remember(**values)
        except StoreError as error:
            self._tell(Trouble(error.say, error.remedy))
