"""A disk that is full, too small, or takes nothing: kept whole, or said at once and left alone."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from heroterm.domain.outbox import Draft
from heroterm.journal import trouble
from heroterm.journal.database import open_journal
from tests.conftest import NOW

PROJECT = Path(__file__).resolve().parents[2]
STEPS = ["type", "put", "recall", "put again", "due", "begin", "settle", "attach"]


def ran(way: str, folder: Path, *before: str) -> list[list[object]]:
    """What a process said that lives on such a disk; `before` prepares it, alone for that one."""
    child = [sys.executable, "-m", "tests.journal.bad_disk", way, str(folder / "journal.db")]
    words = [*before, *child]
    told = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr[-3_000:]
    found: list[list[object]] = json.loads(told.stdout)
    return found


def alone(mount: str) -> list[str]:
    """Words before a command that runs it where a mount is its own. Skips where that may not be."""
    tool = shutil.which("unshare")
    works = tool and subprocess.run([tool, "-rm", "true"], capture_output=True).returncode == 0
    if not works:
        pytest.skip("no mount of its own is permitted here (unshare -rm)")
    return ["unshare", "-rm", "sh", "-c", f'{mount} && exec "$@"', "sh"]


def both_happened(told: list[list[object]]) -> None:
    assert {what for what, _, said in told if not said} == set(STEPS)
    refused = {what for what, _, said in told if said}
    assert {"type", "put", "attach"} <= refused
    for what, room, said in told:
        spoken = "nothing was written" in str(said) or "was not attached" in str(said)
        assert not said or spoken, (what, room, said)


def test_a_file_that_may_not_grow_keeps_all_or_nothing(tmp_path: Path) -> None:
    both_happened(ran("limits", tmp_path))


def test_a_disk_that_fills_up_keeps_all_or_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    both_happened(ran("small", folder, *alone(f"mount -t tmpfs -o size=700k tmpfs {folder}")))


def test_a_read_only_disk_is_said_at_every_step_and_shows_what_is_there(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "home" / "journal.db", clock=lambda: NOW)
    journal.drafts.save(Draft(9, "public_reply", "kept before", NOW))
    journal.close()
    folder = tmp_path / "home"
    mount = f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder}"
    told = ran("read-only", folder, *alone(mount))
    said = {what: str(words) for what, _, words in told}
    for what in ("type", "put", "put again"):
        assert "lies on a read-only disk: nothing was written" in said[what]
    assert "was not attached" in said["attach"]


@pytest.mark.parametrize("code", ["SQLITE_CANTOPEN", "SQLITE_READONLY_DIRECTORY"])
def test_permissions_are_not_blamed_for_a_read_only_disk(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("refused")
    error.sqlite_errorname = code
    allowed = trouble.told(error, tmp_path / "journal.db")
    assert allowed is not None and "read-only disk" not in allowed.say
    disk = SimpleNamespace(f_flag=os.ST_RDONLY)
    monkeypatch.setattr(os, "statvfs", lambda _path: disk)
    refused = trouble.told(error, tmp_path / "journal.db")
    assert refused is not None and "lies on a read-only disk" in refused.say
    assert refused.remedy.startswith("Make the disk of ")
