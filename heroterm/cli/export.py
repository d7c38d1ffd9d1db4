"""`heroterm export`: the mirror as files, for a spreadsheet, DuckDB or a warehouse."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from heroterm.cli.export_files import FORMATS, pyarrow
from heroterm.cli.invocation import Invocation, plain
from heroterm.cli.known import Known
from heroterm.cli.private_file import private_file
from heroterm.cli.queue import rows_of
from heroterm.cli.reading import Reading, reading, view_of
from heroterm.cli.verb import verb
from heroterm.domain.export_tables import SCHEMA, TABLES, Cells, Choices, masked
from heroterm.domain.view import Overlay
from heroterm.errors import UsageError
from heroterm.mirror import exporting
from heroterm.mirror.exporting import Portion


@verb("export")
@click.option(
    "--format", "kind", type=click.Choice(list(FORMATS)), default="csv", show_default=True
)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR")
@click.option("--table", "names", multiple=True, type=click.Choice(list(TABLES)), help="Only this.")
@click.option("--since", metavar="DAY", help="Changed since 2026-03-01, or a moment with its zone.")
@click.option(
    "--view", "view_name", type=Known("queues"), metavar="NAME", help="A queue's tickets."
)
@click.option("--no-bodies", is_flag=True, help="Nothing that anybody wrote.")
@click.option("--no-people", is_flag=True, help="No names and no addresses of people.")
@click.option("--content-warnings", is_flag=True, help="Also the words of tickets with a warning.")
def command(
    call: Invocation,
    kind: str,
    out: Path,
    names: tuple[str, ...],
    since: str | None,
    view_name: str | None,
    no_bodies: bool,
    no_people: bool,
    content_warnings: bool,
) -> int:
    """Write the mirror's tickets, comments, events, people, organizations, SLA and ratings.

    A file for each table, with stable columns (heroterm help export), readable by you alone.
    """
    if kind == "parquet":
        pyarrow()
    choices = Choices(not no_bodies, not no_people, content_warnings)
    wanted = names or tuple(TABLES)
    with reading(call) as read, exporting.snapshot(read.mirror):
        portion = Portion(_moment(since), _tickets(call, read, view_name))
        written = list(_written(read, out, kind, wanted, choices, portion))
        told = {
            "export_schema": SCHEMA,
            "as_of": read.state.synced_at,
            "account": read.state.account,
            "since": portion.since,
            "view": view_name,
            "choices": asdict(choices),
            "files": written,
        }
        _manifest(out, told)
    call.answer(told, _lines(written, out))
    return 0


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!a} is no day.", "As in: --since 2026-03-01") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _tickets(call: Invocation, read: Reading, view_name: str | None) -> Sequence[int] | None:
    if view_name is None:
        return None
    view = view_of(call, read, view_name)
    return [row.id for row in rows_of(read, view, overlay=Overlay())]


def _written(
    read: Reading,
    out: Path,
    kind: str,
    names: Sequence[str],
    choices: Choices,
    portion: Portion,
) -> Iterator[dict[str, Any]]:
    write = FORMATS[kind]
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            path = out / f"{name}.{kind}"
            with private_file(path) as file:
                count = write(file, TABLES[name], _ready(read, name, choices, portion))
            yield {"table": name, "rows": count, "path": str(path)}
    except OSError as error:
        raise UsageError(
            f"{out} cannot be written ({error.strerror}).", "Name another folder: --out DIR."
        ) from None


def _ready(read: Reading, name: str, choices: Choices, portion: Portion) -> Iterator[Cells]:
    ready = masked(name, choices)
    for values, warned in exporting.rows(read.mirror, name, portion):
        yield ready(values, warned)


def _manifest(out: Path, told: dict[str, Any]) -> None:
    columns = {name: [[c.name, c.kind] for c in shape] for name, shape in TABLES.items()}
    text = json.dumps({"schema": 1, **told, "columns": columns}, default=plain, indent=2)
    try:
        with private_file(out / "manifest.json") as file:
            file.write(text.encode("ascii") + b"\n")
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}).") from None


def _lines(written: Sequence[dict[str, Any]], out: Path) -> Iterator[str]:
    for each in written:
        yield f"{each['rows']:>9,}  {each['path']}"
    yield f"Columns and choices: {out / 'manifest.json'}"
    if older := _older(written, out):
        yield f"Of an earlier export, by its choices: {', '.join(older)}. They are not touched."


def _older(written: Sequence[dict[str, Any]], out: Path) -> list[str]:
    """Files of an earlier export that lie beside these and that the manifest says nothing of."""
    mine = {Path(each["path"]).name for each in written}
    every = (f"{name}.{kind}" for kind in FORMATS for name in TABLES)
    return [name for name in every if name not in mine and (out / name).exists()]


def table_lines() -> Iterator[str]:
    """Every table with its columns, for `heroterm help export`."""
    for name, shape in TABLES.items():
        yield ""
        yield name
        for column in shape:
            yield f"  {column.name:24}{column.kind:8}{column.holds}".rstrip()
