"""Letters after `m`: of two macros only one can have the same."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from heroterm.domain.table_lines import line_of
from heroterm.domain.team_macro import TeamMacro
from heroterm.errors import ConfigError


def one_each(
    macros: Sequence[TeamMacro], own: Path | None
) -> tuple[tuple[TeamMacro, ...], tuple[ConfigError, ...]]:
    """The macros, each with a letter that no other has, and where a file asks for one in vain.

    `own` is the folder of the team's own files. Such a macro takes the letter of a shipped one; of
    two of them the first by name has it, and the other is in the list alone.
    """
    taken: dict[str, str] = {}
    errors, made = [], {}
    for macro in sorted(macros, key=lambda one: not _is_own(one, own)):
        if macro.key and macro.key in taken:
            if _is_own(macro, own):
                errors.append(_clash(macro, _path(macro, own), taken[macro.key]))
            macro = replace(macro, key="")
        elif macro.key:
            taken[macro.key] = macro.name
        made[macro.name] = macro
    return tuple(made[macro.name] for macro in macros), tuple(errors)


def _path(macro: TeamMacro, own: Path | None) -> Path:
    return (own or Path()) / "macros" / f"{macro.name}.md"


def _is_own(macro: TeamMacro, own: Path | None) -> bool:
    return own is not None and _path(macro, own).exists()


def _clash(macro: TeamMacro, path: Path, other: str) -> ConfigError:
    line = 1
    with suppress(OSError, UnicodeDecodeError):
        line = line_of(path.read_text("utf-8-sig"), "key")
    say = f'key "{macro.key}" is the letter of {other}.md already.'
    remedy = "Give one of them another letter; until then this one is in the list alone."
    return ConfigError(say, remedy, file=str(path), line=line, key="key")
