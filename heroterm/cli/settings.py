"""`heroterm config`: where the configuration lies, what it says and why, whether it is in order."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from heroterm.cli.check_letters import taken_letters
from heroterm.cli.failure import document_of
from heroterm.cli.invocation import Invocation
from heroterm.cli.table import aligned
from heroterm.cli.themes import failed, known, line_of
from heroterm.cli.verb import VerbGroup
from heroterm.config.reading import mistakes
from heroterm.domain.toml_words import as_written
from heroterm.errors import ConfigError

if TYPE_CHECKING:
    from heroterm.config.origins import Setting  # brings pydantic in

command = VerbGroup("config", help="Show, check, edit or find the configuration.")
_invoked = click.pass_obj


@command.command("path")
@_invoked
def path(call: Invocation) -> int:
    """Print the folders of this home."""
    where = call.paths
    places = {
        "config": where.config_file,
        "keys": where.keys_file,
        "rules": where.rules,
        "themes": where.themes,
        "data": where.data,
        "state": where.state,
        "logs": where.logs,
    }
    call.answer(dict(places), aligned(list(places.items()), most=400))
    return 0


@command.command("show")
@click.option("--origin", is_flag=True, help="Where each comes from: default, file, variable.")
@_invoked
def show(call: Invocation, origin: bool) -> int:
    """Print every setting as it holds now, defaults included."""
    file, values = call.paths.config_file, asdict(call.config)
    document = {"file": file, "rules": call.paths.rules, "config": values}
    if not origin:
        call.answer(document, _sections(values))
        return 0
    from heroterm.config.origins import of_environment, settings

    text = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    found = [*settings(call.config, text), *of_environment(os.environ)]
    call.answer(
        {**document, "origins": [asdict(each) for each in found]},
        _with_origins(found, file),
    )
    return 0


def _sections(values: Mapping[str, Any]) -> list[str]:
    lines = []
    for section, entries in values.items():
        # A section of its own for each of the team's queues, as they are written.
        tables = [entries] if isinstance(entries, dict) else entries
        head = f"[{section}]" if isinstance(entries, dict) else f"[[{section}]]"
        for table in tables:
            rows = [(key, as_written(value)) for key, value in table.items()]
            lines += [head, *aligned(rows, most=200), ""]
    return lines[:-1]


def _with_origins(found: Sequence[Setting], file: Path) -> list[str]:
    """One line a setting: its name, its value, and in words where it comes from."""
    rows = []
    for each in found:
        name = f"{each.section}.{each.key}"
        if each.origin == "environment":
            name = each.key
        elif each.section == "view":
            name = f"view[{each.nth}].{each.key}"
        of_file = each.origin != "environment"
        value = as_written(each.value) if of_file else each.value
        rows.append((name, value, _origin(each, file)))
    return list(aligned(rows, most=200))


def _origin(each: Setting, file: Path) -> str:
    if each.origin == "environment":
        return f"environment: {each.section}"
    return f"{file}:{each.line}" if each.origin == "file" else "default"


@command.command("edit")
@_invoked
def edit(call: Invocation) -> int:
    """Open the file in $VISUAL or $EDITOR, and take it over once it is in order.

    What cannot be used is kept beside the file, which stays as it was; another edit goes on there.
    """
    from heroterm.cli.settings_edit import edited

    where = call.paths.make()
    changed, say = edited(where, os.environ, attended=call.may_ask)
    call.answer({"file": where.config_file, "changed": changed, "say": say}, [say])
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
    """Look for mistakes, also in keys.toml; each is named with file, line and what to do."""
    file, keys = call.paths.config_file, call.paths.keys_file
    findings = [
        *sorted([*_mistakes(call), *taken_letters(file, keys)], key=_line),
        *_bad_keys(keys),
        *_bad_themes(call),
        *exposed(file),
    ]
    lines = [f"{_where(each)}: {each['say']} {each['remedy']}".rstrip() for each in findings]
    good = [_in_order(file), *([_in_order(keys)] if keys.exists() else [])]
    call.answer({"file": file, "exists": file.exists(), "findings": findings}, lines or good)
    return 2 if any(each["level"] == "error" for each in findings) else 0


def _line(told: Mapping[str, Any]) -> tuple[int, int]:
    return told["line"], told["column"]


def _where(told: Mapping[str, object]) -> str:
    places = [told.get(name) for name in ("file", "line", "column")]
    return ":".join(str(each) for each in places if each)


def _mistakes(call: Invocation) -> list[dict[str, object]]:
    try:
        config = call.config
    except ConfigError as error:
        found = mistakes(call.paths.config_file, error)
        return [_finding(each) for each in found]
    return _unknown_theme(call, config.desk.theme)


def _finding(error: ConfigError) -> dict[str, object]:
    told = {"file": "", "line": 0, "column": 0, "key": "", **document_of(error)}
    names = ("file", "line", "column", "key", "say", "remedy")
    return {"level": "error", **{name: told[name] for name in names}}


def _unknown_theme(call: Invocation, theme: str) -> list[dict[str, object]]:
    """A finding when no file holds the chosen theme; the names most like it come first."""
    names = sorted(known(call))
    if theme in names:
        return []
    from heroterm.domain.toml_places import Places  # seldom needed

    file = call.paths.config_file
    place = Places(file.read_text(encoding="utf-8-sig")).value("desk", "theme")
    near = difflib.get_close_matches(theme, names, len(names), 0.0)
    return [
        {
            "level": "error",
            "file": str(file),
            "line": place.line if place else 0,
            "column": place.column if place else 0,
            "key": "desk.theme",
            "say": f"There is no theme {theme!a}; the usual one is used.",
            "remedy": f"Known are: {', '.join(near)}.",
        }
    ]


def _bad_keys(file: Path) -> list[dict[str, object]]:
    """A finding for each line of this home's own keys that is not taken, as the start has it."""
    from heroterm.cli import keymap_file  # brings the table of commands in

    return [
        {
            "level": "error",
            "file": str(file),
            "line": wrong.line,
            "column": wrong.column,
            "key": "",
            "say": wrong.why,
            "remedy": "",
        }
        for wrong in keymap_file.mistakes(file)
    ]


def _bad_themes(call: Invocation) -> list[dict[str, object]]:
    """A finding for each of this home's own themes that cannot be used."""
    return [
        {
            "level": "error",
            "file": file,
            "line": line_of(file, why),
            "column": 0,
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
            "column": 0,
            "key": "",
            "say": say,
            "remedy": remedy,
        }
    ]
