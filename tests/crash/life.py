"""The life of some words in the journal, told step by step: what `test_files_on_disk` watches.

Run as a process of its own; prints before each step what must be kept from then on.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from heroterm.domain.outbox import Draft
from heroterm.journal.database import open_journal
from tests.conftest import NOW
from tests.journal.conftest import reply

LONG = "and so on, and on. " * 700


def live(path: Path) -> None:
    """Typed, queued, taken back, queued anew, tried, lost, tried again, sent; and another one."""
    now = NOW + timedelta(seconds=30)
    journal = open_journal(path, clock=lambda: now)
    outbox = journal.outbox
    for body in ("Dear", "Dear Ada, it is", "Dear Ada, it is fixed."):
        journal.drafts.save(Draft(7, "public_reply", body, NOW))
    outbox.put(reply("a", 7))
    outbox.recall("a")
    outbox.put(reply("b", 7))
    outbox.put(reply("c", 8, LONG))
    for stamp, state in (("s1", "verify"), ("s2", "sent")):
        outbox.due(now)
        outbox.begin("b", stamp=stamp, now=now)
        outbox.settle("b", state)
        outbox.fence("b", "s2")
        if state == "verify":
            outbox.settle("b", "queued")
    outbox.discard("c")
    journal.housekeeping.tidy(now, older_than=now + timedelta(days=1))
    journal.close()


if __name__ == "__main__":
    live(Path(sys.argv[1]))
