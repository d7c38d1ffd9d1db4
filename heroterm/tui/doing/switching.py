"""`V …` and `S …`: another queue by its letter, another order of the rows (features A1, A2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heroterm.domain.view import ORDERS, POLICY, QueueChoice
from heroterm.tui.commands import VIEWS
from heroterm.tui.doing import saying, visiting
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.reading import QUEUE
from heroterm.tui.screens.pick import Choice, Pick

Entry = tuple[str, str, str]
"""Key, words, and what stands beside them."""


def by_key(desk: OnDesk, key: str) -> QueueChoice | None:
    """The queue that the team gave a letter."""
    return next((choice for choice in desk.queues if choice.key == key), None)


def entries(desk: OnDesk, place: str) -> Sequence[Entry]:
    """Lines of the box after `V`: the team's queues with their letters and counts."""
    if place != VIEWS:
        return ()
    others = desk.queues[1:]
    return [*((choice.key, choice.name, _told(desk, choice)) for choice in others), *_unnamed(desk)]


def notes(desk: OnDesk) -> dict[str, str]:
    """What stands beside the desk's own queue in the box."""
    return {"views.own": _told(desk, desk.queues[0])} if desk.queues else {}


def _told(desk: OnDesk, choice: QueueChoice) -> str:
    here = "here  " if choice.name == desk.queue.choice.name else ""
    return here + visiting.counts(desk, choice)


def _unnamed(desk: OnDesk) -> list[Entry]:
    """That the account has more saved views, and how they are opened."""
    more = visiting.saved(desk)
    if not more:
        return []
    words = f"{len(more)} more saved in Zendesk, such as “{more[0].name}”"
    return [("", words, f"{desk.key('views.list')} opens them")]


def own(desk: OnDesk) -> None:
    """`V V`: the desk's own queue."""
    queues = desk.queues
    if queues:
        show(desk, queues[0])


def neighbour(by: int) -> Callable[[OnDesk], None]:
    """A deed that shows the queue after or before this one, round and round."""

    def deed(desk: OnDesk) -> None:
        queues = desk.queues
        names = [choice.name for choice in queues]
        if queues:
            at = names.index(desk.queue.choice.name) if desk.queue.choice.name in names else 0
            show(desk, queues[(at + by) % len(queues)])

    return deed


def show(desk: OnDesk, choice: QueueChoice, *, asks: bool = True) -> None:
    """Show a queue, and remember it for the next start if it is there then. `asks`: tickets that
    nothing brings are asked of Zendesk.
    """
    desk.queue.switch(choice)
    desk.chosen.add(QUEUE)
    desk.focus_pane("queue")
    saying.status_lines(desk)
    if choice in desk.queues:
        desk.pen.write(lambda journal: journal.marks.remember(QUEUE, choice.name))
    desk.tell(f"{choice.name}: {visiting.counts(desk, choice).removesuffix('.')}.")
    if asks:
        visiting.ask(desk, choice)


def choose(desk: OnDesk) -> None:
    """`V /`: any queue by some letters of its name, with how much there is to do in it; Zendesk's
    views, too.
    """
    prefix = desk.parts.keymap.prefix_shown(VIEWS)

    def line(at: int, queue: QueueChoice) -> Choice:
        if at >= len(desk.queues):
            here = "here  " if queue == desk.queue.choice else ""
            return Choice(str(at), queue.name, visiting.SAVED, here)
        key = f"{prefix} {queue.key}" if prefix and queue.key else ""
        return Choice(str(at), queue.name, key, _told(desk, queue))

    def chosen(at: str | None) -> None:
        if at is not None:
            show(desk, queues[int(at)])

    queues = [*desk.queues, *visiting.saved(desk)]
    choices = [line(at, queue) for at, queue in enumerate(queues)]
    desk.app.push_screen(Pick("Queue", choices), chosen)


def sort(order: str) -> Callable[[OnDesk], None]:
    """A deed that orders the rows; `n` goes on choosing by the policy."""

    def deed(desk: OnDesk) -> None:
        desk.queue.sort(order)
        rest = (
            "" if order == POLICY else f" {desk.key('desk.next')} goes on choosing by the policy."
        )
        desk.tell(f"Sorted: {ORDERS[order]}.{rest}")

    return deed
