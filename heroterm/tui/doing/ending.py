"""The end of a run: its closing note, looked over before it is posted; and how far it is, told."""

from __future__ import annotations

from dataclasses import replace

from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent
from heroterm.domain.playbook_answers import Outcome
from heroterm.domain.playbook_answers import finish as finished
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_marker import MARKER
from heroterm.domain.playbook_run import ANSWERED, HEROTERM, NOTED, PUT, Run, unsent
from heroterm.domain.playbook_standing import UNTOLD, untold
from heroterm.domain.playbook_trail import note_intent
from heroterm.domain.playbook_way import next_step
from heroterm.tui.doing import playing, sending
from heroterm.tui.doing.ways import way
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.run_lines import Played
from heroterm.tui.screens.step import Asked, Said, StepBox
from heroterm.tui.text import parts, safe

_SHARED = "A note tells where the run stands: any hero's heroterm goes on from there."


def if_done(desk: OnDesk) -> None:
    """Look over the closing note where the run that is shown has no step left."""
    played = playing.shown(desk)
    if played is not None and played.run.state == "open" and next_step(played.run) is None:
        finish(desk, played)


def finish(desk: OnDesk, played: Played) -> None:
    """Every step is done: look over the closing note, then post it."""
    end(desk, played, finished(played.run, played.case))


def end(desk: OnDesk, played: Played, outcome: Outcome) -> None:
    """End a run with its note; one that nobody has answered yet ends without a word."""
    if isinstance(outcome, Finding):
        playing.keep(desk, played.run, outcome)
        return
    by_hand = any(e.what in (ANSWERED, PUT, NOTED) and e.by != HEROTERM for e in played.run.events)
    if not by_hand:
        playing.keep(desk, played.run, outcome)
        return
    ended = replace(played, run=played.run.with_events(outcome))
    intent, noted = note_intent(ended.run, played.case, desk.reading.local_now(), 1.0)
    intent = replace(intent, send_after=sending.send_after(desk, words=False))
    body = intent.comment.body if intent.comment is not None else ""
    words, count = MARKER.folded(body)
    below = f"(+ {count} lines by which other desks go on with the run)"
    lines = [parts(("INTERNAL NOTE", "bold")), *safe(words).split("\n")]
    lines.append(parts((below, "$text-muted")))

    def told(what: Said | None) -> None:
        if what is not None:
            held = sending.held(desk, intent)
            playing.keep(desk, played.run, [*outcome, noted], _unless_rehearsed(played, held))

    letters = {"y": ("y", f"post it; {way(desk, 'desk.undo')} recalls")}
    desk.app.push_screen(StepBox(Asked("The note that ends this run", lines, letters)), told)


def share(desk: OnDesk) -> None:
    """`H`: tell the ticket how far the run has come, so that another hero can go on with it."""
    played = playing.shown(desk)
    if played is None or played.run.rehearsal:
        desk.tell("No run is under way that could be told.")
        return
    _put(desk, played.run, played.case, _SHARED)


def tell_ticket(desk: OnDesk, ticket_id: int) -> None:
    """The same for the run on a ticket that need not be open; said where it cannot be, or is."""
    journal = desk.reading.journal
    run = journal.runs.open_on(ticket_id) if journal is not None else None
    case = playing.case_for(desk, run) if run is not None else None
    if run is None or case is None:
        desk.tell(f"#{ticket_id} has no run here that could be told.", severity="warning")
    elif untold(run) != UNTOLD:
        why = untold(run)
        desk.tell(f"#{ticket_id}: {why}." if why else f"#{ticket_id} was told all of its run.")
    elif unsent(run):
        waits = f"#{ticket_id}: what the run wrote is not sent yet"
        desk.tell(f"{waits}: {way(desk, 'pane.outbox')} shows it. Then tell the ticket.")
    else:
        _put(desk, run, case, f"A note tells #{ticket_id} where its run stands.")


def _put(desk: OnDesk, run: Run, case: Case, say: str) -> None:
    intent, noted = note_intent(run, case, desk.reading.local_now(), 1.0)
    intent = replace(intent, send_after=sending.send_after(desk, words=False))

    def told() -> None:
        desk.refresh_outbox()
        desk.tell(say)

    playing.keep(desk, run, [noted], [intent], told)


def _unless_rehearsed(played: Played, intent: Intent) -> list[Intent]:
    return [] if played.run.rehearsal else [intent]
