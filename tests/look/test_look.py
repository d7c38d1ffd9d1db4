"""What a person would look at, as pictures: few, and each looked at before it was accepted.

Mend them with `make test ARGS="tests/look --snapshot-update"`, and look at every changed picture.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from heroterm.cli.invocation import Invocation
from heroterm.cli.parts import parts_of
from heroterm.domain.outbox import Changes, Intent, PublicReply
from heroterm.sandbox import server, shift
from heroterm.tui.app import HeroApp
from heroterm.tui.doing import saying
from heroterm.tui.lines import TextLines
from tests.conftest import NOW
from tests.filled import made_once, signs_in
from tests.robot import drawn_when_looked_at

REPLY = "Hey, sorry for the trouble, and thanks for telling us. I will write again by $1<time>."


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that mirrors a practice shift whose clock stands still; made once, then copied."""

    def make(home: Path) -> None:
        sandbox = shift.build(seed=1, tickets=400, clock=NOW, now=lambda: NOW)
        running = server.start(sandbox)
        signs_in(home, running, clock=lambda: NOW)
        running.stop()

    return made_once(tmp_path_factory, "look", make)


@pytest.fixture
def app(own_home: Path, synced: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeroApp]:
    """The workstation on that home; no carrier runs."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setattr("heroterm.tui.screens.step.StepBox.deaf_seconds", 0.01)
    monkeypatch.setattr("heroterm.tui.screens.danger.DangerScreen.deaf_seconds", 60.0)
    shutil.copytree(synced, own_home)
    call = Invocation(lambda: NOW, lambda: "00000000-0000-4000-8000-000000000000")
    call.home = str(own_home)
    made = parts_of(call, call.paths.make(), call.config, demo=False)
    account_url = "https://practice.example.com"
    settings = replace(made.settings, account_url=account_url, training_sends=0, brief=False)
    with drawn_when_looked_at():
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
            saying.status_lines(app.desk)
        for _ in range(100):  # what stands beside the ticket is asked once the hero rests on it
            if app.desk is not None and app.desk.seeing.beside is not None:
                break
            await pilot.pause(0.05)
        await pilot.pause(0.6)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    return before


def counted(app: HeroApp) -> Callable[[Pilot[None]], Any]:
    """The week in numbers, which are counted beside the screen."""

    async def before(pilot: Pilot[None]) -> None:
        await standing(app, "g", "s")(pilot)
        for _ in range(100):
            if len(app.screen.query_one(TextLines).lines) > 1:
                break
            await pilot.pause(0.05)
        await pilot.pause(0.2)

    return before


def reviewing(app: HeroApp) -> Callable[[Pilot[None]], Any]:
    """A reply under review, with a blank that is not filled in."""

    async def before(pilot: Pilot[None]) -> None:
        await standing(app, "j", "j", "r")(pilot)
        assert app.desk is not None
        app.desk.composer.words.insert(REPLY)
        await standing(app, "escape")(pilot)

    return before


def stopped(app: HeroApp) -> Callable[[Pilot[None]], Any]:
    """A reply that stopped because the customer wrote meanwhile: theirs and mine."""

    async def before(pilot: Pilot[None]) -> None:
        await standing(app, "j", "j", "j")(pilot)
        assert app.desk is not None and app.desk.opened is not None
        ticket, first = app.desk.opened.ticket, app.desk.opened.comments[0]
        changes = Changes(status="pending")
        made = Intent(
            "i", ticket.id, NOW, NOW, PublicReply("Hey, this is mended now. Ana"), changes,
            base_stamp=ticket.updated_stamp, seen_comment_id=first.id, state="queued",
        )  # fmt: skip
        journal = app.reading.journal
        assert journal is not None
        journal.outbox.put(made)
        journal.outbox.stop("i", "The customer wrote since you looked.")
        await standing(app, "6", "enter")(pilot)

    return before


def keeping(app: HeroApp) -> Callable[[Pilot[None]], Any]:
    """Two drafts in their list, one of them in wide letters."""

    async def before(pilot: Pilot[None]) -> None:
        for words in ("Hey, 日本語の返信 is on its way.", "Half an answer."):
            await standing(app, "1", "j", "r")(pilot)
            assert app.desk is not None
            app.desk.composer.words.insert(words)
            await standing(app, "escape", "escape")(pilot)
        await standing(app, "g", "d")(pilot)

    return before


def rehearsing(app: HeroApp) -> Callable[[Pilot[None]], Any]:
    """Deleting groups on a made-up ticket, at the step before the dangerous one."""

    async def before(pilot: Pilot[None]) -> None:
        await standing(app, "j", "5")(pilot)
        assert app.desk is not None
        names = [one.playbook.name for one in app.desk.playbook._playbooks]
        await standing(app, *["j"] * names.index("group-deletion"), "T")(pilot)
        for words in ("4411", ""):
            await standing(app, "x" if words else "enter")(pilot)
            app.post_message(Paste(words))
            await standing(app, *["enter"] * bool(words))(pilot)

    return before


def fearing(app: HeroApp) -> Callable[[Pilot[None]], Any]:
    """The dangerous step itself: nothing is typed, and the focus is on CANCEL."""

    async def before(pilot: Pilot[None]) -> None:
        await rehearsing(app)(pilot)
        await standing(app, "x")(pilot)
        app.post_message(Paste("comapny"))
        await standing(app, "enter", "enter")(pilot)

    return before


def pressed(*keys: str) -> Callable[[HeroApp], Callable[[Pilot[None]], Any]]:
    """Keys from the desk as it stands."""
    return lambda app: standing(app, *keys)


SIZES = ((80, 24), (120, 40), (200, 60))
PLACES = {
    "desk": pressed("j", "j", "j"),
    "ticket": pressed("j", "enter"),
    "review": reviewing,
    "picker": pressed("j", "c"),
    "conflict": stopped,
    "help": pressed("question_mark"),
    "palette": pressed("colon", "r", "e"),
    "stats": counted,
    "issue": pressed("j", "j", "j", "b"),
    "playbook": rehearsing,
    "danger": fearing,
    "drafts": keeping,
    "macro": pressed("j", "m", "m", "enter"),
}
"""Where the picture is taken, by name."""
SMALL = ("issue", "playbook", "danger", "drafts", "macro")
"""Places whose way there is long: taken where it is tightest, only."""
TAKEN = [(place, size) for place in PLACES for size in (SIZES[:1] if place in SMALL else SIZES)]


def named(each: object) -> str:
    """A place by its name, a size as 80x24."""
    return each if isinstance(each, str) else "{}x{}".format(*each)  # type: ignore[misc]


THEMES = sorted(path.stem for path in (Path(__file__).parents[2] / "themes").glob("*.toml"))


@pytest.mark.parametrize(("place", "size"), TAKEN, ids=lambda each: named(each))
def test_place(snap_compare: Any, app: HeroApp, place: str, size: tuple[int, int]) -> None:
    """Each place at the three sizes; the README shows the desk at 120x40."""
    assert snap_compare(app, terminal_size=size, run_before=PLACES[place](app))


def test_content_warning(snap_compare: Any, app: HeroApp) -> None:
    """Nothing that such a customer wrote is seen before it is asked for."""
    assert snap_compare(app, terminal_size=(80, 24), run_before=standing(app, "j", "j", "enter"))


@pytest.mark.parametrize("theme", THEMES)
def test_theme(snap_compare: Any, app: HeroApp, theme: str) -> None:
    """Every theme over the desk, once."""

    async def before(pilot: Pilot[None]) -> None:
        await standing(app, "j", "j", "j")(pilot)
        app.theme = theme
        await pilot.pause(0.2)

    assert snap_compare(app, terminal_size=(120, 40), run_before=before)
