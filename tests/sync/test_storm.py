from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from heroterm.sync import collision, new_tickets
from heroterm.sync.history import History
from tests.sync.storm import Storm

FEW, STORMS = 30, 100
"""In every run, and for each `--soak`."""
_WRONG = ("lost", "double", "order", "false", "stuck", "changed", "unwritten", "misdirected")


def storm(path: Path, seed: int) -> Counter[str]:
    """One storm and the calm after it; the seed is in the message of whatever fails."""
    made = Storm(path / f"{seed}" / "journal.db", seed)
    try:
        made.rage(60)
        made.settle()
        made.check()
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    finally:
        made.close()
    return made.counts


def told(total: Counter[str]) -> str:
    """What was met, in one line."""
    states = {name[3:]: count for name, count in sorted(total.items()) if name.startswith("is ")}
    met = {name: count for name, count in sorted(total.items()) if not name.startswith("is ")}
    wrong = ", ".join(f"{name}=0" for name in _WRONG)
    return f"{states['sent']} sent once; in the end {states}; {wrong}; met {met}"


@pytest.mark.storm
def test_whatever_happens_nothing_is_lost_and_nothing_arrives_twice(
    tmp_path: Path, soak: int
) -> None:
    storms = FEW if soak == 1 else STORMS * soak
    total: Counter[str] = Counter()
    for seed in range(storms):
        total += storm(tmp_path, seed)
    print(f"\n{storms} storms: {told(total)}")
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
    with pytest.raises(AssertionError, match=wrong):
        for seed in range(first, 2_000):
            storm(tmp_path, seed)
