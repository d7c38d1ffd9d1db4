"""The export: stable columns, nothing that was to stay out, whole files, flat memory."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli.export_files import harmless, write_csv
from heroterm.domain.export_tables import LIST, TABLES, Column
from heroterm.domain.ticket import Comment, Page
from heroterm.mirror import exporting
from heroterm.mirror.exporting import Portion
from heroterm.mirror.reader import Mirror
from tests.cli.conftest import ANA, JO, Home, ticket
from tests.cli.door import Door
from tests.conftest import NOW


def table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / f"{name}.csv").read_text("utf-8").splitlines(True)))


def test_every_table_has_its_columns_in_csv_and_json_alike(
    home: Home, door: Door, tmp_path: Path
) -> None:
    told = door.json("export", "--out", str(tmp_path / "c"))
    door.json("export", "--out", str(tmp_path / "j"), "--format", "jsonl")
    assert [each["table"] for each in told["files"]] == list(TABLES)
    for each in told["files"]:
        path = Path(each["path"])
        assert path.stat().st_mode & 0o077 == 0
        names = [column.name for column in TABLES[each["table"]]]
        assert path.read_text("utf-8").splitlines()[0].split(",") == names
        lines = (tmp_path / "j" / f"{each['table']}.jsonl").read_text().splitlines()
        assert len(lines) == each["rows"]
        assert all(list(json.loads(line)) == names for line in lines)
    row = next(r for r in table(tmp_path / "c", "tickets") if r["id"] == "101")
    assert (row["group"], row["organization"]) == ("Support", "Acme Rockets")
    assert (row["created_at"], row["never_answered"]) == ("2026-03-03T10:00:00Z", "true")
    manifest = json.loads((tmp_path / "c" / "manifest.json").read_text())
    assert manifest["columns"]["comments"][0] == ["id", "int"] and manifest["export_schema"] == 1
    assert sorted(p.name for p in (tmp_path / "c").iterdir()) == sorted(
        ["manifest.json", *(f"{name}.csv" for name in TABLES)]
    )


def test_files_of_an_export_with_other_choices_are_named(
    home: Home, door: Door, tmp_path: Path
) -> None:
    out = str(tmp_path / "x")
    assert "earlier export" not in door("export", "--out", out, "--table", "comments").out
    said = door("export", "--out", out, "--format", "jsonl", "--no-people", "--no-bodies").out
    assert "Of an earlier export, by its choices: comments.csv." in said


def test_words_and_people_stay_out_when_asked(home: Home, door: Door, tmp_path: Path) -> None:
    out = str(tmp_path / "x")
    door.json("export", "--out", out, "--no-bodies", "--no-people")
    everything = "".join(p.read_text("utf-8") for p in (tmp_path / "x").glob("*.csv"))
    for word in ("funnel", "filter", "Invoice", "Ødegård", "jo@acme", "@desk.example"):
        assert word not in everything
    assert {row["id"] for row in table(tmp_path / "x", "users")} == {str(ANA.id), str(JO.id)}


def test_a_content_warning_keeps_its_words_out_unless_asked(
    home: Home, door: Door, tmp_path: Path
) -> None:
    writer = home.writer()
    bad = ticket(200, "Shocking", tags=("content_warning",), satisfaction="good",
                 satisfaction_comment="Shocking, but good")  # fmt: skip
    writer.save_page(Page((bad,)), at=NOW)
    words = [Comment(20, 200, JO.id, True, "Shocking words", NOW)]
    writer.save_comments(200, words, (JO,), complete=True, at=NOW)
    writer.close()
    for flags, shown in ((), False), (("--content-warnings",), True):
        out = tmp_path / f"w{shown}"
        door.json("export", "--out", str(out), *flags)
        everything = "".join(p.read_text("utf-8") for p in out.glob("*.csv"))
        assert ("Shocking" in everything) is shown
        assert "Funnel is empty" in everything
        row = next(r for r in table(out, "tickets") if r["id"] == "200")
        assert row["content_warning"] == "true"


def test_since_and_view_take_a_part(home: Home, door: Door, tmp_path: Path) -> None:
    writer = home.writer()
    old = ticket(50, "Ancient", status="closed", updated_at=NOW - timedelta(days=400))
    writer.save_page(Page((old,)), at=NOW)
    writer.close()
    door.json("export", "--out", str(tmp_path / "s"), "--since", "2026-03-01")
    assert "50" not in {r["id"] for r in table(tmp_path / "s", "tickets")}
    door.json("export", "--out", str(tmp_path / "v"), "--view", "Support queue")
    assert {r["id"] for r in table(tmp_path / "v", "tickets")} == {"101"}
    assert {r["ticket_id"] for r in table(tmp_path / "v", "comments")} == {"101"}
    assert door("export", "--out", str(tmp_path / "n"), "--since", "soon").code == 2


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ('=HYPERLINK("http://evil")', '\'=HYPERLINK("http://evil")'),
        ("+1", "'+1"), ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"), ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t=1"), ("\n=1", "'\n=1"), ("\uff1d1", "'\uff1d1"),
        ("a\x1b]0;x\x07", "a\ufffd]0;x\ufffd"), ("a=b", "a=b"), ("", ""),
    ],
    ids=ascii,
)  # fmt: skip
def test_no_spreadsheet_runs_what_a_customer_wrote(text: str, safe: str) -> None:
    assert harmless(text) == safe


def test_no_terminal_obeys_a_list_of_tags_in_csv() -> None:
    file = io.BytesIO()
    write_csv(file, [Column("tags", LIST)], [('["a\x9b31m\x7f"]',)])
    assert file.getvalue().decode() == 'tags\n"[""a\ufffd31m\ufffd""]"\n'


def test_a_failure_leaves_the_older_file_as_it_was(home: Home, door: Door, tmp_path: Path) -> None:
    out = tmp_path / "x"
    door.json("export", "--out", str(out))
    before = (out / "tickets.csv").read_bytes()
    home.paths.mirror.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
    assert door("export", "--out", str(out)).code == 3
    assert (out / "tickets.csv").read_bytes() == before
    assert not [p for p in out.iterdir() if p.name.startswith(".")]
    (tmp_path / "file").write_text("")
    assert door("export", "--out", str(tmp_path / "file" / "x")).code in (2, 3)


def test_memory_stays_flat_however_much_there_is(home: Home) -> None:
    writer = home.writer()
    words = "x" * 500
    writer.save_comments(
        101, (Comment(n, 101, JO.id, True, words, NOW) for n in range(1, 6_001)), (JO,),
        complete=True, at=NOW,
    )  # fmt: skip
    writer.close()
    mirror = Mirror(home.paths.mirror)
    tracemalloc.start()
    try:
        count = sum(1 for _ in exporting.rows(mirror, "comments", Portion()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        mirror.close()
    assert count == 6_000 and peak < 500_000


def test_parquet_is_read_back_with_its_types(home: Home, door: Door, tmp_path: Path) -> None:
    parquet: Any = importlib.import_module("pyarrow.parquet")
    told = door.json("export", "--out", str(tmp_path), "--format", "parquet")
    rows = parquet.read_table(tmp_path / "tickets.parquet").to_pylist()
    row = next(row for row in rows if row["id"] == 106)
    assert row["tags"] == ["community_question"] and row["missing"] is False
    assert row["created_at"] == datetime(2026, 3, 3, 10, tzinfo=UTC)
    for each in told["files"]:
        read = parquet.read_table(each["path"])
        assert read.num_rows == each["rows"]
        assert read.column_names == [c.name for c in TABLES[each["table"]]]
        assert os.stat(each["path"]).st_mode & 0o077 == 0


def test_without_pyarrow_the_way_to_it_is_said(
    home: Home, door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    answer = door("export", "--out", str(tmp_path / "x"), "--format", "parquet", "--json")
    assert answer.code == 2 and "heroterm[parquet]" in answer.document["error"]["remedy"]
    assert not (tmp_path / "x").exists()
