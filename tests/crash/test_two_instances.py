"""Two programs over one home: one carries, the other only writes; the lock changes hands."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from time import sleep

import pytest

from tests.crash.desk import KILLED, Case, Desk, journal_of
from tests.crash.test_carrying import put, sent_once


def stopped(pid: int) -> bool:
    """Whether a process stands still, as the kernel has it."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def standing_still(desk: Desk, home: Path, case: Case, event: str) -> int:
    pid = desk.start(
        home, "verb", words=["carry", "--home", str(home)], plan={event: "stop"}, **case.job
    )
    for _ in range(2_000):
        if stopped(pid):
            return pid
        sleep(0.005)
    raise AssertionError(desk.log(home))


POINTS = (
    "begin.before commit#1", "begin.after commit#1", "write.half#1", "write.answered#1",
    "settle sent.before commit#1",
)  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to see who stands still")
@pytest.mark.parametrize("ending", [signal.SIGCONT, signal.SIGKILL])
@pytest.mark.parametrize("event", POINTS)
def test_28_a_second_program_sends_nothing_while_the_first_is_in_a_write(
    desk: Desk, event: str, ending: signal.Signals
) -> None:
    case = desk.case("reply")
    home = put(desk, case)
    desk.faults(case, "")
    first = standing_still(desk, home, case, event)
    before = len(desk.running.sandbox.app.ledger.entries)
    # It may watch and write intents (while the first is in a commit, the file is locked); it is
    # told to end after a few naps, because something still waits.
    second = desk.start(home, "verb", words=["carry", "--home", str(home)], naps=20)
    assert desk.wait(second) == 0, desk.log(home)
    assert len(desk.running.sandbox.app.ledger.entries) == before
    assert '"report":"Standby"' in desk.log(home)
    os.kill(first, ending)
    assert desk.wait(first) == (0 if ending == signal.SIGCONT else KILLED), desk.log(home)
    assert desk.carry(home) == 0, desk.log(home)
    sent_once(desk, home, case)


def test_a_second_screen_takes_back_what_the_carrier_has_not_claimed(desk: Desk) -> None:
    case = desk.case("reply")
    home = put(desk, case)
    desk.faults(case, "")
    first = standing_still(desk, home, case, "audits.after#1")
    assert desk.run(home, "recall", **case.job) == 0
    os.kill(first, signal.SIGCONT)
    assert desk.wait(first) == 0
    with journal_of(home, desk.moment) as journal:
        assert [d.body for d in journal.drafts.list()] == [f"words of {case.name}"]
    assert desk.arrived(case) == 0
