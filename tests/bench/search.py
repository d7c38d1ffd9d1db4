"""First hits while typing, beside a plain LIKE scan and, where it is installed, notmuch.

`python -m tests.bench.search [--tickets 100000] [--comments 500000] [--runs 40] [--keep FOLDER]`.
Every kind of query is asked with words drawn from the same texts, the programs in turn, in one
run; what is printed are milliseconds, ratios, and which targets hold.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles

from heroterm.mirror.reader import Mirror
from heroterm.mirror.search import search
from heroterm.mirror.writer import MirrorWriter
from tests.bench.synthetic import Speaker, fill, place

MOST_MAILS, MANY_MAILS = 500_000, 100_000
TARGET, NOTMUCH_TARGET = 50.0, 0.5
"""Milliseconds for the first hits, p95, and the same beside notmuch's p95 (performance.md §4)."""
Ask = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Kind:
    """Milliseconds of each program for one kind of query; `mailed` is empty without notmuch."""

    name: str
    first: list[float]
    best: list[float]
    like: list[float]
    mailed: list[float]

    @property
    def slowest(self) -> float:
        """The first hits, p95."""
        return spread(self.first)[1]

    @property
    def beside(self) -> float:
        """The first hits' p95 as a part of notmuch's; 0 where it was not asked."""
        return self.slowest / spread(self.mailed)[1] if self.mailed else 0.0


def kinds(speaker: Speaker, rng: Random) -> dict[str, Callable[[], str]]:
    """A maker of queries for each kind, as they stand on the line while somebody types."""
    head, tail = speaker.words[:150], speaker.words[5_000:]
    return {
        "one common word": lambda: rng.choice(head),
        "one rare word": lambda: rng.choice(tail),
        "two words": lambda: f"{rng.choice(head)} {rng.choice(speaker.words[100:2_000])}",
        "prefix of 3": lambda: rng.choice(speaker.words[:3_000])[:3],
        "prefix of 5": lambda: rng.choice(speaker.words[:3_000])[:5],
        "phrase of 3": lambda: f'"{speaker.say(3)}"',
        "word and status": lambda: f"status<solved {rng.choice(head)}",
    }


def scan(mirror: Mirror, query: str) -> None:
    """The same with LIKE: newest 50 tickets in which every word stands somewhere."""
    words = [query.strip('"')] if query.startswith('"') else query.split()
    words = [word for word in words if ":" not in word and "<" not in word]
    conditions = " and ".join("body like ?" for _ in words)
    mirror.connection.rows(
        f"select distinct ticket_id from comment where {conditions} "
        "order by ticket_id desc limit 50",
        [f"%{word}%" for word in words],
    )


def timed(asked: Callable[..., object], *given: object) -> float:
    """Milliseconds that it takes."""
    start = time.perf_counter()
    asked(*given)
    return (time.perf_counter() - start) * 1000


