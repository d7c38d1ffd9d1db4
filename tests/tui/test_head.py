"""The top line at each size: how it is synced, what is waited for, what may still be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from heroterm.domain.view import LIGHT, QueueCounts, SyncState
from heroterm.sync.allowance import AllowanceLook
from heroterm.sync.report import Allowance
from heroterm.tui.panes.head import Head
from heroterm.tui.today import Done
from tests.conftest import NOW

STATE = SyncState(user_name="Ana Hero", role="agent", strategy="agent", synced_at=NOW)
COUNTS = QueueCounts(breached=5, tiers=(1, 14, 19, 5))
HEAD = Head(STATE, COUNTS, NOW, "heroterm", ("outbox 12, 3 NEEDS YOU (6)", ""), left=(273, 400))


def line(width: int, head: Head = HEAD) -> str:
    said = head.line(width)
    assert said.cell_length == width
    return said.plain


@pytest.mark.parametrize(
    ("strategy", "few", "full"),
    [("agent", "list", "agent list"), ("admin", "export", "admin export")],
)
def test_the_way_of_syncing_is_said_at_every_size(strategy: str, few: str, full: str) -> None:
    head = replace(HEAD, state=replace(STATE, strategy=strategy), box=("outbox 1 held", ""))
    assert f"ONLINE synced now by {few} | outbox 1 held" in line(80, head)
    for width in (130, 200):
        assert f"ONLINE synced now by {full} | " in line(width, head)


def test_the_way_of_syncing_takes_its_short_word_before_a_number_goes() -> None:
    head = replace(HEAD, name="heroterm demo", box=("outbox 1 held", ""))
    assert "T4 5 | breached 5 | ONLINE synced now by list | outbox 1 held" in line(120, head)


def test_a_light_agent_is_told_apart_at_every_size() -> None:
    head = replace(HEAD, state=replace(STATE, role=LIGHT, strategy="light"))
    assert all("LIGHT AGENT" in line(width, head) for width in (80, 120, 200))


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_what_everything_waits_for_stands_in_place_of_online(width: int) -> None:
    waits = "waits 0:45: rate limit"
    said = line(width, replace(HEAD, waiting=waits, box=("outbox 1 held", "")))
    assert waits in said and "ONLINE" not in said and "by " not in said


def test_what_has_no_room_is_left_out_and_what_needs_the_hero_never_is() -> None:
    done = Done(11, waited=timedelta(hours=26, minutes=4))
    busy = replace(HEAD, done=done, counts=replace(COUNTS, soon=2))
    said = line(200, replace(busy, box=("outbox 1 held", "")))
    assert "breached 5, <1h 2 | answered today 11, first reply 26:04 | ONLINE" in said
    assert "answered today 11 | ONLINE" in line(200, busy)
    assert "<1h 2 |" in line(200, replace(HEAD, counts=QueueCounts(soon=2)))
    assert "<1h" not in line(120, replace(HEAD, counts=QueueCounts(soon=2)))
    assert "answered today 0 |" in line(200, replace(HEAD, done=Done()))
    assert "api 273/400" in line(200) and "T1 1  T2 14" in line(200) and "breached 5" in line(200)
    assert "api" not in line(120)
    assert line(80).startswith(" heroterm  hero: Ana") and line(80).endswith("NEEDS YOU (6) ")


def test_the_allowance_is_told_when_it_is_known_and_has_changed() -> None:
    left: list[tuple[int, int] | None] = [None, (273, 400), (273, 400), (272, 400)]
    look = AllowanceLook(lambda: left.pop(0))
    told = [list(look.look()) for _ in range(4)]
    assert told == [[], [Allowance(273, 400)], [], [Allowance(272, 400)]]
