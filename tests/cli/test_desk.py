"""The way to the screen: what is looked at first, the practice shift, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from heroterm.cli import editor, preflight
from heroterm.cli.children import own_command
from heroterm.config import load
from heroterm.errors import UsageError
from heroterm.journal.lock import SenderLock
from heroterm.tui.edited import Edited
from tests.bench.terminal import Terminal, environment


class Tty:
    """A stream that says whether it is a terminal."""

    def __init__(self, yes: bool) -> None:
        self._yes = yes

    def isatty(self) -> bool:
        return self._yes


TERMINAL = (Tty(True), Tty(True))


def test_a_usual_terminal_is_let_pass() -> None:
    preflight.look({"TERM": "xterm-256color"}, (120, 40), TERMINAL)
    preflight.look({"TERM": "xterm-256color"}, (0, 0), TERMINAL)


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_place_text_is_refused_with_a_hint(term: str) -> None:
    with pytest.raises(UsageError) as caught:
        preflight.look({"TERM": term}, (120, 40), TERMINAL)
    assert "TERM=xterm-256color" in caught.value.remedy


def test_a_tiny_terminal_is_told_what_is_needed() -> None:
    with pytest.raises(UsageError, match="20 columns and 5 rows"):
        preflight.look({"TERM": "xterm"}, (20, 5), TERMINAL)


@pytest.mark.parametrize("streams", [(Tty(True), Tty(False)), (None, Tty(True))])
def test_a_pipe_is_not_painted_on(streams: tuple[Tty | None, Tty | None]) -> None:
    with pytest.raises(UsageError) as caught:
        preflight.look({"TERM": "xterm"}, (120, 40), streams)
    assert "queue --json" in caught.value.remedy


def test_the_carrier_is_of_the_same_home(tmp_path: Path) -> None:
    command = own_command(str(tmp_path), "carry")
    assert command[0] == sys.executable
    assert command[-3:] == ["--home", str(tmp_path), "carry"]


def answers(port: int) -> bool:
    """Whether anything listens on a port of this machine."""
    with socket.socket() as plug:
        plug.settimeout(5)
        return plug.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.pty
@pytest.mark.parametrize("ending", ["key", "signal"])
def test_a_practice_shift_opens_and_leaves_nothing_running(ending: str, own_home: Path) -> None:
    words = [sys.executable, "-m", "heroterm", "demo", "--tickets", "40"]
    env = {**environment({}), "HEROTERM_HOME": str(own_home)}
    with Terminal(words, env, os.getcwd()) as terminal:
        terminal.ready("1 queue", timeout=60)
        terminal.settle()
        (home,) = (own_home / "state" / "demo").iterdir()
        port = urlsplit(load(home / "config" / "config.toml").account.url).port
        assert port is not None and answers(port)
        if ending == "key":
            terminal.send(b"Q")
        else:
            os.kill(terminal._process.pid, signal.SIGTERM)
        code = terminal._process.wait(timeout=30)
    assert code == (0 if ending == "key" else 128 + signal.SIGTERM)
    assert not answers(port)


def rest(terminal: Terminal) -> str:
    """What stands at the terminal's own cursor, to the end of its line."""
    at = terminal.screen.cursor
    return terminal.screen.display[at.y][at.x :]


def before(terminal: Terminal) -> str:
    """What stands before the terminal's own cursor."""
    at = terminal.screen.cursor
    return terminal.screen.display[at.y][: at.x]


