"""Which keys do something from where the hero is: no line promises a key that is dead."""

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
    if desk.in_front:
        leave = "filter.end" if desk.focused is desk.filter_field else "composer.review"
        return f"{way(desk, leave)} {on_desk}" if typing else on_desk
    if isinstance(desk.app.screen.focused, text):
        return f"Esc {on_desk}"
    return _plain(desk)


def _on_desk(desk: OnDesk) -> str:
    """Once no text has the focus."""
    if desk.focused in (desk.composer.review, desk.composer.words):
        return way(desk, "review.undo", "undo")
    return _plain(desk)


def _plain(desk: OnDesk) -> str:
    return way(desk, "desk.undo", "undo")


def ending_keys(desk: OnDesk) -> str:
    """How a run under way is ended: elsewhere than in its pane that key means something else."""
    ends = way(desk, "playbook.abort")
    return (
        ends if desk.focused is desk.playbook else f"{way(desk, 'ticket.playbook')}, then {ends},"
    )


def way(desk: OnDesk, id_: str, word: str = "") -> str:
    """The keys of a command as a sentence names them (`Keymap.key`)."""
    return desk.parts.keymap.key(id_, word)
