"""How cost grows with the mirror: start, key, search and memory at several sizes, side by side.

The mirrors are made up (synthetic.py), five comments to a ticket, and Zendesk is out of reach: what
is measured is the desk and its mirror.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tests.bench import idle, keys, search, terminal, warm
from tests.bench.synthetic import Speaker, fill

SIZES = (1_000, 10_000, 100_000)
COMMENTS = 5
START_GROWTH, KEY_GROWTH, MEMORY = 1.1, 1.2, 120
_FIRST = "T2"
_SEARCHES = 40
_BOXES = 60
_LOOKED, _LET_GO = 0.3, 3.0
"""Seconds in which nothing comes: a box that is looked at, and the last one after it was left."""
Desk = tuple[keys.Open, str]


def measure(heroterm: str, sizes: Sequence[int], runs: int, presses: int) -> None:
    """Every size in turns, and what the largest costs beside the smallest."""
    speaker = Speaker(1)
    with ExitStack() as stack:
        made = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="heroterm-scale-")))
        desks: dict[str, Desk] = {}
        mirrors: dict[str, Path] = {}
        for size in sizes:
            name = f"{size:,} tickets"
            desks[name], mirrors[name] = _desk(heroterm, made / str(size), speaker, size)
        started = keys.starts(desks, runs)
        keys.report("Start by the size of the mirror", started, START_GROWTH)
        pressed = keys.presses(desks, presses)
        keys.report("Key j by the size of the mirror", pressed, KEY_GROWTH)
        print(f"\nMemory of the screen's process, MiB; target <= {MEMORY}")
        for name, (launch, wanted) in desks.items():
            after, later = _memory(launch, wanted)
            print(f"  {name:<20}after 100 keys {after:6.1f}   after {_BOXES} boxes {later:6.1f}")
        _searches(mirrors, speaker)


def _desk(heroterm: str, home: Path, speaker: Speaker, size: int) -> tuple[Desk, Path]:
    """A home with a mirror of so many tickets, whose Zendesk is gone."""
    with warm.sandbox(heroterm, terminal.environment({}), 10) as at:
        env = warm.connected(heroterm, home, at)
        warm.synced(heroterm, env)
    path = next(home.rglob("mirror.db"))
    fill(path, speaker, size, size * COMMENTS, datetime.now(UTC))
    return (keys.program((heroterm,), env), _FIRST), path


def _memory(launch: keys.Open, wanted: str) -> tuple[float, float]:
    """After moving about, and after many palettes that were opened and left."""
    with launch() as running:
        running.ready(wanted)
        for key in keys.there_and_back(100):
            running.press(key)
        after = idle.memory(running.pid)
        for key in (b":", b"\x1b") * _BOXES:
            running.send(key)
            running.settle(quiet=_LOOKED)
        running.settle(quiet=_LET_GO, most=_LET_GO)
        return after, idle.memory(running.pid)


def _searches(mirrors: dict[str, Path], speaker: Speaker) -> None:
    """First hits of every kind of query, p50 / p95, by size."""
    found = {name: search.firsts(path, speaker, _SEARCHES) for name, path in mirrors.items()}
    print("\nFirst hits of a search, p50 / p95 ms")
    print(f"  {'':<18}" + "".join(f"{name:>20}" for name in found))
    for kind in next(iter(found.values())):
        cells = (search.spread(each[kind]) for each in found.values())
        print(f"  {kind:<18}" + "".join(f"{low:>12.1f} /{high:>6.1f}" for low, high in cells))
    smallest, largest = (list(found.values())[at] for at in (0, -1))
    growth = max(
        max(1.0, median(largest[kind])) / max(1.0, median(smallest[kind])) for kind in smallest
    )
    print(f"  the largest beside the smallest: at most {growth:.1f} times, by medians from 1 ms on")
