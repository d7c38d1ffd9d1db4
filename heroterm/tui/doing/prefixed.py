"""What stands in the box after a prefix key beside its commands, and letters of the team's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from heroterm.tui.commands import MACRO, OPEN, VIEWS
from heroterm.tui.doing import macros, opening, switching
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.which_key import WhichKey

Entry = switching.Entry
"""A letter, what it stands for, and a word about it."""


def box(desk: OnDesk) -> WhichKey:
    """The box itself, which asks the desk what it says."""
    return WhichKey(
        desk.parts.keymap,
        lambda prefix: notes(desk, prefix),
        lambda prefix: entries(desk, prefix),
        id="which",
    )


def notes(desk: OnDesk, prefix: str) -> Mapping[str, str]:
    """Words for the commands of a prefix, by id."""
    if prefix == VIEWS:
        return switching.notes(desk)
    return opening.notes(desk, desk.target) if prefix == OPEN else {}


def entries(desk: OnDesk, prefix: str) -> Sequence[Entry]:
    """Letters after a prefix that are no command's."""
    return macros.letters(desk) if prefix == MACRO else switching.entries(desk, prefix)


def letter(desk: OnDesk, prefix: str | None, key: str) -> bool:
    """Do what a letter of the team's own means after a prefix; False where it means nothing."""
    return prefix == MACRO and macros.by_letter(desk, key)
