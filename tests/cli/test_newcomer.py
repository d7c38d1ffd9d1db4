"""The command line in the hands of somebody new: wrong words, pipes, no home, nobody to ask."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Home
from tests.cli.door import Door

ME = [sys.executable, "-m", "heroterm"]


def run(
    *words: str, home: Path, stdin: int = subprocess.DEVNULL
) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "HEROTERM_HOME": str(home)}
    return subprocess.run(
        [*ME, *words], env=environ, capture_output=True, text=True, timeout=60, stdin=stdin
    )


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("shwo", "1"), "Did you mean `heroterm show`?"),
        (("completions", "bash"), "Did you mean `heroterm completion`?"),
        (("completion", "tcsh"), "bash"),
        (("help", "jsno"), "json"),
        (("help", "json", "queeu"), "Did you mean 'queue'?"),
        (("export",), "--out"),
        (("export", "--out", "x", "--format", "xls"), "parquet"),
        (("queue", "--jsn"), "--json"),
    ],
    ids=lambda w: " ".join(w) if isinstance(w, tuple) else "",
)
def test_a_wrong_word_is_met_with_the_right_one(
    words: tuple[str, ...], hint: str, home: Home, door: Door
) -> None:
    answer = door(*words)
    assert answer.code == 2 and hint in answer.err and answer.out == ""


def test_a_reader_that_leaves_early_is_no_fault(home: Home, own_home: Path) -> None:
    for words in ("man", "help json", "queue"):
        line = f"{sys.executable} -m heroterm {words} | head -1"
        environ = {**os.environ, "HEROTERM_HOME": str(own_home)}
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {line}"], env=environ, capture_output=True, text=True,
            timeout=60,
        )  # fmt: skip
        assert len(done.stdout.splitlines()) == 1
        assert "Traceback" not in done.stderr and "fault of its own" not in done.stderr


def test_a_closed_standard_output_does_nothing_and_says_so(home: Home, own_home: Path) -> None:
    environ = {**os.environ, "HEROTERM_HOME": str(own_home)}
    line = f"{sys.executable} -m heroterm queue >&-"
    done = subprocess.run(
        ["bash", "-c", line], env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 3 and "Standard output is closed" in done.stderr


def test_nobody_is_asked_when_no_input_is_wanted(
    home: Home, own_home: Path, tmp_path: Path
) -> None:
    """At a real terminal, where without it the question would wait for ever."""
    ours, theirs = pty.openpty()
    try:
        signing = (("connect", "acme", "--email", "a@b.example"), ("connect", "acme", "--oauth"))
        for words in (("purge", "--all"), ("uninstall-data",), *signing):
            place = tmp_path / "fresh" if words in signing else own_home
            done = run("--no-input", *words, home=place, stdin=theirs)
            assert done.returncode == 2, done.stderr
            assert done.stdout == "" and "Type " not in done.stderr
    finally:
        os.close(ours)
        os.close(theirs)
    assert home.paths.mirror.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o500)
    done = run("sync", "--once", home=shut / "home")
    assert done.returncode in (2, 3) and "Traceback" not in done.stderr


def test_a_home_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    for words in (("queue",), ("doctor", "--offline"), ("rotation",), ("outbox", "list")):
        done = run(*words, home=tmp_path / "home")
        assert done.returncode in (2, 3), (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr and "fault of its own" not in done.stderr


def test_read_only_queues_nothing_and_sends_nothing(home: Home, door: Door) -> None:
    assert door("note", "101", "--body", "Before.", "--hold", "600").code == 0
    (waiting,) = door.json("outbox", "list")["intents"]
    for words in (
        ("note", "101", "--body", "After."),
        ("set", "101", "--priority", "high"),
        ("outbox", "send", waiting["intent"]),
        ("sync", "--once"),
    ):
        answer = door("--read-only", *words, "--json")
        assert answer.code == 1 and answer.document["error"]["rule"] == "read-only", words
    assert door("--read-only", "queue").code == 0
    assert [i["intent"] for i in door.json("outbox", "list")["intents"]] == [waiting["intent"]]
    assert door("--read-only", "outbox", "recall", waiting["intent"]).code == 0
