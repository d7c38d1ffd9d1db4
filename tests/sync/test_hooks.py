"""The team's hooks: run once for each event, in time, with nothing secret, and nobody waits."""

from __future__ import annotations

import json
import os
import shlex
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli.asides import PASSED_ON, harmless
from heroterm.domain.breach_warning import WarningRules
from heroterm.domain.outbox import Intent, InternalNote
from heroterm.domain.view import Overlay, View
from heroterm.domain.waits import Wait, Wake
from heroterm.journal.database import open_journal
from heroterm.sync.happened import HOOKS, Event, Happened
from heroterm.sync.hooks import OUTPUT, Hooks, Surroundings, document
from heroterm.sync.report import Report, Trouble
from tests.conftest import NOW
from tests.mirror.make import Desk, clock, ticket


class Office:
    """A desk with hooks; `ticks` runs only when it is told to, programs run in real time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mirror = Desk(folder / "data" / "mirror.db")
        self.now = NOW
        self.ticks = 0.0
        self.seconds = 10.0
        self.journal = open_journal(folder / "data" / "journal.db", clock=self.clock)
        self.printed: dict[str, bytes] = {}

    def clock(self) -> datetime:
        return self.now

    def hooks(self, **commands: list[str]) -> Hooks:
        """A fresh process's hooks on the same journal."""
        rules, view = WarningRules(), View(sections=(0,))
        happened = Happened(self.journal, self.mirror.mirror, lambda: view, rules, self.clock)
        around = Surroundings(
            self.seconds, harmless(os.environ), self.folder, "https://acme.zendesk.com", self._keep
        )
        return Hooks(
            commands, happened, self.journal, around, clock=self.clock, ticks=lambda: self.ticks
        )

    def _keep(self, name: str, out: bytes) -> str:
        self.printed[name] = out
        return f"{name}.txt"

    def writes(self, name: str, then: str = "") -> list[str]:
        """A program that adds what it is given to a file."""
        path = shlex.quote(str(self.folder / name))
        return ["/bin/sh", "-c", f"cat >> {path}; {then}"]

    def given(self, name: str) -> list[dict[str, Any]]:
        path = self.folder / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def round(self, hooks: Hooks) -> list[Report]:
        """One look at what happened, and everything that it began to its end."""
        self.ticks += 11
        told = list(hooks.turn())
        for _ in range(500):
            if not hooks.busy:
                break
            time.sleep(0.01)
            told += hooks.turn()
        return told


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.journal.close()
    made.mirror.close()


def send(office: Office, id_: str, ticket_id: int) -> None:
    """An intent that was seen on the server."""
    note = InternalNote("SECRET WORDS")
    office.journal.outbox.put(Intent(id_, ticket_id, office.now, office.now, note, state="queued"))
    assert office.journal.outbox.settle(id_, "sent", audit_id=7, comment_id=8)


def test_each_event_runs_its_hook_once_with_its_document(office: Office) -> None:
    office.mirror.save(ticket(1, priority="high", slas=(clock(500),)), ticket(2), ticket(3))
    office.journal.waits.set(Wait(3, Wake(NOW + timedelta(hours=1)), "1h", NOW))
    hooks = office.hooks(**{name: office.writes(name) for name in HOOKS})
    assert office.round(hooks) == [] and not any(map(office.given, HOOKS))
    office.now += timedelta(minutes=340)
    office.journal.marks.set_tier1(2, True)
    office.journal.waits.wake(3, "its time has come")
    send(office, "an-intent", 1)
    assert office.round(hooks) == [] and office.round(hooks) == []
    (tier1,), (breach,), (sent,), (woken,) = map(office.given, HOOKS)
    assert (tier1["event"], tier1["ticket"]["id"], tier1["ticket"]["tier"]) == (
        "on_new_tier1",
        2,
        1,
    )
    assert (breach["ticket"]["id"], breach["hours"], breach["schema"]) == (1, 3, 1)
    assert (sent["intent"], sent["kind"], sent["audit_id"]) == ("an-intent", "internal_note", 7)
    assert (woken["why"], woken["ticket"]["id"]) == ("its time has come", 3)
    assert sent["ticket"]["url"] == "https://acme.zendesk.com/agent/tickets/1"
    assert "SECRET" not in json.dumps([tier1, breach, sent, woken])


