"""`heroterm demo`: the workstation on a private practice shift, which ends with it.

The sandbox runs as a child of its own, the sign-in and the first pass as two more, so that the
screen's process stays as light as on a real account.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

from heroterm.cli.children import importable, own_command
from heroterm.cli.demo_home import forget, standing
from heroterm.cli.demo_words import put_back
from heroterm.cli.desk import open_desk
from heroterm.cli.invocation import Invocation
from heroterm.cli.practice import course
from heroterm.cli.preflight import look
from heroterm.cli.verb import verb
from heroterm.errors import HeroError, UsageError

_PAST = 60
"""Solved tickets behind the lessons, so that there is a past to look at."""
READY_SECONDS = 120.0
"""A world of 100,000 tickets takes up to a minute to make."""


@verb("demo")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N")
@click.option("--tickets", type=click.IntRange(min=1), default=400, show_default=True, metavar="N")
@click.option("--fresh", is_flag=True, help="With --practice: from the first lesson again.")
@click.option("--practice", is_flag=True, help="Five lessons; goes on where you left.")
def command(call: Invocation, seed: int, tickets: int, fresh: bool, practice: bool) -> int:
    """Open the workstation on a private practice shift; nothing leaves this machine.

    Its world is always made anew. What is kept: words that you had not sent, as drafts, and how
    far you are in the lessons.
    """
    if call.as_json:
        raise UsageError("The demo is a screen; it prints no document.", "Leave --json out.")
    look(os.environ)
    lessons = course(call, fresh=fresh) if practice else None
    name = "practice" if practice else f"seed-{seed}-{tickets}"
    home = call.paths.make().state / "demo" / name
    world = ["--seed", str(seed), "--tickets", str(_PAST if lessons else tickets)]
    world += ["--practice", str(lessons.behind)] if lessons else []
    with standing(home, call.say) as held:
        drafts = forget(home, call.clock)
        put_back(home / "data" / "journal.db", call.clock, drafts)  # whatever fails from here on
        with _signals_end_it(), served(world) as desk:
            call.say("A practice shift of made-up tickets is being set up …")
            prepare(home, desk, held)
            return open_desk(
                str(home),
                clock=call.clock,
                new_id=call.new_id,
                demo=True,
                course=lessons,
                read_only=call.read_only,
                held=held,
            )


@contextmanager
def served(world: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A sandbox child of a world in the verb's own words; gives its first line (url, email,
    token …) and ends it afterwards.
    """
    words = ["sandbox", "--port", "0", "--until-stdin-ends", *world]
    child = subprocess.Popen(
        own_command(None, *words),
        stdin=subprocess.PIPE,  # it ends with this process, however that ends
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    try:
        yield _first_line(child)
    finally:
        child.terminate()
        try:
            child.wait(timeout=3)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def _first_line(child: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert child.stdout is not None
    ready, _, _ = select.select([child.stdout], [], [], READY_SECONDS)
    line = child.stdout.readline() if ready else b""
    try:
        told = json.loads(line)
    except ValueError:
        raise HeroError(
            "The practice desk did not start.", "`heroterm sandbox --port 0` says why."
        ) from None
    return dict(told)


def prepare(home: Path, desk: dict[str, Any], held: Sequence[int]) -> None:
    """Sign in to the sandbox and bring its tickets over. Raises HeroError with a child's words."""
    sign_in = ["connect", "--url", desk["url"], "--email", desk["email"], "--token-stdin"]
    _child(home, sign_in, desk["token"], held)
    _child(home, ["sync", "--once"], "", held)


def _child(home: Path, words: Sequence[str], given: str, held: Sequence[int]) -> None:
    run = subprocess.run(
        own_command(str(home), *words, "--json"),
        input=given,
        capture_output=True,
        text=True,
        env=_environment(),
        pass_fds=held,
        start_new_session=True,
    )
    if run.returncode != 0:
        try:
            say = str(json.loads(run.stdout)["error"]["say"])
        except (ValueError, KeyError):
            say = f"`heroterm {words[0]}` ended with code {run.returncode}."
        raise HeroError(
            f"The practice shift could not be set up. {say}",
            "Begin it again, or use another: --seed 2.",
        )


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": importable(os.environ.get("PYTHONPATH", ""))}


@contextmanager
def _signals_end_it() -> Iterator[None]:
    """Turn the signals that would kill at once into an exit that ends the children, too."""

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {n: signal.signal(n, leave) for n in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
