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
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median, quantiles

from heroterm.domain.ticket import Comment, Page, Person, Ticket
from heroterm.domain.view import Placement
from heroterm.mirror.encoding import comment_columns
from heroterm.mirror.people import replace as write
from heroterm.mirror.reader import Mirror
from heroterm.mirror.search import search
from heroterm.mirror.writer import MirrorWriter
from tests.conftest import NOW

TARGET = 50.0
"""Milliseconds for the first hits, p95 (performance.md §4)."""
VOCABULARY = 30_000
_SYLLABLES = "ba be bo ca ce co da de di do fa fe fi ga go la le li lo ma me mi mo na ne ni".split()
_BATCH = 1_000
Ask = Callable[[str], object]


class Speaker:
    """Makes sentences of made-up words, the first ones far more often than the last (Zipf)."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        self.words = list(dict.fromkeys(self._word() for _ in range(VOCABULARY * 2)))[:VOCABULARY]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def _word(self) -> str:
        return "".join(self._rng.choices(_SYLLABLES, k=self._rng.randint(2, 5)))

    def say(self, count: int) -> str:
        return " ".join(self._rng.choices(self.words, cum_weights=self._weights, k=count))


def place(_ticket: Ticket, _organization: object) -> Placement:
    """Every ticket alike: the queue's order is not what is measured here."""
    return Placement(3, source="mail", title="")


def fill(path: Path, speaker: Speaker, tickets: int, comments: int) -> None:
    """A mirror of so many tickets and comments, indexed."""
    writer = MirrorWriter(path, place)
    try:
        each, made = comments // tickets, 0
        for first in range(1, tickets + 1, _BATCH):
            numbers = range(first, min(first + _BATCH, tickets + 1))
            people = tuple(Person(10_000 + n, speaker.say(2)) for n in range(first % 5_000, 20))
            page = Page(tuple(_ticket(n, speaker) for n in numbers), people=people)
            writer.save_page(page, at=NOW)
            said = [_comment(made + i, n, speaker) for i, n in enumerate(list(numbers) * each, 1)]
            made += len(said)
            with writer._connection.transaction():
                write(writer._connection, "comment", [comment_columns(c) for c in said])
        writer.remember(first_fill_done=True)
    finally:
        writer.close()


def _ticket(id_: int, speaker: Speaker) -> Ticket:
    at = NOW - timedelta(minutes=id_ % 50_000)
    return Ticket(
        id=id_,
        subject=speaker.say(6),
        status="open" if id_ % 20 == 0 else "closed",
        created_at=at,
        updated_at=at,
        updated_stamp="",
        requester_id=10_000 + id_ % 5_000,
        slas=(),
    )


def _comment(id_: int, ticket_id: int, speaker: Speaker) -> Comment:
    return replace(Comment(id_, ticket_id, 10_000, True, "", NOW), body=speaker.say(40))


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
        folder = chosen.keep or Path(made)
        path = folder / "mirror.db"
        if not path.exists():
            seconds = timed(lambda: fill(path, speaker, chosen.tickets, chosen.comments)) / 1000
            size = path.stat().st_size / 1e6
            print(
                f"{chosen.tickets} tickets, {chosen.comments} comments: {seconds:.0f} s, ", end=""
            )
            print(f"{size:.0f} MB", flush=True)
        MirrorWriter(path, place).close()  # one that was kept may be of an older version
        mail = mails(Path(made), path)
        print("notmuch: in the same run" if mail else "notmuch: not installed here, not compared")
        lines = list(measured(path, speaker, chosen.runs, mail))
    print("\n".join(lines))
    return int(any("!" in line for line in lines))


if __name__ == "__main__":
    sys.exit(main())
