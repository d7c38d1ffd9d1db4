"""`heroterm doctor`: looks at everything that must be right, and says how to mend what is not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from heroterm import __version__
from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import FIRST
from heroterm.cli.rules import rulebook
from heroterm.cli.settings import exposed
from heroterm.cli.verb import verb
from heroterm.domain.ages import ago
from heroterm.errors import HeroError


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `fix` is the next step where it is not right."""

    name: str
    ok: bool
    say: str
    fix: str = ""


@verb("doctor")
@click.option("--repair", is_flag=True, help="Set a damaged mirror aside, to be filled anew.")
def command(call: Invocation, repair: bool) -> int:
    """Check configuration, files, databases and terminal; the network is not asked."""
    repaired = [_repair(call)] if repair else []
    checks = [*repaired, *(check for look in LOOKS for check in _tried(look, call))]
    lines = []
    for check in checks:
        lines.append(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.say}")
        if check.fix and not check.ok:
            lines.append(f"      {check.fix}")
    call.answer({"version": __version__, "checks": [asdict(check) for check in checks]}, lines)
    return 0 if all(check.ok for check in checks) else 3


def _tried(look: Callable[[Invocation], Iterator[Check]], call: Invocation) -> list[Check]:
    """What a look finds; a failure of its own is a finding, too."""
    try:
        return list(look(call))
    except HeroError as error:
        return [Check(look.__name__.strip("_"), False, error.say, error.remedy)]


def _config(call: Invocation) -> Iterator[Check]:
    account = call.config.account
    say = f"signed in at {account.url} as {account.email}" if account.url else "no account yet"
    yield Check("config", True, say)
    for each in exposed(call.paths.config_file):
        yield Check("config file", False, str(each["say"]), str(each["remedy"]))


def _rules(call: Invocation) -> Iterator[Check]:
    book = rulebook(call.paths)
    told = f"{len(book.replies)} canned replies, {len(book.playbooks)} playbooks"
    yield Check("rules", not book.findings, told)
    for finding in book.findings:
        where = f"{finding.file}:{finding.line}"
        yield Check("rules file", False, f"{where}: {finding.say}", finding.remedy)


def _mirror(call: Invocation) -> Iterator[Check]:
    from heroterm.mirror.reader import Mirror

    path = call.paths.mirror
    if not path.exists():
        yield Check("mirror", True, "not there yet", FIRST)
        return
    mirror = Mirror(path)
    try:
        told = mirror.integrity()
        state = mirror.state()
    finally:
        mirror.close()
    age = "never whole" if state.synced_at is None else ago(state.synced_at, call.clock())
    say = f"{state.tickets} tickets, synced {age}" if told == "ok" else told
    yield Check("mirror", told == "ok", say, "heroterm doctor --repair")
    if state.trouble:
        yield Check("sync", False, state.trouble, "heroterm sync --once")


def _journal(call: Invocation) -> Iterator[Check]:
    from heroterm.journal.database import open_journal
    from heroterm.journal.lock import SenderLock

    path = call.paths.journal
    if not path.exists():
        yield Check("journal", True, "not there yet")
        return
    journal = open_journal(path, clock=call.clock)
    try:
        told = journal.integrity()
        waiting = len(journal.outbox.unfinished())
    finally:
        journal.close()
    say = f"{waiting} intents wait" if told == "ok" else told
    yield Check("journal", told == "ok", say, f"Copy {path} away before anything else.")
    pid = SenderLock(call.paths.sender_lock).holder()
    yield Check("sender", True, f"process {pid} sends" if pid else "nobody sends now")


def _files(call: Invocation) -> Iterator[Check]:
    where = call.paths
    for path in (where.config, where.data, where.state, where.logs, where.mirror, where.journal):
        if path.exists():
            yield _private(path)


def _private(path: Path) -> Check:
    mode = path.stat().st_mode & 0o777
    wanted = "700" if path.is_dir() else "600"
    return Check(f"{path}", not mode & 0o077, f"mode {mode:o}", f"chmod {wanted} {path}")


def _system(call: Invocation) -> Iterator[Check]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Check("python", sys.version_info >= (3, 11), python, "Use Python 3.11 or newer.")
    term = os.environ.get("TERM", "")
    yield Check("terminal", term not in ("dumb", ""), term or "TERM is unset", "Set TERM.")


LOOKS: tuple[Callable[[Invocation], Iterator[Check]], ...] = (
    _config,
    _rules,
    _mirror,
    _journal,
    _files,
    _system,
)
"""What is looked at, in this order."""


def _repair(call: Invocation) -> Check:
    """Set a damaged mirror aside; it is a copy, and the next sync fills a new one."""
    from heroterm.journal.lock import SenderLock
    from heroterm.mirror.reader import Mirror

    path = call.paths.mirror
    if not path.exists():
        return Check("repair", True, "there is no mirror to repair")
    pid = SenderLock(call.paths.sender_lock).holder()
    if pid:
        return Check("repair", False, f"process {pid} writes to the mirror now", "Close it first.")
    try:
        mirror = Mirror(path)
        told = mirror.integrity()
        mirror.close()
    except HeroError as error:
        told = error.say
    if told == "ok":
        return Check("repair", True, "the mirror is whole; nothing was done")
    aside = path.with_name(f"mirror-damaged-{call.clock():%Y%m%dT%H%M%S}.db")
    for ending in ("-wal", "-shm"):
        side = path.with_name(path.name + ending)
        if side.exists():
            side.replace(aside.with_name(aside.name + ending))
    path.replace(aside)
    return Check("repair", True, f"the damaged mirror was moved to {aside}. {FIRST}")
