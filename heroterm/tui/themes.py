"""Themes from files: one TOML file each, checked when it is loaded, never fatal."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from textual.color import Color, ColorParseError
from textual.css.constants import VALID_STYLE_FLAGS
from textual.theme import Theme

from heroterm.domain.record import record
from heroterm.domain.toml_words import in_words

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
    # Textual's, which it leaves out where `ansi = true`.
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
}
"""The desk's words for a theme that does not define them."""


_BASE = (
    "primary secondary warning error success accent foreground background surface panel boost"
).split()
_KNOWN = ("name", "dark", "luminosity_spread", "text_alpha", "variables", "ansi", *_BASE)
"""Keys of a theme's file."""
_COLOR = re.compile(r"(?P<color>.*?)(?: +\d{1,3}(?:\.\d+)?%)?")
_WRITE = 'write a colour as "#3a7bd5"'


@record(frozen=True, slots=True)
class Failed:
    """A file that is no theme, and why: where one value is to blame, its key, its value, and what
    to write. As a text it is a sentence for the hero.
    """

    path: Path
    why: str

    def __str__(self) -> str:
        return f"{self.path}: not a theme ({self.why}); the others are used."


@record(frozen=True, slots=True)
class Loaded:
    """Themes that can be used, and the files that cannot."""

    themes: tuple[Theme, ...]
    failed: tuple[Failed, ...]


def load(folders: Iterable[Path]) -> Loaded:
    """Read every theme of the folders; a later file of the same name wins."""
    found: dict[str, Theme] = {}
    failed = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            theme = tried(path)
            if isinstance(theme, Failed):
                failed.append(theme)
            else:
                found[theme.name] = theme
    return Loaded(tuple(found.values()), tuple(failed))


def tried(path: Path) -> Theme | Failed:
    """One theme, or why the file is none."""
    try:
        return read(path)
    except tomllib.TOMLDecodeError as error:
        return Failed(path, f"not valid TOML: {in_words(error)}")
    except (OSError, ValueError, TypeError, ColorParseError) as error:
        return Failed(path, str(error))


def find(folders: Sequence[Path], name: str) -> Theme | None:
    """The theme of one name, from the last folder that has a good one."""
    for folder in reversed(folders):
        path = folder / f"{name}.toml"
        if path.is_file() and isinstance(theme := tried(path), Theme):
            return theme
    return None


def resolved(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables of a theme, each with a value of its own: a style sheet follows no word that
    stands for another, and makes none fainter that is `auto`. Words that lead in a circle become
    the foreground.
    """
    return {name: _value(name, variables) for name in variables}


def _value(name: str, variables: Mapping[str, str]) -> str:
    value, met = variables[name], {name}
    if not value.startswith("$"):
        return value
    ends = ""
    while value.startswith("$"):
        word, _, fainter = value[1:].partition(" ")
        ends = fainter or ends
        if word in met or word not in variables:
            return variables["foreground"]
        met.add(word)
        value = variables[word]
    if value.startswith("auto"):
        return _inked(value.partition(" ")[2] or ends, variables)
    return f"{value} {ends}" if ends and " " not in value else value


def _inked(strength: str, variables: Mapping[str, str]) -> str:
    """The colour of words on the background, so strong."""
    ground, ink = Color.parse(variables["background"]), Color.parse(variables["foreground"])
    return ground.blend(ink, float(strength.rstrip("%") or 100) / 100).hex


def read(path: Path) -> Theme:
    """One theme; raises ValueError, TypeError or ColorParseError when it is not one."""
    if path.stat().st_size > SIZE_CAP:
        raise ValueError("larger than 64 kB")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in _BASE:
        if table.get(key) is not None and not _is_color(table[key], ()):
            raise ValueError(_told(key, table[key], _WRITE))
    _known_keys(table, path)
    theme = Theme(**{"name": path.stem, **table})
    known = {*FALLBACK, *theme.variables, *theme.to_color_system().generate()}
    variables: Mapping[str, object] = theme.variables
    for key, value in variables.items():
        if "style" in key:
            if not isinstance(value, str) or not VALID_STYLE_FLAGS.issuperset(value.split()):
                raise ValueError(_told(key, value, 'write "bold", "reverse" or "none"'))
        elif not _is_color(value, known - {key}):
            raise ValueError(_told(key, value, _WRITE))
    return theme


def _known_keys(table: Mapping[str, object], path: Path) -> None:
    for key in table:
        if key not in _KNOWN:
            near = get_close_matches(key, _KNOWN, 1)
            remedy = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(_KNOWN)}"
            raise ValueError(f"{key} is not known: {remedy}")
    if "primary" not in table:
        raise ValueError('primary is missing: write primary = "#3a7bd5"')
    if not isinstance(table.get("variables", {}), dict):
        raise ValueError("variables must be a section: [variables]")
    if table.get("name", path.stem) != path.stem:
        raise ValueError(_told("name", table["name"], f'write "{path.stem}", as the file is named'))


def _told(key: str, value: object, remedy: str) -> str:
    return f"{key} = {json.dumps(value, default=str)} cannot be used: {remedy}"


def _is_color(value: object, known: Collection[str]) -> bool:
    """Whether the style sheet can take it: a colour or another word's, perhaps fainter."""
    if not isinstance(value, str) or (found := _COLOR.fullmatch(value.strip())) is None:
        return False
    color = found["color"]
    if color.startswith("$"):
        return color[1:] in known
    try:
        Color.parse(color)
    except ColorParseError:
        return color == "auto"
    return True
