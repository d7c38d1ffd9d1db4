"""Files of a team that lie where nothing reads them: where each of them belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from heroterm.domain.tables import nearest
from heroterm.errors import ConfigError

_FOLDERS = {"replies": ".md", "macros": ".md", "playbooks": ".toml", "data": ".toml"}
"""What is read below `rules/`, with the ending of its files."""
_WRITTEN = frozenset({".md", ".markdown", ".txt", ".toml", ".yaml", ".yml", ".json"})
"""Endings of what somebody wrote: an editor's own files have others, and are nobody's mistake."""
_BESIDES = (".", "README", "LICENSE", "CHANGELOG")
"""How names begin of what a folder may hold for people, or for its editor."""
_SAY = "The file is not read where it lies."


def strays(own: Path, rules: Collection[str]) -> Iterator[ConfigError]:
    """Each such file once. `own` is the team's folder, `rules` what is read in its `data/`."""
    for path in (*_files(own), *(own.parent / name for name in rules)):
        if path.is_file():
            yield _stray(path, _SAY, f"Move it to {_belongs(path, own, rules)}.")
    for folder, ending in _FOLDERS.items():
        for path in _files(own.parent / folder):
            yield _stray(path, _SAY, f"Move it to {own / folder / path.name}.")
        for path in _files(own / folder):
            if path.suffix != ending:
                yield _stray(path, f"Only files whose names end in {ending} are read here.", "")
            elif folder == "data" and path.name not in rules:
                say = "No rules are read from a file of this name."
                yield _stray(path, say, nearest(path.name, rules))


def _belongs(path: Path, own: Path, rules: Collection[str]) -> str:
    if path.name in rules:
        return str(own / "data" / path.name)
    folders = [
        name for name, ending in _FOLDERS.items() if ending == path.suffix and name != "data"
    ]
    return " or ".join(str(own / name / path.name) for name in folders or _FOLDERS)


def _files(folder: Path) -> list[Path]:
    """What somebody wrote into a folder, by name; nothing where it cannot be looked into."""
    found: list[Path] = []
    with suppress(OSError):
        found += (p for p in folder.iterdir() if p.suffix in _WRITTEN and p.is_file())
    return sorted(path for path in found if not path.name.upper().startswith(_BESIDES))


def _stray(path: Path, say: str, remedy: str) -> ConfigError:
    return ConfigError(say, remedy, file=str(path), line=1)
