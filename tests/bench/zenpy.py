"""zenpy, the usual client, filling SQLite with the same tickets.

It writes what the bare loop writes (`fill.bare`): the same columns, with the requesters and
organizations beside them, a transaction a page, each row by one prepared statement; so that what
it costs more is zenpy's own, which makes an object of everything in an answer and of all that is
in it. People come as its users take them, `ticket.requester`, out of what it keeps of an answer.

It is no dependency: it is looked for in an environment of its own, made for the occasion with pip
where a package index can be reached, and thrown away afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.filled import Done
from tests.bench.warm import NotBuilt

_PROGRAM = """
import json, resource, sqlite3, sys, time
from zenpy import Zenpy
email, token, folder, most, columns, lists = sys.argv[1:]
columns, lists = columns.split(), lists.split()
began, worked = time.perf_counter(), time.process_time()
base = sqlite3.connect(folder + "/zenpy.db")
base.execute("pragma journal_mode = wal")
base.execute("pragma synchronous = normal")
base.execute(f"create table ticket ({', '.join(columns + lists)}, primary key (id))")
base.execute("create table user (id integer primary key, name, email, organization_id)")
base.execute("create table organization (id integer primary key, name, fields)")

def text(value):
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode()
    return value

def packed(value):
    return json.dumps(value.to_dict() if hasattr(value, "to_dict") else value)

def write(sql, rows):
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        base.executemany(f"insert or replace into {sql} values ({marks})", rows)

tickets, users, organizations, count = [], {}, {}, 0

def keep():
    write("ticket", tickets)
    write("user", [(u.id, text(u.name), u.email, u.organization_id) for u in users.values()])
    write("organization",
          [(o.id, text(o.name), packed(o.organization_fields)) for o in organizations.values()])
    base.commit()
    for held in (tickets, users, organizations):
        held.clear()

client = Zenpy(subdomain="practice", email=email, token=token)
include = "users groups organizations slas metric_sets comment_count".split()
for t in client.tickets.incremental(start_time=1, include=include, per_page=1000):
    tickets.append([*(text(getattr(t, name, None)) for name in columns),
                    *(packed(getattr(t, name, None)) for name in lists)])
    if t.requester_id not in users:
        users[t.requester_id] = t.requester
    if t.organization_id and t.organization_id not in organizations:
        organizations[t.organization_id] = t.organization
    count += 1
    if count % 1000 == 0:
        keep()
    if count >= int(most):
        break
keep()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked,
                  "peak": peak, "tickets": count}))
"""


@contextmanager
def filling(
    at: dict[str, str], most: int, columns: Sequence[str], lists: Sequence[str]
) -> Iterator[Callable[[], Done] | None]:
    """What fills in so many tickets of the desk there each time that it is called; zenpy does one
    after the other, so that a part tells what all would take. None where zenpy is not to be had.
    `columns` are kept of a ticket as they come, `lists` as JSON.
    """
    with tempfile.TemporaryDirectory(prefix="heroterm-zenpy-") as made:
        python = _python(Path(made))
        if python is None:
            yield None
            return
        asked = [str(most), " ".join(columns), " ".join(lists)]
        yield partial(_filled, python, at, asked)


def _filled(python: Path, at: dict[str, str], asked: Sequence[str]) -> Done:
    """Seconds, CPU seconds, peak memory in MiB and tickets of one run."""
    env = os.environ | {
        "ZENPY_FORCE_SCHEME": "http",
        "ZENPY_FORCE_NETLOC": urlsplit(at["url"]).netloc,
    }
    with tempfile.TemporaryDirectory(prefix="heroterm-zenpy-") as folder:
        words = [str(python), "-c", _PROGRAM, at["email"], at["token"], folder, *asked]
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotBuilt(f"zenpy: {done.stderr.strip().splitlines()[-1:]}")
    told: Done = json.loads(done.stdout)
    return told


def _python(folder: Path) -> Path | None:
    """A Python that has zenpy: this one, or one in an environment of its own."""
    ours = Path(sys.executable)
    if _has(ours):
        return ours
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    words = [str(python), "-m", "pip", "install", "-q", "zenpy"]
    subprocess.run(words, capture_output=True, check=False, timeout=300)
    return python if _has(python) else None


def _has(python: Path) -> bool:
    words = [str(python), "-c", "import zenpy"]
    return subprocess.run(words, capture_output=True, check=False, cwd="/").returncode == 0
