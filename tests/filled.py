"""Homes that are synced already: one first fill, copied beside the same practice world each time.

A first fill takes longer than most of what is then tried on it. The same seed and moment make the
same world, so a home that was filled from one world fits beside another that was made alike. All
processes of a run copy from the same fills: each is made by whoever needs it first.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from heroterm.cli import main
from heroterm.sandbox import server, shift
from heroterm.sandbox.server import Running

TICKETS = 400
FRESH = timedelta(seconds=60)
"""How old a fill may be when it is copied: a desk without a carrier shows it as it is."""


def wall_clock() -> datetime:
    """The present moment; a carrier process can be handed no other."""
    return datetime.now(UTC)  # the robot plays beside real processes


class Typed:
    """Standard input that holds one line."""

    def __init__(self, line: str) -> None:
        self._line = line

    def readline(self, limit: int = -1) -> str:
        """The line."""
        return self._line + "\n"

    def isatty(self) -> bool:
        """Nobody sits there."""
        return False


def served(at: datetime) -> Running:
    """The practice world that came to be at this moment, on a port of its own, in the present."""
    stands = [at]
    sandbox = shift.build(
        seed=1, tickets=TICKETS, now=lambda: stands[0] if stands else wall_clock()
    )
    stands.clear()
    return server.start(sandbox)


def signs_in(home: Path, running: Running, clock: Callable[[], datetime] = wall_clock) -> None:
    """Connect a home with a practice Zendesk, and fill it."""
    sandbox = running.sandbox
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEROTERM_HOME", str(home))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        patch.setattr("sys.stdin", Typed(sandbox.token))
        account = ["--url", running.url, "--email", sandbox.email, "--token-stdin"]
        # A machine that is busy enough is offline to itself.
        assert any(main(["connect", *account], clock=clock) == 0 for _ in range(3))
        assert main(["sync", "--once"], clock=clock) == 0


@dataclass
class Fill:
    """A filled home, and the moment at which its world came to be."""

    home: Path
    url: str
    at: datetime

    def copied_to(self, home: Path) -> Running:
        """Copy it to a home of its own; its practice Zendesk, on which nothing happened yet."""
        running = served(self.at)
        shutil.copytree(self.home, home)
        readdress(home, self.url, running.url)
        return running


def readdress(home: Path, url: str, to: str) -> None:
    """Let a home that was filled at one address speak to its like at another."""
    for path in (home / "config/config.toml", home / "state/secrets.json"):
        path.write_text(path.read_text().replace(url, to))
    db = sqlite3.connect(home / "data/mirror.db")
    with db:
        for table, column in (("memo", "value"), ("comment", "attachments")):
            words = f"update {table} set {column} = replace({column}, ?, ?)"
            db.execute(f"{words} where instr({column}, ?)", (url, to, url))
    db.close()


@dataclass
class Fills:
    """Makes a fill when the last one has grown old; `folder` may be shared with other processes."""

    folder: Path
    last: Fill | None = None
    count: int = 0
    """How many were made here, and not by another process."""

    def fresh(self, within: timedelta = FRESH) -> Fill:
        """A fill that is hardly a minute old, or no older than will do."""
        if not self._will_do(self.last, within):
            with self._alone():
                self.last = self._told()
                if not self._will_do(self.last, within):
                    self.last = self._filled()
        assert self.last is not None
        return self.last

    def _will_do(self, fill: Fill | None, within: timedelta) -> bool:
        return fill is not None and wall_clock() - fill.at <= within

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _told(self) -> Fill | None:
        """The newest fill of any process."""
        told = self.folder / "newest.json"
        if not told.exists():
            return None
        home, url, at = json.loads(told.read_text())
        return Fill(Path(home), url, datetime.fromisoformat(at))

    def _filled(self) -> Fill:
        self.count += 1
        home, at = Path(tempfile.mkdtemp(dir=self.folder)) / "home", wall_clock()
        running = served(at)
        signs_in(home, running)
        running.stop()
        made = Fill(home, running.url, at)
        self.tell(made)
        return made

    def tell(self, fill: Fill) -> None:
        """Let the other processes find it."""
        words = json.dumps([str(fill.home), fill.url, fill.at.isoformat()])
        (self.folder / "newest.json").write_text(words)


def fills_of_this_run(factory: pytest.TempPathFactory) -> Fills:
    """What all processes of this run share."""
    return Fills(_shared(factory) / "fills")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder to be copied from, which whoever needs it first makes for all processes of this run.
    What is made does not depend on who makes it, nor when.
    """
    made = _shared(factory) / "made" / name
    made.parent.mkdir(exist_ok=True)
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            half = made.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)  # of one who failed at it
            make(half)
            half.rename(made)
    return made


def _shared(factory: pytest.TempPathFactory) -> Path:
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
