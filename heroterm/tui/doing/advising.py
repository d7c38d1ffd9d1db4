"""What the rules advise on words that lie under review."""

from __future__ import annotations

from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent
from heroterm.domain.playbook_run import intent_id
from heroterm.tui.doing import playing
from heroterm.tui.on_desk import OnDesk


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
