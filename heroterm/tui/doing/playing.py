"""Playbooks at the desk: which run is shown, how it is begun, and how what happened is written.

A rehearsal lives on the desk alone: its events go nowhere, and what it would put is put nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from heroterm.domain.admin_line import Footer
from heroterm.domain.ages import clock_time
from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent
from heroterm.domain.playbook import Playbook, suggested
from heroterm.domain.playbook_answers import Outcome
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_keeping import after_all, automatic
from heroterm.domain.playbook_late import late, may_go_on
from heroterm.domain.playbook_offer import offer
from heroterm.domain.playbook_rehearsal import TICKET, after, case_of
from heroterm.domain.playbook_run import FINISHED, TAGGED, Event, Run, hash_of, intent_id, put_steps
from heroterm.domain.playbook_standing import short
from heroterm.domain.playbook_way import next_step
from heroterm.journal.database import Journal
from heroterm.mirror.reported import reported
from heroterm.sync.cases import CaseReader
from heroterm.sync.orders import Push
from heroterm.tui.doing import aiming, ruling, watching
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.playbook import Offered
from heroterm.tui.panes.run_lines import Played, Rehearsal

_MADE_UP = "A rehearsal: the ticket is made up, nothing is queued. {playbook.rehearse} ends it."
_REFUSED = "Refused: why, and what instead, stands below the step."


def look(desk: OnDesk) -> None:
    """Hand the run of the open ticket down to its pane, or the playbooks that fit it."""
    if desk.rehearsal is not None:
        _rehearsed(desk, desk.rehearsal)
        return
    opened = desk.opened
    run = opened.run if opened is not None else None
    case = case_for(desk, run) if run is not None else None
    if opened is None or run is None or case is None:
        desk.playbook.offer(offered(desk, opened))
        aiming.titles(desk)
        return
    footer = opened.footer if run.ticket_id == opened.ticket.id else Footer()
    gated = desk.seeing.gate is not None and run.ticket_id == opened.ticket.id
    desk.playbook.play(replace(_played(desk, run, case, footer), gated=gated))
    desk.playbook.call(f"{short(run)}  {run.playbook.title} #{run.ticket_id}")
    if events := automatic(run, case):
        watching.happened(desk, run, events)


def _played(desk: OnDesk, run: Run, case: Case, footer: Footer) -> Played:
    line = next_step(run)
    if line is None:
        return Played(run, case)
    url = desk.parts.settings.account_url
    made = offer(run, line.step, case, footer, desk.book.owners, url)
    found: tuple[str, ...] = ()
    if line.step.offer == "similar" and desk.reading.mirror is not None and not run.rehearsal:
        hits = reported(desk.reading.mirror, case.ticket.description, but=case.ticket.id)
        found = tuple(f"#{hit.ticket_id} {hit.title}  {' '.join(hit.issues)}" for hit in hits)
    return Played(run, case, made, found)


def case_for(desk: OnDesk, run: Run) -> Case | None:
    """The case of a run as the mirror has it now."""
    mirror, journal = desk.reading.mirror, desk.reading.journal
    if mirror is None or journal is None:
        return None
    reader = CaseReader(mirror, journal, desk.book.sources)
    case = reader.read(run.ticket_id, desk.reading.now(), run)
    return replace(case, zone=desk.book.zone) if case is not None else None


def offered(desk: OnDesk, opened: Opened | None) -> list[Offered]:
    """Every playbook, those first that a ticket's words suggest and that were not done there, or
    that had ended before an answer came.
    """
    if opened is None:
        return [Offered(playbook) for playbook in desk.book.playbooks]
    fitting = {playbook.name for playbook in fitting_for(desk, opened)}
    done, again = _done_on(desk, opened), ended(desk, opened)
    if again is not None:
        done[again[0].playbook.name] = ""
        fitting.add(again[0].playbook.name)
    found = [
        Offered(one, one.name in fitting, done.get(one.name, "")) for one in desk.book.playbooks
    ]
    return sorted(found, key=lambda one: not one.fits or bool(one.done))


def _done_on(desk: OnDesk, opened: Opened) -> dict[str, str]:
    """What was done on a ticket already, and when, in words, by the names of the playbooks."""
    journal, now = desk.reading.journal, desk.reading.now()
    runs = journal.runs.finished_on(opened.ticket.id) if journal is not None else []
    words = {}
    for run in runs[::-1]:  # of one that was done twice the last time is told
        end = run.last(FINISHED)
        when = clock_time(end.at, now, desk.book.zone) if end is not None else ""
        words[run.playbook.name] = f"done {when}".strip()
    return words


def fitting_for(desk: OnDesk, opened: Opened) -> list[Playbook]:
    """Playbooks that offer themselves for a ticket; none is ever begun by itself."""
    words = f"{opened.ticket.subject}\n{opened.first_words}"
    return suggested(desk.book.playbooks, words, opened.ticket.tags)


def ended(desk: OnDesk, opened: Opened) -> tuple[Run, Case] | None:
    """A run on the ticket, or that made it, which ended because nobody answered, and for which an
    answer has come since.
    """
    journal = desk.reading.journal
    if journal is None or opened.run is not None:
        return None
    made = any(tag.startswith(TAGGED) for tag in opened.ticket.tags)
    for run in filter(may_go_on, journal.runs.finished_on(opened.ticket.id, made=made)):
        case = case_for(desk, run)
        if case is not None and late(run, case) is not None:
            return run, case
    return None


def start(desk: OnDesk, run: Run, then: Callable[[], None]) -> None:
    """Write a run that begins, with what has happened to it already, and show it."""

    def begun(made: Run | None) -> None:
        desk.refresh_desk()
        desk.focus_pane("playbook")
        if made is None:
            desk.tell("Another run is under way on this ticket.", severity="warning")
        else:
            then()

    desk.pen.write(lambda journal: journal.runs.begin(run), begun, decides=True)


# Write.


def shown(desk: OnDesk) -> Played | None:
    """The run in the pane."""
    return desk.playbook.played


def begun(desk: OnDesk) -> Played | None:
    """The run in the pane; where there is none, it is told which key begins one."""
    played = shown(desk)
    if played is None:
        begins = desk.key("playbook.act")
        desk.tell(f"No playbook is under way on this ticket: {begins} begins the chosen one.")
    return played


def keep(
    desk: OnDesk,
    run: Run,
    outcome: Outcome,
    intents: Sequence[Intent] = (),
    then: Callable[[], None] | None = None,
) -> None:
    """Write what happened, with what it puts; a refusal is said instead."""
    if isinstance(outcome, Finding):
        refuse(desk, run, outcome)
        return
    if run.rehearsal:
        rehearse(desk, outcome)
        if then is not None:
            then()
        return

    def written(kept: Run | None) -> None:
        desk.refresh_desk()
        if intents:
            desk.order(Push())
        if kept is None:
            desk.tell("Another desk was quicker: this is where the run stands.")
        elif then is not None:
            then()

    desk.pen.write(lambda journal: _append(journal, run, outcome, intents), written, decides=True)


def _append(
    journal: Journal, run: Run, events: Sequence[Event], intents: Sequence[Intent]
) -> Run | None:
    """Add events; what happened by itself while the hero was answering takes nothing away."""
    kept = journal.runs.append(run, events, intents)
    now = journal.runs.get(run.id) if kept is None and not intents else None
    moved = after_all(run, now, events) if now is not None else None
    return journal.runs.append(now, moved) if now is not None and moved is not None else kept


def refuse(desk: OnDesk, run: Run, finding: Finding) -> None:
    """Say why not and what instead: below the step, where it stays until something has changed;
    where that is not in sight, on the line of news.
    """
    shown_there = desk.playbook.refuse(run, finding) and desk.in_front
    desk.tell(_REFUSED if shown_there else words_of(desk, finding), severity="warning")


def words_of(desk: OnDesk, outcome: Outcome) -> str:
    """A refusal as a sentence; "" for what is none."""
    return ruling.sentence(desk, outcome) if isinstance(outcome, Finding) else ""


def step_of(desk: OnDesk, intent: Intent) -> bool:
    """Whether an intent does a step of the run that is shown."""
    played = shown(desk)
    steps = played.run.playbook.steps if played is not None else ()
    return any(played and intent_id(played.run, step.id) == intent.id for step in steps)


def has_put(desk: OnDesk) -> bool:
    """Whether the run that is shown has put anything yet."""
    return (played := shown(desk)) is not None and bool(put_steps(played.run))


def turn_rehearsal(desk: OnDesk) -> None:
    """`T`: rehearse the playbook under the cursor on a made-up ticket, or end the rehearsal."""
    if desk.rehearsal is not None:
        desk.rehearsal = None
        look(desk)
        desk.tell("The rehearsal is over; nothing of it was kept.")
        return
    played = desk.playbook.played
    playbook = played.run.playbook if played is not None else desk.playbook.playbook
    if playbook is None:
        desk.tell("Put the cursor on a playbook first.")
        return
    now, text = desk.reading.now(), playbook.text
    by = desk.reading.state.user_name or "You"
    run = Run("rehearsal", playbook, hash_of(text), text, TICKET, now, by, True)
    desk.rehearsal = Rehearsal(run, replace(case_of(by, now), zone=desk.book.zone))
    look(desk)
    desk.tell(desk.filled(_MADE_UP))


def rehearse(desk: OnDesk, events: Sequence[Event], case: Case | None = None) -> None:
    """Add events to the rehearsal, or go on with another case of it."""
    now = desk.rehearsal
    if now is not None:
        desk.rehearsal = Rehearsal(now.run.with_events(events), case or now.case)
        look(desk)


def _rehearsed(desk: OnDesk, now: Rehearsal) -> None:
    run, case = now.run, after(now.case, now.run)
    while events := automatic(run, case):
        run = run.with_events(events)
        case = after(case, run)
    desk.rehearsal = replace(now, run=run, case=case)
    desk.playbook.play(_played(desk, run, case, Footer()))
    desk.playbook.call(f"REHEARSAL {short(run)}  {run.playbook.title}")
