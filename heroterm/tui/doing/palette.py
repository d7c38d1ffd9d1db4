"""`:`: every command with its key, and every ticket of the queue, to choose by typing."""

from __future__ import annotations

from dataclasses import replace

from heroterm.tui import commands
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

_DESK_PLACES = (commands.ANYWHERE, commands.TICKET, *commands.PREFIXES)
_TICKETS = 300


def show(desk: OnDesk) -> None:
    """Commands first, then tickets; what is chosen runs."""
    choices = [
        Choice(f"run {command.id}", command.title, _keys(command))
        for command in commands.COMMANDS
        if command.where in _DESK_PLACES and not command.id.startswith("open.link")
    ]
    rows = desk.reading.queue(replace(desk.queue.view, text=""), 0, _TICKETS)
    choices += [
        Choice(f"open {row.id}", f"#{row.id} {row.title}", row.organization) for row in rows
    ]
    choices += [
        Choice(f"use {reply.name}", f"canned: {reply.title}") for reply in desk.book.replies
    ]

    def chosen(key: str | None) -> None:
        if key is None:
            return
        verb, name = key.split(" ", 1)
        if verb == "run":
            desk.action_command(name)
        elif verb == "open":
            desk.open_ticket(int(name))
        else:
            desk.reply_chosen(name)

    desk.app.push_screen(Pick("Command or ticket", choices), chosen)


def _keys(command: commands.Command) -> str:
    prefix = f"{command.where} " if command.where in commands.PREFIXES else ""
    return prefix + command.shown_key
