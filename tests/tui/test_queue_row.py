"""One row of the queue: working time beside the clock's where there is room for both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from heroterm.domain.calendar import Calendar
from heroterm.domain.view import Overlay, View
from heroterm.tui.panes.queue_row import Look, columns_for, headings, line
from tests.conftest import NOW
from tests.mirror.make import Desk, clock, ticket

OFFICE = Calendar("office", week=(((9 * 60, 17 * 60),),) * 5 + ((), ()))
LOOK = Look(NOW, both=True, hours=OFFICE)  # a Wednesday, 10:00


def test_a_wide_desk_says_working_time_beside_the_clock(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "mirror.db")
    desk.save(
        ticket(1, slas=(clock(-20),)),
        ticket(2, slas=(clock(60 * 26),)),
        ticket(3, slas=(clock(0, stage="paused"),)),
        ticket(4, slas=(clock(-60 * 24 * 40),)),
    )
    rows = {row.id: row for row in desk.mirror.queue(View(), Overlay())}
    desk.close()
    drawn = {number: line(row, LOOK, 65).plain for number, row in rows.items()}
    assert " -0:20!!  -0:20 w opn" in drawn[1]
    assert " 26:00    10:00 w opn" in drawn[2]
    assert all(" w opn" not in drawn[number] for number in (3, 4))
    closed = replace(LOOK, hours=Calendar("closed", week=((),) * 7))  # as at a weekend
    assert " 26:00     0:00 w opn" in line(rows[2], closed, 65).plain
    assert " w opn" not in line(rows[1], replace(LOOK, hours=None), 65).plain
    assert all(" -0:20!!  opn" in line(rows[1], replace(LOOK, both=b), w).plain
               for b, w in ((False, 65), (True, 61)))  # fmt: skip
    assert columns_for(61, both=True).work == 0 < columns_for(62, both=True).work


@pytest.mark.parametrize("width", [40, 60, 78, 120])
@pytest.mark.parametrize("ages", [False, True])
@pytest.mark.parametrize("dense", [False, True])
def test_names_of_columns_stand_above_their_own(
    width: int, ages: bool, dense: bool, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "mirror.db")
    desk.save(ticket(77, slas=(clock(30),), subject="Paths"))
    (row,) = desk.mirror.queue(View(), Overlay())
    desk.close()
    named = headings(columns_for(width, ages=ages, dense=dense), width).plain
    below = line(row, replace(LOOK, both=False, ages=ages, dense=dense), width).plain
    stands = {"#": "77", "SUBJECT": "Paths", "ST": "opn", "FROM": "MAIL", "DUE": " 0:30"}
    for name, words in stands.items():
        assert (name in named) == (words in below)
        assert named.find(name) == below.find(words)
    assert named.index("T") == below.index("T4") and len(named) <= width
