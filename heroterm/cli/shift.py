"""`heroterm shift --plain`: a shift line by line, with the carrier beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from heroterm.cli.children import importable, own_command
from heroterm.cli.invocation import Invocation
from heroterm.cli.plain_shift import PlainShift
from heroterm.cli.verb import verb
from heroterm.errors import UsageError
from heroterm.sync import report

_GRACE = 10.0
"""Seconds for the carrier to finish the request under way."""


@verb("shift")
@click.option("--plain", is_flag=True, help="Line by line; no screen is drawn.")
def command(call: Invocation, plain: bool) -> int:
    """Work a shift line by line: next, read, reply, note, status, playbooks, undo."""
    if not plain:
        raise UsageError(
            "`heroterm shift` works line by line: add --plain.", "`heroterm` opens the screen."
        )
    if call.as_json:
        raise UsageError("A shift is a talk; it prints no document.", "Use the verbs with --json.")
    _ = call.account

    def run(words: Sequence[str]) -> int:
        from heroterm.cli import main

        home = ["--home", call.home] if call.home else []
        return main([*words, *home], clock=call.clock, new_id=call.new_id)

    with carrying(call):
        PlainShift(call, run, _ask, lambda line: call.answer({}, line.splitlines() or [""])).play()
    return 0


def _ask(prompt: str) -> str | None:
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None


@contextmanager
def carrying(call: Invocation) -> Iterator[None]:
    """The carrier as a child of the talk; what it has to say is printed between two lines."""
    child = subprocess.Popen(
        own_command(call.home, "carry"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": importable(os.environ.get("PYTHONPATH", ""))},
        start_new_session=True,
    )
    listener = threading.Thread(target=_listen, args=(child, call), daemon=True)
    listener.start()
    try:
        yield
    finally:
        assert child.stdin is not None
        child.stdin.close()
        try:
            child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        listener.join(1.0)


def _listen(child: subprocess.Popen[str], call: Invocation) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        try:
            told = report.from_line(line)
        except ValueError:
            continue
        if said := words(told):
            call.answer({}, [said])


def words(told: report.Report) -> str:
    """What a person is told of a report; "" for what is no news."""
    match told:
        case report.Sent():
            return f"* #{told.ticket_id} was sent."
        case report.Moved(state="needs_you"):
            return f"* #{told.ticket_id} needs you: {told.why}"
        case report.Offline():
            return "* Zendesk cannot be reached; reading and writing go on."
        case report.Trouble():
            return f"* {told.say} {told.remedy}".rstrip()
    return ""
