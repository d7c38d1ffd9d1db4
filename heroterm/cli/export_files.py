"""Rows into files: CSV that no spreadsheet runs, JSON lines, Parquet where pyarrow is there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import IO, Any

from heroterm.domain.export_tables import JSON, LIST, MOMENT, TEXT, Cells, Column, Value
from heroterm.errors import UsageError

Write = Callable[[IO[bytes], Sequence[Column], Iterable[Cells]], int]
"""Writes the rows; how many there were."""
_DANGEROUS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes for the beginning of a formula."""
_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}
_GROUP = 10_000
"""Rows of one group in Parquet, and all that is ever in memory."""


def write_csv(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Cells]) -> int:
    """UTF-8 with a head; a text that looks like a formula gets a quote before it."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    count = 0
    for row in rows:
        writer.writerow([_cell(c, value) for c, value in zip(columns, row, strict=True)])
        count += 1
    text.detach()
    return count


def _cell(column: Column, value: Value) -> object:
    if value is None:
        return ""
    if column.kind == MOMENT:
        return iso(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if column.kind in (TEXT, LIST, JSON):
        return harmless(str(value))
    return value


def harmless(text: str) -> str:
    """A text that no spreadsheet runs as a formula and no terminal obeys, whoever wrote it."""
    quiet = text.translate(_CONTROLS)
    return f"'{quiet}" if quiet.startswith(_DANGEROUS) else quiet


def write_jsonl(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Cells]) -> int:
    """One object a line, ASCII; lists and objects as such."""
    count = 0
    for row in rows:
        told = {c.name: _plain(c, value) for c, value in zip(columns, row, strict=True)}
        file.write(json.dumps(told, separators=(",", ":")).encode("ascii") + b"\n")
        count += 1
    return count


def _plain(column: Column, value: Value) -> Any:
    if value is None:
        return None
    if column.kind == MOMENT:
        return iso(value)
    return json.loads(str(value)) if column.kind in (LIST, JSON) else value


def iso(value: Value) -> str:
    """Epoch seconds as ISO-8601 UTC."""
    return datetime.fromtimestamp(int(value or 0), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_parquet(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Cells]) -> int:
    """Parquet with moments in UTC, lists as lists; a group of rows at a time."""
    arrow, parquet = pyarrow()
    schema = arrow.schema([(c.name, _type(arrow, c)) for c in columns])
    count = 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(rows):
            arrays = [
                arrow.array([_arrow(c, row[at]) for row in group], type=schema.field(at).type)
                for at, c in enumerate(columns)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            count += len(group)
    return count


def pyarrow() -> tuple[Any, Any]:
    """The library for Parquet. Raises UsageError with the way to it."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed here.",
            "Install heroterm[parquet], or use --format csv or jsonl (DuckDB reads both).",
        ) from None
    return arrow, parquet


def _groups(rows: Iterable[Cells]) -> Iterator[list[Cells]]:
    held = iter(rows)
    while group := list(islice(held, _GROUP)):
        yield group


def _type(arrow: Any, column: Column) -> Any:
    kinds = {
        "int": arrow.int64(),
        "bool": arrow.bool_(),
        MOMENT: arrow.timestamp("s", "UTC"),
        LIST: arrow.list_(arrow.string()),
    }
    return kinds.get(column.kind, arrow.string())


def _arrow(column: Column, value: Value) -> Any:
    if value is None or column.kind not in (LIST, TEXT, JSON):
        return value
    return [str(each) for each in json.loads(str(value))] if column.kind == LIST else str(value)


FORMATS: dict[str, Write] = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet}
