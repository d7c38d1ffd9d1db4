"""A practice Zendesk over HTTP, a home, and processes of heroterm that are killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from heroterm.domain.outbox import Intent
from heroterm.journal.database import Journal, open_journal
from heroterm.sandbox import server, shift
from heroterm.sandbox.customers import say
from heroterm.sandbox.records import Ticket
from tests.crash.moment import Moment
from tests.crash.points import FAULTS

KILLED = -signal.SIGKILL
PROJECT = Path(__file__).resolve().parents[2]
WRITES = {
    "new_ticket": "POST /api/v2/tickets",
    "file ticket": "POST /api/v2/tickets",
    "person": "PUT /api/v2/users/*",
}


@dataclass
class Case:
    """One intent on one ticket, and what it is called."""

    name: str
    kind: str
    job: dict[str, Any]

    @property
    def write(self) -> str:
        """The request that brings it to the server, as faults are matched."""
        return WRITES.get(self.kind, "PUT /api/v2/tickets/*")


@dataclass
class Desk:
    """One world for all cases; each gets a home of its own."""

    folder: Path
    moment: Moment
    running: server.Running
    parent: subprocess.Popen[str]
    cases: int = 0
    homes: int = 0

    @property
    def world(self) -> Any:
        return self.running.sandbox.world

    # Processes.

    def ask(self, what: dict[str, Any]) -> int:
        assert self.parent.stdin is not None and self.parent.stdout is not None
        self.parent.stdin.write(json.dumps(what) + "\n")
        self.parent.stdin.flush()
        return int(json.loads(self.parent.stdout.readline()))

    def start(self, home: Path, deed: str, **job: Any) -> int:
        """The process id of a job under way."""
        asked = {"deed": deed, "home": str(home), "clock": str(self.moment.path), **job}
        return self.ask({"job": {**asked, "log": str(home / "log")}})

    def wait(self, pid: int) -> int:
        return self.ask({"wait": pid})

    def run(self, home: Path, deed: str, **job: Any) -> int:
        """Do a job to its end; how it ended."""
        return self.wait(self.start(home, deed, **job))

    def carry(self, home: Path, **job: Any) -> int:
        """`heroterm carry` until nothing moves any more, or until it dies."""
        return self.run(home, "verb", words=["carry", "--home", str(home)], **job)

    # The world.

    def home(self) -> Path:
        """A connected home whose mirror is as it was at the beginning."""
        self.homes += 1
        made = self.folder / f"{self.homes}"
        shutil.copytree(self.folder / "template", made)
        return made

    def a_ticket(self) -> Ticket:
        """An open ticket of the world, each time another one while there are any."""
        live = [t for t in self.world.live() if t.status in ("open", "pending")]
        found: Ticket = live[self.cases % len(live)]
        return found

    def case(self, kind: str, *, hold: float = 0.0) -> Case:
        """An intent as the hero decides it now on a ticket as it is now."""
        self.moment.turn(10)
        self.cases += 1
        ticket, name = self.a_ticket(), f"crash-{self.cases}-{kind}"
        thread = self.world.thread(ticket)
        person = self.world.users[ticket.requester_id]
        others = [id_ for id_ in self.world.organizations if id_ != person.organization_id]
        job = {
            "name": name,
            "kind": {"moved note": "note", "file ticket": "new_ticket"}.get(kind, kind),
            "attach": kind == "file ticket",
            "ticket": ticket.id,
            "stamp": self.stamp(ticket),
            "seen": thread.comments[-1].id,
            "to": f"owner{self.cases}@example.com",
            "person": person.id,
            "before": person.organization_id,
            "into": others[self.cases % len(others)],
            "hold": hold,
        }
        return Case(name, kind, job)

    def stamp(self, ticket: Ticket) -> str:
        from heroterm.sandbox.clock import iso

        return iso(ticket.updated_at)

    def faults(self, case: Case, name: str) -> None:
        rules = [{**FAULTS[name], "match": case.write}] if name else []
        self.running.sandbox.app.faults.replace(rules)

    def somebody_notes(self, case: Case) -> None:
        """A colleague leaves a note, so that the ticket has another stamp."""
        ticket = self.world.tickets[case.job["ticket"]]
        say(self.world, ticket, "agent", "looking too", public=False)

    # What must hold.

    def arrived(self, case: Case) -> int:
        """How often the words, or the change, are on the server."""
        if case.kind == "person":
            home = self.world.users[case.job["person"]].organization_id
            return int(home == case.job["into"])
        body = f"words of {case.name}"
        threads = [self.world.peek(ticket).comments for ticket in self.world.tickets.values()]
        return sum(comment.body == body for comments in threads for comment in comments)

    def applied(self, case: Case) -> int:
        """How many writes with its marker were carried out, by the ledger."""
        return sum(
            entry.applied and case.name in json.dumps(entry.body)
            for entry in self.running.sandbox.app.ledger.entries
        )

    def log(self, home: Path) -> str:
        path = home / "log"
        return path.read_text()[-3_000:] if path.exists() else ""


@contextmanager
def journal_of(home: Path, moment: Moment) -> Iterator[Journal]:
    journal = open_journal(home / "data" / "journal.db", clock=moment.local)
    try:
        yield journal
    finally:
        journal.close()


def intent_in(home: Path, moment: Moment, name: str) -> Intent | None:
    with journal_of(home, moment) as journal:
        return journal.outbox.get(name)


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """A world of a few tickets, a home connected to it, and the process that forks the others."""
    moment = Moment(folder / "moment")
    sandbox = shift.build(seed=1, tickets=14, now=moment.now)
    sandbox.app.budget.per_minute = 1_000_000
    running = server.start(sandbox)
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.forking"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT,
        env={**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
    )  # fmt: skip
    try:
        desk = Desk(folder, moment, running, parent)
        _connect(desk, sandbox)
        yield desk
    finally:
        assert parent.stdin is not None and parent.stdout is not None
        parent.stdin.close()
        parent.wait(timeout=30)
        parent.stdout.close()
        running.stop()


def _connect(desk: Desk, sandbox: shift.Sandbox) -> None:
    home = desk.folder / "template"
    home.mkdir()
    (desk.folder / "token").write_text(sandbox.token + "\n")
    words = ["connect", "--url", desk.running.url, "--email", sandbox.email, "--token-stdin"]
    words += ["--home", str(home)]
    typed = str(desk.folder / "token")
    assert desk.run(home, "verb", words=words, stdin=typed) == 0, desk.log(home)
    words = ["sync", "--once", "--home", str(home)]
    assert desk.run(home, "verb", words=words) == 0, desk.log(home)
