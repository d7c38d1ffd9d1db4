"""Joins wire, mirror, journal and rules into a carrier, for every verb that asks Zendesk."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from heroterm.cli.asides import hooks, rota
from heroterm.cli.invocation import Invocation
from heroterm.cli.queues import choices_of
from heroterm.cli.ruled import Ruled
from heroterm.cli.rules import facts_of, facts_of_none
from heroterm.cli.sign_in import zendesk
from heroterm.cli.sweeping import seldom_swept
from heroterm.config import Config
from heroterm.domain.findings import as_reason
from heroterm.domain.outbox import Intent
from heroterm.domain.rules import check, objections
from heroterm.domain.ticket import Audit, Comment, Ticket
from heroterm.domain.view import View, views_to_bring
from heroterm.errors import RefusedByRule, StoreError
from heroterm.journal.database import Journal, open_journal
from heroterm.journal.lock import SenderLock
from heroterm.log import Logged
from heroterm.mirror.reader import Mirror
from heroterm.mirror.writer import MirrorWriter
from heroterm.rulebook import Rulebook
from heroterm.sync.allowance import AllowanceLook
from heroterm.sync.carrier import Carrier
from heroterm.sync.cases import CaseReader
from heroterm.sync.checking import Check
from heroterm.sync.happened import Happened
from heroterm.sync.lookout import Lookout
from heroterm.sync.orders import Order
from heroterm.sync.periods import Periods
from heroterm.sync.pull import Pull
from heroterm.sync.push import Push
from heroterm.sync.report import Report
from heroterm.sync.runs import RunKeeper
from heroterm.zendesk.limits import Limits


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms of one home, opened for carrying; each gets only its slice of the configuration."""

    pull: Pull
    push: Push
    journal: Journal
    mirror: Mirror
    writer: MirrorWriter
    lock: SenderLock
    ruled: Ruled
    call: Invocation
    left: Callable[[], tuple[int, int] | None]
    """Of how many requests a minute how many were left at the newest answer."""

    def carrier(
        self,
        orders: Callable[[float], Order | None],
        tell: Callable[[Report], None],
        stopping: Callable[[], bool] = lambda: False,
    ) -> Carrier:
        """A carrier over these rooms, with this machine's clock and chance."""
        book = self.ruled.book
        looks = self.journal, self.mirror, self._view, book.targets.warnings, self.call.clock
        lookout, happened = Lookout(*looks), Happened(*looks)

        def read_again() -> bool:
            moved = self.ruled.read_again()
            lookout.rules = happened.rules = self.ruled.book.targets.warnings
            return moved

        carrier = (
            Carrier(
                self.pull,
                self.push,
                orders,
                tell,
                self.call.clock,
                ticks=time.monotonic,
                chance=random.random,
                journal=self.journal,
                copy=self.writer,
                lock=self.lock,
                mirror_version=self.mirror.version,
                stopping=stopping,
                wait=time.sleep,
                periods=periods_of(self.call.config),
            )
            .keeping(self._keep_runs)
            .looking_out(self._look(lookout))
            .ruled(read_again)
        )
        beside = hooks(self.call, happened, self.journal)
        for aside in (rota(self.call, self.mirror, self.writer), beside):
            if aside is not None:
                carrier.beside(aside)
        return carrier

    def _keep_runs(self, stirred: bool) -> Sequence[Report]:
        cases = CaseReader(self.mirror, self.journal, self.ruled.book.sources)
        return RunKeeper(self.mirror, self.journal, self.call.clock, cases).keep(stirred)

    def _look(self, lookout: Lookout) -> Callable[[], Iterable[Report]]:
        """Looks over the desk's own queue, as the screen shows it, and what may still be asked."""
        allowance = AllowanceLook(self.left)
        return lambda: chain(lookout.look(), allowance.look())

    def _view(self) -> View:
        view_id = self.call.config.account.view
        groups = self.mirror.state().group_ids
        return View(group_ids=groups, zendesk_view_id=view_id, sections=(0,))


def periods_of(config: Config) -> Periods:
    """The carrier's slice of the configuration."""
    sync = config.sync
    return Periods(
        delta=sync.delta_seconds,
        working_set=sync.working_set_seconds,
        open_ticket=sync.open_ticket_seconds,
        reference=sync.reference_seconds,
        older_threads=sync.older_threads,
        keep_days=config.mirror.keep_days,
    )


@contextmanager
def rooms(call: Invocation) -> Iterator[Rooms]:
    """Open everything that carrying needs, and close it at the end.

    Raises ConfigError without an account or token, StoreError for a database that cannot be used.
    """
    if call.read_only:
        raise RefusedByRule(
            "Carrying sends what waits in the outbox.", "Leave --read-only out.", rule="read-only"
        )
    config, account = call.config, call.account
    where = call.paths.make()
    own = (account.email,) if account.email else ()
    with ExitStack() as stack:
        stack.enter_context(seldom_swept())
        stack.enter_context(Logged(where.logs, call.verb))
        wire = zendesk(call, config)
        stack.callback(wire.close)
        wire.pace.share = config.sync.share
        ruled = Ruled(where)
        writer = ruled.writer
        stack.callback(writer.close)
        ruled.begin()
        mirror = Mirror(where.mirror)
        stack.callback(mirror.close)
        if mirror.state().account != account.url:
            writer.remember(account=account.url)
        journal = open_journal(where.journal, clock=call.clock)
        stack.callback(journal.close)
        rules = _rules(call, lambda: ruled.book, mirror, journal, own)
        yield Rooms(
            Pull(wire, writer, call.clock, view_ids=views_to_bring(choices_of(config))),
            Push(wire, journal, call.clock, check=rules, keep=_keeper(writer)),
            journal,
            mirror,
            writer,
            SenderLock(where.sender_lock),
            ruled,
            call,
            lambda: _left(wire.limits),
        )


def _left(limits: Limits) -> tuple[int, int] | None:
    account = limits.budgets.get("account")
    if account is None or account.total is None or account.remaining is None:
        return None
    return account.remaining, account.total


def _keeper(writer: MirrorWriter) -> Callable[[int, Sequence[Audit]], object]:
    """Keeps what stopped an intent for the desk to show; a mirror that fails stops no push."""

    def keep(ticket_id: int, audits: Sequence[Audit]) -> None:
        with suppress(StoreError):
            writer.save_audits(ticket_id, audits)

    return keep


def _rules(
    call: Invocation,
    ruled: Callable[[], Rulebook],
    mirror: Mirror,
    journal: Journal,
    own: tuple[str, ...],
) -> Check:
    """The one list of rules, asked again before an attempt, with the ticket as it is now."""

    def refusal(intent: Intent, ticket: Ticket | None, since: Sequence[Comment]) -> str | None:
        now = call.clock() + timedelta(seconds=mirror.state().clock_offset)
        book = ruled()
        if ticket is None:
            facts = facts_of_none(mirror, book, now, own, intent)
        else:
            facts = facts_of(mirror, ticket, book, now, own, since, intent, journal)
        found = objections(check(intent, facts))
        # Read on the screen and on the command line: without the keys of either.
        return as_reason(found[0]) if found else None

    return refusal
