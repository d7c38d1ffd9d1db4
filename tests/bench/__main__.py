"""`make bench`: start and key-to-repaint, interleaved, medians and ratios; then a desk at rest.

Options: `--runs N` (9 starts of each), `--keys N` (40 presses of each), `--tickets N` (400),
`--idle SECONDS` (60; 0 leaves it out),
`--scale` (the mirror at 1,000 and 10,000 tickets, too: how cost grows). `--fill` measures a first
fill of 100,000 tickets instead (`--tickets N`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles

from tests.bench import bare, fill, idle, table, terminal, warm

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
START_TARGET = 1.3
KEY_TARGET = 0.5
Open = Callable[[], terminal.Terminal]


def program(words: Sequence[str], env: Mapping[str, str]) -> Open:
    """A way to start a program afresh."""
    return lambda: terminal.Terminal(words, env, cwd=str(PROJECT))


def starts(programs: Mapping[str, tuple[Open, str]], runs: int) -> dict[str, list[float]]:
    """Seconds to the wanted text of each program, one after the other in every round."""
    found: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(runs + 1):
        for name, (launch, wanted) in programs.items():
            with launch() as running:
                seconds = running.ready(wanted)
            if turn:  # the first round warms the disk's cache and byte code
                found[name].append(seconds)
    return found


def keys(programs: Mapping[str, tuple[Open, str]], presses: int) -> dict[str, list[float]]:
    """Seconds from `j` to the first changed cell; the programs take turns in four rounds."""
    found: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(4):
        for name, (launch, wanted) in programs.items():
            with launch() as running:
                running.ready(wanted)
                running.settle(quiet=0.5)
                running.press(b"j")
                found[name] += [running.press(key) for key in there_and_back(presses // 4)]
    return found


def there_and_back(presses: int) -> list[bytes]:
    """`j` and `k` in turns of ten, so that no list comes to its end."""
    return [b"jk"[turn // 10 % 2 :][:1] for turn in range(max(1, presses))]


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty exceeds."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def report(title: str, found: Mapping[str, Sequence[float]], target: float) -> None:
    """A table in milliseconds, and each program's ratio to the first."""
    yardstick, *others = found
    print(f"\n{title}")
    for name, values in found.items():
        print(
            f"  {name:<42} median {median(values) * 1000:7.1f} ms   "
            f"p95 {p95(values) * 1000:7.1f} ms   n={len(values)}"
        )
    for name in others:
        ratio = median(found[name]) / median(found[yardstick])
        tail = p95(found[name]) / p95(found[yardstick])
        print(f"  {name} / {yardstick}: {ratio:.2f} (p95 {tail:.2f}); target <= {target}")


def measure(options: argparse.Namespace, tickets: int, folder: Path) -> None:
    """Both comparisons at one size of the mirror."""
    plain = terminal.environment({})
    heroterm = str(Path(sys.executable).with_name("heroterm"))
    with warm.desk(heroterm, folder, tickets) as desk:
        ours = f"heroterm, {tickets} tickets"
        mine = program(desk.words, desk.env), desk.first
        simple = program((sys.executable, str(HERE / "bare.py")), plain), bare.READY
        grid = program((sys.executable, str(HERE / "table.py")), plain), table.READY
        found = starts({"bare Textual app": simple, ours: mine}, options.runs)
        report("Start to painted text", found, START_TARGET)
        pressed = keys({f"DataTable, {table.ROWS} rows": grid, ours: mine}, options.keys)
        report("Key j to repaint", pressed, KEY_TARGET)
        if options.idle:
            at_rest(mine, options.idle)


def at_rest(mine: tuple[Open, str], seconds: float) -> None:
    """What the desk costs while nobody touches it and its carrier runs."""
    launch, wanted = mine
    with launch() as running:
        running.ready(wanted)
        running.settle(quiet=3.0, most=15.0)
        sent, percent = idle.measure(running, seconds)
    print(f"\nIdle for {seconds:.0f} s, beside its carrier")
    print(f"  to the terminal {sent:,.0f} bytes a minute; target <= {idle.BYTES_TARGET:,}")
    print(f"  the screen's process {percent:.2f} % of a core; target <= {idle.PART_TARGET}")


def first_fill(tickets: int) -> int:
    """A first fill beside a bare loop; 1 when it could not be measured."""
    print(f"First fill of {tickets:,} tickets from loopback, Python {sys.version.split()[0]}")
    try:
        fill.measure(tickets)
    except warm.NotBuilt as error:
        print(f"not measured: {error}")
        return 1
    return 0


def main() -> int:
    """Measure and print; exit 1 only when something could not be measured at all."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--tickets", type=int)
    parser.add_argument("--idle", type=float, default=60.0)
    parser.add_argument("--fill", action="store_true")
    parser.add_argument("--scale", action="store_true")
    options = parser.parse_args()
    if options.fill:
        return first_fill(options.tickets or 100_000)
    sizes = [options.tickets or 400, *([1000, 10000] if options.scale else [])]
    print(f"pseudo-terminal {terminal.COLUMNS}x{terminal.LINES}, Python {sys.version.split()[0]}")
    try:
        for tickets in sizes:
            with tempfile.TemporaryDirectory(prefix="heroterm-bench-") as folder:
                measure(options, tickets, Path(folder))
    except (warm.NotBuilt, terminal.TimedOut) as error:
        print(f"not measured: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
