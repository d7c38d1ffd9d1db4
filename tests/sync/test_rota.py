"""The carrier's look at the rota: beside everything else, kept when it fails, told once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from heroterm.domain.rotation import Rota, Turn, document
from heroterm.sync.report import Pulled, Report, Trouble
from heroterm.sync.rota import SECONDS, RotaKeeper
from tests.conftest import NOW

WEEK = Rota("x", (Turn("Ana", NOW - timedelta(days=2), NOW + timedelta(days=5)),), NOW)


class Desk:
    """A keeper with a clock of its own; `says` is a program in Python."""

    def __init__(self, says: str) -> None:
        self.now = 0.0
        self.held: Rota | None = None
        self.keeper = RotaKeeper(
            [sys.executable, "-c", says],
            dict(os.environ),
            lambda: self.held,
            self._keep,
            ticks=lambda: self.now,
            period=1800.0,
        )

    def _keep(self, rota: Rota) -> None:
        self.held = rota

    def look(self) -> Sequence[Report]:
        """One look from its beginning to its end."""
        told = list(self.keeper.turn())
        while self.keeper.busy:
            told += self.keeper.turn()
        return told


def prints(text: str, code: int = 0) -> str:
    return f"import sys\nprint({text!r})\nsys.exit({code})"


def test_a_look_is_kept_and_the_next_one_waits_its_time() -> None:
    desk = Desk("import sys; print('a warning', file=sys.stderr)\n" + prints(_said(WEEK)))
    assert desk.look() == [Pulled("rota")] and desk.held == WEEK
    assert desk.look() == [] and not desk.keeper.busy
    desk.now += 1801
    assert desk.look() == [Pulled("rota")]


def _said(rota: Rota) -> str:
    return json.dumps({"schema": 1, **document(rota)})


@pytest.mark.parametrize(
    ("says", "trouble"),
    [
        (prints(json.dumps({"error": {"say": "No token."}}), 2), "No token."),
        (prints("<html>"), "its reader said something else."),
        (prints("", 3), "its reader ended with code 3."),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "ended by signal 9."),
    ],
    ids=["error", "garbage", "silent", "killed"],
)
def test_a_failed_look_keeps_what_was_known_and_is_told_once(says: str, trouble: str) -> None:
    desk = Desk(says)
    desk.held = WEEK
    told = desk.look()
    assert [type(each) for each in told] == [Trouble] and trouble in str(told[0])
    assert desk.held == replace(WEEK, trouble=desk.held.trouble) and trouble in desk.held.trouble
    desk.now += 1801
    assert desk.look() == []


def test_a_network_that_is_away_is_no_news() -> None:
    desk = Desk(prints(json.dumps({"error": {"say": "PagerDuty cannot be reached."}}), 5))
    assert desk.look() == [] and desk.held is not None
    assert desk.held.trouble == "PagerDuty cannot be reached."


def test_a_reader_that_hangs_is_ended_and_nothing_waits_for_it() -> None:
    desk = Desk("import time; time.sleep(600)")
    assert list(desk.keeper.turn()) == [] and list(desk.keeper.turn()) == []
    assert desk.keeper.busy
    desk.now += SECONDS + 1
    assert "ended after 40 s" in str(next(iter(desk.keeper.turn())))
    assert not desk.keeper.busy


def test_a_program_that_is_not_there_is_said() -> None:
    keeper = RotaKeeper(
        ["/no/such/program"], {}, lambda: None, print, ticks=lambda: 0.0, period=1.0
    )
    list(keeper.turn())
    assert "could not be started" in str(next(iter(keeper.turn())))
