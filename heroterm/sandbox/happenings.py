"""Life on the desk while the hero works: seeded, weighted, as long as one likes."""

from __future__ import annotations

from random import Random

from heroterm.sandbox.doings import DOINGS
from heroterm.sandbox.materials import table
from heroterm.sandbox.pools import Pools
from heroterm.sandbox.records import Json
from heroterm.sandbox.world import World

LEAST_WORKING = 20


def change_some(world: World, count: int, seed: int, over_seconds: float = 0) -> list[Json]:
    """Let `count` things happen; says for each which ticket and what.

    The clock runs on by `over_seconds` while they do, evenly.
    """
    rng, pools = Random(f"change {seed}"), Pools(world)
    rows: list[Json] = table("happenings")["happening"]
    usual = max(pools.size("working"), LEAST_WORKING)
    done: list[Json] = []
    for _ in range(count):
        if over_seconds:
            world.clock.advance(over_seconds / count)
        row = rng.choices(rows, _weights(rows, pools.size("working") / usual))[0]
        done.append(_happen(world, rng, pools, row))
    return done


def _weights(rows: list[Json], fullness: float) -> list[float]:
    """The weights with the queue so full: 1 is usual, and the fuller it is the more drains it."""
    lean = max(fullness, 0.1) ** 3
    by_level = {"fills": 1 / lean, "drains": lean}
    return [row["weight"] * by_level.get(row.get("level", ""), 1.0) for row in rows]


def _happen(world: World, rng: Random, pools: Pools, row: Json) -> Json:
    name = row["name"]
    ticket = None if row["of"] == "none" else pools.draw(rng, row["of"])
    if ticket is None:
        name = "arrives"
    held = DOINGS[name](world, rng, ticket)
    for touched in (ticket, held):
        if touched is not None:
            pools.place(touched)
    return {"ticket": held.id, "did": name}
