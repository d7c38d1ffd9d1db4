"""`?`: every command that acts here, the focused pane's first; typing narrows, Enter runs it."""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.tui import commands
from heroterm.tui.commands import Command
from heroterm.tui.doing import palette
from heroterm.tui.doing.showing import places
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

_KEYS_WIDTH = 14


def show(desk: OnDesk) -> None:
    """The help as a list that does what is chosen in it."""
    here = places(desk)
    order = [*here, *(place for place in commands.PLACES if place not in here)]
    keymap = desk.parts.keymap
    choices = [
        Choice(command.id, _line(desk, command))
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
        paragraphs = (
            f"{command.title}. {keymap.told(command.help)}".strip(),
            place,
            does,
            keymap.told(about),
        )
        return "\n\n".join(part for part in paragraphs if part)

    def chosen(id_: str | None) -> None:
        if id_ is not None:
            palette.run(desk, keymap.get(id_), here)

    desk.app.push_screen(Pick("Help: type to find, enter runs it", choices, said), chosen)


def _line(desk: OnDesk, command: Command) -> str:
    keys = _keys(command, desk.parts.keymap.prefix_shown(command.where))
    return f"{keys:{_KEYS_WIDTH}}{command.title}"


def _keys(command: Command, prefix: str) -> str:
    shown: Sequence[str] = [commands.KEY_WORDS.get(key, key) for key in command.keys]
    return " ".join(f"{prefix} {key}".strip() for key in shown)
