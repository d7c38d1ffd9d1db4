"""The figures of a first fill: medians of the rounds, ratios within each, and what is aimed at."""

from __future__ import annotations

from statistics import median

Done = dict[str, float]
"""One run: seconds, CPU seconds, peak memory in MiB, tickets, and what a loop says besides."""
NAMES = BYTES, BARE, OURS = "bytes only", "bare httpx+json+sqlite3", "heroterm"
TARGET, ZENPY_TARGET, PEAK_TARGET = 1.5, 5, 150


def told(line: list[Done], plain: list[Done], ours: list[Done]) -> None:
    """What bytes alone, the bare loop and heroterm took, round by round, and which targets hold."""
    middle = dict(zip(NAMES, map(_median, (line, plain, ours)), strict=True))
    for name, done in middle.items():
        print(
            f"  {name:<26}{done['seconds']:8.2f} s  CPU {done['cpu']:7.2f} s  "
            f"peak {done['peak']:5.0f} MiB"
        )
    own = middle[OURS]
    print(f"  {own['tickets']:,.0f} tickets, {middle[BYTES]['mib']:.0f} MiB of JSON")
    whole, cpu = (_ratios(ours, plain, kind) for kind in ("seconds", "cpu"))
    verdict = "holds" if median(whole) <= TARGET else "MISSED"
    print(f"  heroterm / bare, whole: {_each(whole)}; target <= {TARGET}: {verdict}")
    print(f"  heroterm / bare, CPU of the process: {_each(cpu)}")
    print(f"  CPU seconds for 10,000 tickets: {own['cpu'] / own['tickets'] * 10_000:.2f}")
    print(f"  queue usable after {own['first']:.2f} s")
    verdict = "holds" if own["peak"] <= PEAK_TARGET else "MISSED"
    print(
        f"  memory: at half of the pages {own['half']:.0f} MiB, peak {own['peak']:.0f} MiB; "
        f"target <= {PEAK_TARGET}: {verdict}"
    )


def beside_zenpy(ours: list[Done], others: list[Done]) -> None:
    """The same beside zenpy; `others` is empty where it is not to be had."""
    if not others:
        print("  zenpy: not installed and not to be had, so not measured")
        return
    other = _median(others)
    print(
        f"  zenpy, {other['tickets']:,.0f} tickets into SQLite: {other['seconds']:.2f} s, "
        f"CPU {other['cpu']:.2f} s, peak {other['peak']:.0f} MiB"
    )
    wall, cpu = (_ratios(others, ours, kind) for kind in ("seconds", "cpu"))
    verdict = "holds" if median(wall) >= ZENPY_TARGET else "MISSED"
    print(
        f"  zenpy / heroterm, for each ticket: {_each(wall)}, CPU {_each(cpu)}; "
        f"target >= {ZENPY_TARGET}: {verdict}"
    )


def _ratios(some: list[Done], others: list[Done], kind: str) -> list[float]:
    """What the one takes for each ticket beside the other, round by round."""
    return [
        one[kind] / one["tickets"] / (other[kind] / other["tickets"])
        for one, other in zip(some, others, strict=True)
    ]


def _each(ratios: list[float]) -> str:
    """The median, and what it is the median of."""
    return f"{median(ratios):.2f} ({', '.join(f'{ratio:.2f}' for ratio in ratios)})"


def _median(each: list[Done]) -> Done:
    return {name: median(done[name] for done in each) for name in each[0]}
