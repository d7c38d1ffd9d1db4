"""A mirror of some size: the same answers page by page, and no query that reads a whole table."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.domain.ticket import Person
from heroterm.domain.view import Overlay, View
from heroterm.mirror.search import search
from tests.conftest import NOW
from tests.mirror.make import Desk, clock, comment, ticket

SMALL = 5_000
LARGE = 100_000
BATCH = 250
OVERLAY = Overlay(frozenset(range(10, 60)), dict.fromkeys(range(40, 90), "pending"), {40: "held"})


def fill(desk: Desk, size: int) -> None:
    statuses = ("open", "new", "pending", "hold", "solved")
    for first in range(1, size, BATCH):
        numbers = range(first, min(first + BATCH, size + 1))
        desk.save(
            *(
                ticket(
                    n,
                    subject=f"Question {n} about topic{n % 97}",
                    status=statuses[n * 7 % 5],
                    priority=(None, "low", "normal", "high")[n * 3 % 4],
                    slas=(clock(n * 7919 % 20_000 - 9_000),) if n % 3 else (),
                    requester_id=10_000 + n % 500,
                    assignee_id=900 if n % 2 else None,
                )
                for n in numbers
            ),
            people=tuple(Person(10_000 + n % 500, f"Person {n % 500}") for n in numbers),
        )
    desk.writer.remember(first_fill_done=True, user_id=900)


@pytest.fixture
def large(desk: Desk, soak: int) -> Iterator[Desk]:
    """5,000 tickets; up to 100,000 with --soak."""
    fill(desk, min(LARGE, SMALL * soak))
    yield desk


def test_pages_put_together_are_the_whole_queue(large: Desk) -> None:
    size = large.mirror.state().tickets
    whole = [row.id for row in large.mirror.queue(View(), OVERLAY, limit=size)]
    step = max(1, size // 10)
    pages = (
        large.mirror.queue(View(), OVERLAY, offset=at, limit=step) for at in range(0, size, step)
    )
    assert [row.id for page in pages for row in page] == whole
    assert len(set(whole)) == len(whole)
    counts = large.mirror.counts(View(), OVERLAY, now=NOW)
    assert counts.to_answer + counts.pending + counts.hold == len(whole)
    for rank in range(0, len(whole), step):
        assert large.mirror.position(View(), OVERLAY, whole[rank]) == rank


def test_search_finds_the_same_as_a_filter_over_all_subjects(large: Desk) -> None:
    size = large.mirror.state().tickets
    wanted = [n for n in range(size, 0, -1) if n % 97 == 13][:20]
    hits = search(large.mirror, "topic13 ", 20, ranked=False).hits
    assert [hit.id for hit in hits] == wanted


def test_no_query_of_queue_thread_or_search_reads_a_whole_table(desk: Desk) -> None:
    fill(desk, 1_000)
    desk.writer.save_comments(5, [comment(1, 5)], [], complete=True, at=NOW)
    asked: list[str] = []
    mirror, writer = desk.mirror, desk.writer._connection
    mirror.connection.raw.set_trace_callback(asked.append)
    writer.raw.set_trace_callback(asked.append)
    views = (View(), View(text="topic5 person"), View(only_me_and_unassigned=900))
    for view in views:
        for overlay in (Overlay(), OVERLAY):
            mirror.queue(view, overlay, offset=20)
            mirror.position(view, overlay, 50)
            mirror.counts(view, overlay, now=NOW)
    mirror.row(5, OVERLAY), mirror.ticket(5), mirror.thread(5), mirror.other_open(5)
    mirror.people([900, 901]), mirror.staff()
    search(mirror, "topic5 -topic6 requester:jo@acme.example.com"), search(mirror, "#5")
    desk.writer.stale_threads(50), desk.writer.working_set(50)
    desk.save(ticket(5, subject="changed", updated_at=NOW + timedelta(hours=1)))
    mirror.connection.raw.set_trace_callback(None)
    writer.raw.set_trace_callback(None)
    assert len(asked) > 40
    # The writer can explain both ends' statements once it has the reader's temporary table.
    writer.run(
        "create temp table overlay (ticket_id integer primary key, tier, section, status, waiting)"
    )
    # Indexes that hold only the rows asked for, walked in the order that is wanted.
    partial = {
        "SCAN person USING INDEX person_staff",
        "SCAN ticket USING INDEX ticket_stale",
        "SCAN ticket USING INDEX ticket_due",
    }
    whole = {f"SCAN {name}" for name in "t c w r p x y ticket comment words person".split()}
    for sql in asked:
        if not sql.lstrip().startswith(("select", "with", "update", "delete")):
            continue
        plan = [row["detail"] for row in writer.rows(f"explain query plan {sql}")]
        assert whole.isdisjoint(plan), sql
        walked = {line for line in plan if line.startswith("SCAN") and "USING INDEX" in line}
        assert walked <= partial, sql


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.conftest import NOW
from tests.mirror.make import MirrorWriter, page, place, ticket

def dies(t, organization):
    if t.id == 150:
        os.kill(os.getpid(), signal.SIGKILL)
    return place(t, organization)

writer = MirrorWriter(Path(sys.argv[1]), dies)
for first in (1, 101):
    numbers = range(first, first + 100)
    writer.save_page(page(*(ticket(n) for n in numbers)), at=NOW, cursor=("fill", str(first)))
"""


def test_a_process_killed_in_the_middle_of_a_page_leaves_the_page_before(path: Path) -> None:
    project = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)], cwd=project, timeout=60, check=False
    )
    assert run.returncode == -signal.SIGKILL
    desk = Desk(path)
    try:
        assert desk.mirror.state().tickets == 100
        assert desk.writer.cursor("fill") == "1"
        assert desk.mirror.integrity() == "ok"
    finally:
        desk.close()
