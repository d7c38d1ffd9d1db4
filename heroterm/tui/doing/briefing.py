"""The morning brief: once each morning by itself, again by `g m`; it never takes a key."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.domain.brief import LEFT, MEMO, Brief
from heroterm.domain.handover import doubt
from heroterm.errors import StoreError
from heroterm.tui.doing.ways import way
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.pen import Pen
from heroterm.tui.reading import Reading


def morning(desk: OnDesk) -> None:
    """Show the brief if this day has not been briefed, and nothing else is in front."""
    journal, state = desk.reading.journal, desk.reading.state
    if not desk.parts.settings.brief or journal is None or not state.first_fill_done:
        return
    if desk.composer.writing is not None or not desk.in_front:
        return
    if journal.marks.recall(MEMO) != _today(desk):
        show(desk, unasked=True)


def show(desk: OnDesk, *, unasked: bool = False) -> None:
    """Ask for the brief; it is shown once it is known.

    One that nobody asked for stays away from a hero who has begun to work meanwhile; `g m` and
    the next start still show it.
    """

    def told(brief: Brief) -> None:
        if unasked and (desk.composer.writing is not None or desk.history or not desk.in_front):
            return
        _lay(desk, brief)
        today = _today(desk)
        desk.pen.write(lambda journal: journal.marks.remember(MEMO, today))

    _ask(desk, told)


def follow(desk: OnDesk) -> None:
    """Make the brief that lies open anew, once a mirror that could not vouch for it can."""
    state = desk.reading.state

    def told(brief: Brief) -> None:
        if desk.brief.shown:
            _lay(desk, brief)

    if desk.brief.shown and desk.brief.doubt and not doubt(state, desk.reading.now()):
        _ask(desk, told)


def _ask(desk: OnDesk, told: Callable[[Brief], None]) -> None:
    def failed(error: StoreError) -> None:
        desk.tell(str(error), severity="error")

    desk.lookups.ask(desk.parts.brief, told, failed, "brief")


def _lay(desk: OnDesk, brief: Brief) -> None:
    ways = (way(desk, "desk.next", "next"), way(desk, "go.brief", "brief"))
    desk.brief.brief(brief, max(20, desk.size.width - 4), *ways)


def left(reading: Reading, pen: Pen) -> None:
    """Keep when the hero left, by the server's clock: the next brief tells what changed since."""
    if reading.state.first_fill_done:
        now = reading.now().isoformat()
        pen.write(lambda journal: journal.marks.remember(LEFT, now))


def _today(desk: OnDesk) -> str:
    now = desk.reading.local_now()
    return now.astimezone(desk.book.zone).date().isoformat()
