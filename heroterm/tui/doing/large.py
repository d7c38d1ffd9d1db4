"""What only a large desk shows beside everything else: the outbox, and the handover so far."""

from __future__ import annotations

from datetime import timedelta

from heroterm.domain.pack import Pack
from heroterm.errors import StoreError
from heroterm.tui.doing.ways import way
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.handover import lines

SENT_FOR = timedelta(hours=12)
"""How long what was sent stays in sight."""
_RARELY = timedelta(seconds=55)
"""The pack is worked out for a whole queue: not for every change of it."""
_AFTER_START_SECONDS = 2.0
_SOON_SECONDS = 2.0
"""Zendesk's answer to what was sent has mostly been read by then."""


def begun(desk: OnDesk) -> None:
    """The size may have made room for them: the first paint comes first."""
    outbox(desk)
    desk.set_timer(_AFTER_START_SECONDS, lambda: week(desk))


def look(desk: OnDesk) -> None:
    """Show how both stand now."""
    outbox(desk)
    week(desk)


def outbox(desk: OnDesk) -> None:
    """What waits, and what was sent lately; a journal that fails is no empty outbox."""
    pane, now = desk.outbox, desk.reading.local_now()
    if not pane.display:
        return
    pane.entitle(pane.numbered("pane.outbox", "Outbox"))
    journal = desk.reading.journal
    try:
        if journal is None:
            pane.offer((), (), now, f" CANNOT BE READ: {desk.reading.journal_trouble}")
            return
        sent, off = journal.outbox.sent_since(now - SENT_FOR), desk.reading.state.offline_since
        pane.offer(desk.reading.intents(), sent, now, offline=off is not None)
    except StoreError as error:
        pane.offer((), (), now, f" CANNOT BE READ: {error}")


def week(desk: OnDesk) -> None:
    """Ask for the pack beside the screen: once a minute, and soon after something was put, sent or
    taken back, for the pack tells what is held.
    """
    pane, now = desk.week, desk.reading.local_now()
    if not pane.display or desk.reading.journal is None:
        return
    waiting = _waiting(desk)
    changed, pane.asked_with = waiting != pane.asked_with, waiting
    if pane.asked_at is None or not timedelta(0) <= now - pane.asked_at < _RARELY:
        _ask(desk)
    elif changed:
        desk.set_timer(_SOON_SECONDS, lambda: _ask(desk))


def _waiting(desk: OnDesk) -> frozenset[str]:
    try:
        return frozenset(intent.id for intent in desk.reading.intents())
    except StoreError:
        return desk.week.asked_with


def _ask(desk: OnDesk) -> None:
    pane = desk.week
    pane.asked_at = desk.reading.local_now()
    pane.entitle(f"Handover so far ({way(desk, 'go.handover')})")

    def told(pack: Pack) -> None:
        pane.offer(list(lines(pack)))

    desk.lookups.ask(
        desk.parts.pack, told, lambda error: pane.offer((), str(error)), "the week so far"
    )
