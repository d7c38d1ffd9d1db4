"""What a person would look at, as pictures: few, and each looked at before it was accepted.

Mend them with `make test ARGS="tests/look --snapshot-update"`, and look at every changed picture.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from heroterm.cli import main
from heroterm.cli.invocation import Invocation
from heroterm.cli.parts import parts_of
from heroterm.sandbox import server, shift
from heroterm.tui.app import HeroApp
from tests.conftest import NOW
from tests.tui.conftest import Typed

REPLY = "Hey, sorry for the trouble, and thanks for telling us. I will write again by $1<time>."


@pytest.fixture
def app(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeroApp]:
    """The workstation on a practice shift whose clock stands still; no carrier runs."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    sandbox = shift.build(seed=1, tickets=400, clock=NOW, now=lambda: NOW)
    running = server.start(sandbox)
    monkeypatch.setattr("sys.stdin", Typed(sandbox.token))
    account = ["--url", running.url, "--email", sandbox.email, "--token-stdin"]
    assert main(["connect", *account], clock=lambda: NOW) == 0
    assert main(["sync", "--once"], clock=lambda: NOW) == 0
    running.stop()
    call = Invocation(lambda: NOW, lambda: "00000000-0000-4000-8000-000000000000")
    call.home = str(own_home)
    made = parts_of(call, call.paths.make(), demo=False)
    settings = replace(made.settings, account_url="https://practice.example.com", training_sends=0)
    yield HeroApp(replace(made, carrier=(), settings=settings))


def standing(app: HeroApp, *keys: str) -> Callable[[Pilot[None]], Any]:
    """Wait for the desk, then press keys."""

    async def before(pilot: Pilot[None]) -> None:
        for _ in range(200):
            if app.desk is not None and app.desk.opened is not None:
                break
            await pilot.pause(0.05)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.05)
        if app.desk is not None:
            app.desk.composer.words.cursor_blink = False
            app.desk.told = ""
            app.desk.refresh_status()
        for _ in range(100):  # what stands beside the ticket is asked once the hero rests on it
            if app.desk is not None and app.desk.seeing.beside is not None:
                break
            await pilot.pause(0.05)
        await pilot.pause(0.6)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    return before


def test_desk_at_80x24(snap_compare: Any, app: HeroApp) -> None:
    """Queue and side card, one above the other."""
    assert snap_compare(app, terminal_size=(80, 24), run_before=standing(app, "j", "j", "j"))


def test_desk_at_120x40(snap_compare: Any, app: HeroApp) -> None:
    """Queue, thread, side card and canned replies; the README shows this picture."""
    assert snap_compare(app, terminal_size=(120, 40), run_before=standing(app, "j", "j", "j"))


def test_desk_at_200x60(snap_compare: Any, app: HeroApp) -> None:
    """Three columns, playbooks beside the rest."""
    assert snap_compare(app, terminal_size=(200, 60), run_before=standing(app, "j", "j", "j"))


def test_ticket_at_80x24(snap_compare: Any, app: HeroApp) -> None:
    """A ticket read in a small terminal: notes unmistakable without colour."""
    assert snap_compare(app, terminal_size=(80, 24), run_before=standing(app, "j", "enter"))


def test_content_warning_at_80x24(snap_compare: Any, app: HeroApp) -> None:
    """Nothing that such a customer wrote is seen before it is asked for."""
    assert snap_compare(app, terminal_size=(80, 24), run_before=standing(app, "j", "j", "enter"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_reply_under_review(snap_compare: Any, app: HeroApp, size: tuple[int, int]) -> None:
    """The composer with its Review bar: who reads it, what the status does, what blocks."""

    async def before(pilot: Pilot[None]) -> None:
        await standing(app, "j", "j", "r")(pilot)
        assert app.desk is not None
        app.desk.composer.words.insert(REPLY)
        await standing(app, "escape")(pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)


def test_help_at_80x24(snap_compare: Any, app: HeroApp) -> None:
    """Every key, those of the queue first."""
    assert snap_compare(app, terminal_size=(80, 24), run_before=standing(app, "question_mark"))


def test_canned_replies_at_120x40(snap_compare: Any, app: HeroApp) -> None:
    """The picker with the filled text beside it."""
    assert snap_compare(app, terminal_size=(120, 40), run_before=standing(app, "j", "c"))
