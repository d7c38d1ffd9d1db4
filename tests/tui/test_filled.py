"""A filled home that is copied fits the world beside it, in words, numbers and addresses."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from heroterm.mirror.reader import Mirror
from heroterm.sandbox.truth import truth
from tests.equal.compare import differences
from tests.filled import FRESH, Fills, wall_clock
from tests.tui.conftest import Shift


def test_a_copied_home_mirrors_the_world_beside_it(shift_: Shift, fills: Fills) -> None:
    filled = fills.last
    assert filled is not None and filled.url != shift_.url
    mirror = Mirror(shift_.home / "data/mirror.db")
    found = differences(mirror, truth(shift_.running.sandbox.world, {}))
    kept = [each for each in found if "description: ''" not in each]  # of the last 90 days
    assert kept == []
    assert mirror.state().account == shift_.url
    assert filled.url.encode() not in (shift_.home / "data/mirror.db").read_bytes()
    mirror.close()


def test_an_old_fill_is_made_anew_and_only_by_the_first_who_needs_it(tmp_path: Path) -> None:
    one, other = Fills(tmp_path), Fills(tmp_path)
    filled = one.fresh()
    assert one.fresh() is filled
    assert other.fresh() == filled and (one.count, other.count) == (1, 0)
    old = replace(filled, at=filled.at - FRESH - timedelta(seconds=1))
    one.last = other.last = old
    one.tell(old)
    assert wall_clock() - other.fresh().at < FRESH
    assert one.fresh() == other.fresh() != filled and (one.count, other.count) == (1, 1)
