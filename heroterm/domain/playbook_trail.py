"""The internal note that tells colleagues, in words, how far a run has come; and desks, below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from heroterm.domain.ages import clock_day
from heroterm.domain.outbox import HELD, QUEUED, Intent, InternalNote
from heroterm.domain.playbook import Line
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_marker import harmless, marker
from heroterm.domain.playbook_run import (
    ABORTED,
    FINISHED,
    NOTED,
    PUT,
    SKIPPED,
    Event,
    Run,
    note_id,
)
from heroterm.domain.playbook_way import lines, next_step, waiting
from heroterm.domain.text import shown

_LINE = 240


def note_text(run: Run) -> str:
    """The whole note: what, how far, every step with its answer, evidence, who and when; then the
    marker with what no earlier note told.
    """
    told = [harmless(line) for line in (_head(run), "", *_steps(run), "")]
    first = all(event.what != NOTED or not run.stands(event) for event in run.events)
    return "\n".join([*told, marker(run, run.unposted, whole=first)])


def note_intent(run: Run, case: Case, now: datetime, hold: float = 0.0) -> tuple[Intent, Event]:
    """The note as an intent, and the event that it was put. `now` is this machine's moment."""
    upto = len(run.events)
    intent = Intent(
        id=note_id(run.id, upto),
        ticket_id=run.ticket_id,
        created_at=now,
        send_after=now + timedelta(seconds=hold),
        comment=InternalNote(note_text(run)),
        base_stamp=case.ticket.updated_stamp,
        state=HELD if hold > 0 else QUEUED,
    )
    told = Event(upto + 1, case.now, case.by, NOTED, value=str(upto), intent_id=intent.id)
    return intent, told


def _head(run: Run) -> str:
    name = f'Playbook "{run.playbook.title}" ({run.playbook.name} {run.hash[:12]})'
    ended = run.last(ABORTED)
    if ended is not None and run.state == ABORTED:
        return f"{name}: ABORTED by {ended.by}. Reason: {ended.value}"
    if run.state == FINISHED:
        return f"{name}: finished."
    now = waiting(run)
    if now is not None:
        until = f" until {clock_day(now.until, UTC)}" if now.until is not None else ""
        return f"{name}: waiting{until}."
    line = next_step(run)
    return f"{name}: at step {line.number}, {line.step.title}." if line else f"{name}: all done."


def _steps(run: Run) -> Iterator[str]:
    """Every step that is on the way, done or not, and what was done before the way turned."""
    done = run.done
    for one in lines(run):
        if one.step.id in done or not (one.off or one.undecided):
            yield step_line(one, done.get(one.step.id), run)


def step_line(line: Line, event: Event | None, run: Run) -> str:
    """One step with what became of it, on one line."""
    title = f"{line.number} {line.step.title}"
    if event is None:
        return f"[ ] {title}"
    mark = "[-]" if event.what == SKIPPED else "[x]"
    told = f"{mark} {title}{_said(event, run)} ({event.by}, {_when(event.at)})"
    if event.evidence is None:
        return told
    proof = event.evidence
    line_read = shown(proof.line, single_line=True, limit=_LINE)
    return (
        f"{told}\n    #{proof.ticket_id}, message {proof.comment_id} from {proof.address}, "
        f'{_when(proof.at)}: "{line_read}"'
    )


def _said(event: Event, run: Run) -> str:
    seen = f" ({event.seen})" if event.seen else ""
    if event.what == SKIPPED:
        return f": skipped, {event.value}"
    if event.what == PUT:
        made = run.made(event.step)
        where = f" -> #{made}" if made is not None else ""
        return f": {event.value}{where}"
    return f": {event.value}{seen}" if event.value else ""


def _when(moment: datetime) -> str:
    return f"{clock_day(moment, UTC)} {moment:%H:%M} UTC"
