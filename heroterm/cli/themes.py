"""`heroterm themes`: the shipped themes and a person's own, and whether each can be used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.table import aligned
from heroterm.cli.verb import VerbGroup
from heroterm.paths import shipped

command = VerbGroup("themes", help="List or check themes.")


def folders(call: Invocation) -> tuple[Path, ...]:
    """Where themes lie: the shipped ones, then this home's own, which win."""
    return shipped("themes"), call.paths.themes


def _files(call: Invocation) -> Iterator[tuple[Path, str]]:
    for folder, origin in zip(folders(call), ("shipped", "own"), strict=True):
        yield from ((path, origin) for path in sorted(folder.glob("*.toml")))


@command.command("list")
@click.pass_obj
def list_themes(call: Invocation) -> int:
    """List the themes; the one in use is marked."""
    chosen = call.config.desk.theme
    themes = [{**each, "chosen": each["name"] == chosen} for each in known(call).values()]
    rows = [
        ("*" if each["chosen"] else " ", each["name"], "dark" if each["dark"] else "light",
         each["origin"])
        for each in themes
    ]  # fmt: skip
    call.answer({"themes": themes, "chosen": chosen}, aligned(rows))
    return 0


def known(call: Invocation) -> dict[str, dict[str, Any]]:
    """Every theme whose file can be read, by its name: `name`, `dark`, `origin`, `path`."""
    found: dict[str, dict[str, Any]] = {}
    for path, origin in _files(call):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        name = str(table.get("name", path.stem))
        dark = bool(table.get("dark", True))
        found[name] = {"name": name, "dark": dark, "origin": origin, "path": path}
    return found


@command.command("check")
@click.pass_obj
def check(call: Invocation) -> int:
    """Read every theme as the workstation does; each that fails is named with its reason."""
    from heroterm.tui.themes import load

    findings = []
    for failed in load(folders(call)).failed:
        file, _, say = failed.partition(": ")
        line = re.search(r"at line (\d+)", say)
        findings.append({"file": file, "line": int(line[1]) if line else 0, "say": say})
    lines = [f"{each['file']}: {each['say']}" for each in findings]
    call.answer({"findings": findings}, lines or ["Every theme can be used."])
    return 2 if findings else 0
