"""The doctor's look at the two databases: whole, how large, how old, and on which SQLite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from heroterm.cli.check import Check
from heroterm.cli.invocation import Invocation
from heroterm.cli.mirrors import FIRST
from heroterm.cli.queues import choices_of
from heroterm.domain.ages import ago
from heroterm.domain.view import Overlay, QueueChoice, SyncState
from heroterm.errors import StoreError
from heroterm.mirror.reader import Mirror
from heroterm.mirror.thread_marks import BEHIND

REPAIR = "heroterm doctor --repair"
WAL_MENDED = (3, 51, 3)
"""The first SQLite in which two processes cannot reset a WAL under each other (faults.md 89)."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_STALE = "select count(*), total(thread_stale) from ticket where section < 9"
_OLDER = (
    "select count(*) from ticket where status_section = 9 and not missing "
    f"and thread_at is not null and {BEHIND}"
)


def mirror(call: Invocation) -> Iterator[Check]:
    """Integrity, size, age and stale share of the copy of Zendesk, and its search index."""
    path = call.paths.mirror
    if not path.exists():
        yield Check("mirror", True, "not there yet", FIRST)
        return
    opened = Mirror(path)
    try:
        told = opened.integrity()
        state = opened.state()
        age = "never whole" if state.synced_at is None else ago(state.synced_at, call.clock())
        sla = f", SLA from {state.sla_source}" if state.sla_source else ""
        whole = f"{state.tickets} tickets, {_size(path)}, synced {age}{sla}"
        say = whole if told == "ok" else told
        yield Check("mirror", told == "ok", say, REPAIR)
        yield _stale(opened)
        yield _groups(opened, state)
        yield _sqlite(opened)
        yield from _queues(opened, choices_of(call.config))
    finally:
        opened.close()
    yield index(path)
    if state.refused:
        say = f"{state.refused} tickets of the last pass could not be understood and were left out"
        yield Check("rows", False, say, "heroterm sync --once --full asks for them again.")
    if state.not_allowed:
        names = ", ".join(state.not_allowed)
        yield Check("last sync", True, f"this role was not let read: {names}; the rest is here")
    if state.trouble:
        yield Check("sync", False, state.trouble, "heroterm sync --once")


def index(path: Path) -> Check:
    """Whether the search index is whole in itself: to compare what it holds reads every text."""
    told = "damaged"
    try:
        opened = Mirror(path)
        try:
            told = opened.search_integrity()
        finally:
            opened.close()
    except StoreError as error:
        if "locked" in error.say or "read-only" in error.say:
            return Check("search index", True, f"not looked at: {error.say}")
    if told != "ok":
        return Check("search index", False, f"{told}: searches may miss tickets", REPAIR)
    return Check("search index", True, "whole")


def _groups(opened: Mirror, state: SyncState) -> Check:
    """Who the mirror takes the hero for, in which groups; known offline, too."""
    teams = opened.teams()
    own = [group.name for id_ in state.group_ids if (group := opened.group(id_)) is not None]
    who = f"{state.user_name}, {state.role}" if state.user_name else "nobody has signed in yet"
    where = f", in {', '.join(own)}" if own else ""
    return Check("groups", True, f"{who}{where}; the groups of {len(teams)} people are known")


def _stale(opened: Mirror) -> Check:
    row = opened.connection.row(_STALE)
    tickets, stale = (int(row[0]), int(row[1])) if row is not None else (0, 0)
    share = f" ({100 * stale // tickets} %)" if tickets else ""
    say = f"{stale} of {tickets} unsolved tickets{share} wait for newer comments"
    solved = opened.connection.number(_OLDER)
    more = f"; {solved} solved ones are read when there is nothing else to do" if solved else ""
    return Check("threads", True, say + more)


def _queues(opened: Mirror, choices: Sequence[QueueChoice]) -> Iterator[Check]:
    """The queues of the configuration, each with what the mirror holds of it."""
    state = opened.state()
    for choice in choices if state.first_fill_done else ():
        view = choice.view(state.group_ids)
        said = opened.explained(view)
        counts = opened.counts(view, Overlay(), now=state.synced_at or _LONG_AGO)
        holds = f"{counts.to_answer} to answer, {counts.pending} pending, {counts.hold} on hold"
        fix = f"{FIRST} Then look at [[view]] in the configuration."
        yield Check(f"queue {choice.name}", not said, " ".join(said) or holds, fix)


def _sqlite(opened: Mirror) -> Check:
    row = opened.connection.row("select sqlite_version()")
    return sqlite_said(str(row[0]) if row is not None else "")


def sqlite_said(version: str) -> Check:
    """The version, with a word on the WAL-reset fault where it is older than its cure."""
    parts = tuple(int(part) for part in version.split(".") if part.isdigit())
    if parts >= WAL_MENDED:
        return Check("SQLite", True, version)
    say = (
        f"{version}; before 3.51.3 two processes that reset a log at once can damage a mirror. "
        "heroterm writes from one process at a time, and the journal keeps no such log"
    )
    return Check("SQLite", True, say)


def journal(call: Invocation) -> Iterator[Check]:
    """Integrity of what exists nowhere else, what waits there, and who sends."""
    from heroterm.journal.database import open_journal
    from heroterm.journal.lock import SenderLock

    path = call.paths.journal
    if not path.exists():
        yield Check("journal", True, "not there yet")
        return
    opened = open_journal(path, clock=call.clock)
    try:
        told = opened.integrity()
        waiting = len(opened.outbox.unfinished())
    finally:
        opened.close()
    say = f"{waiting} intents wait, {_size(path)}" if told == "ok" else told
    yield Check("journal", told == "ok", say, f"Copy {path} away before anything else.")
    pid = SenderLock(call.paths.sender_lock).holder()
    yield Check("sender", True, f"process {pid} sends" if pid else "nobody sends now")


def _size(path: Path) -> str:
    log = path.with_name(path.name + "-wal")
    bytes_ = path.stat().st_size + (log.stat().st_size if log.exists() else 0)
    return f"{bytes_ / 1e6:.1f} MB"
