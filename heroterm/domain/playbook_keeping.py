"""What happens to a run by itself: a ticket was made, a wait begins, wakes, reminds, runs out.

Everything here follows from the run and the case, so that it does not matter which desk looks
first, or how often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from heroterm.domain.findings import Finding
from heroterm.domain.playbook import Step
from heroterm.domain.playbook_answers import answer
from heroterm.domain.playbook_case import Case, fact
from heroterm.domain.playbook_checks import who_asks
from heroterm.domain.playbook_evidence import bounce, candidates, evidence_of
from heroterm.domain.playbook_known import Known
from heroterm.domain.playbook_run import (
    ANSWERED,
    HEROTERM,
    MADE,
    NOTED,
    OPEN,
    OVERDUE,
    REMINDED,
    WAITS,
    Event,
    Run,
    put_steps,
    unsent,
)
from heroterm.domain.playbook_values import day_of
from heroterm.domain.playbook_way import next_step, waiting

_MOST = 20


def automatic(run: Run, case: Case) -> list[Event]:
    """What has happened by itself since the last event, in order."""
    found: list[Event] = []
    while run.state == OPEN and len(found) < _MOST:
        more = _made(run, case) or _known(run, case) or _at_wait(run, case)
        if not more:
            break
        found += more
        run = run.with_events(more)
    return found


def after_all(before: Run, now: Run, events: Sequence[Event]) -> list[Event] | None:
    """Events that were decided on a run as it was, put after what has happened to it by itself
    meanwhile; None where somebody did something, or a step of theirs is done by now.
    """
    since = now.events[len(before.events) :]
    same = now.events[: len(before.events)] == before.events and now.state == OPEN
    if not same or any(event.by != HEROTERM for event in since):
        return None
    if any(event.step and event.step in now.done for event in events):
        return None
    return [replace(event, n=event.n + len(since)) for event in events]


def note_due(run: Run) -> bool:
    """Whether the ticket should be told how far the run has come: it begins to wait, and all
    that it put has been sent.
    """
    now = waiting(run)
    if now is None or run.rehearsal or run.state != OPEN:
        return False
    begun, noted = run.last(WAITS, now.step), run.last(NOTED)
    # A note that the hero has taken back is not put again by itself.
    untold = begun is not None and (noted is None or noted.n < begun.n)
    return untold and not unsent(run)


def _made(run: Run, case: Case) -> list[Event]:
    for event in put_steps(run):
        ticket_id = case.made.get(event.step)
        if ticket_id is not None and run.made(event.step) != ticket_id:
            return [_event(run, case, MADE, event.step, ticket_id=ticket_id)]
    return []


def _known(run: Run, case: Case) -> list[Event]:
    """A step that asks only for what no source knows, where one knows it."""
    line = next_step(run)
    if line is None or line.undecided or not line.step.when_unknown:
        return []
    known = suggestion(run, line.step, case, sure=True)
    if known is None:
        return []
    if isinstance(answer(run, line.step.id, known.value, case, seen=known.source), Finding):
        return []
    value, seen = known.value, known.source
    return [_event(run, case, ANSWERED, line.step.id, value=value, seen=seen)]


def suggestion(run: Run, step: Step, case: Case, *, sure: bool = False) -> Known | None:
    """What may be offered as the answer to a step, and why; `sure` only what needs no eye."""
    if step.verify == "owner":
        return who_asks(run, case, sure=sure)
    return fact(run, case, step.suggest or step.fact) if step.suggest or step.when_unknown else None


def _at_wait(run: Run, case: Case) -> list[Event]:
    line = next_step(run)
    if line is None or line.step.kind != "wait" or line.undecided:
        return []
    if waiting(run) is None:
        return [_event(run, case, WAITS, line.step.id, until=_until(run, case, line.step))]
    return _woken(run, case, line.step) or _timed(run, case, line.step)


def _until(run: Run, case: Case, step: Step) -> datetime | None:
    day = fact(run, case, step.until) if step.until else None
    if day is not None:
        return day_of(day.value) or case.now
    return case.now + timedelta(days=step.days)


def _woken(run: Run, case: Case, step: Step) -> list[Event]:
    if "reply" in step.wait_for:
        counting = [one for one in candidates(run, case, step) if not one.reason]
        if counting:
            proof = evidence_of(counting[-1])
            return [_event(run, case, ANSWERED, step.id, value="reply", evidence=proof)]
    if "bounce" in step.wait_for and (bounced := bounce(run, case, step)):
        proof = evidence_of(bounced)
        return [_event(run, case, ANSWERED, step.id, value="bounce", evidence=proof)]
    return []


def _timed(run: Run, case: Case, step: Step) -> list[Event]:
    now = waiting(run)
    if now is None or now.until is None:
        return []
    if case.now >= now.until:
        if "date" in step.wait_for:
            return [_event(run, case, ANSWERED, step.id, value="date")]
        silent = now.overdue or unsent(run)
        return [] if silent else [_event(run, case, OVERDUE, step.id)]
    due = step.remind and case.now >= now.since + timedelta(days=step.remind)
    told = run.last(REMINDED, step.id)
    begun = run.last(WAITS, step.id)
    if due and not unsent(run) and (told is None or begun is None or told.n < begun.n):
        return [_event(run, case, REMINDED, step.id)]
    return []


def _event(run: Run, case: Case, what: str, step: str, **more: object) -> Event:
    values: dict[str, object] = {"step": step, **more}
    return Event(len(run.events) + 1, case.now, HEROTERM, what, **values)  # type: ignore[arg-type]
