from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from heroterm.sync.history import History
from tests.sync.storm import Storm

STORMS = 150


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
        made.desk.close()
    return made.counts


@pytest.mark.storm
def test_whatever_happens_nothing_is_lost_and_nothing_arrives_twice(
    tmp_path: Path, soak: int
) -> None:
    total: Counter[str] = Counter()
    for seed in range(STORMS * soak):
        total += storm(tmp_path, seed)
    print(f"\n{STORMS * soak} storms: {dict(total)}")
    assert total["crashes"] > STORMS
    assert total["sent"] > 4 * STORMS


@pytest.mark.storm
def test_the_storm_finds_out_a_carrier_that_trusts_a_lagging_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always(self: History, updated_at: datetime) -> bool:
        return True

    monkeypatch.setattr(History, "fresh", always)
    with pytest.raises(AssertionError, match=r"arrived 2 times|is called sent|but there"):
        for seed in range(2_000):
            storm(tmp_path, seed)
