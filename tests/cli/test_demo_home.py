"""The home of a practice shift: what it begins with, and who stands on it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from heroterm.cli.demo_home import forget, standing
from heroterm.cli.demo_words import put_back
from heroterm.domain.outbox import Draft, Intent, PublicReply
from heroterm.errors import StoreError
from heroterm.journal.database import open_journal
from heroterm.journal.lock import SenderLock
from tests.conftest import NOW


def test_each_demo_begins_anew_because_its_world_does(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("mirror.db", "mirror.db-wal", "journal.db"):
        (data / name).write_text("x")
    assert forget(tmp_path, lambda: NOW) == []
    assert list(data.iterdir()) == []


def test_the_words_of_an_earlier_demo_are_taken_along(tmp_path: Path) -> None:
    (tmp_path / "data" / "enclosures").mkdir(parents=True)
    journal = tmp_path / "data" / "journal.db"
    kept = open_journal(journal, clock=lambda: NOW)
    kept.drafts.save(Draft(7, "internal_note", "A note begun.", NOW, seen_comment_id=3))
    kept.outbox.put(Intent("i", 8, NOW, NOW, comment=PublicReply("Hey Jo, held."), base_stamp="s"))
    kept.close()
    drafts = forget(tmp_path, lambda: NOW)
    assert not journal.exists() and (tmp_path / "data" / "enclosures").exists()
    put_back(journal, lambda: NOW, drafts)
    kept = open_journal(journal, clock=lambda: NOW)
    now = {(d.ticket_id, d.body, d.base_stamp, d.seen_comment_id) for d in kept.drafts.list()}
    assert now == {(7, "A note begun.", None, None), (8, "Hey Jo, held.", None, None)}
    assert kept.outbox.list(all=True) == []
    kept.close()


def test_two_demos_do_not_stand_on_one_home(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mirror.db").write_text("x")
    lock = SenderLock(tmp_path / "data" / "journal.lock")
    assert lock.acquire()
    try:
        with pytest.raises(StoreError, match="open already"):
            forget(tmp_path, lambda: NOW)
    finally:
        lock.release()
    assert (tmp_path / "data" / "mirror.db").exists()


def test_a_second_demo_is_refused_while_the_first_stands(tmp_path: Path) -> None:
    said: list[str] = []
    refused = pytest.raises(StoreError, match="open already")
    with standing(tmp_path, said.append), refused, standing(tmp_path, said.append):
        pass
    with standing(tmp_path, said.append):
        assert said == []


KILLED = """
import os, signal, subprocess, sys
from pathlib import Path
from heroterm.cli.demo_home import standing
home = Path(sys.argv[1])
with standing(home, print) as held:
    subprocess.Popen(["sh", "-c", "sleep 3; touch ended"], cwd=home, pass_fds=held)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_child_of_a_killed_demo_is_waited_for(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    said: list[str] = []
    with standing(tmp_path, said.append):
        assert said == ["An earlier demo has not quite ended; waiting for it …"]
        assert (tmp_path / "ended").exists()
