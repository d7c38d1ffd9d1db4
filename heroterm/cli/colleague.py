"""A colleague's configuration taken over: what a team shares, and nothing that signs anybody in.

The configuration is read, checked and written anew from its values, so that not even a comment of
it comes along. Address, way of signing in, token_command and hooks are personal and stay behind:
the last two would run commands of somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from heroterm.cli import keymap_file
from heroterm.config import Account, Hooks, load
from heroterm.config.writing import write_whole
from heroterm.errors import UsageError
from heroterm.paths import Paths
from heroterm.rulebook import FILE_LIMIT
from heroterm.rulebook import load as load_rules

_MOST_FILES = 500
_RULES = {"data": "*.toml", "replies": "*.md", "playbooks": "*.toml"}


def take_over(where: Paths, typed: str) -> list[str]:
    """Take over a config.toml, or a folder with one; what was taken and left out, as lines.

    Raises ConfigError for a file that is not in order, UsageError where there is nothing to take
    or something here to lose; then nothing was written.
    """
    source = _found(Path(typed).expanduser())
    config = load(source)
    if where.config_file.exists():
        raise UsageError(
            f"There is a configuration at {where.config_file} already.",
            "Move it away, or edit it by hand.",
        )
    theirs = config.account
    # A feed's address may be its secret; commands and hooks would be run here.
    rota = replace(config.rotation, calendar="", token_command="")
    own = Account(url=theirs.url, view=theirs.view)
    shared = replace(config, account=own, rotation=rota, hooks=Hooks())
    beside = _beside(source.parent) if Path(typed).expanduser().is_dir() else []
    bad = dict(_unusable(source.parent)) if beside else {}
    where.make()
    write_whole(where.config_file, shared)
    left = "without anybody's address, token, token_command or hooks"
    lines = [f"Written: {where.config_file}, {left}."]
    for path in beside:
        if path in bad:
            lines.append(f"Left out: {bad[path]}")
            continue
        target = where.config / path.relative_to(source.parent)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        lines.append(f"Written: {target}.")
    if theirs.url:
        lines.append(f"The account is {theirs.url}; you sign in as yourself.")
    return lines


def _found(path: Path) -> Path:
    for each in (path, path / "config.toml", path / "config" / "config.toml"):
        if each.is_file():
            return each
    raise UsageError(f"There is no config.toml at {path}.", "Give the file, or its folder.")


def _beside(folder: Path) -> list[Path]:
    """Keys, rules and themes: plain files of the right kind and size; links are not followed."""
    found = [folder / "keys.toml", *sorted((folder / "themes").glob("*.toml"))]
    for name, pattern in _RULES.items():
        found += sorted((folder / "rules" / name).glob(pattern))
    return [p for p in found if _plain(p)][:_MOST_FILES]


def _plain(path: Path) -> bool:
    linked = any(each.is_symlink() for each in (path, path.parent, path.parent.parent))
    return path.is_file() and not linked and path.stat().st_size <= FILE_LIMIT


def _unusable(folder: Path) -> Iterator[tuple[Path, str]]:
    """Files that are not in order, each with what is wrong."""
    for finding in load_rules(overrides=folder / "rules").findings:
        yield Path(finding.file), str(finding)
    if (folder / "keys.toml").is_file() and (
        told := keymap_file.load(folder / "keys.toml").findings
    ):
        yield folder / "keys.toml", told[0]
    from heroterm.tui import themes  # brings the screen in

    for path in sorted((folder / "themes").glob("*.toml")):
        if themes.find((path.parent,), path.stem) is None:
            yield path, f"{path}: not a theme."
