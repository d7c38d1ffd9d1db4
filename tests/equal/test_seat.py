"""A right that comes or goes is noticed while the carrier runs, and nothing waits for a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.equal.desk import Desk

FIVE_MINUTES = 300


@pytest.mark.parametrize("role", ["admin", "light"])
def test_a_seat_that_changes_is_noticed_within_five_minutes(tmp_path: Path, role: str) -> None:
    desk = Desk(tmp_path, role="agent", tickets=60)
    desk.work(60)
    assert desk.mirror.state().strategy == "agent"
    desk.sandbox.world.hero.role = role
    desk.work(FIVE_MINUTES + 60)
    state = desk.mirror.state()
    assert (state.strategy, state.role) == (role, role)
    desk.close()


def test_a_right_that_is_taken_is_noticed_by_the_first_refusal(tmp_path: Path) -> None:
    desk = Desk(tmp_path, role="admin", tickets=60)
    desk.work(120)
    assert desk.mirror.state().strategy == "admin"
    desk.sandbox.world.hero.role = "agent"
    desk.work(100)
    assert desk.mirror.state().strategy == "agent"
    desk.close()
