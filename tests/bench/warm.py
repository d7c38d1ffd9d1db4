"""A warm desk: a sandbox, an account on it, and a mirror that holds its tickets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.terminal import environment

_LIMITS = "per_minute", "incremental-exports", "deleted-tickets-index"
"""What a desk that is started a dozen times a minute uses up, and a person's is not."""


@dataclass(frozen=True)
class Desk:
    """`words` starts the workstation; `first` is text of the queue's first row, once painted."""

    words: tuple[str, ...]
    env: dict[str, str]
    first: str
    tickets: int


class NotBuilt(RuntimeError):
    """A command that the benchmark needs did not do its part; the message says which and how."""


def ask(words: list[str], env: dict[str, str], stdin: str = "") -> dict[str, Any]:
    """What a verb answers in JSON; NotBuilt with its own words where it fails."""
    done = subprocess.run(words, env=env, input=stdin, capture_output=True, text=True, timeout=900)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        last = said[-1] if said else "nothing said"
        raise NotBuilt(f"{' '.join(words[1:3])} ended with {done.returncode}: {last}")
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def unlimited(url: str) -> None:
    """Let a practice desk answer as fast as it can."""
    limits = json.dumps(dict.fromkeys(_LIMITS, 10_000_000))
    with urllib.request.urlopen(f"{url}/_sandbox/limits", limits.encode(), timeout=60):
        pass


@contextmanager
def sandbox(heroterm: str, env: dict[str, str], tickets: int) -> Iterator[dict[str, Any]]:
    words = [heroterm, "sandbox", "--role", "admin", "--seed", "1", "--tickets", str(tickets)]
    with subprocess.Popen(
        words, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        try:
            assert child.stdout is not None
            line = child.stdout.readline()
            if not line.startswith("{"):
                raise NotBuilt("sandbox did not say that it is ready")
            at: dict[str, Any] = json.loads(line)
            unlimited(at["url"])
            yield at
        finally:
            os.kill(child.pid, signal.SIGTERM)


def connected(heroterm: str, folder: Path, at: dict[str, Any]) -> dict[str, str]:
    """The environment of a home below the folder that is connected to a desk and still empty."""
    env = environment(
        {"HEROTERM_HOME": str(folder), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    )
    account = ["--url", at["url"], "--email", at["email"], "--token-stdin", "--json"]
    ask([heroterm, "connect", *account], env, stdin=at["token"] + "\n")
    return env


def synced(heroterm: str, env: dict[str, str]) -> None:
    """One whole pass."""
    ask([heroterm, "sync", "--once", "--json"], env)


@contextmanager
def desk(heroterm: str, folder: Path, tickets: int) -> Iterator[Desk]:
    """A mirror of so many tickets below the folder, its sandbox alive until the end."""
    with sandbox(heroterm, environment({}), tickets) as at:
        env = connected(heroterm, folder, at)
        synced(heroterm, env)
        rows = ask([heroterm, "queue", "--json", "--limit", "1"], env)["tickets"]
        if not rows:
            raise NotBuilt("the queue is empty after sync --once")
        yield Desk((heroterm,), env, str(rows[0]["id"]), tickets)
