"""Faults on demand: cut connections, delays, wrong answers (cli.md, control plane).

A rule matches "METHOD /path/glob"; "*" alone or "* /api/*" match any method. Rules are tried in
order, the first that matches and is not used up acts. `/_sandbox/` itself is never touched.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

KINDS = frozenset("refuse delay drop-before drop-after status html truncate gzip-bomb drip".split())
UNAPPLIED = frozenset({"drop-before", "status", "html"})
DRIP_SECONDS = 0.2
BOMB_BYTES = 300 * 1024 * 1024
LOGIN_PAGE = (
    "<!DOCTYPE html><html><head><title>Sign in</title></head>"
    "<body><h1>Sign in to the guest network</h1><form></form></body></html>"
)


class Cut(ConnectionResetError):
    """The desk ends the connection without (the rest of) an answer."""


@dataclass(slots=True)
class Rule:
    """One order for a fault; `left` counts how often it may still act, None = always."""

    match: str
    do: str
    status: int = 500
    seconds: float = 1.0
    retry_after: str | None = None
    left: int | None = None
    location: str = ""
    """Where `status` sends the caller, with a 3xx."""
    applied: bool = False
    """Whether `status` and `html` strike after the request was carried out."""

    def meets(self, method: str, path: str) -> bool:
        """Whether the rule is for this request and not used up."""
        if self.left == 0:
            return False
        wanted, _, glob = self.match.strip().partition(" ")
        if not glob:
            wanted, glob = ("*", wanted) if wanted.startswith(("/", "*")) else (wanted, "*")
        return wanted in ("*", method) and fnmatchcase(path, glob.strip())


@dataclass(slots=True)
class Faults:
    """The rules in force."""

    rules: list[Rule] = field(default_factory=list)

    def replace(self, rows: list[dict[str, Any]]) -> None:
        """Put these rules in force and forget the former. Raises ValueError, KeyError."""
        self.rules = [_rule(row) for row in rows]

    def take(self, method: str, path: str) -> Rule | None:
        """The rule that acts on this request, counted as used."""
        for rule in self.rules:
            if rule.meets(method, path):
                if rule.left is not None:
                    rule.left -= 1
                return rule
        return None


def _rule(row: dict[str, Any]) -> Rule:
    if row["do"] not in KINDS:
        raise ValueError(f"do must be one of {', '.join(sorted(KINDS))}")
    after = row.get("retry_after")
    return Rule(
        str(row.get("match", "*")),
        row["do"],
        int(row.get("status", 500)),
        float(row.get("seconds", 1.0)),
        None if after is None else str(after),
        None if row.get("times") is None else int(row["times"]),
        location=str(row.get("location", "")),
        applied=bool(row.get("applied", False)),
    )


def drip(body: bytes) -> Iterator[bytes]:
    """The body, one byte every 0.2 seconds."""
    for index in range(len(body)):
        time.sleep(DRIP_SECONDS)
        yield body[index : index + 1]


@cache
def bomb() -> bytes:
    """A gzip stream of about 300 kB that unpacks to 300 MB of spaces."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1024 * 1024)
    parts = [packer.compress(block) for _ in range(BOMB_BYTES // len(block))]
    return b"".join(parts) + packer.flush()


def wait(seconds: float) -> None:
    """Let real time pass, as a slow network does."""
    time.sleep(seconds)
