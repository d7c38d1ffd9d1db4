"""What lies with a draft beside its words, kept and sent by a plain shift as the desk would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from heroterm.cli.intents import Wanted
from heroterm.cli.invocation import moment
from heroterm.cli.reading import Reading
from heroterm.domain.ages import clock_time
from heroterm.domain.outbox import Draft, InternalNote, PublicReply, end_of
from heroterm.domain.playbook_run import Run, does
from heroterm.domain.sizes import size_words
from heroterm.rulebook import local_zone


def begun(read: Reading, ticket_id: int, kind: str, now: datetime) -> Draft:
    """A draft without words, of a ticket as it is read now."""
    comments = read.mirror.thread(ticket_id).comments
    seen = comments[-1].id if comments else None
    return Draft(ticket_id, kind, "", now, seen_comment_id=seen)


def with_words(draft: Draft, body: str, now: datetime) -> Draft:
    """The draft with these words, gone on with behind them; what lies beside them stays."""
    return replace(draft, body=body, updated_at=now, cursor=end_of(body))


def elsewhere(read: Reading, draft: Draft, now: datetime) -> str:
    """What became of these very words, where they went out from elsewhere meanwhile; else ""."""
    found = read.journal.outbox.same_words(
        draft.ticket_id, draft.kind, draft.body, draft.seen_comment_id
    )
    if found is None:
        return ""
    when = clock_time(found.finished_at or now, now, local_zone())
    became = "wait in the outbox" if found.unfinished else f"were sent ({when})"
    return f"REFUSED: These very words {became}: nothing more was queued."


def wanted(read: Reading, draft: Draft, status: str | None, base: Wanted, now: datetime) -> Wanted:
    """The write that a draft becomes with this status: its copies, files, fields, its moment, and
    the playbook's step that it does.
    """
    words = PublicReply(draft.body) if draft.kind == "public_reply" else InternalNote(draft.body)
    return replace(
        base,
        comment=words,
        changes=replace(
            draft.changes, status=status, add_ccs=draft.ccs, remove_ccs=draft.remove_ccs
        ),
        files=draft.files,
        at=draft.later if draft.later is not None and draft.later > now else None,
        id=_does(read, draft) or "",
    )


def besides(read: Reading, draft: Draft, now: datetime) -> Iterator[str]:
    """What goes with the words, one sentence each."""
    if draft.torn:
        yield "A part of this draft could not be read: look over who reads it and what goes along."
    if draft.ccs or draft.remove_ccs:
        named = [*(f"+{one}" for one in draft.ccs), *(f"-{one}" for one in draft.remove_ccs)]
        yield f"Copies: {', '.join(named)}."
    for file in draft.files:
        yield f"File: {file.name} ({size_words(file.size)})."
    if not replace(draft.changes, status=None).empty:
        yield "Fields change along with it, as they were chosen at the desk."
    if draft.later is not None and draft.later > now:
        yield f"It is sent {moment(draft.later)}."
    if (run := _run(read, draft)) is not None and draft.step is not None:
        step = run.playbook.step(draft.step[1])
        title = step.title if step is not None else draft.step[1]
        does_it = _does(read, draft) is not None
        said = (
            "queueing it does this step" if does_it else "that step is done, or the run has ended"
        )
        yield f"{run.playbook.title}, {title}: {said}."


def _run(read: Reading, draft: Draft) -> Run | None:
    return read.journal.runs.get(draft.step[0]) if draft.step is not None else None


def _does(read: Reading, draft: Draft) -> str | None:
    """The id under which the draft goes to do its step; None where it does none (any more)."""
    run = _run(read, draft)
    return does(run, draft.step[1], draft.kind) if run is not None and draft.step else None
