from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from heroterm.cli.rules import rulebook
from tests.cli.conftest import Home
from tests.cli.door import Door


def test_the_week_as_json_csv_and_lines(synced: Any, door: Door, tmp_path: Path) -> None:
    file = tmp_path / "week.csv"
    told = door.json("stats", "--days", "5", "--csv", str(file))
    unsolved = door.json("queue", "--all")["tickets"]
    today = told["days"][-1]
    assert len(told["days"]) == 5 and unsolved
    assert sum(today[f"tier{n}"] for n in (1, 2, 3, 4)) == len(unsolved)
    assert told["first_reply_median_seconds"] > 0
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [row["day"] for row in rows] == [day["day"] for day in told["days"]]
    assert file.stat().st_mode & 0o077 == 0
    table = door("stats", "--days", "5", "--csv", "-").out
    assert table == file.read_text(encoding="utf-8")
    assert "You, from here: tickets solved 0" in door("stats").out
    assert told["mine"]["first_reply_median_seconds"] > 0
    year = door.json("stats", "--days", "366")
    assert sum(day["breached"] for day in year["days"]) >= year["breached_now"] > 0
    assert sum(day["solved"] for day in year["days"]) > 0


def test_the_columns_follow_the_policy_in_force(home: Home, door: Door) -> None:
    assert "tier5" not in door.json("stats")["days"][0]
    home.paths.config_file.write_text('[desk]\npolicy = "handbook-2025"\n')
    last = rulebook(home.paths).tiers.last
    assert last > 4 and f"tier{last}" in door.json("stats")["days"][0]
    assert f"T{last}" in door("stats").out


def test_what_left_this_desk_is_counted(home: Home, door: Door) -> None:
    before = door.json("stats")
    assert door("note", "101", "--body", "Looked at it.", "--hold", "0").code == 0
    assert door("outbox", "recall", door.json("outbox", "list")["intents"][0]["intent"]).code == 0
    assert door.json("stats")["recalled"] == before["recalled"] + 1


def test_a_file_that_cannot_be_written_is_said(home: Home, door: Door, tmp_path: Path) -> None:
    answer = door("stats", "--csv", str(tmp_path / "no" / "such.csv"), "--json")
    assert answer.code == 2 and "cannot be written" in answer.document["error"]["say"]