@pytest.mark.pty
def test_a_demo_has_the_cursor_at_the_focus_and_killed_leaves_no_sandbox_but_the_draft(
    own_home: Path,
) -> None:
    words = [sys.executable, "-m", "heroterm", "demo", "--tickets", "40"]
    env = {**environment({}), "HEROTERM_HOME": str(own_home)}
    with Terminal(words, env, os.getcwd()) as terminal:
        terminal.ready("1 queue", timeout=60)
        here = terminal.screen.cursor
        terminal.until(lambda: here.y > 1 and rest(terminal).startswith(">T"), 20)
        first = here.y
        terminal.send(b"j")
        terminal.until(lambda: here.y == first + 1 and rest(terminal).startswith(">T"), 20)
        terminal.send(b"n")
        terminal.until(lambda: "2 #" in terminal.text(), 20)
        terminal.until(lambda: rest(terminal).startswith("▶"), 20)
        terminal.send(b"r")
        terminal.until(lambda: "Esc: who reads it" in terminal.text(), 20)
        terminal.send(b"Hey, half a sentence")
        terminal.until(lambda: "draft kept" in terminal.text(), 20)
        terminal.until(lambda: before(terminal).endswith("half a sentence"), 20)
        (home,) = (own_home / "state" / "demo").iterdir()
        port = urlsplit(load(home / "config" / "config.toml").account.url).port
        assert port is not None and answers(port)
        lock = SenderLock(home / "data" / "journal.lock")
        terminal.until(lambda: lock.holder() is not None, 20)
        os.kill(lock.holder() or 0, signal.SIGSTOP)  # as on a machine that is busy elsewhere
        terminal.kill()
        for _ in range(100):
            if not answers(port):
                break
            time.sleep(0.1)
        assert not answers(port)
    with Terminal(words, env, os.getcwd()) as terminal:
        terminal.until(lambda: "waiting for it" in terminal.text(), 20)
        os.kill(lock.holder() or 0, signal.SIGCONT)
        terminal.ready("1 queue", timeout=60)
        terminal.send(b"gd")
        terminal.until(lambda: "half a sentence" in terminal.text(), 20)


def script(folder: Path, words: str) -> dict[str, str]:
    """An editor of a few shell words; $1 is the file."""
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(0o755)
    return {"EDITOR": str(path), "PATH": "/usr/bin:/bin", "HEROTERM_TOKEN": "s3cret"}


def test_the_editor_s_words_come_back(tmp_path: Path) -> None:
    env = script(tmp_path, 'echo "and more" >> "$1"')
    assert editor.edit("some words\n", env, tmp_path / "state") == Edited("some words\nand more")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("true", ""),
        ("exit 1", "The editor editor ended with code 1. The text is as it was."),
        ("kill -9 $$", "was ended by signal 9."),
        ('> "$1"; exit 1', "ended with code 1."),
        ('printf "\\377" > "$1"', "is not UTF-8."),
        ('rm "$1"', "left no file there."),
        ('head -c 2000000 /dev/zero > "$1"', "is larger than 1 MB."),
        ('rm "$1"; ln -s /etc/hostname "$1"', "left no file there."),
        ('rm "$1"; mkfifo "$1"', "left no plain file there."),
        ('rm "$1"; mkdir "$1"', "left no file there."),
    ],
)
def test_an_editor_that_fails_leaves_the_text_as_it_was_and_says_why(
    words: str, said: str, tmp_path: Path
) -> None:
    back = editor.edit("kept", script(tmp_path, words), tmp_path / "state")
    assert back.text is None
    assert said in back.say and bool(said) == bool(back.say)


def test_what_an_editor_had_written_before_it_failed_is_kept(tmp_path: Path) -> None:
    back = editor.edit("kept", script(tmp_path, 'echo x >> "$1"; exit 3'), tmp_path / "state")
    assert back == Edited(
        "keptx", "The editor editor ended with code 3; what it had written is here."
    )


def test_control_bytes_of_an_editor_can_be_stored(tmp_path: Path) -> None:
    env = script(tmp_path, 'printf "a\\000b" > "$1"')
    assert editor.edit("kept", env, tmp_path / "state") == Edited("a␀b")


def test_an_editor_that_is_missing_is_named(tmp_path: Path) -> None:
    missing = editor.edit("kept", {"EDITOR": "/nowhere/ed"}, tmp_path)
    assert missing.text is None and "/nowhere/ed was not found: set VISUAL" in missing.say
    assert "EDITOR is no command" in editor.edit("kept", {"EDITOR": '"'}, tmp_path).say


def test_the_editor_does_not_learn_the_token_and_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "seen"
    env = script(tmp_path, f'{{ env; ls -ld "$(dirname "$1")"; echo "$1"; }} > {out}; echo >> "$1"')
    editor.edit("kept", env, tmp_path / "state")
    seen = out.read_text()
    assert "s3cret" not in seen
    assert "drwx------" in seen
    assert not Path(seen.splitlines()[-1]).exists()
