"""Starts and keys of programs in a pseudo-terminal, taking turns, and how they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

from tests.bench import terminal

PROJECT = Path(__file__).resolve().parents[2]
ROUNDS = 4
_ARRIVED = 1.5
"""Seconds of silence after which a start is over: the carrier's first round has been drawn. What a
key takes beside a busy carrier is `filling`'s to tell.
"""
Open = Callable[[], terminal.Terminal]


def program(words: Sequence[str], env: Mapping[str, str]) -> Open:
    """A way to start a program afresh."""
    return lambda: terminal.Terminal(words, env, cwd=str(PROJECT))


def turns(there: bytes, back: bytes, each: int = 10) -> Sequence[bytes]:
    """Keys there and as many back."""
    return (*[there] * each, *[back] * each)


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


@dataclass(frozen=True)
class Way:
    """The keys that lead to a pane, one after the other, and those that are measured, in turns."""

    first: Sequence[bytes] = ()
    keys: Sequence[bytes] = turns(b"j", b"k")


def presses(
    programs: Mapping[str, tuple[Open, str]], count: int, ways: Mapping[str, Way] | None = None
) -> dict[str, list[float]]:
    """Seconds from a key to the first changed cell; the programs take turns in four rounds."""
    found: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, (launch, wanted) in programs.items():
            way = (ways or {}).get(name, Way())
            with launch() as running:
                running.ready(wanted)
                running.settle(quiet=_ARRIVED, most=15.0)
                for key in way.first:
                    running.send(key)
                    running.settle(quiet=0.5)
                pressed = islice(cycle(way.keys), count // ROUNDS + 1)
                found[name] += [running.press(key) for key in pressed][1:]
    return found


def there_and_back(count: int) -> list[bytes]:
    """`j` and `k` in turns of ten, so that no list comes to its end."""
    return list(islice(cycle(turns(b"j", b"k")), max(1, count)))


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty exceeds."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def p99(values: Sequence[float]) -> float:
    """The value that one in a hundred exceeds."""
    return quantiles(values, n=100, method="inclusive")[-1] if len(values) > 1 else values[0]


def report(
    title: str, found: Mapping[str, Sequence[float]], target: float, judged: str = "median"
) -> None:
    """A table in milliseconds, and each program's ratio to the first with a verdict."""
    yardstick, *others = found
    print(f"\n{title}")
    for name, values in found.items():
        print(
            f"  {name:<42} median {median(values) * 1000:7.1f} ms   "
            f"p95 {p95(values) * 1000:7.1f} ms   n={len(values)}"
        )
    for name in others:
        middle = median(found[name]) / median(found[yardstick])
        tail = p95(found[name]) / p95(found[yardstick])
        met = (tail if judged == "p95" else middle) <= target
        print(
            f"  {name} / {yardstick}: {middle:.2f} (p95 {tail:.2f}); "
            f"target {judged} <= {target}: {'met' if met else 'MISSED'}"
        )
