"""Playbooks and runs as documents of the command line, and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from heroterm.domain.ages import ago
from heroterm.domain.playbook import Playbook
from heroterm.domain.playbook_run import Event, Run, hash_of
from heroterm.domain.playbook_standing import until
from heroterm.domain.playbook_way import lines, next_step, waiting
from heroterm.domain.zone import LOCAL


def playbook_document(playbook: Playbook, *, fits: bool, whole: bool = False) -> dict[str, Any]:
    """One playbook; `whole` with its steps."""
    found: dict[str, Any] = {
        "playbook": playbook.name,
        "title": playbook.title,
        "section": playbook.section,
        "hash": hash_of(playbook.text),
        "steps": len(playbook.steps),
        "fits": fits,
    }
    if whole:
        found["definition"] = playbook.text
        found["step_list"] = [
            {"id": s.id, "kind": s.kind, "text": s.text, "required": s.required}
            for s in playbook.steps
        ]
    return found


def run_document(run: Run) -> dict[str, Any]:
    """One run: where it stands, what it waits for since when, and everything that happened."""
    line, now = next_step(run), waiting(run)
    return {
        "run": run.id,
        "playbook": run.playbook.name,
        "hash": run.hash,
        "ticket": run.ticket_id,
        "step": line.step.id if line is not None else None,
        "state": "waiting" if now is not None else run.state,
        "waits_for": " or ".join(line.step.wait_for) if line is not None and now else None,
        "since": now.since if now is not None else None,
        "until": now.until if now is not None else None,
        "overdue": now is not None and now.overdue,
        "begun_at": run.begun_at,
        "begun_by": run.begun_by,
        "rehearsal": run.rehearsal,
        "done": len(run.done),
        "steps": [
            {
                "id": one.step.id,
                "number": one.number,
                "off": one.off,
                "done": one.step.id in run.done,
            }
            for one in lines(run)
        ],
        "events": [_event(event) for event in run.events],
    }


def _event(event: Event) -> dict[str, Any]:
    proof = event.evidence
    return {
        "n": event.n,
        "at": event.at,
        "by": event.by,
        "what": event.what,
        "step": event.step or None,
        "value": event.value or None,
        "seen": event.seen or None,
        "intent": event.intent_id or None,
        "ticket": event.ticket_id,
        "until": event.until,
        "evidence": None
        if proof is None
        else {
            "ticket": proof.ticket_id,
            "comment": proof.comment_id,
            "address": proof.address,
            "at": proof.at,
            "line": proof.line,
        },
    }


def run_lines(runs: Sequence[Run], now: datetime) -> Iterator[str]:
    """Where each run stands, one line each."""
    for run in runs:
        yield f"#{run.ticket_id:<8} {run.playbook.name:24} {standing(run, now)}"


def standing(run: Run, now: datetime) -> str:
    """Where a run stands, in a few words."""
    line, wait = next_step(run), waiting(run)
    of = f"{len(run.done)} done"
    if run.state != "open":
        return run.state
    if line is None:
        return f"{of}, the closing note is left"
    if wait is None:
        return f"{of}, at step {line.number}: {line.step.title}"
    return f"{of}, {until(wait, LOCAL)}, begun {ago(wait.since, now)}: {line.step.title}"
