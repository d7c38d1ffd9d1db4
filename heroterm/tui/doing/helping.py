"""`?`: every command that acts here, the focused pane's first; typing narrows, Enter runs it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from heroterm.tui import commands
from heroterm.tui.also import ALSO
from heroterm.tui.commands import Command
from heroterm.tui.doing import palette
from heroterm.tui.doing.showing import places
from heroterm.tui.keymap import Keymap
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

_KEYS_WIDTH = 14


def show(desk: OnDesk) -> None:
    """The help as a list that does what is chosen in it."""
    here = places(desk)
    order = [*here, *(place for place in commands.PLACES if place not in here)]
    keymap = desk.parts.keymap
    other = _other_here(keymap, here)
    choices = [
        Choice(
            command.id, _line(desk, command, other.get(command.id, {})), ALSO.get(command.id, "")
        )
        for place in order
        for command in keymap.of(place)
        if not command.id.startswith("open.link") or command.id == "open.link1"
    ]
    about = getattr(desk.focused, "HELP", None) or ""

    def said(id_: str) -> str:
        command = keymap.get(id_)
        reason = palette.why_not(desk, command, here)
        does = f"Not now: {reason}" if reason else "Enter runs it."
        place = keymap.called(command.where)
        meant = (f"{_named(key)} is “{title}” here." for key, title in other.get(id_, {}).items())
        paragraphs = (
            f"{command.title}. {keymap.told(command.help)}".strip(),
            place,
            " ".join(meant),
            does,
            keymap.told(about),
        )
        return "\n\n".join(part for part in paragraphs if part)

    def chosen(id_: str | None) -> None:
        if id_ is not None:
            palette.run(desk, keymap.get(id_), here)

    desk.app.push_screen(Pick("Help: type to find, enter runs it", choices, said), chosen)


def _other_here(keymap: Keymap, here: Sequence[str]) -> dict[str, dict[str, str]]:
    """By the ids of commands those of their keys that mean something else here, and what: a key
    means what it means in the nearest place.
    """
    taken: dict[str, str] = {}
    found: dict[str, dict[str, str]] = {}
    for place in here:
        of_place = keymap.of(place)
        found |= {c.id: {key: taken[key] for key in c.keys if key in taken} for c in of_place}
        taken |= {key: c.title for c in of_place for key in c.keys if key not in taken}
    return found


def _line(desk: OnDesk, command: Command, other: Collection[str]) -> str:
    keys = [key for key in command.keys if key not in other]
    prefix = desk.parts.keymap.prefix_shown(command.where)
    shown = " ".join(f"{prefix} {_named(key)}".strip() for key in keys)
    return f"{shown:{_KEYS_WIDTH}}{command.title}"


def _named(key: str) -> str:
    return commands.KEY_WORDS.get(key, key)
