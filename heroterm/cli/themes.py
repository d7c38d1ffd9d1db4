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

_FAR = 7.0
"""Contrast that a theme promises whose name begins with `contrast` (WCAG 2, level AAA)."""
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
    """List the themes; the one in use is marked, and one that cannot be used says why."""
    chosen = call.config.desk.theme
    unusable = failed(call)
    themes = [
        {**each, "chosen": each["name"] == chosen, "failed": unusable.get(str(each["path"]))}
        for each in [*known(call).values(), *_unread(call)]
    ]
    rows = [
        ("*" if each["chosen"] else " ", each["name"], "dark" if each["dark"] else "light",
         each["origin"], f"cannot be used: {each['failed']}" if each["failed"] else "")
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


def _unread(call: Invocation) -> list[dict[str, Any]]:
    """The files of themes that cannot even be read."""
    read = {each["path"] for each in known(call).values()}
    return [
        {"name": path.stem, "dark": True, "origin": origin, "path": path}
        for path, origin in _files(call)
        if path not in read and str(path) in failed(call)
    ]


def failed(call: Invocation) -> dict[str, str]:
    """Why a person's own themes cannot be used, by their files; those that can be are left out."""
    files = sorted(call.paths.themes.glob("*.toml"))
    if not files:
        return {}
    from heroterm.tui.themes import Failed, tried  # brings the screen in

    found = [tried(path) for path in files]
    return {str(each.path): each.why for each in found if isinstance(each, Failed)}


def _faint(theme: Any) -> list[str]:
    """What cannot be read: pairs of colours below 4.5 to 1, in a contrast theme below 7 to 1."""
    from heroterm.tui.contrast import LEAST, too_faint

    least = _FAR if theme.name.startswith("contrast") else LEAST
    try:
        return [f"{pair}, and {least:g} is needed" for pair in too_faint(theme, least)]
    except ValueError as error:
        return [str(error)]


def line_of(file: str, say: str) -> int:
    """The line of a theme's file that defines the word that is complained about; 0 unknown."""
    if at := re.search(r"at line (\d+)", say):
        return int(at[1])
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return 0
    key = re.escape(say.split(" ", 1)[0])
    defined = re.compile(rf'\s*\[?"?{key}"?\s*[=\]]')
    return next((n for n, line in enumerate(lines, 1) if defined.match(line)), 0)


@command.command("check")
@click.pass_obj
def check(call: Invocation) -> int:
    """Read every theme as the workstation does; one that fails or is too faint is named."""
    from heroterm.tui.themes import load

    loaded = load(folders(call))
    findings = [_finding(str(failed.path), failed.why) for failed in loaded.failed]
    paths = {name: str(each["path"]) for name, each in known(call).items()}
    for theme in loaded.themes:
        file = paths.get(theme.name, theme.name)
        findings += [_finding(file, say) for say in _faint(theme)]
    lines = [f"{_place(each)}: {each['say']}" for each in findings]
    call.answer({"findings": findings}, lines or [_all_well(len(loaded.themes))])
    return 2 if findings else 0


def _all_well(themes: int) -> str:
    from heroterm.tui.contrast import LEAST

    return f"{themes} themes can be used; each word stands out by {LEAST}:1 or more."


def _finding(file: str, say: str) -> dict[str, Any]:
    return {"file": file, "line": line_of(file, say), "say": say}


def _place(finding: dict[str, Any]) -> str:
    """File and line; the file alone where no line of it is meant."""
    return f"{finding['file']}:{finding['line']}" if finding["line"] else finding["file"]
