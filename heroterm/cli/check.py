"""One finding of the doctor, and how several are collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from heroterm.cli.invocation import Invocation
from heroterm.errors import HeroError


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `fix` is the next step where it is not right."""

    name: str
    ok: bool
    say: str
    fix: str = ""


Look = Callable[[Invocation], Iterator[Check]]
"""Looks at one matter; whatever HeroError it raises is a finding, too."""


def found(look: Look, call: Invocation) -> list[Check]:
    """What a look finds; after a failure of its own, what it had found until then and why."""
    checks: list[Check] = []
    looking = look(call)
    try:
        while (check := next(looking, None)) is not None:
            checks.append(check)
    except HeroError as error:
        checks.append(Check(look.__name__.strip("_"), False, error.say, error.remedy))
    return checks


def lines_of(checks: list[Check]) -> list[str]:
    """The findings for a person: a line each, and the next step below what is not right."""
    lines = []
    for check in checks:
        lines.append(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.say}")
        if check.fix and not check.ok:
            lines.append(f"      {check.fix}")
    return lines
