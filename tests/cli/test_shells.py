"""What a shell and `man` get: completion in the real shells, a manual page, exit codes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from heroterm import errors
from heroterm.cli.completion import SHELLS
from heroterm.cli.front import VERBS
from heroterm.cli.man import page, roff
from tests.cli.conftest import Home
from tests.cli.door import Door

ASK = {
    "bash": (
        'source "$1"; COMP_WORDS=({words}); COMP_CWORD={last}; _heroterm_completion heroterm; '
        'printf "%s\\n" "${{COMPREPLY[@]}}"'
    ),
    "fish": 'source $argv[1]; complete --do-complete "{line}"',
    "zsh": (
        # Outside of its line editor zsh offers nothing; what would be offered is printed.
        "compdef() {{ }}; compadd() {{ print -l -- ${{(P)5}} }}; "
        "_describe() {{ print -l -- ${{(P)3}} }}; "
        'source "$1"; words=({words}); CURRENT={last}+1; _heroterm_completion'
    ),
}


def asked(shell: str, line: str, folder: Path, home: Path) -> set[str]:
    """What the real shell offers for a line; the last word is being typed."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed here")
    bin_ = folder / "bin"
    bin_.mkdir()
    (bin_ / "heroterm").write_text(f'#!/bin/sh\nexec {sys.executable} -m heroterm "$@"\n')
    (bin_ / "heroterm").chmod(0o755)
    script = folder / "script"
    environ = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}", "HEROTERM_HOME": str(home)}
    made = subprocess.run(
        ["heroterm", "completion", shell], env=environ, capture_output=True, check=True
    )
    script.write_bytes(made.stdout)
    words = line.split(" ")
    code = ASK[shell].format(
        words=" ".join(f"'{word}'" for word in words), last=len(words) - 1, line=line
    )
    extra = ["--no-config"] if shell == "fish" else ["--norc"] if shell == "bash" else ["-f"]
    run = subprocess.run(
        [program, *extra, "-c", code, *(["x"] if shell != "fish" else []), str(script)],
        env=environ, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return {re.split(r"[\t:]", said)[0] for said in run.stdout.splitlines()}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_real_shell_completes_ticket_numbers(
    shell: str, home: Home, own_home: Path, tmp_path: Path
) -> None:
    offered = asked(shell, "heroterm show 10", tmp_path, own_home)
    assert {"101", "102", "104"} <= offered and "105" not in offered


WORDS = [
    ("heroterm hand", {"handover"}),
    ("heroterm playbook show two", {"twofa-removal"}),
    ("heroterm reply 101 --canned looking", {"looking-into-it"}),
    ("heroterm set 101 --group B", {"Billing"}),
    ("heroterm set 101 --status p", {"pending"}),
    ("heroterm queue --view m", {"mine"}),
    ("heroterm help j", {"json"}),
    ("heroterm outbox rec", {"recall"}),
    ("heroterm nonsense 1", set()),
]


@pytest.mark.parametrize(("line", "wanted"), WORDS, ids=[line for line, _ in WORDS])
def test_words_are_completed_from_what_this_home_knows(
    line: str, wanted: set[str], home: Home, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered(door, line, monkeypatch) == wanted


def offered(door: Door, line: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    monkeypatch.setenv("_HEROTERM_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
    answer = door()
    assert answer.err == ""
    return {said.partition(",")[2] for said in answer.out.split()}


def test_a_home_that_cannot_be_read_completes_nothing_and_says_nothing(
    door: Door, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_home.mkdir()
    (own_home / "data").write_text("no folder")
    assert offered(door, "heroterm show 10", monkeypatch) == set()


def test_the_manual_page_is_whole_and_roff_finds_no_fault(tmp_path: Path) -> None:
    lines = list(page())
    told = "\n".join(lines)
    for name, (_, line) in VERBS.items():
        assert not line or re.search(rf"^\.SS {re.escape(roff(name))}\b", told, re.M), name
    assert told.isascii() and not re.search(r"^[.'](?![A-Z]{1,2}\b|nf|fi)", told, re.M)
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("groff is not installed here")
    file = tmp_path / "heroterm.1"
    file.write_text(told + "\n")
    run = subprocess.run(
        [groff, "-man", "-ww", "-Tascii", str(file)], capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0 and run.stderr == ""
    assert "EXIT STATUS" in re.sub(".\x08", "", run.stdout)


def test_no_text_of_an_option_is_a_request_of_roff() -> None:
    assert roff(".so /etc/passwd") == "\\&.so /etc/passwd"
    assert roff("'a\\b--c") == "\\&'a\\eb\\-\\-c"


def test_every_exit_code_of_the_errors_is_on_the_page(door: Door) -> None:
    told = door("help", "exit-codes").out
    kinds = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)]
    codes = {int(code) for code in re.findall(r"^  (\d+)\s", told, re.M)}
    assert {kind.exit_code for kind in kinds if hasattr(kind, "exit_code")} <= codes
    assert {0, 70, 130} <= codes


CODES: list[tuple[int, tuple[str, ...]]] = [
    (0, ("queue",)),
    (1, ("reply", "106", "--body", "An answer.")),
    (2, ("quue",)),
    (2, ("show",)),
    (2, ("config", "check")),
    (3, ("outbox", "list")),
]


@pytest.mark.parametrize(("code", "words"), CODES, ids=[" ".join(w) for _, w in CODES])
def test_the_codes_are_what_the_page_says(
    code: int, words: tuple[str, ...], home: Home, door: Door, own_home: Path
) -> None:
    if words[0] == "config":
        home.paths.config_file.write_text("[desk]\nhold_second = 1\n")
    if words[0] == "outbox":
        home.paths.journal.write_bytes(b"this is no database, whatever it says" * 100)
    answer: Any = door(*words, "--json")
    assert answer.code == code
