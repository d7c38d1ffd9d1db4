"""What the hero chose at an earlier start: the queue, the theme, frames and sizes.

Another program may keep the journal locked while the desk begins. What it remembers is put on as
soon as it can be read, but never in the place of what was chosen at this desk meanwhile, nor below
a hero who works already: then it is said which queue it was.
"""

from __future__ import annotations

from heroterm.domain.view import QueueChoice
from heroterm.errors import StoreError
from heroterm.tui.commands import VIEWS
from heroterm.tui.doing import layout, saying
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.reading import QUEUE


def recall(desk: OnDesk, *, late: bool) -> bool:
    """Put it on; False while the journal cannot be read. `late`: the desk stood without it."""
    journal = desk.reading.journal
    try:
        theme = journal.marks.recall(layout.THEME) if journal is not None else None
    except StoreError:
        return False
    if journal is None:
        return False
    settings, chosen = desk.parts.settings, desk.chosen
    known = theme in desk.app.available_themes and not settings.no_color
    if theme is not None and known and layout.THEME not in chosen:
        desk.app.theme = theme
    failed = late or desk.reading.journal_trouble is not None
    if failed and not chosen & {layout.PLAIN, layout.DENSE}:
        layout.recall(desk)
    queue = desk.reading.chosen_last(desk.queues)
    if desk.queues and queue != desk.queue.choice and QUEUE not in chosen:
        _show(desk, queue)
    return True


def _show(desk: OnDesk, queue: QueueChoice) -> None:
    if _works(desk):
        prefix = desk.parts.keymap.prefix_shown(VIEWS)
        shows = f"{prefix} {queue.key}" if prefix and queue.key else desk.key("views.next")
        desk.tell(f"Here you left another queue, {queue.name}: {shows} goes there.")
        return
    desk.queue.switch(queue)
    saying.status_lines(desk)


def _works(desk: OnDesk) -> bool:
    """Whether rows that change would surprise a hero: one is open, chosen or written on."""
    busy = desk.history or desk.queue.marked or desk.composer.writing or desk.filter_field.value
    return bool(busy) or not desk.in_front or desk.which.prefix is not None
