"""What the carrier waits for is on the screen in words, with what is left of it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from heroterm.sync.report import Online, Pulled, Sent, Trouble, Waiting
from heroterm.tui.messages import Carried
from heroterm.tui.waits import Waits
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

MANY = "Zendesk asked to wait: too many requests."
EXPORTS = "Zendesk's limit incremental-exports of 10 is used up."
UPDATES = "This ticket has had its 30 updates in ten minutes. It stays queued."


async def told(hero: Hero, *reports: Waiting | Pulled | Online | Sent | Trouble) -> None:
    for each in reports:
        hero.app.post_message(Carried(each))
    await hero.pilot.pause()


def top(hero: Hero) -> str:
    return hero.screen().splitlines()[0]


def left(hero: Hero) -> int:
    """Seconds that the first line says are left."""
    found = re.search(r"waits 0:(\d\d)", top(hero))
    return int(found[1]) if found else 0


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_wait_of_everything_counts_down_and_ends(
    shift_: Shift, size: tuple[int, int]
) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=size) as hero:
        await told(hero, Waiting(MANY, 55.0, whole=True, short="rate limit"))
        await hero.waits_for("waits 0:", MANY)
        assert "waits 0:" in top(hero) and ": rate limit" in top(hero) and "ONLINE" not in top(hero)
        seen = left(hero)
        await hero.until(lambda: 0 < left(hero) < seen, "it does not count down")
        await told(hero, Pulled("delta"))
        await hero.until(lambda: not hero.sees(MANY), "the wait stays")
        assert "waits" not in top(hero)


async def test_a_wait_of_one_part_leaves_the_rest_online(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await told(hero, Waiting(EXPORTS, 55.0), Pulled("delta"))
        await hero.waits_for("waits until ", EXPORTS)  # no seconds: nobody sits and waits for it
        assert "waits" not in top(hero)
        await told(hero, Waiting(UPDATES, 290.0, 7, "op"))
        await hero.waits_for(f"{EXPORTS} (and 1 more)")
        await told(hero, Waiting("Looking whether it arrived.", 5.0, 8, "op-2"), Sent("op-2", 8))
        await told(hero, Waiting(EXPORTS, 0.0))
        await hero.waits_for("waits 4:", f"#7: {UPDATES}")
        ended = Trouble("The sign-in has ended.", "Run `heroterm connect --oauth` again.", True)
        await told(hero, ended)
        await hero.waits_for("The sign-in has ended. Run")
        await hero.until(lambda: "SIGNED OUT" in top(hero) and "ONLINE" not in top(hero))
        await told(hero, Pulled("delta"))
        await hero.until(lambda: "ONLINE" in top(hero))


async def test_zendesk_says_wait_and_the_hero_reads_it(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.waits_for("ONLINE")
        # Not the first request of any kind: some have a limit of their own.
        rule = {
            "match": "GET /api/v2/tickets/*",
            "do": "status",
            "status": 429,
            "retry_after": "55",
        }
        shift_.faults({**rule, "times": 1})
        await hero.press("R")
        await hero.waits_for(MANY, "waits 0:")
    log = (shift_.home / "logs" / "heroterm.log").read_text()
    for part in (
        "screen begins",
        "screen ends",
        "carry begins",
        "carry ends",
        "waits 55 s",
        " 429 ",
    ):
        assert part in log, part


async def test_seconds_are_counted_only_of_what_somebody_waits_for() -> None:
    now = datetime(2026, 3, 2, 9, 30, 20).astimezone()
    waits = Waits()
    waits.note(Waiting(EXPORTS, 55.0), now)
    assert waits.words(now) == f"waits until 09:32: {EXPORTS}"
    assert not waits.counts_down(now)
    waits.note(Waiting(UPDATES, 290.0, 7, "op"), now)
    assert waits.counts_down(now) and not waits.counts_down(now + timedelta(seconds=300))
    waits.note(Waiting(MANY, 30.0, whole=True), now)
    assert waits.words(now).startswith(f"waits 0:30: {MANY}")
