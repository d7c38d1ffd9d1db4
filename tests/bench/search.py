"""First hits while typing, beside a plain LIKE scan and, where it is installed, notmuch.

`python -m tests.bench.search [--tickets 100000] [--comments 500000] [--runs 40] [--keep FOLDER]`.
Every kind of query is asked with words drawn from the same texts, the programs in turn, in one
run; what is printed are milliseconds and ratios.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles

from heroterm.mirror.reader import Mirror
from heroterm.mirror.search import search
from heroterm.mirror.writer import MirrorWriter
from tests.bench.synthetic import Speaker, fill, place

MOST_MAILS = 150_000
TARGET = 50.0
"""Milliseconds for the first hits, p95 (performance.md §4)."""
Ask = Callable[[str], object]


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


def measured(path: Path, speaker: Speaker, runs: int, mail: Ask | None) -> Iterator[str]:
    """A line for each kind of query."""
    mirror = Mirror(path)
    makers = kinds(speaker, Random(7))
    yield f"{'':<18}{'first hits p50 / p95':>24}{'best 50':>18}{'LIKE':>20}  ratio{'  notmuch':>20}"
    try:
        for kind, make in makers.items():
            first: list[float] = []
            best: list[float] = []
            like: list[float] = []
            mailed: list[float] = []
            for turn in range(runs):
                query = make()
                first.append(timed(partial(search, ranked=False), mirror, query))
                best.append(timed(search, mirror, query))
                if turn < 5:
                    like.append(timed(scan, mirror, query))
                if mail is not None and turn < 20:
                    mailed.append(timed(mail, query))
            yield _line(kind, first, best, like, mailed)
    finally:
        mirror.close()


def _line(
    kind: str, first: list[float], best: list[float], like: list[float], mailed: list[float]
) -> str:
    (low, high), (low_best, high_best) = spread(first), spread(best)
    mark = " " if high <= TARGET else "!"
    told = f"{kind:<18}{low:>12.1f} /{high:>8.1f}{mark}{low_best:>9.1f} /{high_best:>7.1f}"
    told += f"{spread(like)[0]:>12.0f} /{spread(like)[1]:>6.0f}  {low / spread(like)[0]:.4f}"
    if mailed:
        told += f"{spread(mailed)[0]:>12.0f} /{spread(mailed)[1]:>6.0f} {low / median(mailed):.2f}"
    return told


def measure(
    path: Path, speaker: Speaker, runs: int, texts: int, *, compare: bool = True
) -> list[str]:
    """A line for each kind of query; notmuch holds the same comments, where it may `compare` and
    there are no more of them than it takes in in some minutes.
    """
    with tempfile.TemporaryDirectory(prefix="heroterm-mail-") as made:
        few = texts <= MOST_MAILS
        mail = mails(Path(made), path) if compare and few else None
        if compare and not few:
            print(
                f"notmuch: not asked, more than {MOST_MAILS:,} texts take it many minutes to read"
            )
        elif compare:
            print("notmuch: in the same run" if mail else "notmuch: not installed, skipped")
        return list(measured(path, speaker, runs, mail))


def main(argv: list[str] | None = None) -> int:
    """Build, measure, print; exit 1 when first hits are slower than the target."""
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
    return int(any("!" in line for line in lines))


if __name__ == "__main__":
    sys.exit(main())
