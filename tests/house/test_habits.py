"""Habits of the house hold in every file, and each is shown to bite."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median

import pytest

from tests.house import habits
from tests.house.source import Source, length, nothing_in, package, parse, suite

Rule = Callable[[Source], list[str]]


def broken(rule: Rule, sources: Iterable[Source]) -> list[str]:
    return [line for source in sources for line in rule(source)]


EVERYWHERE: list[Rule] = [habits.oversized, habits.untyped, habits.misnamed]
IN_THE_PACKAGE: list[Rule] = [habits.undocumented, habits.shared_state, habits.escapes]


@pytest.mark.parametrize("rule", EVERYWHERE, ids=lambda r: r.__name__)
def test_a_habit_holds_in_package_and_tests(rule: Rule) -> None:
    nothing_in(broken(rule, [*package(), *suite()]))


@pytest.mark.parametrize("rule", IN_THE_PACKAGE, ids=lambda r: r.__name__)
def test_a_habit_holds_in_the_package(rule: Rule) -> None:
    nothing_in(broken(rule, package()))


def test_everything_is_caught_at_one_place_only_the_crash_boundary() -> None:
    found = broken(habits.blind, [*package(), *suite()])
    nothing_in([line for line in found if not line.startswith("heroterm/cli/")])
    assert len(found) <= 1, "one crash boundary is enough:\n" + "\n".join(found)


def test_clock_and_chance_are_handed_in() -> None:
    inner = [s for s in package() if s.room != "cli" and s.name != "heroterm.sandbox.server"]
    found = broken(habits.impure, inner)
    # A fault that drips or delays has to wait somewhere.
    waits = [line for line in found if "/sandbox/" in line and line.endswith("time.sleep")]
    nothing_in([line for line in found if line not in waits])


def test_most_files_and_functions_are_short() -> None:
    assert median(s.lines for s in package()) <= 120
    assert median(length(f) for s in package() for f in s.functions()) <= 10


BAD: list[tuple[Rule, str]] = [
    (habits.undocumented, "x = 1"),
    (habits.undocumented, '"""M."""\nclass A:\n    pass'),
    (habits.undocumented, '"""M."""\nclass A:\n    """A."""\n    def go(self): ...'),
    (habits.untyped, "def f(): ..."),
    (habits.oversized, "x = 1\n" * 301),
    (habits.oversized, "def f():\n" + "    x = 1\n" * 45),
    (habits.blind, "try:\n    x\nexcept:\n    pass"),
    (habits.blind, "try:\n    x\nexcept Exception as e:\n    pass"),
    (habits.blind, "try:\n    x\nexcept (OSError, BaseException):\n    pass"),
    (habits.misnamed, "class TicketManager: ..."),
    (habits.misnamed, "def format_helper(): ..."),
    (habits.impure, "from datetime import datetime\ndatetime.now()"),
    (habits.impure, "import datetime as d\nx = d.datetime.utcnow"),
    (habits.impure, "from time import monotonic as m\nm()"),
    (habits.impure, "import time\ntime.sleep(1)"),
    (habits.impure, "from uuid import uuid4\nkey = uuid4()"),
    (habits.impure, "import random\nrandom.shuffle([])"),
    (habits.impure, "import random\nrandom.Random()"),
    (habits.impure, "import secrets\nsecrets.token_hex()"),
    (habits.shared_state, "def f():\n    global x\n    x = 1"),
    (habits.shared_state, "from contextvars import ContextVar\nx = ContextVar('x')"),
    (habits.escapes, "from rich.markup import escape\nescape('a')"),
    (habits.escapes, "from textual import markup\nmarkup.escape('a')"),
]


@pytest.mark.parametrize(("rule", "text"), BAD, ids=lambda x: getattr(x, "__name__", None))
def test_a_broken_habit_is_found_out(rule: Rule, text: str) -> None:
    assert rule(parse(text))


def test_a_file_named_for_nothing_is_found_out() -> None:
    assert habits.misnamed(parse("", "heroterm.tui.utils"))


GOOD: list[tuple[Rule, str]] = [
    (habits.undocumented, '"""M."""\ndef _inner(): ...\nclass _A: ...'),
    (habits.impure, "import random\nrandom.Random(7).random()"),
    (habits.impure, "def f(now):\n    return now()"),
    (habits.impure, "from datetime import datetime\ndatetime.fromisoformat('2026-03-04')"),
    (habits.escapes, "import html\nhtml.escape('<')"),
    (habits.blind, "try:\n    x\nexcept (OSError, ValueError):\n    pass"),
    (habits.misnamed, "def base_url(): ...\nclass Management: ..."),
]


@pytest.mark.parametrize(("rule", "text"), GOOD, ids=lambda x: getattr(x, "__name__", None))
def test_a_kept_habit_is_let_pass(rule: Rule, text: str) -> None:
    assert rule(parse(text)) == []
