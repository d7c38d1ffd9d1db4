"""Standard output that is closed, full, or left: a sentence and a code, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from heroterm.cli import streams
from tests.cli.conftest import Home
from tests.cli.door import Door

FULL = Path("/dev/full")


def shell(words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """`heroterm` with redirections of a shell."""
    return subprocess.run(
        ["/bin/bash", "-c", f"{sys.executable} -m heroterm {words}"],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "HEROTERM_HOME": str(home), "HOME": str(home)},
    )


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", ["keys list", "keys list --json", "--help", "queue --json"])
def test_a_full_output_is_said_once(words: str, tmp_path: Path) -> None:
    found = shell(f"{words} >/dev/full", tmp_path)
    assert found.returncode == 3
    assert found.stderr.count("\n") == 1
    assert "could not be written (No space left on device)" in found.stderr


@pytest.mark.parametrize("words", ["keys list", "note 101 --body x --json", "config path"])
def test_with_a_closed_output_nothing_is_done(
    words: str, home: Home, door: Door, own_home: Path
) -> None:
    found = shell(f"{words} >&-", own_home)
    assert found.returncode == 3
    assert found.stderr.startswith("heroterm: Standard output is closed, so nothing was done.")
    assert door.json("outbox", "list")["intents"] == []


def test_a_closed_error_stream_puts_nothing_into_the_document(tmp_path: Path) -> None:
    found = shell("queue 2>&-", tmp_path)
    assert (found.returncode, found.stdout) == (3, "")


def test_a_reader_that_left_is_no_failure(tmp_path: Path) -> None:
    found = shell("keys list --json | true; echo ${PIPESTATUS[0]}", tmp_path)
    assert (found.stdout, found.stderr) == ("0\n", "")


def test_a_failure_of_another_file_is_none_of_printing() -> None:
    assert not streams.failed(FileNotFoundError(2, "none", "x"))
    assert not streams.failed(OSError(28, "full", "journal.db"))
    assert not streams.failed(ValueError())


@pytest.mark.parametrize("hold", ["nan", "inf", "-1", "-inf", "86401", "soon"])
def test_a_hold_is_a_wait_of_up_to_a_day(door: Door, home: Home, hold: str) -> None:
    for words in (("note", "101", "--body", "x"), ("set", "101", "--status", "open")):
        answer = door(*words, "--hold", hold, "--json")
        assert answer.code == 2
        assert "0 to 86,400 seconds" in answer.document["error"]["say"]


@pytest.mark.parametrize(
    "words",
    [
        ("purge", "--older-than", "99999999999", "--yes"),
        ("purge", "--user", str(2**63), "--yes"),
        ("purge", "--user", "9" * 5_000, "--yes"),
        ("show", str(2**63)),
        ("set", "101", "--org", str(2**64)),
        ("queue", "--limit", "0"),
    ],
    ids=lambda words: " ".join(words)[:30],
)
def test_a_number_beyond_its_bounds_is_a_usage_error(
    door: Door, home: Home, words: tuple[str, ...]
) -> None:
    answer = door(*words, "--json")
    assert answer.code == 2
    say = answer.document["error"]["say"]
    assert "is no whole number from" in say and len(say) < 150


@pytest.mark.parametrize("file", ["/dev/zero", "/dev/full"])
def test_a_file_that_never_ends_is_not_read_for_ever(door: Door, home: Home, file: str) -> None:
    if not Path(file).exists():
        pytest.skip(f"this system has no {file}")
    answer = door("note", "101", "--body-file", file, "--json")
    assert answer.code == 2
    assert "holds more than" in answer.document["error"]["say"]
