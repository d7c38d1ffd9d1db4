"""A first fill beside a bare loop of httpx, json and sqlite3, in one run, each in its own process.

`python -m tests.bench --fill [--tickets 100000]`. The answers come from disk, through a process of
its own; `bytes only` shows what that and the socket cost, which the others cannot do without.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import httpx

from heroterm.cli.mirror_writer import mirror_writer
from heroterm.cli.sweeping import seldom_swept
from heroterm.mirror.reader import Mirror
from heroterm.rulebook import load
from heroterm.sync.pull import LEAD, Pull
from heroterm.sync.report import Pulled
from heroterm.zendesk.auth import Token
from heroterm.zendesk.client import Zendesk
from tests.bench import filled, zenpy
from tests.bench.canned import canned
from tests.bench.filled import BARE, BYTES, NAMES, OURS, Done
from tests.bench.terminal import environment
from tests.bench.warm import NotBuilt, unlimited

INCLUDE = "users,groups,organizations,slas,metric_sets,comment_count"
PATH = "/api/v2/incremental/tickets/cursor"
_COLUMNS = (
    "id subject description status priority type created_at updated_at requester_id submitter_id "
    "assignee_id group_id organization_id custom_status_id generated_timestamp comment_count"
).split()
_LISTS = "tags custom_fields email_cc_ids followup_ids slas metric_set via".split()


def pages(at: dict[str, str]) -> Iterator[bytes]:
    """Every page of the export, as bytes."""
    sign_in = (f"{at['email']}/token", at["token"])
    with httpx.Client(base_url=at["url"], auth=sign_in, timeout=120) as client:
        asked: dict[str, str] = {"per_page": "1000", "include": INCLUDE, "start_time": "1"}
        while True:
            body = client.get(PATH, params=asked).raise_for_status().content
            yield body
            end = json.loads(body[body.rfind(b'"after_url"') - 1 :].replace(b",", b"{", 1))
            if end["end_of_stream"]:
                return
            asked = {"per_page": "1000", "include": INCLUDE, "cursor": end["after_cursor"]}


def only_bytes(at: dict[str, str], _folder: Path) -> Done:
    """Read everything, keep nothing."""
    return {"mib": sum(map(len, pages(at))) / 2**20}


def bare(at: dict[str, str], folder: Path) -> Done:
    """What a programmer writes in ten minutes: parse, insert, commit page by page."""
    base = sqlite3.connect(folder / "bare.db")
    base.execute("pragma journal_mode = wal")
    base.execute("pragma synchronous = normal")
    names = ", ".join((*_COLUMNS, *_LISTS))
    base.execute(f"create table ticket ({names}, primary key (id))")
    base.execute("create table user (id integer primary key, name, email, organization_id)")
    base.execute("create table organization (id integer primary key, name, fields)")
    count = 0
    for body in pages(at):
        told = json.loads(body)
        with base:
            _insert(base, told)
        count += len(told["tickets"])
    base.close()
    return {"tickets": count}


def _insert(base: sqlite3.Connection, told: dict[str, Any]) -> None:
    marks = ", ".join("?" * (len(_COLUMNS) + len(_LISTS)))
    base.executemany(
        f"insert or replace into ticket values ({marks})",
        (
            [
                *(_text(row.get(name)) for name in _COLUMNS),
                *(json.dumps(row.get(name)) for name in _LISTS),
            ]
            for row in told["tickets"]
        ),
    )
    base.executemany(
        "insert or replace into user values (?, ?, ?, ?)",
        (
            (u["id"], _text(u["name"]), u["email"], u["organization_id"])
            for u in told.get("users", ())
        ),
    )
    base.executemany(
        "insert or replace into organization values (?, ?, ?)",
        (
            (o["id"], _text(o["name"]), json.dumps(o["organization_fields"]))
            for o in told.get("organizations", ())
        ),
    )


def _text(value: Any) -> Any:
    """SQLite takes no half characters."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode()
    return value


