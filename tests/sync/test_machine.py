"""The same as the storm, in steps that are generated and made smaller when they fail."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from heroterm.errors import StoreError
from tests.sync.program import Crash, Program
from tests.sync.storm import Storm
from tests.sync.verdict import verdict
from tests.sync.weather import DEEDS, UPDATES

PICK, SCREEN = st.integers(0, 500), st.integers(0, 1)
_CONFIRMED = st.sampled_from(
    ("write", "write", "fields", "ask_owner", "move_person", "bulk", "undo")
)
_READS = st.sampled_from(("ticket", "audits", "comments", "me", "person", "upload"))


class Told(Storm):
    """A storm in which everything happens when it is told to, and nothing by chance."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, 0)
        self.left = -1

    def die(self, point: str) -> None:
        self.left -= 1
        if self.left == 0:
            raise Crash(point)

    def between(self, program: Program, point: str) -> None:
        pass


class Outbox(RuleBasedStateMachine):
    """After every step: nothing lost, nothing twice, in order, unchanged, to whom it was meant."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="heroterm-machine-"))
        self.storm = Told(self.folder / "home" / "journal.db")

    def _do(self, screen: int, pick: int, deed: Callable[[Program], Any]) -> None:
        self.storm.rng.seed(pick)
        with suppress(StoreError):  # what was typed is still on the screen
            self.storm.guarded(self.storm.programs[screen], deed)
        self.storm.left = -1

    @rule(screen=SCREEN, pick=PICK, what=_CONFIRMED)
    def confirms(self, screen: int, pick: int, what: str) -> None:
        self._do(screen, pick, getattr(self.storm.hands, what))

    @rule(screen=SCREEN, pick=PICK, what=st.sampled_from(("recall", "hold", "discard", "decide")))
    def weighs(self, screen: int, pick: int, what: str) -> None:
        self._do(screen, pick, getattr(self.storm.hands, what))

    @rule(fault=st.sampled_from(UPDATES), deed=st.sampled_from(DEEDS))
    def writes_fail(self, fault: str, deed: str) -> None:
        self.storm.server.script, self.storm.server.deeds = [fault], [deed]

    @rule(what=_READS, fault=st.sampled_from(("offline", "500", "429", "html", "401")))
    def a_read_fails(self, what: str, fault: str) -> None:
        self.storm.server.reads[what] = [fault]

    @rule(pick=PICK)
    def history_lags(self, pick: int) -> None:
        self.storm.rng.seed(pick)
        self.storm.weather.lag()

    @rule(pick=PICK)
    def somebody_acts(self, pick: int) -> None:
        self.storm.rng.seed(pick)
        self.storm.weather.colleague()

    @rule(pick=PICK)
    def a_ticket_ends(self, pick: int) -> None:
        self.storm.rng.seed(pick)
        self.storm.weather.ends()

    @rule(seconds=st.sampled_from((1, 5, 15, 130, 9_000)))
    def time_passes(self, seconds: int) -> None:
        self.storm.server.turn(seconds)

    @rule(screen=SCREEN)
    def carries(self, screen: int) -> None:
        self._do(screen, 0, Program.work)

    @rule(screen=SCREEN, after=st.integers(1, 20))
    def dies_while_it_carries(self, screen: int, after: int) -> None:
        self.storm.left = after
        self._do(screen, 0, Program.work)

    @rule(screen=SCREEN, pick=PICK, after=st.integers(1, 8))
    def dies_while_something_is_put(self, screen: int, pick: int, after: int) -> None:
        self.storm.left = after
        self._do(screen, pick, self.storm.hands.write)

    @rule(screen=SCREEN)
    def hands_over(self, screen: int) -> None:
        self.storm.programs[screen].hand_over()

    @rule(screen=SCREEN, takes=st.booleans())
    def the_disk_is_full_or_not(self, screen: int, takes: bool) -> None:
        self.storm.programs[screen].disk(takes=takes)

    @rule(screen=SCREEN)
    def signs_in_again(self, screen: int) -> None:
        self.storm.programs[screen].desk.push.resume()

    @invariant()
    def holds(self) -> None:
        storm = self.storm
        journal = storm.programs[0].desk.journal
        assert not verdict(journal, storm.server, storm.hands, Counter(), settled=False)

    def teardown(self) -> None:
        for program in self.storm.programs:
            program.disk(takes=True)
        self.storm.settle()
        self.storm.check()
        self.storm.close()
        shutil.rmtree(self.folder)


TestOutbox = pytest.mark.storm(Outbox.TestCase)
TestOutbox.settings = settings(
    max_examples=25 if settings().max_examples < 100 else 1_000,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow],
)
