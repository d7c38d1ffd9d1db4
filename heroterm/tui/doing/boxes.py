"""The boxes that lie over the desk: closing them all, and undoing from within one."""

from __future__ import annotations

from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.ask import Ask
from heroterm.tui.screens.conflict import ConflictScreen
from heroterm.tui.screens.listing import Listing


def close(desk: OnDesk) -> None:
    """Close every box; a question is answered with its safe answer."""
    while isinstance(front := desk.app.screen, ModalScreen):
        front.dismiss("n" if isinstance(front, Ask) else None)


def refresh(desk: OnDesk) -> None:
    """Boxes that lie open show what has changed."""
    for box in desk.app.screen_stack:
        if isinstance(box, Listing | ConflictScreen | Ask) and box.is_mounted:
            box.reload()


def undo(desk: OnDesk, key: str) -> bool:
    """The key of undo in a box where no text is typed: back to the desk and undo there."""
    text = isinstance(desk.app.screen.focused, Input | TextArea)
    if text or key not in desk.parts.keymap.get("desk.undo").keys:
        return False
    close(desk)
    desk.action_command("desk.undo")
    return True
