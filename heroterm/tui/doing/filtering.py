"""`/`: narrow the queue while typing; Enter keeps the filter, Esc gives the whole queue back."""

from __future__ import annotations

from dataclasses import replace

from heroterm.tui.doing import layout
from heroterm.tui.on_desk import OnDesk


def begin(desk: OnDesk) -> None:
    """Let a filter be typed. Beside a playbook a low terminal has no room for the queue's rows."""
    desk.show_place("queue", {"-playbook": False})
    layout.lay(desk)
    desk.queue.keep_place()
    desk.filter_field.begin(desk.queue.view.text, finding=False)


def narrow(desk: OnDesk, text: str) -> None:
    """Filter the queue; an empty text shows it whole again."""
    if text != desk.queue.view.text:
        desk.queue.view = replace(desk.queue.view, text=text)
        desk.queue.reload(anew=True)


def keep(desk: OnDesk) -> None:
    """Hide the field; the filter stays as it was typed, and the queue's title says so."""
    desk.filter_field.end()
    desk.set_focus(desk.queue)


def back(desk: OnDesk) -> None:
    """Esc: one level back, to what is being written, zoom off, filter off, ticket to queue."""
    if layout.is_zoomed(desk):
        layout.zoom(desk)
        return
    if desk.composer.writing is not None:
        desk.filter_field.end()
        desk.show_place("compose")
        desk.set_focus(desk.composer.words)
        return
    if desk.focused is desk.queue or desk.filter_field.display:
        narrow(desk, "")
        desk.queue.back_to_place()
    desk.filter_field.end()
    desk.focus_pane("queue")
