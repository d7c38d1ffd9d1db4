"""The same as the storm, in steps that are generated and made smaller when they fail."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from heroterm.sandbox.customers import say
from heroterm.sandbox.departures import delete
from heroterm.sandbox.truth import truth
from tests.equal.compare import broken_promises, differences
from tests.equal.desk import FAULTS, Desk

SEEDS = st.integers(0, 1_000)


class Mirrored(RuleBasedStateMachine):
    """Whatever happens in whatever order, after a calm time the mirror is the world."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="heroterm-equal-"))
        self.desk: Desk | None = None

    @property
    def at(self) -> Desk:
        assert self.desk is not None
        return self.desk

    @initialize(role=st.sampled_from(["agent", "admin", "light"]), seed=st.integers(1, 3))
    def begin(self, role: str, seed: int) -> None:
        self.role = role
        self.desk = Desk(self.folder, role=role, seed=seed, tickets=60)

    @rule(count=st.integers(1, 12), seed=SEEDS, over=st.sampled_from([0, 30]))
    def things_happen(self, count: int, seed: int, over: int) -> None:
        self.at.happen(count, seed, over)

    @rule(pick=SEEDS)
    def a_customer_writes(self, pick: int) -> None:
        self._said(pick, "requester", public=True)

    @rule(pick=SEEDS)
    def a_colleague_leaves_a_note(self, pick: int) -> None:
        self._said(pick, "agent", public=False)

    def _said(self, pick: int, author: str, *, public: bool) -> None:
        world = self.at.sandbox.world
        live = sorted(t.id for t in world.live())
        say(world, world.tickets[live[pick % len(live)]], author, f"word {pick}", public=public)

    @rule(pick=SEEDS)
    def a_ticket_is_deleted(self, pick: int) -> None:
        world = self.at.sandbox.world
        live = sorted(t.id for t in world.live())
        delete(world, world.tickets[live[pick % len(live)]], world.automation)

    @rule(pick=SEEDS)
    def an_organization_is_renamed(self, pick: int) -> None:
        world = self.at.sandbox.world
        chosen = sorted(world.organizations)[pick % len(world.organizations)]
        world.organizations[chosen].name = f"Company {pick}"
        world.organizations[chosen].updated_at = world.clock.seconds()

    @rule(rules=st.lists(st.sampled_from(FAULTS), max_size=2))
    def the_way_is_bad(self, rules: list[dict[str, Any]]) -> None:
        self.at.fault(*rules)

    @rule(seconds=st.sampled_from([1, 10, 61]))
    def the_carrier_works(self, seconds: int) -> None:
        self.at.work(seconds)

    @rule()
    def the_carrier_ends_and_another_begins(self) -> None:
        self.at.restart()

    @precondition(lambda self: self.role != "light")
    @rule(role=st.sampled_from(["agent", "admin"]))
    def a_right_goes_or_comes(self, role: str) -> None:
        self.at.sandbox.world.hero.role = self.role = role

    @invariant()
    def what_passes_for_fresh_is_what_was_said(self) -> None:
        if self.desk is not None:
            broken, _ = broken_promises(self.at.mirror, truth(self.at.sandbox.world, {}))
            assert not broken, "\n".join(each[:300] for each in broken[:20])

    def teardown(self) -> None:
        if self.desk is not None:
            self.at.calm()
            self.at.sweep()
            found = differences(self.at.mirror, truth(self.at.sandbox.world, {}), every=True)
            self.at.close()
            assert not found, "\n".join(each[:300] for each in found[:20])
        shutil.rmtree(self.folder)


TestMirrored = Mirrored.TestCase
TestMirrored.settings = settings(
    max_examples=4 if settings().max_examples < 100 else 400,
    stateful_step_count=15,
    suppress_health_check=[HealthCheck.too_slow],
)
