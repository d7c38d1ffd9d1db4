"""A short slice in every run; with `--soak` each point for each kind and each lost answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crash.desk import Desk, open_desk
from tests.crash.points import CARRYING, DEEDS_TOO, EVERY, FAULTS, JUMPS, TWICE


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    soak = metafunc.config.getoption("--soak") > 1
    names = set(metafunc.fixturenames)
    if {"kind", "point"} <= names:
        every = [(kind, point) for point in CARRYING for kind in point.kinds]
        short = [(k, p) for k, p in every if k == p.kinds[0] or p.event in DEEDS_TOO]
        chosen = every if soak else short
        ids = [f"{point.numbers[0]} {point.event} {kind}" for kind, point in chosen]
        metafunc.parametrize(("kind", "point"), chosen, ids=ids)
    elif {"kind", "event", "skew"} <= names:
        jumps = [(k, e, skew) for k in EVERY for e in JUMPS for skew in (-3_600, 3_600)]
        metafunc.parametrize(("kind", "event", "skew"), jumps if soak else jumps[::5])
    elif {"event", "fault"} <= names:
        both = [(event, fault) for event in TWICE for fault in ("", *FAULTS)]
        metafunc.parametrize(("event", "fault"), both if soak else both[1::6])
    elif {"kind", "fault"} <= names:
        both = [(kind, fault) for kind in EVERY for fault in FAULTS]
        metafunc.parametrize(("kind", "fault"), both if soak else both[4:])


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One practice desk for every process that is killed."""
    with open_desk(tmp_path_factory.mktemp("crash")) as made:
        yield made
