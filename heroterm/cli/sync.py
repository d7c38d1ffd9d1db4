"""`heroterm sync`: one whole pass, or carrying until it is stopped; works from cron."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from heroterm.cli.carry import Stopping
from heroterm.cli.carrying import Rooms, rooms
from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import WholeNumber
from heroterm.cli.progress import Progress
from heroterm.cli.verb import verb
from heroterm.errors import NotFound, Offline, UsageError
from heroterm.sync.orders import Order, SyncNow
from heroterm.sync.report import Report, Waiting
from heroterm.sync.totals import Totals

_WORTH_SAYING = 1.0
"""Seconds; a shorter wait is over before it is read."""


@verb("sync")
@click.option("--once", is_flag=True, help="One whole pass, then end.")
@click.option("--full", is_flag=True, help="Walk through every ticket again.")
@click.option(
    "--take-out",
    is_flag=True,
    help="Take out of the queue what Zendesk shows no more, however much it is.",
)
@click.option(
    "--ticket",
    "tickets",
    multiple=True,
    type=WholeNumber(),
    metavar="ID",
    help="With --once: only this ticket, with its whole thread.",
)
def command(
    call: Invocation, once: bool, full: bool, take_out: bool, tickets: tuple[int, ...]
) -> int:
    """Bring Zendesk's state here and the outbox there; without --once until stopped."""
    if tickets and (full or take_out or not once):
        raise UsageError("--ticket brings single tickets, once.", "Use it with --once alone.")
    progress = Progress(sys.stderr)

    def tell(report: Report) -> None:
        progress(report)
        if isinstance(report, Waiting) and report.what and report.seconds >= _WORTH_SAYING:
            about = f"#{report.ticket_id}: " if report.ticket_id is not None else ""
            progress.say(f"{about}{report.what} Waiting {report.seconds:.0f} s.")

    stopping = None
    with rooms(call) as opened:
        if take_out:
            opened.pull.take_out()
        try:
            if tickets:
                totals = _single(opened, progress, tickets)
            elif once:
                totals = opened.carrier(_no_orders, tell).once(full=full)
            else:
                stopping = Stopping()
                totals = _until_stopped(opened, progress, tell, stopping, full=full)
        finally:
            progress.done()
    call.answer(_document(totals), _lines(totals))
    if stopping is not None and stopping.interrupted:
        raise KeyboardInterrupt
    return Offline.exit_code if totals.offline else 0


def _no_orders(timeout: float) -> Order | None:
    return None


def _single(opened: Rooms, progress: Progress, tickets: Sequence[int]) -> Totals:
    """Bring single tickets with their threads, unless another process carries."""
    began = time.monotonic()
    if not opened.lock.acquire():
        return _counted(opened, progress, began, standby=opened.lock.holder() or 0)
    try:
        missing = [id_ for id_ in dict.fromkeys(tickets) if not _brought(opened, progress, id_)]
    except Offline:
        progress.say("Zendesk cannot be reached.")
        return _counted(opened, progress, began, offline=True)
    finally:
        opened.lock.release()
    if missing:
        names = ", ".join(f"#{id_}" for id_ in missing)
        raise NotFound(f"Zendesk does not show {names}.", "Deleted, or not for your seat to see.")
    return _counted(opened, progress, began)


def _brought(opened: Rooms, progress: Progress, ticket_id: int) -> bool:
    """One ticket with all that a hero who opens it would want; False when it is not shown."""
    pull = opened.pull
    told = pull.thread(ticket_id, opened=True)
    progress(told)
    while pull.histories.waiting:
        pull.histories.piece()
    pull.requesters.piece()
    return ticket_id in told.ticket_ids


def _until_stopped(
    opened: Rooms,
    progress: Progress,
    tell: Callable[[Report], None],
    stopping: Stopping,
    *,
    full: bool,
) -> Totals:
    """Carry until a signal; what came is counted all the same."""
    waiting: list[Order] = [SyncNow(full=True)] if full else []

    def orders(timeout: float) -> Order | None:
        if waiting:
            return waiting.pop()
        until = time.monotonic() + timeout
        while not stopping() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))
        return None

    began = time.monotonic()
    opened.carrier(orders, tell, stopping).run()
    offline = opened.mirror.state().offline_since is not None
    return _counted(opened, progress, began, offline=offline)


def _counted(
    opened: Rooms,
    progress: Progress,
    began: float,
    *,
    offline: bool = False,
    standby: int | None = None,
) -> Totals:
    tally = progress.tally
    return Totals(
        tickets=len(tally.tickets),
        comments=tally.comments,
        users=tally.users,
        organizations=tally.organizations,
        sent=tally.sent,
        requests=opened.pull.requests,
        strategy=opened.pull.strategy,
        seconds=time.monotonic() - began,
        cursor_at=opened.pull.mark,
        offline=offline,
        standby=standby,
    )


def _document(totals: Totals) -> dict[str, Any]:
    return {**asdict(totals), "seconds": round(totals.seconds, 3)}


def _lines(totals: Totals) -> Iterator[str]:
    if totals.standby is not None:
        yield f"Process {totals.standby or 'unknown'} carries already; nothing was done here."
        return
    if totals.offline:
        yield "The mirror is as it was; reading and writing go on."
        return
    yield (
        f"{totals.tickets:,} tickets, {totals.comments:,} comments, {totals.users:,} people in "
        f"{totals.seconds:.1f} s and {totals.requests:,} requests; {totals.sent} sent."
    )
