"""The morning brief out of one home: for the verb and for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from heroterm.cli.invocation import Invocation
from heroterm.cli.next import chosen
from heroterm.cli.packing import entry_of, of_row, promised, stopped
from heroterm.cli.queue import rows_of
from heroterm.cli.reading import Reading, view_of
from heroterm.cli.rules import rulebook
from heroterm.domain import handover
from heroterm.domain.ages import clock_day, short
from heroterm.domain.brief import LEFT, Brief
from heroterm.domain.lifecycle import LifecycleNumbers
from heroterm.domain.meanwhile import wrote_since
from heroterm.domain.pack import Entry
from heroterm.domain.playbook_standing import over
from heroterm.domain.priority import why
from heroterm.domain.tiers import TierRules
from heroterm.domain.view import Row
from heroterm.domain.watches import auto_solves_at, clock, since
from heroterm.mirror.figures import solved_since
from heroterm.rulebook import Rulebook, local_zone
from heroterm.sync.mentioned import mentioned
from heroterm.sync.waking import waits

_MOST = 12
"""Changed tickets that are named; the rest is counted."""


def brief_of(call: Invocation, read: Reading, rules: Rulebook | None = None) -> Brief:
    """What a hero should know this morning, by a rulebook; None: by the files as they are now.
    Raises StoreError.
    """
    book, zone = rules or rulebook(call.paths), local_zone()
    view = view_of(call, read, None)
    rows = [row for row in rows_of(read, view) if not row.missing]
    left = _left(read)
    choice = chosen(call, read, book)
    return Brief(
        made_at=read.now,
        day=clock_day(read.now, zone),
        since=left,
        doubt=handover.doubt(read.state, read.now),
        due_hours=book.lifecycle.due_soon_hours,
        on_hold_days=book.lifecycle.on_hold_days,
        sections={
            **_clocks(rows, read.now, book.tiers, book.lifecycle),
            **_lifecycle(rows, read.now, book.lifecycle, zone),
            "woken": tuple(_woken(call, read)),
            "promises": tuple(_promises(read, rows, zone)),
            "drafts": tuple(_drafts(read)),
            "outbox": tuple(stopped(read)),
            "mentions": tuple(_mentions(read)),
            "changed": tuple(_changed(read, rows, left)) if left is not None else (),
        },
        solved_since=solved_since(read.mirror.connection, left, view.group_ids) if left else 0,
        next=of_row(choice.row, choice.why) if choice.row is not None else None,
    )


def _left(read: Reading) -> datetime | None:
    """When the hero left the desk last, by the server's clock."""
    try:
        left = datetime.fromisoformat(read.journal.marks.recall(LEFT) or "")
    except ValueError:
        return None
    return left if left.tzinfo is not None else None


def _clocks(
    rows: Sequence[Row], now: datetime, rules: TierRules, numbers: LifecycleNumbers
) -> dict[str, tuple[Entry, ...]]:
    """What is breached and what will be soon: of tickets to answer, the nearest first."""
    running = [(row.breach_at, row) for row in rows if row.section == 0 and row.stage != "paused"]
    timed = sorted(
        ((at, row) for at, row in running if at is not None), key=lambda each: (each[0], each[1].id)
    )
    soon = now + timedelta(hours=numbers.due_soon_hours)
    return {
        "breached": tuple(of_row(row, why(row, now, rules)) for at, row in timed if at <= now),
        "due": tuple(of_row(row, why(row, now, rules)) for at, row in timed if now < at <= soon),
    }


def _lifecycle(
    rows: Sequence[Row], now: datetime, numbers: LifecycleNumbers, zone: tzinfo
) -> dict[str, tuple[Entry, ...]]:
    """On-Hold for too long, the oldest first; what is solved by itself before midnight."""
    old = now - timedelta(days=numbers.on_hold_days)
    rows = [row for row in rows if not row.unsent]
    held = sorted((row for row in rows if row.section == 2 and since(row) <= old), key=since)
    today = now.astimezone(zone).date()
    ending = [(auto_solves_at(row, numbers), row) for row in rows if row.section == 1]
    ending = sorted(
        ((at, row) for at, row in ending if at.astimezone(zone).date() <= today),
        key=lambda each: (each[0], each[1].id),
    )
    return {
        "on_hold": tuple(of_row(row, f"On-Hold for {short(now - since(row))}") for row in held),
        "auto_solving": tuple(of_row(row, f"at {clock(at, now, zone)}") for at, row in ending),
    }


def _woken(call: Invocation, read: Reading) -> Iterator[Entry]:
    offset = timedelta(seconds=read.state.clock_offset)
    for ticket_id, waiting in waits(read.journal, read.mirror, call.clock(), offset).items():
        if waiting.why:
            yield entry_of(read, ticket_id, waiting.why)
    for run in read.journal.runs.under_way():
        if why_over := over(run, read.now):
            yield entry_of(read, run.ticket_id, f"{run.playbook.title}: {why_over}")


def _promises(read: Reading, rows: Sequence[Row], zone: tzinfo) -> Iterator[Entry]:
    """What customers were told to expect by tonight, or before."""
    today = read.now.astimezone(zone).date()
    for entry in promised(read, {row.id for row in rows}, zone):
        if entry.due is not None and entry.due.astimezone(zone).date() <= today:
            yield entry


def _drafts(read: Reading) -> Iterator[Entry]:
    for draft in read.journal.drafts.list():
        comments = read.mirror.thread(draft.ticket_id).comments
        people = read.mirror.people({c.author_id for c in comments if c.author_id is not None})
        customers = {id_ for id_, person in people.items() if not person.staff}
        if wrote_since(draft, comments, customers):
            yield entry_of(read, draft.ticket_id, draft.kind.replace("_", " "))


def _mentions(read: Reading) -> Iterator[Entry]:
    me = read.mirror.person(read.state.user_id) if read.state.user_id is not None else None
    for found in mentioned(read.mirror, me) if me is not None else ():
        mention = found.mention
        entry = entry_of(read, mention.ticket_id, f"{found.author}: {mention.said}")
        yield replace(entry, comment=mention.comment_id)


def _changed(read: Reading, rows: Sequence[Row], left: datetime) -> Iterator[Entry]:
    """What came, and where somebody wrote, the newest first."""
    changed = [row for row in rows if row.updated_at > left]
    changed.sort(key=lambda row: (row.updated_at, row.id), reverse=True)
    for row in changed[:_MOST]:
        yield of_row(row, _what(read, row, left))
    if len(changed) > _MOST:
        yield Entry(0, "", f"and {len(changed) - _MOST} more")


def _what(read: Reading, row: Row, left: datetime) -> str:
    if row.created_at > left:
        return "new"
    comments = [c for c in read.mirror.thread(row.id).comments if c.created_at > left]
    people = read.mirror.people({c.author_id for c in comments if c.author_id is not None})
    for comment in reversed(comments):
        author = people.get(comment.author_id or 0)
        if author is not None and not author.staff:
            return f"{author.name} wrote"
        if author is not None and author.id != read.state.user_id:
            return f"{author.name} {'answered' if comment.public else 'left a note'}"
    return f"changed, {row.status}"