def heroterm(at: dict[str, str], folder: Path) -> Done:
    """The first fill as `heroterm sync` does it for an admin, with search and every table."""
    began = time.perf_counter()
    with _filling(at, folder) as fill:
        next(fill)
        first = time.perf_counter() - began
        peaks = [_peak() for _ in fill]
    mirror = Mirror(folder / "mirror.db")
    done = {"tickets": mirror.state().tickets, "first": first, "half": peaks[len(peaks) // 2]}
    mirror.close()
    return done


def first_pages(at: dict[str, str], folder: Path) -> Done:
    """What heroterm asks beside the export, so that those answers are on disk, too."""
    with _filling(at, folder) as fill:
        whole = sum(len(page.ticket_ids) for page in islice(fill, LEAD + 1))
    return {"tickets": whole}


@contextmanager
def _filling(at: dict[str, str], folder: Path) -> Iterator[Iterator[Pulled]]:
    """A first fill that was begun, one report a page."""

    def clock() -> datetime:
        return datetime.now(UTC)

    with seldom_swept(), ExitStack() as stack:
        wire = Zendesk(at["url"], Token(at["email"], at["token"]), clock=clock)
        stack.callback(wire.close)
        writer = mirror_writer(folder / "mirror.db", load())
        stack.callback(writer.close)
        pull = Pull(wire, writer, clock)
        pull.probe()
        yield pull.fill()


LOOPS: dict[str, Callable[[dict[str, str], Path], Done]] = {
    BYTES: only_bytes,
    BARE: bare,
    OURS: heroterm,
    "first pages": first_pages,
}
ROUNDS = 3
ZENPY_MOST = 20_000
"""Tickets that zenpy is given at most: it takes the same for each, and minutes for all."""


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(name: str, at: dict[str, str]) -> Done:
    """Run one loop in this process: seconds, CPU seconds, peak memory in MiB."""
    with tempfile.TemporaryDirectory(prefix="heroterm-fill-") as folder:
        began, worked = time.perf_counter(), time.process_time()
        done = LOOPS[name](at, Path(folder))
        took, cpu = time.perf_counter() - began, time.process_time() - worked
    return {"seconds": took, "cpu": cpu, "peak": _peak(), **done}


@contextmanager
def practice(tickets: int) -> Iterator[dict[str, str]]:
    """A practice desk in its own process, an admin in front of it; its first line."""
    words = [sys.executable, "-m", "heroterm", "sandbox", "--role", "admin"]
    with subprocess.Popen(
        [*words, "--tickets", str(tickets)], stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            assert child.stdout is not None
            line = child.stdout.readline()
            if not line.startswith("{"):
                raise NotBuilt("sandbox did not say that it is ready")
            at: dict[str, str] = json.loads(line)
            unlimited(at["url"])
            yield at
        finally:
            child.terminate()


def measure(tickets: int, rounds: int = ROUNDS) -> None:
    """All loops over one practice desk, taking turns; medians and ratios."""
    found: dict[str, list[Done]] = {name: [] for name in NAMES}
    few, others = min(tickets, ZENPY_MOST), list[Done]()
    step("making a practice desk")
    with (
        tempfile.TemporaryDirectory(prefix="heroterm-canned-") as kept,
        practice(tickets) as behind,
        canned(behind, Path(kept)) as at,
        zenpy.filling(at, few, _COLUMNS, _LISTS) as zenpy_fills,
    ):
        step("putting its answers on disk")
        for name in (BYTES, "first pages"):
            _asked(name, at)  # from here on every answer comes from disk
        for turn in range(1, rounds + 1):
            for name, each in found.items():
                step(f"round {turn} of {rounds}: {name}")
                each.append(_asked(name, at))
            if zenpy_fills is not None:
                step(f"round {turn} of {rounds}: zenpy, {few:,} tickets")
                others.append(zenpy_fills())
    filled.told(found[BYTES], found[BARE], found[OURS])
    filled.beside_zenpy(found[OURS], others)


def step(words: str) -> None:
    """Say what is being done, since it may take a minute; beside the figures, not among them."""
    print(f"  … {words}", file=sys.stderr, flush=True)


def _asked(name: str, at: dict[str, str]) -> Done:
    words = [sys.executable, "-m", "tests.bench.fill", name, json.dumps(at)]
    env = environment({})
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotBuilt(f"{name}: {done.stderr.strip().splitlines()[-1:]}")
    told: Done = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], json.loads(sys.argv[2]))))
