"""The mirror equals the world, whoever signs in, whatever happens on the desk and on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from heroterm.domain.ticket import Organization
from heroterm.sandbox.customers import say
from heroterm.sandbox.truth import truth
from heroterm.zendesk.exports import Exports
from tests.equal.compare import broken_promises, differences
from tests.equal.desk import FAULTS, Desk

CHANGES, A_TIME, SECONDS = 120, 10, 7.2
"""5,000 changes make an hour at this pace."""
A_RIGHT = 60
"""Changes until a right goes or comes."""


@dataclass
class Seen:
    """What a storm has shown: threads that were looked at, and those that passed for fresh."""

    looked: int = 0
    fresh: int = 0


def storm(desk: Desk, changes: int, seed: int = 1, seen: Seen | None = None) -> None:
    """Things happen, the way to the desk fails now and then, and the carrier carries on.

    Whatever is behind meanwhile, no thread passes for fresh that is not.
    """
    rng, seen = Random(seed), seen or Seen()
    interrupted(desk, Random(seed))
    for number in range(changes // A_TIME):
        desk.fault(*rng.sample(FAULTS, rng.choice((0, 0, 1, 2))))
        desk.happen(A_TIME // 2, rng.randrange(1 << 30), over=rng.choice((0.0, 1.0)))
        desk.work(SECONDS)
        desk.happen(A_TIME - A_TIME // 2, rng.randrange(1 << 30))
        if number % 20 == 19:
            desk.restart()
        if number % 10 == 9:
            keeps_its_promise(desk, seen)
    desk.line.behind = lambda path: None


def interrupted(desk: Desk, rng: Random) -> None:
    """Now and then somebody writes on a ticket whose thread was answered a moment before."""
    world = desk.sandbox.world

    def behind(path: str) -> None:
        parts = path.split("/")
        if not path.endswith(("/comments", "/comments.json")) or rng.random() > 0.1:
            return
        ticket = world.tickets.get(int(parts[4]))
        if ticket is not None and ticket.status not in ("closed", "deleted"):
            for author in rng.choice((("agent",), ("agent", "requester"))):
                say(world, ticket, author, f"word {rng.randrange(1_000)}")

    desk.line.behind = behind


def keeps_its_promise(desk: Desk, seen: Seen) -> None:
    """What passes for fresh is what was said."""
    world = truth(desk.sandbox.world, {})
    broken, fresh = broken_promises(desk.mirror, world)
    assert not broken, "\n".join(each[:300] for each in broken[:20])
    seen.looked += len(world["tickets"])
    seen.fresh += fresh


def check(desk: Desk, *, archive: bool = False, every: bool = False) -> None:
    """The mirror is the world, and nothing of it is damaged. `every`: solved threads, too."""
    world = truth(desk.sandbox.world, {})
    found = differences(desk.mirror, world, archive=archive, every=every)
    assert not found, f"{len(found)} differences:\n" + "\n".join(each[:300] for each in found[:20])
    assert desk.mirror.integrity() == "ok"
    assert desk.wire.warnings == []


@pytest.mark.storm
@pytest.mark.parametrize("role", ["agent", "admin", "light"])
def test_after_a_storm_the_mirror_equals_the_world(
    tmp_path: Path, soak: int, role: str, counted: Callable[[str], None]
) -> None:
    desk, seen = Desk(tmp_path, role=role), Seen()
    changes = CHANGES if soak == 1 else 5_000
    storm(desk, changes, seen=seen)
    desk.calm()
    assert desk.mirror.state().strategy == role
    check(desk, archive=role == "admin")
    swept = desk.sweep()
    check(desk, archive=role == "admin", every=True)
    world = truth(desk.sandbox.world, {})
    said = sum(len(each["comments"]) for each in world["tickets"])
    counted(
        f"mirror with the role {role}: {changes} changes, {len(world['tickets'])} tickets, "
        f"{said} comments equal; {seen.fresh} of {seen.looked} looks at a thread found it fresh, "
        f"all true; "
        f"{desk.wire.requests} requests since the last start; solved threads whole after "
        f"{swept:.0f} s"
    )
    desk.close()


@pytest.mark.storm
def test_a_right_that_goes_and_comes_back_loses_nothing(tmp_path: Path, soak: int) -> None:
    desk = Desk(tmp_path, role="admin")
    for number, role in enumerate(("admin", "agent", "admin")):
        desk.sandbox.world.hero.role = role
        storm(desk, A_RIGHT * soak, seed=number)
        desk.work(100)
    desk.sandbox.world.hero.role = "agent"
    storm(desk, A_RIGHT)
    desk.calm()
    assert desk.mirror.state().strategy == "agent"
    check(desk)
    desk.sandbox.world.hero.role = "admin"
    desk.restart()
    desk.calm()
    check(desk, archive=True)
    desk.close()


@pytest.mark.storm
def test_whole_passes_alone_keep_the_mirror_equal(tmp_path: Path) -> None:
    desk = Desk(tmp_path, role="agent")
    rng = Random(3)
    for number in range(8):
        desk.fault(rng.choice(FAULTS[:6]))
        desk.carrier.once(full=number == 5)
        desk.happen(15, number, over=50)
    desk.fault()
    desk.turn(200)
    desk.carrier.once()
    check(desk)
    desk.close()


def test_the_comparison_finds_a_ticket_that_was_changed_behind_the_mirror(tmp_path: Path) -> None:
    desk = Desk(tmp_path, role="agent")
    desk.calm()
    check(desk)
    desk.happen(30, 1)
    found = differences(desk.mirror, truth(desk.sandbox.world, {}))
    assert len(found) > 20
    desk.close()


def test_an_organization_that_is_renamed_by_itself_is_known_by_its_new_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, role="agent")
    desk.calm()
    world = desk.sandbox.world
    asking = next(t for t in world.tickets.values() if t.status == "open" and t.organization_id)
    world.organizations[asking.organization_id or 0].name = "Renamed & Sons"
    # Without side-loads: the directory alone has to find it.
    plain = Exports.organizations

    def counted(self: Exports, organization_ids: list[int]) -> tuple[Organization, ...]:
        asked.extend(organization_ids)
        return plain(self, organization_ids)

    asked: list[int] = []
    monkeypatch.setattr(Exports, "organizations", counted)
    desk.carrier.once(full=True)
    held = desk.mirror.organization(asking.organization_id or 0)
    assert held is not None and held.name == "Renamed & Sons"
    assert asking.organization_id in asked
    desk.close()
