"""Key to repaint in every pane and box where a key moves or types, beside the DataTable."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench import keys, table, warm
from tests.bench.terminal import Terminal

HELD = 12
"""Notes that wait in the outbox, so that it is a list: none of them leaves while it is measured."""
TARGET = 0.5
"""p95 to that of the DataTable."""
_YARDSTICK = f"DataTable, {table.ROWS:,} rows"
_A_SECOND = 30.0
_DAY = "86400"
_TYPED = b"status sol"
_WRITTEN = b"Hey Ana, thanks for telling us: we look into it and write again by Friday. "
_DOWN, _UP = b"\x1b[B", b"\x1b[A"
Ways = Mapping[str, keys.Way]
Program = tuple[keys.Open, str]


def ways(home: Path) -> Ways:
    """The panes of a desk with its usual files, each with the keys that lead to it."""
    thread = (b"#", str(_longest(home)).encode(), b"\r", b"2")
    typing = (*_each(_TYPED), *(b"\x7f" for _ in _TYPED))
    return {
        "queue": keys.Way(),
        "thread, scrolled": keys.Way(thread, keys.turns(b"k", b"j")),
        "canned replies": keys.Way((b"4",)),
        "playbooks": keys.Way((b"5",)),
        "palette, typed in": keys.Way((b":",), typing),
        "palette, moved in": keys.Way((b":",), keys.turns(_DOWN, _UP)),
        "picker of replies": keys.Way((b"c",), keys.turns(_DOWN, _UP)),
        "filter, typed in": keys.Way((b"/",), typing),
        "composer, written in": keys.Way((b"i",), _each(_WRITTEN)),
    }


def _each(word: bytes) -> Sequence[bytes]:
    return [bytes([letter]) for letter in word]


def _longest(home: Path) -> int:
    """The ticket whose thread has most to scroll."""
    path = next(home.rglob("mirror.db"))
    mirror = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        asked = "SELECT ticket_id FROM comment GROUP BY ticket_id ORDER BY count(*) DESC"
        return int(mirror.execute(asked).fetchone()[0])
    finally:
        mirror.close()


def fill_outbox(heroterm: str, made: warm.Desk) -> None:
    """Put notes into the outbox that wait for a day."""
    for n in range(HELD):
        words = ["note", made.first, "--hold", _DAY, "--body", f"note {n}", "--json"]
        warm.ask([heroterm, *words], made.env)


def held(launch: keys.Open, wanted: str, count: int = 30) -> float:
    """Seconds from the last `j` of a held key to the cursor where it belongs."""
    with launch() as running:
        running.ready(wanted)
        running.settle(quiet=1.0)
        for _ in range(count):
            running.press(b"j")
        running.settle(quiet=0.5)
        there = _cursor(running)
        for _ in range(count):
            running.press(b"k")
        running.settle(quiet=0.5)
        sent = running.hold(b"j", count, 1 / _A_SECOND)
        return running.until(lambda: _cursor(running) == there, timeout=10.0) - sent


def _cursor(running: Terminal) -> str:
    """The row that wears the cursor."""
    return next((line for line in running.screen.display if line.startswith(">")), "")


def measure(heroterm: str, made: warm.Desk, home: Path, grid: Program, presses: int) -> None:
    """Every pane, then the outbox, once it holds something, in a turn of its own."""
    mine = keys.program(made.words, made.env), made.first
    panes = ways(home)
    programs = {_YARDSTICK: grid, **dict.fromkeys(panes, mine)}
    _told("Key to repaint, pane by pane", keys.presses(programs, presses, panes))
    late = held(*mine)
    print(
        f"  j held, {_A_SECOND:.0f} a second: drawn {late * 1000:.1f} ms after the last was pressed"
    )
    fill_outbox(heroterm, made)
    box = {"outbox": keys.Way((b"6",))}
    pressed = keys.presses({_YARDSTICK: grid, "outbox": mine}, presses, box)
    _told(f"Key to repaint in an outbox of {HELD}", pressed)


def _told(title: str, found: Mapping[str, Sequence[float]]) -> None:
    keys.report(title, found, TARGET, judged="p95")
