"""zenpy, the usual client, filling a table in SQLite with the same tickets.

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
from pathlib import Path
from urllib.parse import urlsplit

Done = dict[str, float]
_PROGRAM = """
import json, resource, sqlite3, sys, time
from zenpy import Zenpy
email, token, folder, most = sys.argv[1:]
began, worked = time.perf_counter(), time.process_time()
base = sqlite3.connect(folder + "/zenpy.db")
base.execute("pragma journal_mode = wal")
base.execute("create table ticket (id integer primary key, subject, description, status, priority, "
             "updated_at, requester_id, assignee_id, organization_id, tags, fields)")
client = Zenpy(subdomain="practice", email=email, token=token)
include = "users groups organizations slas metric_sets comment_count".split()
count = 0
for t in client.tickets.incremental(start_time=1, include=include, per_page=1000):
    values = [t.id, t.subject, t.description, t.status, t.priority, t.updated_at, t.requester_id,
              t.assignee_id, t.organization_id, json.dumps(t.tags), json.dumps(t.custom_fields)]
    values = [v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in values]
    base.execute("insert or replace into ticket values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    count += 1
    if count % 1000 == 0:
        base.commit()
    if count >= int(most):
        break
base.commit()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked,
                  "peak": peak, "tickets": count}))
"""


def measured(at: dict[str, str], most: int) -> Done | None:
    """What zenpy takes to fill in so many tickets of the desk there, which it does one after the
    other, so that a part tells what all would take; None where zenpy is not to be had.
    """
    with tempfile.TemporaryDirectory(prefix="heroterm-zenpy-") as made:
        folder = Path(made)
        python = _python(folder)
        if python is None:
            return None
        env = os.environ | {
            "ZENPY_FORCE_SCHEME": "http",
            "ZENPY_FORCE_NETLOC": urlsplit(at["url"]).netloc,
        }
        words = [str(python), "-c", _PROGRAM, at["email"], at["token"], made, str(most)]
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"  zenpy ended: {done.stderr.strip().splitlines()[-1:]}")
            return None
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
