"""What the person who was asked wrote after a message was picked as their yes: a yes may be taken
back, and then nothing may rest on it any more. So may a silence that was taken for an answer.

Whatever comes from the counted address is looked at here, on any ticket of the run, with or
without words of its own: what proves nothing may still be a no (security.md §4).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from heroterm.domain.ages import clock_time
from heroterm.domain.findings import Finding
from heroterm.domain.keyed_words import literal
from heroterm.domain.playbook import TIMEOUT, Step
from heroterm.domain.playbook_addresses import same
from heroterm.domain.playbook_case import Case, fact
from heroterm.domain.playbook_evidence import bounce, candidates
from heroterm.domain.playbook_run import Evidence, Run
from heroterm.domain.playbook_way import hindered
from heroterm.domain.quotes import own_words
from heroterm.domain.text import shown
from heroterm.domain.ticket import Comment

_LINE = 200
Age = tuple[datetime, int]
"""When a message was written, and its number where that was the same second."""


def age_of(comment: Comment) -> Age:
    """By which of two messages the newer one is told."""
    return comment.created_at, comment.id


def written_since(run: Run, case: Case, step: Step, after: Age) -> list[Comment]:
    """Messages of the address that counts for a step, newer than that; the newest first."""
    wanted = fact(run, case, step.sender)
    if wanted is None:
        return []
    found = [
        comment
        for thread in case.threads.values()
        for comment in thread
        if age_of(comment) > after and _from(case, comment, wanted.value)
    ]
    return sorted(found, key=age_of, reverse=True)


def _from(case: Case, comment: Comment, wanted: str) -> bool:
    author = case.people.get(comment.author_id or 0)
    profile = author.email if author is not None else ""
    return same(comment.from_address or "", wanted) or same(profile or "", wanted)


def unread(run: Run, case: Case, step: Step | None = None) -> Finding | None:
    """Why what was picked as a proof, or that nobody answered, cannot be relied on: somebody wrote
    since.

    For one step: only the proofs that its way names. None when nothing came since.
    """
    for proved in _proofs(run, step):
        proof = run.done[proved.id].evidence
        newer = written_since(run, case, proved, _read(case, proof)) if proof else ()
        if newer:
            return _finding(run, case, proved, newer[0])
    for waited in _timed_out(run, step):
        late = ended_by(run, case, waited)
        if late:
            return _finding(run, case, waited, next(iter(late.values())))
    return None


def _finding(run: Run, case: Case, step: Step, newer: Comment) -> Finding:
    return Finding("written-since", "refuse", f"{said_of(newer, case)}.", _instead(run, step))


def ended_by(run: Run, case: Case, step: Step) -> dict[str, Comment]:
    """The newest messages that end a wait, or would, were it still waited for, by what they are:
    `reply` or `bounce`.
    """
    counting = [one.comment for one in candidates(run, case, step) if not one.reason]
    bounced = bounce(run, case, step)
    found = {"reply": counting[0] if counting else None}
    found["bounce"] = bounced.comment if bounced is not None else None
    return {end: each for end, each in found.items() if each is not None and end in step.wait_for}


def _read(case: Case, proof: Evidence) -> Age:
    """Up to where the hero had read when a message was picked."""
    thread = (comment for comments in case.threads.values() for comment in comments)
    newest = (age_of(comment) for comment in thread if comment.id == proof.newest)
    return max([(proof.at, proof.comment_id), *newest])


def _proofs(run: Run, step: Step | None) -> Iterator[Step]:
    """Quote steps that are done; of those only what leads to `step`, where it is given."""
    return (one for one in _led_by(run, step) if one.kind == "quote")


def _timed_out(run: Run, step: Step | None) -> Iterator[Step]:
    """Waits that ended because nobody answered, in the same way."""
    over = {id_ for id_, value in run.answers.items() if value == TIMEOUT}
    return (one for one in _led_by(run, step) if one.kind == "wait" and one.id in over)


def _led_by(run: Run, step: Step | None) -> Iterator[Step]:
    done = run.done
    named = None if step is None else {where for where, _ in (*step.only_if, *step.also_if)}
    for one in run.playbook.steps:
        if one.id in done and (named is None or one.id in named):
            yield one


def _instead(run: Run, proved: Step) -> str:
    if hindered(run, proved.id) is not None:
        return "Read it before you go on; {playbook.abort} ends the run with a reason."
    n = run.playbook.steps.index(proved) + 1
    on = f"on step {n} (/again {n})"
    return f"Read it; {{playbook.check}} {literal(on)} answers anew."


def said_of(comment: Comment, case: Case) -> str:
    """`sam@cove.example wrote since, 12:04, on #2: “Stop!”`."""
    author = case.people.get(comment.author_id or 0)
    who = comment.from_address or (author.email if author is not None else "") or "The owner"
    words = shown(own_words(comment.body) or "(no words of its own)", single_line=True, limit=_LINE)
    when = clock_time(comment.created_at, case.now, case.zone)
    return f"{who} wrote since, {when}, on #{comment.ticket_id}: “{words}”"
