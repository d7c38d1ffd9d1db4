"""Starts processes cheaply: everything is imported once, each job is a fork of that.

Reads one JSON object a line. `{"job": …}` forks and prints the process id; `{"wait": pid}` prints
how it ended: its exit code, or minus the signal that killed it.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import httpcore  # noqa: F401 (what a job would load late is loaded before the fork)

import heroterm.cli.carry as carry
import heroterm.cli.carrying
import heroterm.cli.front
import heroterm.cli.purge
import heroterm.cli.sending
import heroterm.journal.migrations
import heroterm.sandbox.shift  # noqa: F401
from heroterm import rulebook
from heroterm.cli import main
from heroterm.journal.database import open_journal
from heroterm.sync.orders import Order, Stop
from tests.crash import jobs
from tests.crash.dying import Points, arm
from tests.crash.moment import Moment

STEPS = 3_000
"""Naps after which a carrier is sent home, whatever it still has to do."""


class Hurried:
    """Orders that never come; a wait turns the clock. Nothing left to move means Stop."""

    def __init__(self, moment: Moment, home: str, naps: int) -> None:
        self._moment, self._left = moment, naps
        self._journal = open_journal(Path(home) / "data" / "journal.db", clock=moment.local)

    def __call__(self, timeout: float) -> Order | None:
        self._left -= 1
        moving = any(i.state not in ("needs_you", "held") for i in self._journal.outbox.heads())
        if self._left < 0 or not moving:
            return Stop()
        self._moment.turn(timeout)
        return None

    def close(self) -> None:
        self._journal.close()


def run(job: dict[str, Any]) -> int:
    """Do one job in this process, to its end or to the chosen point."""
    moment = Moment(Path(job["clock"]))
    home = job["home"]
    os.environ["HEROTERM_HOME"] = home
    if job["deed"] == "verb":
        inbox = Hurried(moment, home, job.get("naps", STEPS))
        carry._inbox = lambda: inbox  # type: ignore[assignment,return-value]
    vars(time).update(monotonic=moment.ticks, sleep=moment.turn)
    plan = job.get("plan", {})
    arm(Points({point: jobs.ACTS[act](moment, job) for point, act in plan.items()}))
    if job["deed"] == "verb":
        return main(job["words"], clock=moment.local)
    path = Path(home) / "data" / "journal.db"
    jobs.DEEDS[job["deed"]](path, moment, job)
    return 0


def _fork(job: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        log = os.open(job["log"], os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        os.dup2(os.open(job.get("stdin", os.devnull), os.O_RDONLY), 0)
        os.dup2(log, 1)
        os.dup2(log, 2)
        code = run(job)
    finally:
        # A fork ends here, whatever happened: what stands above it is the parent's.
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(code)


def serve() -> None:
    """Until the end of standard input."""
    rulebook.load()  # what the shipped files say is remembered by their text
    for line in sys.stdin:
        asked = json.loads(line)
        told = _fork(asked["job"]) if "job" in asked else _ended(asked["wait"])
        print(json.dumps(told), flush=True)


def _ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    serve()
