"""Key to repaint while a first fill runs in the carrier, beside the same desk once it is at rest.

The answers come from disk (canned.py), as fast as the carrier takes them: no account is as fast.
Another desk was filled with them before, so that all that a carrier asks is there, and the practice
desk that made them has nothing to do: a service elsewhere takes no processor away.
"""

from __future__ import annotations

import platform
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from tests.bench import fill, keys, terminal, warm
from tests.bench.canned import canned

TARGET, GAP = 1.3, 0.1
"""p95 while filling to p95 at rest; seconds that no key may take."""
ROUNDS = 5
Taken = Sequence[float]
"""Seconds that each key took."""
_FIRST = "T2"
_ROW = re.compile(r" T\d ")
_TURN = 10
_QUIET, _MOST = 5.0, 600.0


def measure(heroterm: str, tickets: int, presses: int, rounds: int = ROUNDS) -> None:
    """Fill a desk of so many tickets while `j` and `k` are pressed; then press as often again.
    A round lasts some seconds, and p95 of it hangs on a few keys: there are several.
    """
    fill.step("making a practice desk, and putting its answers on disk")
    python = platform.python_version()
    print(f"\nKey j to repaint while {tickets:,} tickets are filled, Python {python}")
    with (
        tempfile.TemporaryDirectory(prefix="heroterm-filling-") as made,
        fill.practice(tickets) as behind,
        canned(behind, Path(made)) as at,
    ):
        fill.only_bytes(at, Path(made))
        with _desk(heroterm, Path(made) / "before", at) as running:
            running.settle(quiet=_QUIET, most=_MOST)
        found = []
        for turn in range(1, rounds + 1):
            fill.step(f"round {turn} of {rounds}: keys while it fills, then as often at rest")
            found.append(_round(heroterm, Path(made) / f"home{turn}", at, presses))
    ratios = [keys.p95(busy) / keys.p95(rest) for busy, rest in found]
    longest = max(max(busy) for busy, _ in found)
    print(
        f"  p95 filling / at rest: {median(ratios):.2f} ({', '.join(f'{r:.2f}' for r in ratios)}); "
        f"target <= {TARGET}; longest {longest * 1000:.0f} ms; target <= {GAP * 1000:.0f}"
    )


def _round(heroterm: str, home: Path, at: dict[str, str], presses: int) -> tuple[Taken, Taken]:
    """The seconds of each key while a new desk fills, and at rest after that."""
    with _desk(heroterm, home, at) as running:
        running.settle(quiet=0.3, most=3.0)
        busy = _pressed(running, presses, home)
        held = _held(home)
        running.settle(quiet=_QUIET, most=_MOST)
        rest = [running.press(key) for key in islice(_walk(running), len(busy))]
    _told(busy, rest, held)
    return busy, rest


@contextmanager
def _desk(heroterm: str, home: Path, at: dict[str, str]) -> Iterator[terminal.Terminal]:
    """A workstation on an empty mirror, once its first tickets can be seen."""
    env = warm.connected(heroterm, home, at)
    with keys.program((heroterm,), env)() as running:
        running.ready(_FIRST, timeout=60.0)
        yield running


def _pressed(running: terminal.Terminal, presses: int, home: Path) -> Taken:
    """Press until the fill is whole, or so often."""
    taken: list[float] = []
    for key in islice(_walk(running), presses):
        taken.append(running.press(key))
        if len(taken) % 20 == 0 and _filled(home):
            break
    return taken


def _walk(running: terminal.Terminal) -> Iterator[bytes]:
    """`j` and `k` in turns of ten, and sooner round where the queue ends. It holds a few rows at
    first, which come in above the cursor; a key with nowhere to go paints nothing, and was timed
    by whatever came next.
    """
    for key, step in cycle(((b"j", 1), (b"k", -1))):
        for _ in range(_TURN):
            running.settle(quiet=0.0)
            if not _row_beyond(running.screen.display, step):
                break
            yield key


def _row_beyond(lines: Sequence[str], step: int) -> bool:
    """Whether a row of the queue stands on the line that the cursor would go to."""
    cursor = next((n for n, line in enumerate(lines) if line.startswith(">")), None)
    return cursor is not None and bool(_ROW.match(lines[cursor + step]))


def _filled(home: Path) -> bool:
    return _state(home)[1]


def _held(home: Path) -> int:
    return _state(home)[0]


def _state(home: Path) -> tuple[int, bool]:
    """How many tickets are held, and whether the fill is whole."""
    from heroterm.mirror.reader import Mirror

    mirror = Mirror(next(home.rglob("mirror.db")))
    try:
        state = mirror.state()
        return state.tickets, state.first_fill_done
    finally:
        mirror.close()


def _told(busy: Taken, rest: Taken, held: int) -> None:
    for name, values in (("filling", busy), ("at rest", rest)):
        print(
            f"  {name:<10} p50 {median(values) * 1000:6.1f}  p95 {keys.p95(values) * 1000:6.1f}  "
            f"p99 {keys.p99(values) * 1000:6.1f}  most {max(values) * 1000:6.1f} ms  "
            f"n={len(values)}"
        )
    print(f"  {held:,} tickets were held after the last key of the fill")
