"""All thirty crash points are struck, or the table says why one cannot be."""

from __future__ import annotations

from pathlib import Path

from tests.crash.points import CARRYING, ELSEWHERE, IMPOSSIBLE

HERE = Path(__file__).parent


def test_every_named_point_is_struck() -> None:
    carrying = {number for point in CARRYING for number in point.numbers}
    struck = carrying | set(ELSEWHERE)
    assert struck | set(IMPOSSIBLE) == set(range(1, 31))
    assert not struck & set(IMPOSSIBLE)
    assert all(IMPOSSIBLE.values())


def test_a_point_that_is_struck_elsewhere_is_named_there() -> None:
    missing = []
    for number, file in ELSEWHERE.items():
        text = (HERE / f"{file}.py").read_text()
        names = (f"test_{number}_", f"_and_{number}_", f"_to_{number}_")
        within = any(f"test_{low}_to_" in text for low in range(1, number))
        if not any(name in text for name in names) and not within:
            missing.append((number, file))
    assert missing == []