def test_what_was_there_before_the_hook_is_no_news(office: Office) -> None:
    office.mirror.save(ticket(1), ticket(2))
    office.journal.marks.set_tier1(1, True)
    send(office, "before", 1)
    hooks = office.hooks(on_new_tier1=office.writes("a"), on_sent=office.writes("b"))
    office.round(hooks)
    office.journal.marks.set_tier1(2, True)
    office.round(hooks)
    assert [each["ticket"]["id"] for each in office.given("a")] == [2] and not office.given("b")
    # Taken out of the configuration and put in again: what came meanwhile is no news either.
    office.round(office.hooks())
    office.mirror.save(ticket(5))
    office.journal.marks.set_tier1(5, True)
    office.round(office.hooks(on_new_tier1=office.writes("a")))
    assert len(office.given("a")) == 1


def test_a_crash_between_ledger_and_program_repeats_nothing(office: Office) -> None:
    office.mirror.save(ticket(1))
    office.round(office.hooks(on_sent=office.writes("a")))
    send(office, "one", 1)
    assert office.journal.events.begin("on_sent", "one", 1)  # and here the process died
    send(office, "two", 1)
    office.round(office.hooks(on_sent=office.writes("a")))
    office.round(office.hooks(on_sent=office.writes("a")))
    assert [each["intent"] for each in office.given("a")] == ["two"]


def test_a_hook_that_hangs_is_ended_with_all_that_it_started(office: Office) -> None:
    office.mirror.save(ticket(1))
    slow = office.writes("a", "sleep 300 & echo $! > child; wait")
    office.seconds = 5.0
    hooks = office.hooks(on_sent=slow)
    office.round(hooks)
    send(office, "one", 1)
    office.ticks += 11
    assert list(hooks.turn()) == [] and hooks.busy
    child = office.folder / "child"
    for _ in range(500):
        if child.exists() and child.read_text().strip():
            break
        time.sleep(0.01)
    assert list(hooks.turn()) == []  # nobody waits for it
    office.ticks += 6
    told = list(hooks.turn())
    say = "The hook on_sent was ended after 5 s; everything else goes on."
    assert [each.say for each in told if isinstance(each, Trouble)] == [say]
    assert gone(int(child.read_text()))


def gone(pid: int) -> bool:
    """Whether a process has ended; a zombie that nobody waits for has."""
    for _ in range(500):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def test_a_failing_hook_is_told_once_and_its_output_is_bounded(office: Office) -> None:
    office.mirror.save(ticket(1))
    loud = ["/bin/sh", "-c", "head -c 3000000 /dev/zero; exit 3"]
    hooks = office.hooks(on_sent=loud, on_wait_woken=["/no/such/program"])
    office.round(hooks)
    send(office, "one", 1)
    send(office, "two", 1)
    told = [each.say for each in office.round(hooks) if isinstance(each, Trouble)]
    assert told == ["The hook on_sent ended with code 3; everything else goes on."]
    assert len(office.printed["on_sent"]) == OUTPUT
    office.journal.waits.set(Wait(1, Wake(NOW), "now", NOW))
    office.journal.waits.wake(1, "its time has come")
    (missing,) = [each.say for each in office.round(hooks) if isinstance(each, Trouble)]
    assert "on_wait_woken could not be started (No such file" in missing


def test_no_secret_is_in_a_hook_s_environment() -> None:
    environ = dict.fromkeys(PASSED_ON, "x") | {
        "LC_ALL": "C.UTF-8", "HEROTERM_TOKEN": "s", "HEROTERM_HOME": "h", "AWS_SECRET": "s",
        "HEROTERM_ROTATION_TOKEN": "s", "SSH_AUTH_SOCK": "/s", "PYTHONPATH": "p",
    }  # fmt: skip
    assert harmless(environ) == dict.fromkeys(PASSED_ON, "x") | {"LC_ALL": "C.UTF-8"}


def test_a_title_behind_a_content_warning_is_left_out(office: Office) -> None:
    office.mirror.save(ticket(1, subject="Shocking"))
    row = office.mirror.mirror.row(1, Overlay())
    assert row is not None
    for warned, title in ((False, row.title), (True, None)):
        event = Event("on_sent", 1, "k", "was sent", replace(row, content_warning=warned))
        told = document(event, NOW, "https://acme.zendesk.com")["ticket"]
        assert isinstance(told, dict)
        assert (told["content_warning"], told["title"]) == (warned, title)
