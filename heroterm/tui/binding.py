"""Turns the table of commands into Textual's bindings."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from heroterm.tui import commands


def bindings(*places: str) -> list[BindingType]:
    """Bindings for the commands of some places; each asks the desk to run the command by its id."""
    return [
        Binding(
            ",".join(command.keys),
            f"screen.command('{command.id}')",
            command.title,
            show=False,
            id=command.id,
        )
        for place in places
        for command in commands.of(place)
    ]
