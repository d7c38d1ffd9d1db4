from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from heroterm.sync import collision, new_tickets
from heroterm.sync.history import History
from tests.sync.storm import Storm

FEW, STORMS = 20, 100
"""In every run, and for each `--soak`."""
WRONG = ("lost", "double", "order", "false", "stuck", "changed", "unwritten", "misdirected")


def storm(path: Path, seed: int) -> tuple[Counter[str], list[str]]:
    """One storm and the calm after it: what was met, and all that is wrong, with its seed."""
    made = Storm(path / f"{seed}" / "journal.db", seed)
    try:
        made.rage(60)
        made.settle()
        wrong = made.wrong()
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    finally:
        made.close()
    return made.counts, [f"{each} (seed {seed})" for each in wrong]


def told(total: Counter[str], wrong: list[str]) -> str:
    """What was met and what is wrong, in one line."""
    states = {name[3:]: count for name, count in sorted(total.items()) if name.startswith("is ")}
    met = {name: count for name, count in sorted(total.items()) if not name.startswith("is ")}
    found = Counter(each.partition(":")[0] for each in wrong)
    other = sum(count for name, count in found.items() if name not in WRONG)
    kinds = ", ".join(f"{name}={found[name]}" for name in WRONG)
    return f"in the end {states}; {kinds}, other={other}; met {met}"


@pytest.mark.storm
def test_whatever_happens_nothing_is_lost_and_nothing_arrives_twice(
    tmp_path: Path, soak: int, counted: Callable[[str], None]
) -> None:
    storms = FEW if soak == 1 else STORMS * soak
    total: Counter[str] = Counter()
    wrong: list[str] = []
    for seed in range(storms):
        met, found = storm(tmp_path, seed)
        total, wrong = total + met, wrong + found
    counted(f"{storms} storms of the outbox: {told(total, wrong)}")
    assert wrong == []
    assert total["crashes"] > storms and total["is sent"] > 4 * storms
    for kind in ("public_reply", "internal_note", "new_ticket", "fields", "person_organization"):
        assert total[f"put: {kind}"] > storms // 2, kind
    for name in ("closed", "undone", "turns in between", "put: bulk"):
        assert total[name] > storms // 10, name


def always(self: History, updated_at: datetime) -> bool:
    return True


def nobody(*words: Any) -> None:
    return None


@pytest.mark.storm
@pytest.mark.parametrize(
    ("where", "name", "instead", "wrong", "first"),
    [
        (History, "fresh", always, "double|false", 40),
        (collision, "news", nobody, "misdirected", 20),
        (new_tickets, "KEY_LIVES", timedelta(days=9), "double", 0),
    ],
)
def test_the_storm_finds_out_a_carrier_that_takes_a_short_cut(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: Any,
    name: str,
    instead: Any,
    wrong: str,
    first: int,
) -> None:
    """`first` is a seed shortly before one that shows it, to be quick; any other is as good."""
    monkeypatch.setattr(where, name, instead)
    found: list[str] = []
    for seed in range(first, 2_000):
        with contextlib.suppress(AssertionError):
            found = storm(tmp_path, seed)[1]
        if found:
            break
    assert re.match(wrong, found[0]), found
