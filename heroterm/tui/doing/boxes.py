"""The boxes that lie over the desk: closing them all, and undoing from within one."""

from __future__ import annotations

from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.ask import Ask


def close(desk: OnDesk) -> None:
    """Close every box; a question is answered with its safe answer."""
    while isinstance(front := desk.app.screen, ModalScreen):
        front.dismiss("n" if isinstance(front, Ask) else None)


def undo(desk: OnDesk) -> bool:
    """`u` in a box where no text is typed: back to the desk and undo there. False: it is text."""
    if isinstance(desk.app.screen.focused, Input | TextArea):
        return False
    close(desk)
    desk.action_command("desk.undo")
    return True
