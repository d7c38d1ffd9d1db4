"""Themes from files: one TOML file each, checked when it is loaded, never fatal."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.color import ColorParseError
from textual.theme import Theme

SIZE_CAP = 64 * 1024
"""Bytes; a larger file is no theme."""

FALLBACK = {
    "sla-ok": "$text",
    "sla-soon": "$warning",
    "sla-breached": "$error",
    "sla-paused": "$text-muted",
    "note-background": "$surface",
    "note-bar": "$warning",
    "public-bar": "$primary",
    "tier1": "$error",
    "tier2": "$warning",
    "tier3": "$text",
    "tier4": "$text-muted",
    "muted": "$text-muted",
    "cursor-background": "$surface-lighten-1",
    "held": "$warning",
    "queued": "$secondary",
    "offline": "$error",
}
"""The desk's own words for a theme that does not define them."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Themes that can be used, and a sentence for each file that cannot."""

    themes: tuple[Theme, ...]
    failed: tuple[str, ...]


def load(folders: Iterable[Path]) -> Loaded:
    """Read every theme of the folders; a later file of the same name wins."""
    found: dict[str, Theme] = {}
    failed = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                theme = read(path)
            except (OSError, ValueError, TypeError, ColorParseError) as error:
                failed.append(f"{path}: not a theme ({error}); the others are used.")
            else:
                found[theme.name] = theme
    return Loaded(tuple(found.values()), tuple(failed))


def find(folders: Sequence[Path], name: str) -> Theme | None:
    """The theme of one name, from the last folder that has a good one."""
    for folder in reversed(folders):
        path = folder / f"{name}.toml"
        try:
            if path.is_file():
                return read(path)
        except (OSError, ValueError, TypeError, ColorParseError):
            continue
    return None


def read(path: Path) -> Theme:
    """One theme; raises ValueError, TypeError or ColorParseError when it is not one."""
    if path.stat().st_size > SIZE_CAP:
        raise ValueError("larger than 64 kB")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    theme = Theme(**{"name": path.stem, **table})
    theme.to_color_system()
    return theme
