"""`heroterm config`: where the configuration lies, whether it is in order, what it says."""

from __future__ import annotations

import difflib
from dataclasses import asdict
from pathlib import Path

import click

from heroterm.cli.failure import document_of
from heroterm.cli.invocation import Invocation
from heroterm.cli.table import aligned
from heroterm.cli.themes import failed, known, line_of
from heroterm.cli.verb import VerbGroup
from heroterm.errors import ConfigError

command = VerbGroup("config", help="Show, check or find the configuration.")
_invoked = click.pass_obj


@command.command("path")
@_invoked
def path(call: Invocation) -> int:
    """Print the folders of this home."""
    where = call.paths
    places = {
        "config": where.config_file,
        "rules": where.rules,
        "themes": where.themes,
        "data": where.data,
        "state": where.state,
        "logs": where.logs,
    }
    call.answer(dict(places), aligned(list(places.items()), most=400))
    return 0


@command.command("show")
@_invoked
def show(call: Invocation) -> int:
    """Print every setting as it holds now, defaults included."""
    values = asdict(call.config)
    lines = []
    for section, entries in values.items():
        # A section of its own for each of the team's queues, as they are written.
        tables = [entries] if isinstance(entries, dict) else entries
        head = f"[{section}]" if isinstance(entries, dict) else f"[[{section}]]"
        for table in tables:
            lines += [head, *aligned(list(table.items()), most=200), ""]
    call.answer({"file": call.paths.config_file, "config": values}, lines[:-1])
    return 0


@command.command("import")
@click.argument("path")
@_invoked
def import_(call: Invocation, path: str) -> int:
    """Take over a colleague's configuration: PATH is a config.toml, or the folder around it.

    Everything is checked first. Addresses, tokens and token_command never come along.
    """
    from heroterm.cli.colleague import take_over

    lines = take_over(call.paths, path)
    call.answer({"lines": lines}, [*lines, "Next: heroterm connect, or heroterm."])
    return 0


@command.command("check")
@_invoked
def check(call: Invocation) -> int:
    """Look for mistakes; each is named with file, line and what to do."""
    file = call.paths.config_file
    findings = [*_mistakes(call), *_bad_themes(call), *exposed(file)]
    lines = [f"{each['file']}:{each['line']}: {each['say']} {each['remedy']}" for each in findings]
    call.answer(
        {"file": file, "exists": file.exists(), "findings": findings}, lines or [_in_order(file)]
    )
    return 2 if any(each["level"] == "error" for each in findings) else 0


def _mistakes(call: Invocation) -> list[dict[str, object]]:
    try:
        config = call.config
    except ConfigError as error:
        told = {"file": "", "line": 0, "key": "", **document_of(error)}
        names = ("file", "line", "key", "say", "remedy")
        return [{"level": "error", **{name: told[name] for name in names}}]
    return _unknown_theme(call, config.desk.theme)


def _unknown_theme(call: Invocation, theme: str) -> list[dict[str, object]]:
    """A finding when no file holds the chosen theme; the names most like it come first."""
    names = sorted(known(call))
    if theme in names:
        return []
    from heroterm.config.complaints import line_of  # brings pydantic in

    file = call.paths.config_file
    near = difflib.get_close_matches(theme, names, len(names), 0.0)
    return [
        {
            "level": "error",
            "file": str(file),
            "line": line_of(file.read_text(encoding="utf-8-sig"), "desk", "theme"),
            "key": "desk.theme",
            "say": f"There is no theme {theme!a}; the usual one is used.",
            "remedy": f"Known are: {', '.join(near)}.",
        }
    ]


def _bad_themes(call: Invocation) -> list[dict[str, object]]:
    """A finding for each of this home's own themes that cannot be used."""
    return [
        {
            "level": "error",
            "file": file,
            "line": line_of(file, why),
            "key": "",
            "say": f"The theme cannot be used: {why}.",
            "remedy": "heroterm themes check looks at it again.",
        }
        for file, why in failed(call).items()
    ]


def _in_order(file: Path) -> str:
    there = file.exists()
    return f"{file}: in order." if there else f"{file}: not there yet; every default holds."


def exposed(file: Path) -> list[dict[str, object]]:
    """A warning when others on this machine can read the file (faults 119)."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return []
    if not mode & 0o077:
        return []
    say = "Other users of this machine can read this file."
    remedy = f"chmod 600 {file}"
    return [
        {
            "level": "warning",
            "file": str(file),
            "line": 0,
            "key": "",
            "say": say,
            "remedy": remedy,
        }
    ]
