"""A mirror of some size: the same answers page by page, and no query that reads a whole table."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.domain.sla_policy import AppliedTarget
from heroterm.domain.ticket import Group, Person
from heroterm.domain.view import Overlay, View
from heroterm.mirror.alike import alike
from heroterm.mirror.lookups import bots, notes_saying
from heroterm.mirror.past import past
from heroterm.mirror.search import search
from heroterm.sync.mentioned import mentioned
from tests.conftest import NOW
from tests.mirror.make import KIM, Desk, clock, comment, ticket

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


VIEWS = (
    *(View(), View(text="topic5 person"), View(only_me_and_unassigned=900), View(group_ids=(5,))),
    *(View(zendesk_view_id=7), View(query="status<solved priority>normal"), View(query="topic5")),
    *(View(query="topic5 -topic6 tag:late"), View(query="-topic6 assignee:none group:team")),
    *(View(order="breach"), View(order="updated"), View(order="oldest", group_ids=(5,))),
)
FOUND = [
    *("topic5 -topic6 requester:jo@acme.example.com", "topic5 tag:late", "topic", "5", "#5"),
    *("tag:late", "status:open", "status<solved tag:late", "group:team", "group:none"),
    *("assignee:me", "assignee:none", "assignee:kim", "requester:jo@acme.example.com"),
    *("org:none", "created:2026-03-03", "created<2026-03-03", "updated>=2026-03-04"),
    *("status:hold created<2026-03-03", "created>2026-03-01 -priority:low"),
]
"""Searches that an index leads to what they ask for."""
WALKED = ["status:solved", "priority:urgent", "-priority:high", "-tag:late", "-topic5"]
"""Searches that nearly every ticket meets: walked from the newest, ended with the last hit."""
NAMED = ["requester:person org:acme", "org:acme topic5"]
"""Searches by a part of a name: the names are read, of persons and organizations."""
LED = {
    "SCAN person USING INDEX person_staff",
    "SCAN ticket USING INDEX ticket_stale",
    "SCAN ticket USING INDEX ticket_due",
    *("SCAN CONSTANT ROW", "SCAN json_each VIRTUAL TABLE INDEX 1:"),
    *("SCAN o", "SCAN temp.overlay", "SCAN page", "SCAN team", "SCAN memo", "SCAN zendesk_view"),
    *("SCAN field", "SCAN form", "SCAN custom_status"),
    # Words of one text, each looked up by itself in the index's own list of words.
    *("SCAN w VIRTUAL TABLE INDEX 1:", "SCAN v VIRTUAL TABLE INDEX 1:"),
}
"""Indexes that hold only what is asked for, and tables that never grow long."""


def plans(desk: Desk, asked: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each statement with the lines of its plan that read something from end to end.

    Counting a whole table reads none of its rows.
    """
    writer = desk.writer._connection
    for sql in dict.fromkeys(asked):
        if sql.lstrip().startswith(("select", "with", "update", "delete", "insert")):
            plan = [row["detail"] for row in writer.rows(f"explain query plan {sql}")]
            scans = [line for line in plan if line.startswith("SCAN")]
            counts = "count(*) from ticket" in sql and " where " not in sql
            # The index of words is itself asked for words, and a thread's words are put together.
            own = [s for s in scans if "document_index" not in s and "(subquery" not in s]
            yield sql, [] if counts else [line for line in own if line not in LED]


@pytest.fixture
def traced(desk: Desk) -> Iterator[tuple[Desk, list[str]]]:
    """A thousand tickets, and every statement that either end asks from then on."""
    fill(desk, 1_000)
    desk.save(ticket(5, tags=("late",), group_id=5, subject="topic5"), groups=(Group(5, "Team"),))
    desk.writer.save_comments(5, [comment(1, 5)], [], complete=True, at=NOW)
    # The writer can explain both ends' statements once it has the reader's temporary tables.
    for table in (
        "overlay (ticket_id integer primary key, tier, section, status, waiting)",
        "worded (number, ticket_id, primary key (number, ticket_id)) without rowid",
    ):
        desk.writer._connection.run(f"create temp table {table}")
    vocabulary = "temp.vocabulary using fts5vocab('main', 'document_index', 'row')"
    desk.writer._connection.run(f"create virtual table {vocabulary}")
    asked: list[str] = []
    for raw in (desk.mirror.connection.raw, desk.writer._connection.raw):
        raw.set_trace_callback(asked.append)
    yield desk, asked


def quiet(desk: Desk) -> None:
    for raw in (desk.mirror.connection.raw, desk.writer._connection.raw):
        raw.set_trace_callback(None)


def test_no_queue_thread_or_card_reads_a_whole_table(traced: tuple[Desk, list[str]]) -> None:
    desk, asked = traced
    mirror = desk.mirror
    for view in VIEWS:
        for overlay in (Overlay(), OVERLAY):
            mirror.queue(view, overlay, offset=20), mirror.position(view, overlay, 50)
            mirror.counts(view, overlay, now=NOW), mirror.among(view, overlay, [5, 6])
        mirror.explained(view)
    mirror.row(5, OVERLAY), mirror.ticket(5), mirror.thread(5), mirror.other_open(5)
    alike(mirror, "Question about topic5 topic6", but=5, solved=True), past(mirror, 5)
    mirror.people([900, 901]), mirror.staff(), mirror.state(), mirror.views(), mirror.labels()
    mirror.identities(901), mirror.linked(5), mirror.history(5), mirror.deleted(5)
    list(mentioned(mirror, KIM)), notes_saying(mirror, "@", 5), bots(mirror)
    desk.writer.stale_threads(50), desk.writer.working_set(50)
    applied = AppliedTarget(5, "next_reply_time", 2, NOW, "Silver", 60)
    desk.save(ticket(5, updated_at=NOW + timedelta(hours=1)), applied=(applied,))
    desk.writer.save_view_members(7, [5, 6])
    desk.writer.remember(first_fill_done=False, fill_of=(1, 2, 3, 4))
    assert sum(mirror.state().mirrored) == mirror.state().tickets
    quiet(desk)
    assert len(asked) > 100
    for sql, scans in plans(desk, asked):
        assert scans == [], sql


@pytest.mark.parametrize("query", FOUND)
def test_a_search_is_led_by_an_index(traced: tuple[Desk, list[str]], query: str) -> None:
    desk, asked = traced
    search(desk.mirror, query)
    quiet(desk)
    assert asked
    for sql, scans in plans(desk, asked):
        assert scans == [], sql


@pytest.mark.parametrize("query", WALKED)
def test_what_most_tickets_meet_is_walked_from_the_newest(
    traced: tuple[Desk, list[str]], query: str
) -> None:
    desk, asked = traced
    search(desk.mirror, query)
    quiet(desk)
    for sql, scans in plans(desk, asked):
        assert set(scans) <= {"SCAN t"}, sql
        if scans:
            plan = [
                row["detail"] for row in desk.writer._connection.rows(f"explain query plan {sql}")
            ]
            assert "limit 50" in sql and not [line for line in plan if "TEMP B-TREE" in line]


@pytest.mark.parametrize("query", NAMED)
def test_a_part_of_a_name_reads_names_alone(traced: tuple[Desk, list[str]], query: str) -> None:
    desk, asked = traced
    search(desk.mirror, query)
    quiet(desk)
    for sql, scans in plans(desk, asked):
        assert set(scans) <= {"SCAN person", "SCAN organization"}, sql
        assert not scans or "name like" in sql


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
