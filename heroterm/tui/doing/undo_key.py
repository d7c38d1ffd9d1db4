"""Which keys recall what is held from where the hero is: no line promises a key that is dead."""

from __future__ import annotations

from textual.widgets import Input, TextArea

from heroterm.tui.on_desk import OnDesk


def undo_keys(desk: OnDesk) -> str:
    """As a person presses them: `u`, `Esc u` where letters are text, the palette's where no letter
    is a key.
    """
    text = Input | TextArea
    on_desk = _on_desk(desk)
    typing = isinstance(desk.focused, text)
    if desk.is_current:
        return f"Esc {on_desk}" if typing else on_desk
    if isinstance(desk.app.screen.focused, text):
        return f"Esc {on_desk}"
    return _plain(desk)


def _on_desk(desk: OnDesk) -> str:
    """Once no text has the focus."""
    keymap = desk.parts.keymap
    if desk.focused in (desk.composer.review, desk.composer.words):
        return keymap.get("review.undo").shown_key
    return _plain(desk)


def _plain(desk: OnDesk) -> str:
    keymap = desk.parts.keymap
    key = keymap.route(keymap.get("desk.undo"))
    return key or f"{keymap.route(keymap.get('desk.palette'))} undo"
