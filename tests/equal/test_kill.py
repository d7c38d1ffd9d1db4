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
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from heroterm.mirror.reader import Mirror
from heroterm.paths import locate
from heroterm.sandbox import server, shift
from heroterm.sandbox.truth import truth
from tests.conftest import NOW
from tests.equal.compare import differences

TICKETS = 1_500
LAST = 60
"""A process is killed after one of so many requests, the first among them."""
LATEST = 0.03
"""Seconds after a request at which the process is killed at the latest."""


class Counting:
    """The practice desk's app; counts what is asked and tells after each request."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.asked: Counter[str] = Counter()
        self.struck: Counter[str] = Counter()
        self._last = ""
        self.told: Callable[[], None] = lambda: None

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        self._last = f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
        self.asked[self._last] += 1
        answer = self.app(environ, start)
        self.told()
        return answer

    def strike(self) -> None:
        """The process was killed: what it asked for last was under way."""
        self.struck[whole(self._last)] += 1

    def pages(self) -> Counter[str]:
        """Pages of the fill and threads; not what each start has to look at anew."""
        return Counter(
            {
                path: count
                for path, count in self.asked.items()
                if "page%5Bafter%5D" in path or "/comments?" in path
            }
        )


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
        with self.paths.config_file.open("a", encoding="utf-8") as file:
            file.write("keep_days = 36500\n")  # the file ends with [mirror]

    @contextmanager
    def sync(self) -> Iterator[subprocess.Popen[str]]:
        words = [sys.executable, "-m", "heroterm", "sync", "--once", "--json"]
        with subprocess.Popen(
            words, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as child:
            yield child


def killed(account: Account, counting: Counting, rng: Random) -> bool:
    """Kill a pass at a random moment after a random request; whether it was before its end."""
    left = [rng.randrange(1, LAST)]
    with account.sync() as child:

        def told() -> None:
            left[0] -= 1
            if left[0] == 0:
                timer = threading.Timer(rng.random() * LATEST, child.send_signal, [signal.SIGKILL])
                timer.start()

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


@pytest.mark.storm
def test_a_fill_that_is_killed_goes_on_and_ends_equal(tmp_path: Path, soak: int) -> None:
    rng, kills = Random(7), 0
    wanted = 6 if soak == 1 else 200
    for home in range(wanted):
        kills += one_fill(tmp_path / f"{home}", rng, min(6, wanted - kills))
        if kills >= wanted:
            break
    assert kills >= wanted


def one_fill(folder: Path, rng: Random, most: int) -> int:
    """Kill a first fill at most so many times, then let it end; how often it was killed."""
    made = shift.build(seed=1, tickets=TICKETS, clock=NOW, now=lambda: NOW)
    made.app.budget.per_minute = 1_000_000
    counting = Counting(made.app)
    running = server.start(replace(made, app=counting))  # type: ignore[arg-type]
    try:
        account = Account(folder, running.url, made.email, made.token)
        counting.asked.clear()
        kills = 0
        while kills < most and killed(account, counting, rng):
            kills += 1
            counting.strike()
            if account.paths.mirror.exists():
                checked(account.paths)
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
    # A page is asked for again only when a kill has struck it: once for each such kill.
    asked = counting.pages().items()
    often = {path: count for path, count in asked if count > 1 + counting.struck[whole(path)]}
    assert not often, (often, counting.struck)
    return kills
