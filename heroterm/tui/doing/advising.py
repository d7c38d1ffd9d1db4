"""What the rules advise on words that lie under review, and whom nobody has told yet."""

from __future__ import annotations

from datetime import datetime

from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent
from heroterm.domain.playbook_run import intent_id
from heroterm.domain.sla import metric_words, next_breach
from heroterm.domain.waits import exact
from heroterm.tui.doing import answering, playing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import NOTE, PUBLIC

_UNTOLD = (
    'Somebody else works on it next, and no note of yours tells them what (handbook, Open: "make '
    'sure the other person/team knows about it").'
)
_TELL = "{ticket.note} at the ticket writes one; these words stay a draft meanwhile."


def advice(desk: OnDesk, intent: Intent) -> list[Finding]:
    """The advice; with the status that its playbook's step sets nothing is argued."""
    settled = _set_by_step(desk, intent)
    return [one for one in desk.book.advise(intent) if not (settled and one.rule == "status")]


def _set_by_step(desk: OnDesk, intent: Intent) -> bool:
    played, status = playing.shown(desk), intent.changes.status
    if played is None or not status:
        return False
    steps = (step for step in played.run.playbook.steps if step.status == status)
    return any(intent_id(played.run, step.id) == intent.id for step in steps)


def untold(desk: OnDesk, intent: Intent) -> list[Finding]:
    """Somebody else works on it next, and no note of the hero's tells them what (features D13)."""
    opened, journal = desk.opened, desk.reading.journal
    here = opened is not None and opened.ticket.id == intent.ticket_id
    if opened is None or not here or intent.kind != PUBLIC or intent.changes.status != "open":
        return []
    advised = desk.book.advised(intent)
    waiting = journal.outbox.of_ticket(intent.ticket_id) if journal is not None else []
    if advised is None or not advised.told or any(each.kind == NOTE for each in waiting):
        return []
    requester, me = opened.ticket.requester_id, desk.reading.me
    asked = [at for at, one in enumerate(opened.comments) if one.author_id == requester]
    since = opened.comments[asked[-1] + 1 :] if asked else opened.comments
    if me is not None and any(one.author_id == me.id and not one.public for one in since):
        return []
    return [Finding(answering.UNTOLD, "ask", _UNTOLD, _TELL)]


def runs_out(desk: OnDesk, opened: Opened, before: datetime) -> str:
    """Which clock of the ticket runs out before a moment, and when; "" where none does."""
    clock = next_breach(opened.ticket.slas)
    due = clock.breach_at if clock is not None and clock.stage != "paused" else None
    if clock is None or due is None or due >= before:
        return ""
    now = desk.reading.local_now()
    when = "overdue" if due <= now else f"due {exact(due, now, desk.book.zone)}"
    return f"The {metric_words(clock.metric)} is {when}"


def too_late(desk: OnDesk, intent: Intent) -> list[Finding]:
    """The clock of an answer that runs out before the moment at which the hero wants it sent."""
    writing, opened = desk.composer.writing, desk.opened
    if writing is None or writing.later is None or intent.kind != PUBLIC:
        return []
    if opened is None or opened.ticket.id != intent.ticket_id:
        return []
    missed = runs_out(desk, opened, writing.later)
    say = f"{missed}; the clock runs until this is sent."
    return [Finding("sent-too-late", "advice", say)] if missed else []
