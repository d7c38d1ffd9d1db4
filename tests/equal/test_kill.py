"""A first fill that is killed again and again goes on where it was, and ends equal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from heroterm.mirror.reader import Mirror
from heroterm.paths import locate
from heroterm.sandbox import server, shift
from heroterm.sandbox.materials import table
from heroterm.sandbox.truth import truth
from tests.conftest import NOW
from tests.equal.compare import differences

TICKETS, KILLS = 800, 4
"""Of one fill."""
MANY_TICKETS, MANY_KILLS, OF_ALL = 3_000, 20, 200
"""The same in a soak, and how many kills there are in all of its fills."""
LAST = 40
"""A process is killed after one of so many requests, the first among them."""
LATEST = 0.03
"""Seconds after a request at which the process is killed at the latest."""


class Counting:
    """The practice desk's app; counts what is asked, tells after each request, and kills.

    A kill between an answer and its receipt makes any program fetch that page again, and a second
    one at the same place a third time. So what was struck once is not struck again: then a kill
    waits for the next request, by which that page is kept. Whatever else may be under way.
    """

    def __init__(self, app: Any) -> None:
        self.app = app
        self.asked: Counter[str] = Counter()
        self.struck: Counter[str] = Counter()
        self.kills = self.put_off = 0
        self._last = ""
        self._dead = False
        self._lock = threading.Lock()
        self.told: Callable[[], None] = lambda: None

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        with self._lock:
            if not self._dead:  # else nobody is left who fetches
                self._last = f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
                self.asked[self._last] += 1
        answer = self.app(environ, start)
        self.told()
        return answer

    def kill(self, child: subprocess.Popen[str]) -> bool:
        """Kill a process, unless what it asked for last was struck before; whether it was done."""
        with self._lock:
            if self.struck[whole(self._last)]:
                self.put_off += 1
                return False
            child.send_signal(signal.SIGKILL)
            self._dead = True
            return True

    def strike(self) -> None:
        """The process was killed: what it asked for last was under way."""
        if counts(self._last):
            self.struck[whole(self._last)] += 1
        self.kills += 1

    def begin(self) -> None:
        """The next process may be asked for."""
        self._dead = False

    def pages(self) -> Counter[str]:
        """Pages of the fill and threads; not what each start has to look at anew."""
        return Counter({path: count for path, count in self.asked.items() if counts(path)})


def counts(path: str) -> bool:
    """Whether an answer is a page of the fill, behind its first, or of a thread."""
    return "page%5Bafter%5D" in path or "/comments?" in path


def whole(path: str) -> str:
    """What is committed at once: a page of the fill, or a thread with all of its pages."""
    return path.partition("?")[0] if "/comments?" in path else path


class Account:
    """A home of its own, connected to a desk on loopback; `sync` is a process of its own."""

    def __init__(self, folder: Path, url: str, email: str, token: str) -> None:
        self.env = {
            **os.environ,
            "HEROTERM_HOME": str(folder),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        self.paths = locate(str(folder), self.env)
        words = ["connect", "--url", url, "--email", email, "--token-stdin", "--json"]
        subprocess.run(
            [sys.executable, "-m", "heroterm", *words],
            env=self.env, input=token + "\n", text=True, check=True, capture_output=True,
        )  # fmt: skip
        made = self.paths.config_file.read_text(encoding="utf-8")
        assert "# keep_days = 90\n" in made
        kept = made.replace("# keep_days = 90\n", "keep_days = 36500\n")
        self.paths.config_file.write_text(kept, encoding="utf-8")

    @contextmanager
    def sync(self) -> Iterator[subprocess.Popen[str]]:
        words = [sys.executable, "-m", "heroterm", "sync", "--once", "--json"]
        with subprocess.Popen(
            words, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as child:
            yield child


def killed(account: Account, counting: Counting, rng: Random) -> bool:
    """Kill a pass at a random moment after a random request; whether it was before its end."""
    left, aimed = [rng.randrange(1, LAST)], threading.Event()
    counting.begin()
    with account.sync() as child:

        def shoot() -> None:
            if not counting.kill(child):
                aimed.clear()

        def told() -> None:
            left[0] -= 1
            if left[0] <= 0 and not aimed.is_set():
                aimed.set()
                threading.Timer(rng.random() * LATEST, shoot).start()

        counting.told = told
        child.communicate()
    counting.told = lambda: None
    return child.returncode == -signal.SIGKILL


def checked(paths: Any) -> None:
    mirror = Mirror(paths.mirror)
    try:
        assert mirror.integrity() == "ok"
    finally:
        mirror.close()


@dataclass
class Tally:
    """What all fills of a run came to."""

    kills: int = 0
    pages: Counter[int] = field(default_factory=Counter)
    """How many pages were asked for so many times."""
    put_off: int = 0

    def add(self, counting: Counting) -> None:
        """A fill came to its end: no page was asked for more than twice, and none twice that no
        kill struck.
        """
        self.kills += counting.kills
        self.put_off += counting.put_off
        for path, count in counting.pages().items():
            struck = counting.struck[whole(path)]
            assert count <= 1 + struck <= 2, (path, count, struck)
            self.pages[count] += 1


@pytest.mark.storm
def test_a_fill_that_is_killed_goes_on_and_ends_equal(
    tmp_path: Path, soak: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rng, tally = Random(7), Tally()
    tickets, a_fill, wanted = (
        (TICKETS, KILLS, KILLS) if soak == 1 else (MANY_TICKETS, MANY_KILLS, OF_ALL)
    )
    for home in range(wanted):
        most = min(a_fill, wanted - tally.kills)
        tally.add(one_fill(tmp_path / f"{home}", rng, most, tickets))
        if tally.kills >= wanted:
            break
    assert tally.kills >= wanted
    if soak > 1:
        with capsys.disabled():
            print(
                f"\n{tally.kills} kills in {home + 1} fills of {tickets} tickets; pages by how "
                f"often they were asked for: {dict(sorted(tally.pages.items()))}; kills put off "
                f"because that page had been struck before: {tally.put_off}"
            )


def one_fill(folder: Path, rng: Random, most: int, tickets: int) -> Counting:
    """Kill a first fill at most so many times, then let it end; what was asked for."""
    made = shift.build(seed=1, tickets=tickets, clock=NOW, now=lambda: NOW)
    # The desk's clock stands still, so that no minute ever ends.
    made.app.budget.per_minute = 1_000_000
    made.app.budget.totals = {row["name"]: 1_000_000 for row in table("limits")["limit"]}
    counting = Counting(made.app)
    running = server.start(replace(made, app=counting))  # type: ignore[arg-type]
    try:
        account = Account(folder, running.url, made.email, made.token)
        counting.asked.clear()
        while counting.kills < most and killed(account, counting, rng):
            counting.strike()
            if account.paths.mirror.exists():
                checked(account.paths)
        counting.begin()
        with account.sync() as child:
            told, _ = child.communicate()
        assert child.returncode == 0 and json.loads(told)["offline"] is False
    finally:
        running.stop()
    mirror = Mirror(account.paths.mirror)
    try:
        found = differences(mirror, truth(made.world, {}))
        assert mirror.integrity() == "ok" and mirror.state().first_fill_done
    finally:
        mirror.close()
    assert not found, "\n".join(each[:300] for each in found[:20])
    return counting