def mails(folder: Path, path: Path) -> Ask | None:
    """The same texts in a notmuch index; None where notmuch is not installed."""
    program = shutil.which("notmuch")
    if program is None:
        return None
    box = folder / "mail"
    (box / "cur").mkdir(parents=True)
    mirror = Mirror(path)
    try:
        for row in mirror.connection.raw.execute("select id, ticket_id, body from comment"):
            head = f"From: jo@example.com\nSubject: {row[1]}\nMessage-Id: <{row[0]}@example.com>"
            (box / "cur" / f"{row[0]}:2,").write_text(f"{head}\n\n{row[2]}\n")
    finally:
        mirror.close()
    settings = folder / "notmuch-config"
    settings.write_text(f"[database]\npath={box}\n[user]\nprimary_email=jo@example.com\n")
    env = {"NOTMUCH_CONFIG": str(settings), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    subprocess.run([program, "new", "--quiet"], env=env, check=True)
    words = [program, "search", "--limit=50", "--sort=newest-first"]

    def ask(query: str) -> object:
        starred = query if query.endswith('"') else f"{query}*"
        return subprocess.run([*words, starred], env=env, capture_output=True, check=True)

    return ask


def spread(values: list[float]) -> tuple[float, float]:
    """p50 and p95."""
    return median(values), quantiles(values, n=20)[-1]


def firsts(path: Path, speaker: Speaker, runs: int) -> dict[str, list[float]]:
    """Milliseconds to the first hits for each kind of query."""
    mirror = Mirror(path)
    try:
        return {
            kind: [timed(partial(search, ranked=False), mirror, make()) for _ in range(runs)]
            for kind, make in kinds(speaker, Random(7)).items()
        }
    finally:
        mirror.close()


def measured(path: Path, speaker: Speaker, runs: int, mail: Ask | None) -> Iterator[Kind]:
    """Every kind of query, each one asked of every program before the next."""
    mirror = Mirror(path)
    try:
        for name, make in kinds(speaker, Random(7)).items():
            kind = Kind(name, [], [], [], [])
            for turn in range(runs):
                query = make()
                kind.first.append(timed(partial(search, ranked=False), mirror, query))
                kind.best.append(timed(search, mirror, query))
                if turn < 5:
                    kind.like.append(timed(scan, mirror, query))
                if mail is not None and turn < 20 and "<" not in query:  # it knows no status
                    kind.mailed.append(timed(mail, query))
            yield kind
    finally:
        mirror.close()


def told(found: Sequence[Kind]) -> Iterator[str]:
    """A line for each kind of query, then one for each target: whether it holds, or what misses."""
    heads = "".join(f"{head:>18}" for head in ("first hits", "best 50", "LIKE", "notmuch"))
    yield f"{'p50 / p95':<16}{heads}{'ratio':>8}"
    for kind in found:
        pairs = (spread(each) for each in (kind.first, kind.best, kind.like, kind.mailed) if each)
        cells = "".join(f"{low:>9.1f} /{high:>7.1f}" for low, high in pairs)
        yield f"{kind.name:<16}{cells}" + (f"{kind.beside:>8.2f}" if kind.mailed else "")
    worst = max(found, key=lambda kind: kind.slowest)
    yield _verdict("first hits p95", worst.slowest, f"{TARGET:.0f} ms", TARGET, worst.name)
    if any(kind.mailed for kind in found):
        worst = max(found, key=lambda kind: kind.beside)
        part = f"{NOTMUCH_TARGET}"
        yield _verdict("p95 / notmuch's p95", worst.beside, part, NOTMUCH_TARGET, worst.name)


def _verdict(what: str, most: float, target: str, limit: float, name: str) -> str:
    holds = "holds" if most <= limit else "MISSED"
    return f"{what}: at most {most:.2f} ({name}); target <= {target} for every kind: {holds}"


def measure(
    path: Path, speaker: Speaker, runs: int, texts: int, *, compare: bool = True
) -> list[str]:
    """The lines of `told`; notmuch holds the same comments, where it may `compare` and there are
    no more of them than it takes in in some minutes.
    """
    with tempfile.TemporaryDirectory(prefix="heroterm-mail-") as made:
        few = texts <= MOST_MAILS
        if compare and few and texts > MANY_MAILS:
            print(f"  … notmuch takes in {texts:,} texts, some ten minutes", file=sys.stderr)
        mail = mails(Path(made), path) if compare and few else None
        if compare and not few:
            print(f"notmuch: not asked: more than {MOST_MAILS:,} texts take it too long to read")
        elif compare:
            print("notmuch: in the same run" if mail else "notmuch: not installed, skipped")
        return list(told(list(measured(path, speaker, runs, mail))))


def main(argv: list[str] | None = None) -> int:
    """Build, measure, print; exit 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--comments", type=int, default=500_000)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="build there once and use it again")
    chosen = parser.parse_args(argv)
    speaker = Speaker(1)
    with tempfile.TemporaryDirectory(prefix="heroterm-search-") as made:
        path = (chosen.keep or Path(made)) / "mirror.db"
        if not path.exists():
            seconds = timed(lambda: fill(path, speaker, chosen.tickets, chosen.comments)) / 1000
            size = path.stat().st_size / 1e6
            print(
                f"{chosen.tickets:,} tickets, {chosen.comments:,} comments: {seconds:.0f} s, ",
                end="",
            )
            print(f"{size:.0f} MB", flush=True)
        MirrorWriter(path, place).close()  # one that was kept may be of an older version
        lines = measure(path, speaker, chosen.runs, chosen.comments)
    print("\n".join(lines))
    return int(any(line.endswith("MISSED") for line in lines))


if __name__ == "__main__":
    sys.exit(main())
