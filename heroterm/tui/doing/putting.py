"""What a run puts into the outbox: words through the composer, the rest looked over in a box."""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content

from heroterm.domain.findings import Finding, answered
from heroterm.domain.outbox import Intent
from heroterm.domain.playbook import Step
from heroterm.domain.playbook_answers import may_put, put
from heroterm.domain.playbook_run import intent_id
from heroterm.domain.playbook_wish import Wish, intent_of, wish
from heroterm.domain.rules_of_recipients import LIGHT_AGENT
from heroterm.domain.rules_of_words import placeholders
from heroterm.domain.source import Verdict
from heroterm.tui.doing import playing, queueing, reviewing, ruling, seat, sending, writing
from heroterm.tui.doing.editing import edited
from heroterm.tui.doing.ways import way
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import NOTE, PUBLIC
from heroterm.tui.panes.run_lines import Played
from heroterm.tui.screens.step import Asked, Said, StepBox
from heroterm.tui.text import parts, safe

_LIGHT = (
    "{playbook.share} tells the ticket how far the run is, for a colleague with a full "
    "seat to go on; "
    "{ticket.note} writes an internal note."
)


def begin(desk: OnDesk, played: Played, step: Step) -> None:
    """Open what a step would put: words to be written, or the rest to be looked over."""
    wanted = wish(played.run, step, played.case, desk.book.replies)
    stop = may_put(played.run, step.id)
    if isinstance(wanted, Finding) or stop is not None:
        finding = wanted if isinstance(wanted, Finding) else stop
        if finding is not None:
            playing.refuse(desk, played.run, finding)
        return
    if step.kind in ("reply", "note") and not step.exact and not played.run.rehearsal:
        _write(desk, played, wanted)
    else:
        _look_over(desk, played, wanted)


def _write(desk: OnDesk, played: Played, wanted: Wish) -> None:
    """The composer, with the canned words, behind those of a draft that was not begun for the step;
    one that was is gone on with.

    Where nothing is left to be filled in, the words lie under review at once.
    """
    if desk.composer.writing is not None:
        if not writing.left(desk):
            return
        desk.refresh_desk()  # what was being written is a draft of the ticket now
    elsewhere = desk.opened is None or desk.opened.ticket.id != wanted.ticket_id
    if elsewhere and not desk.open_ticket(wanted.ticket_id):
        desk.tell(
            f"#{wanted.ticket_id} is not in the mirror yet: {desk.key('desk.sync')} syncs.",
            severity="warning",
        )
        return
    opened = desk.opened
    if opened is None:
        return
    kind = NOTE if wanted.step.kind == "note" else PUBLIC
    verdict = seat.may_begin(desk, kind, opened, None)
    if not verdict.ok:
        playing.refuse(desk, played.run, _never(desk, verdict))
        return
    draft, step = opened.draft(kind), (played.run.id, wanted.step.id)
    begun = draft is not None and draft.step == step
    writing.begin(
        desk,
        kind,
        opened,
        draft=draft,
        status=wanted.changes.status,
        insert="" if begun else wanted.body,
        changes=replace(wanted.changes, status=None),
    )
    desk.composer.change(
        then_next=False,
        intent_id=intent_id(played.run, wanted.step.id),
        step=step,
    )
    if draft is not None and draft.body and not begun:
        desk.tell("Your draft, and behind it the words of the step: they go as one.")
    if draft is None and not placeholders(desk.composer.body):
        reviewing.review(desk)


def _never(desk: OnDesk, verdict: Verdict) -> Finding:
    """Why the step's words cannot go from here, whoever writes them, and the next key."""
    if seat.is_light(desk):
        return Finding("light-agent-reply", "refuse", LIGHT_AGENT, _LIGHT)
    return Finding("community-public-reply", "refuse", verdict.say, verdict.instead)


def _look_over(desk: OnDesk, played: Played, wanted: Wish) -> None:
    """A new ticket, a change of fields: whole, before `y`; exact words cannot be edited."""
    subject = getattr(wanted.deed, "subject", "")
    lines = [parts((f"{wanted.say} to ", "$text-muted"), (wanted.to, "bold"))]
    lines += [parts(("Subject: ", "$text-muted"), (subject, "bold"))] if subject else []
    lines += [Content(""), *safe(wanted.body).split("\n")] if wanted.body else []
    intent = intent_of(played.run, wanted, played.case, desk.reading.local_now(), 0)
    held = sending.send_after(desk, words=wanted.comment is not None)
    intent = replace(intent, send_after=held, state="held")
    findings = [] if played.run.rehearsal else desk.parts.check(intent)
    for finding in findings:
        style = "$sla-breached bold" if finding.level == "refuse" else "$sla-soon"
        lines += [
            Content(""),
            parts((ruling.sentence(desk, finding), style)),
        ]
    taken_back = f"; {way(desk, 'desk.undo')} recalls"
    then = " (a rehearsal: nothing leaves)" if played.run.rehearsal else taken_back
    letters = {"y": ("y", f"queue it{then}")}
    if any(finding.level == "refuse" for finding in findings):
        letters = {}
    if wanted.comment is not None and not wanted.step.exact:
        letters["e"] = ("e", "edit in $EDITOR")

    def told(what: Said | None) -> None:
        if what is not None and what.value == "e":
            _look_over(desk, played, wanted.saying(_edited(desk, wanted.body)))
        elif what is not None:
            _put(desk, played, wanted, answered(intent, findings))

    desk.app.push_screen(StepBox(Asked(wanted.step.title, lines, letters)), told)


def _edited(desk: OnDesk, body: str) -> str:
    changed = edited(desk, body)
    return body if changed is None else changed


def _put(desk: OnDesk, played: Played, wanted: Wish, intent: Intent) -> None:
    if played.run.rehearsal:
        outcome = put(
            played.run, wanted.step.id, intent.id, intent.ticket_id, wanted.say, played.case
        )
        playing.keep(desk, played.run, outcome)
        desk.tell("Rehearsal: nothing was queued.")
        return
    queueing.put(desk, intent)
