"""What a hero may answer to a step, and what becomes of it: events, or a refusal with its reason.

Pure: a run, a case and an answer in; events or a `Finding` out. Nothing here sends, opens or
deletes anything; what is destructive is done by the hero in the admin panel, never by heroterm.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from heroterm.domain.findings import Finding
from heroterm.domain.keyed_words import literal
from heroterm.domain.playbook import PUTS, TIMEOUT, Step
from heroterm.domain.playbook_case import Case, filled, ticket_of
from heroterm.domain.playbook_checks import among, and_known, no, wrong
from heroterm.domain.playbook_evidence import Candidate, bounce, candidates, evidence_of, judge
from heroterm.domain.playbook_run import (
    ABORTED,
    ANSWERED,
    FINISHED,
    LONGER,
    PUT,
    SKIPPED,
    Event,
    Evidence,
    Run,
    unsent,
)
from heroterm.domain.playbook_since import age_of, said_of, unread, written_since
from heroterm.domain.playbook_values import complaint, quoted, tidy
from heroterm.domain.playbook_way import ends_late, hindered, next_step, relied_on, waiting

_DAYS = 60

Outcome = list[Event] | Finding


def answer(
    run: Run,
    step_id: str,
    value: str,
    case: Case,
    *,
    message: int | None = None,
    seen: str = "",
    anyway: bool = False,
) -> Outcome:
    """Answer a step. `message` is the comment that proves it; `seen` says where it was seen, where
    a refusal asks for it (`asks_where`); `anyway` is the yes to a finding that asks.
    """
    stop = hindered(run, step_id)
    step = run.playbook.step(step_id)
    if stop is not None or step is None:
        return stop or no("no-such-step", "There is no such step.")
    value, seen = tidy(value), tidy(seen)
    if step.kind in PUTS:
        return no(
            "step-is-put", "This step is done by queueing it.", "{playbook.act} opens it for that."
        )
    match step.kind:
        case "quote":
            return _quoted(run, step, value, case, message, anyway)
        case "wait":
            return _waited(run, step, value, case, message)
        case "danger":
            return _dared(run, step, value, case)
    refusal = wrong(run, step, value, case, seen)
    said = and_known(step, value, case, seen)
    return refusal or [_event(run, case, ANSWERED, step, value=value, seen=said)]


def put(run: Run, step_id: str, intent_id: str, ticket_id: int, what: str, case: Case) -> Outcome:
    """A step was put into the outbox under this id, on this ticket; `what` in a few words."""
    stop = may_put(run, step_id)
    return stop or [put_event(run, step_id, intent_id, ticket_id, what, case.now, case.by)]


def may_put(run: Run, step_id: str) -> Finding | None:
    """What keeps a step from being put; None when it may go."""
    stop = hindered(run, step_id)
    step = run.playbook.step(step_id)
    if stop is not None or step is None or step.kind not in PUTS:
        return stop or no("step-is-not-put", "This step puts nothing into the outbox.")
    if step_id in run.done:
        return no(
            "step-is-put", "It is in the outbox or was sent.", "{desk.undo} recalls what is held."
        )
    return None


def put_event(
    run: Run, step_id: str, intent_id: str, ticket_id: int, what: str, at: datetime, by: str
) -> Event:
    """The event that a step was put."""
    n = len(run.events) + 1
    return Event(n, at, by, PUT, step_id, what, intent_id, ticket_id)


def skip(run: Run, step_id: str, reason: str, case: Case) -> Outcome:
    """Leave an optional step out, for a reason."""
    stop = hindered(run, step_id)
    step = run.playbook.step(step_id)
    if stop is not None or step is None:
        return stop or no("no-such-step", "There is no such step.")
    if step.required:
        return no(
            "step-required",
            f"“{step.title}” is required: it cannot be skipped.",
            "Do it; {playbook.abort} ends the run with a reason.",
        )
    if bad := complaint("text", tidy(reason)):
        return no("no-reason", f"Skipping needs a reason. {bad}", "Say why it is not needed.")
    return [_event(run, case, SKIPPED, step, value=tidy(reason))]


def abort(run: Run, reason: str, case: Case) -> Outcome:
    """End the run before its end, for a reason."""
    if run.state != "open":
        return no("run-ended", f"This run is {run.state} already.")
    if bad := complaint("text", tidy(reason)):
        return no("no-reason", f"Aborting needs a reason. {bad}", "Say why it ends here.")
    return [_event(run, case, ABORTED, value=tidy(reason))]


def finish(run: Run, case: Case) -> Outcome:
    """End a run all of whose steps are done."""
    line = next_step(run)
    if run.state != "open" or line is not None:
        what = f"step {line.number} is open" if line else f"it is {run.state} already"
        return no("run-not-done", f"The run cannot be finished: {what}.")
    return [_event(run, case, FINISHED)]


def longer(run: Run, step_id: str, said: str, case: Case) -> Outcome:
    """Wait so many days more from now; `said` is the number as it was typed."""
    now = waiting(run)
    step = run.playbook.step(step_id)
    if now is None or step is None or now.step != step_id:
        return no("not-waiting", "The run does not wait there.")
    days = int(said) if re.fullmatch(r"[0-9]{1,9}", said) else 0
    if not 0 < days <= _DAYS:
        typed = quoted(said) if said else "Nothing"
        return no("wait-too-long", f"{typed} is no wait.", f"Type the days: 1 to {_DAYS}.")
    until = case.now + timedelta(days=days)
    return [_event(run, case, LONGER, step, value=str(days), until=until)]


# One kind of step each.


def _quoted(
    run: Run, step: Step, value: str, case: Case, message: int | None, anyway: bool
) -> Outcome:
    """A message is picked, and read: what it says is the hero's answer. One that its writer wrote
    on after counts only once the hero says so.
    """
    if not case.fresh:
        return _stale(case)
    found = _candidate(run, case, step, message)
    if isinstance(found, Finding):
        return found
    if step.answers and value not in step.answers:
        return among(step, value)
    newer = written_since(run, case, step, age_of(found.comment))
    if newer and not anyway:
        say = f"It is not the newest message: {said_of(newer[0], case)}."
        return Finding("not-the-newest", "ask", say, "Read that one, and pick it if it decides.")
    proof = evidence_of(found, newer[0].id if newer else 0)
    return [_event(run, case, ANSWERED, step, value=value, evidence=proof)]


def _candidate(run: Run, case: Case, step: Step, message: int | None) -> Candidate | Finding:
    known = candidates(run, case, step)
    if message is None:
        counting = any(not one.reason for one in known)
        asked = ticket_of(run, case, step.on) if step.on else case.ticket.id
        nearest = sorted(known, key=lambda one: one.comment.ticket_id != asked)
        first = nearest[0].reason if nearest else "No customer has written yet."
        why = "Say which of them." if counting else f"None counts so far. {first}"
        return no("no-message-picked", f"No message was picked. {why}", "Pick the message.")
    for one in known:
        if one.comment.id == message:
            if one.reason:
                return no("message-does-not-prove", one.reason, "Wait for the right message.")
            return one
    for thread in case.threads.values():
        for comment in thread:
            if comment.id == message:
                reason = judge(run, case, step, comment) or "It was written by one of us."
                return no("message-does-not-prove", reason, "Wait for the right message.")
    return no(
        "no-such-message", f"There is no message {message} on these tickets.", "Sync, then again."
    )


def _waited(run: Run, step: Step, value: str, case: Case, message: int | None) -> Outcome:
    """A wait ends by what it waits for, or by its time; never by a word alone."""
    now = waiting(run)
    if value == TIMEOUT:
        if unsent(run):
            say = "What was asked is not sent yet: nobody can have answered."
            return no("not-sent-yet", say, "{pane.outbox} shows what keeps it.")
        if now is None or now.until is None or case.now < now.until:
            return no(
                "wait-goes-on", "Its time is not over yet.", "{playbook.wait} sets another time."
            )
        return [_event(run, case, ANSWERED, step, value=TIMEOUT)]
    if value not in step.wait_for:
        return among(step, value, (*step.wait_for, TIMEOUT))
    if not ends_late(run, step, value):
        return relied_on(run.playbook.steps.index(step) + 1)
    if value == "date":
        if now is None or now.until is None or case.now < now.until:
            return no(
                "wait-goes-on", "The day has not come yet.", "{playbook.wait} sets another day."
            )
        return [_event(run, case, ANSWERED, step, value=value)]
    if not case.fresh:
        return _stale(case)
    proof = _proof(run, step, value, case, message)
    if isinstance(proof, Finding):
        return proof
    return [_event(run, case, ANSWERED, step, value=value, evidence=proof)]


def _proof(run: Run, step: Step, value: str, case: Case, message: int | None) -> Evidence | Finding:
    if value == "bounce":
        bounced = bounce(run, case, step)
        if bounced is None:
            return no("no-bounce", "No message says that the mail bounced.", "Wait, or time out.")
        return evidence_of(bounced)
    if message is None:
        counting = [one for one in candidates(run, case, step) if not one.reason]
        message = counting[0].comment.id if counting else None
    found = _candidate(run, case, step, message)
    return found if isinstance(found, Finding) else evidence_of(found)


def _dared(run: Run, step: Step, value: str, case: Case) -> Outcome:
    """The typed words arm the step; what it rests on is looked at once more."""
    if not case.fresh:
        return _stale(case)
    for event in run.done.values():
        proved = run.playbook.step(event.step)
        if proved is not None and proved.kind == "quote" and event.evidence is not None:
            again = _candidate(run, case, proved, event.evidence.comment_id)
            if isinstance(again, Finding):
                return again
    if since := unread(run, case):
        return since
    wanted = filled(step.confirm, run, case)
    if value != wanted:
        delete = "DELETE" in value.upper() and "DELETE" not in wanted
        alarm = " DELETE is exactly what must not happen here." if delete else ""
        return no(
            "typed-words-differ",
            f"{quoted(value)} is not {wanted!a}.{alarm} {filled(step.warning, run, case)}",
            f"Type {literal(wanted)} if that is what you are about to do.",
        )
    return [_event(run, case, ANSWERED, step, value=value)]


def _stale(case: Case) -> Finding:
    if case.behind:
        which = ", ".join(f"#{id_}" for id_ in case.behind)
        say = f"{which} changed, and what was said there last has not been fetched yet."
        return no("thread-behind", say, "Sync first, then again.")
    age = "never" if case.age is None else f"{case.age.total_seconds() / 60:.0f} minutes ago"
    return no(
        "mirror-too-old",
        f"Zendesk was asked {age}; a decision like this needs what it says now.",
        "Sync first, then again.",
    )


def _event(run: Run, case: Case, what: str, step: Step | None = None, **more: object) -> Event:
    values: dict[str, object] = {"step": step.id if step is not None else "", **more}
    return Event(len(run.events) + 1, case.now, case.by, what, **values)  # type: ignore[arg-type]
