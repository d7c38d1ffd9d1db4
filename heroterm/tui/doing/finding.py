"""`/` in a thread: find words in it; n and N walk the places, Esc ends it (keys: Find)."""

from __future__ import annotations

from heroterm.tui.doing import filtering, showing
from heroterm.tui.on_desk import OnDesk


def slash(desk: OnDesk) -> None:
    """`/`: find in the thread that has the focus, else narrow the queue."""
    if desk.focused is desk.thread and desk.opened is not None and desk.seeing.gate is None:
        desk.filter_field.begin(desk.thread.words, finding=True)
    else:
        filtering.begin(desk)


def typed(desk: OnDesk, text: str) -> None:
    """One more letter, for the one or the other."""
    if desk.filter_field.finding:
        desk.thread.find(text)
    else:
        filtering.narrow(desk, text)


def entered(desk: OnDesk) -> None:
    """Enter: keep the words; letters are keys again, and n goes to the next place."""
    if not desk.filter_field.finding:
        filtering.keep(desk)
        return
    desk.filter_field.end()
    desk.set_focus(desk.thread)
    showing.key_line(desk)
    if desk.thread.words and not desk.thread.found():
        desk.tell(
            f"“{desk.thread.words}” is not in this ticket; "
            f"{desk.key('go.search')} searches everything."
        )


def end(desk: OnDesk) -> None:
    """Esc: look for nothing; the thread has the focus as before."""
    desk.filter_field.end()
    desk.thread.end_find()
    desk.set_focus(desk.thread)
    showing.key_line(desk)


def back(desk: OnDesk) -> None:
    """Esc anywhere: end what is being found, else one level back."""
    if desk.filter_field.finding:
        end(desk)
    elif desk.brief.display:
        desk.brief.close()
    else:
        filtering.back(desk)
