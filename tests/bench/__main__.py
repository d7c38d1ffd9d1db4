"""`make bench`: heroterm beside its yardsticks, each pair in one run; medians and ratios.

Without options: start, keys, a desk at rest, a first fill, keys while it runs, and search, at sizes
that take some minutes together. `make bench ARGS=--full` measures the last three at 100,000
tickets. One part alone: `--fill`, `--keys-while-filling`, `--search` (each at 100,000), `--desk`
(start, rest, keys in every pane) and `--scale` (start, key, search and memory at 1,000, 10,000,
100,000). `--tickets N` sets another size; `--runs N`, `--keys N`, `--searches N` and
`--idle SECONDS` how long.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.bench import (
    bare,
    fill,
    filling,
    idle,
    keys,
    panes,
    scale,
    search,
    synthetic,
    table,
    terminal,
    warm,
)

HERE = Path(__file__).resolve().parent
START_TARGET = 1.3
FULL, SHORT = 100_000, 10_000
_SWITCH = 1e-4
"""Seconds after which the thread that takes the times gets its turn from the emulator's."""
PARTS = "desk fill keys_while_filling search scale".split()
USUAL = PARTS[:-1]
HEROTERM = str(Path(sys.executable).with_name("heroterm"))


def desk(options: argparse.Namespace, tickets: int) -> None:
    """Start and keys beside Textual's own, then a desk at rest."""
    plain = terminal.environment({})
    with (
        tempfile.TemporaryDirectory(prefix="heroterm-bench-") as folder,
        warm.desk(HEROTERM, Path(folder), tickets) as made,
    ):
        ours = f"heroterm, {tickets:,} tickets"
        mine = keys.program(made.words, made.env), made.first
        simple = keys.program((sys.executable, str(HERE / "bare.py")), plain), bare.READY
        grid = keys.program((sys.executable, str(HERE / "table.py")), plain), table.READY
        found = keys.starts({"bare Textual app": simple, ours: mine}, options.runs)
        keys.report("Start to painted text", found, START_TARGET)
        if options.idle:
            at_rest(mine, options.idle)
        panes.measure(HEROTERM, made, Path(folder), grid, options.keys)


def at_rest(mine: tuple[keys.Open, str], seconds: float) -> None:
    """What the desk costs while nobody touches it and its carrier runs."""
    launch, wanted = mine
    with launch() as running:
        running.ready(wanted)
        running.settle(quiet=3.0, most=15.0)
        sent, percent = idle.measure(running, seconds)
    print(f"\nIdle for {seconds:.0f} s, beside its carrier")
    print(f"  to the terminal {sent:,.0f} bytes a minute; target <= {idle.BYTES_TARGET:,}")
    print(f"  the screen's process {percent:.2f} % of a core; target <= {idle.PART_TARGET}")


def first_fill(tickets: int) -> None:
    """A first fill beside a bare loop and zenpy."""
    print(f"\nFirst fill of {tickets:,} tickets from loopback")
    fill.measure(tickets)


def searches(tickets: int, runs: int) -> None:
    """First hits while typing beside LIKE and notmuch, five comments to a ticket."""
    comments = tickets * scale.COMMENTS
    print(f"\nSearch over {tickets:,} tickets and {comments:,} comments, milliseconds")
    speaker = synthetic.Speaker(1)
    with tempfile.TemporaryDirectory(prefix="heroterm-search-") as made:
        path = Path(made) / "mirror.db"
        synthetic.fill(path, speaker, tickets, comments)
        print("\n".join(search.measure(path, speaker, runs, comments)))


def measure(part: str, options: argparse.Namespace, size: int) -> None:
    """One part."""
    match part:
        case "desk":
            desk(options, options.tickets or 400)
        case "fill":
            first_fill(size)
        case "keys_while_filling":
            filling.measure(HEROTERM, size, options.keys * 4)
        case "search":
            searches(size, options.searches)
        case _:
            sizes = (1_000, options.tickets) if options.tickets else scale.SIZES
            scale.measure(HEROTERM, sizes, options.runs, options.keys)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    # A p95 of fewer hangs on the few keys beside which the carrier's minute fell.
    parser.add_argument("--keys", type=int, default=240)
    parser.add_argument("--searches", type=int, default=40)
    parser.add_argument("--tickets", type=int)
    # Two minutes: in one, the desk's own tick of a minute may fall once or twice.
    parser.add_argument("--idle", type=float, default=120.0)
    parser.add_argument("--full", action="store_true")
    for part in PARTS:
        parser.add_argument(f"--{part.replace('_', '-')}", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Measure and print; exit 1 only when something could not be measured at all."""
    sys.setswitchinterval(_SWITCH)
    options = arguments()
    alone = [part for part in PARTS if getattr(options, part)]
    size = options.tickets or (FULL if options.full or alone else SHORT)
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"pseudo-terminal {terminal.COLUMNS}x{terminal.LINES}, Python {sys.version.split()[0]}")
    print(
        f"{os.cpu_count()} processors, {load:.1f} waiting for each: compare within this run alone"
    )
    failed = False
    for part in alone or USUAL:
        try:
            measure(part, options, size)
        except (warm.NotBuilt, terminal.TimedOut) as error:
            print(f"not measured: {error}")
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
