"""The boxes that lie over the desk: closing them all, and undoing from within one."""

from __future__ import annotations

from textual.screen import ModalScreen, Screen
from textual.widgets import Input, TextArea

from heroterm.errors import StoreError
from heroterm.tui.messages import UndoPressed
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.over import Over
from heroterm.tui.screens.ask import Ask


def close(desk: OnDesk) -> None:
    """Close every box; a question is answered with its safe answer."""
    while isinstance(front := desk.app.screen, ModalScreen):
        front.dismiss("n" if isinstance(front, Ask) else None)


def refresh(desk: OnDesk) -> None:
    """Boxes that lie open show what has changed."""
    for box in desk.app.screen_stack:
        if isinstance(box, Over):
            box.reload()


def unheard(desk: OnDesk, key: str) -> bool:
    """Whether the terminal is too small to show what the key would do in a box."""
    box = desk.app.screen
    return isinstance(box, Over) and not box.hears(key)


def asks_to_undo(desk: OnDesk, key: str) -> bool:
    """The key of undo in a box where no text is typed is sent after the keys before it, one of
    which may close the box: then it is no order to undo. Where nothing waits to be recalled it is a
    letter of the box's as any other, which says what answers there.
    """
    box = desk.app.screen
    if key not in desk.parts.keymap.get("desk.undo").keys or _typing(box) or not _waits(desk):
        return False

    def undo() -> None:
        if desk.app.screen is box:
            close(desk)
            desk.action_command("desk.undo")

    (box.focused or box).post_message(UndoPressed(undo))
    return True


def _waits(desk: OnDesk) -> bool:
    try:
        return bool(desk.reading.intents())
    except StoreError:
        return True  # what undoes says why it cannot


def _typing(box: Screen[object]) -> bool:
    """Whether a letter is text there: a box that only just opens has no focus yet."""
    if box.focused is not None:
        return isinstance(box.focused, Input | TextArea)
    return not box.is_mounted or bool(box.query("Input, TextArea"))
