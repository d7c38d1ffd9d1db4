"""What the carrier does for running playbooks: takes over what other desks told, notices what
happened by itself, tells the ticket how far a run has come.

Nothing here asks Zendesk: it reads what the pull brought and puts notes into the outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from heroterm.domain.findings import Finding
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_keeping import automatic, note_due
from heroterm.domain.playbook_late import go_on, late, may_go_on
from heroterm.domain.playbook_marker import MARKER, Told, told
from heroterm.domain.playbook_run import (
    ANSWERED,
    NOTED,
    OVERDUE,
    REMINDED,
    Event,
    Run,
    note_id,
)
from heroterm.domain.playbook_trail import note_intent
from heroterm.domain.ticket import Comment
from heroterm.journal.database import Journal
from heroterm.journal.definitions import definition
from heroterm.mirror.lookups import notes_saying
from heroterm.mirror.reader import Mirror
from heroterm.sync.cases import CaseReader
from heroterm.sync.report import Woken


@dataclass(frozen=True, slots=True)
class RunKeeper:
    """Keeps the runs of one desk. `clock` is this machine's, aware, UTC."""

    mirror: Mirror
    journal: Journal
    clock: Callable[[], datetime]
    cases: CaseReader

    def keep(self, stirred: bool = True) -> list[Woken]:
        """Look at every run once; `stirred` says that tickets came in. Raises StoreError."""
        if stirred:
            self.take_over()
        return [woken for run in self.journal.runs.under_way() for woken in self.look(run)]

    def look(self, run: Run) -> Iterator[Woken]:
        """Add to one run what happened by itself, and put the note that is due."""
        case = self.cases.read(run.ticket_id, self.now, run)
        if case is None:
            return
        events = automatic(run, case)
        now = run.with_events(events)
        if events and (kept := self.journal.runs.append(run, events)) is not None:
            now = kept
            yield from woken(now, events)
        if note_due(now):
            self._tell_ticket(now, case)

    def _tell_ticket(self, run: Run, case: Case) -> None:
        intent, event = note_intent(run, case, self.clock())
        self.journal.runs.append(run, [event], [intent])

    def gone_on(self, name: str, ticket_id: int) -> Run | Finding | None:
        """A playbook's run that ended on a ticket because nobody answered, opened again with the
        answer that came since; why it cannot be now, or None where there is none.
        """
        for run in self.journal.runs.finished_on(ticket_id):
            mine = (run.playbook.name, run.ticket_id) == (name, ticket_id) and may_go_on(run)
            case = self.cases.read(ticket_id, self.now, run) if mine else None
            if case is not None and late(run, case) is not None:
                made = go_on(run, case)
                return made if isinstance(made, Finding) else self.journal.runs.append(run, made)
        return None

    @property
    def now(self) -> datetime:
        """The present moment by the server's clock, as far as it is known."""
        return self.clock() + timedelta(seconds=self.mirror.state().clock_offset)

    def take_over(self, ticket_id: int | None = None) -> list[str]:
        """Bring in what notes of colleagues' desks tell of runs, of one ticket or of all.

        Sentences say which runs could not be taken over, and what was overruled.
        """
        by_run: dict[str, list[tuple[Comment, Told]]] = {}
        for comment in notes_saying(self.mirror, MARKER.sign, ticket_id):
            read = told(comment.body)
            if read is not None and read.ticket_id == comment.ticket_id:
                by_run.setdefault(read.run_id, []).append((comment, read))
        said = (self._take_over_run(notes) for notes in by_run.values())
        return [sentence for sentence in said if sentence]

    def _take_over_run(self, notes: Sequence[tuple[Comment, Told]]) -> str:
        shared = shared_events(notes)
        first = next((note for _, note in notes if note.definition), None)
        id_ = notes[0][1].run_id
        here = self.journal.runs.get(id_)
        if here is None and self.journal.runs.given_up(id_):
            return ""
        if here is None:
            playbook = definition(first.playbook, first.definition) if first is not None else None
            if first is None or playbook is None or not shared:
                return f"#{notes[0][1].ticket_id}: a run that this heroterm cannot read."
            here = Run(
                id_,
                playbook,
                first.hash,
                first.definition,
                first.ticket_id,
                first.begun_at,
                first.begun_by,
            )
        same = _same_from_the_start(here.events, shared)
        if same == len(shared):
            return ""
        whole = replace(here, events=tuple(shared))
        lost = self.journal.runs.adopt(whole, shared[same:], kept=same)
        who = shared[-1].by
        if lost is None:
            return f"#{here.ticket_id}: {who} has another run under way; abort one of the two."
        went_on = f"#{here.ticket_id}: {who} went on with it elsewhere"
        return f"{went_on}; {lost} of your own answers are overruled." if lost else ""


def shared_events(notes: Sequence[tuple[Comment, Told]]) -> list[Event]:
    """The events that the notes of one run tell, in the order in which they were posted.

    Who posted first is right: a later note that tells something else of the same place is not
    followed. Each note is itself an event, which every desk makes in the same way.
    """
    found: list[Event] = []
    for comment, note in notes:
        fresh = [event for event in note.events if event.n > len(found)]
        if not fresh or [event.n for event in fresh] != list(
            range(len(found) + 1, len(found) + 1 + len(fresh))
        ):
            continue
        if not _agree(found, note.events):
            continue
        found += fresh
        upto = len(found)
        put = Event(
            upto + 1,
            comment.created_at,
            fresh[-1].by,
            NOTED,
            value=str(upto),
            intent_id=note_id(note.run_id, upto),
        )
        found.append(put)
    return found


def _agree(found: Sequence[Event], told_events: Sequence[Event]) -> bool:
    return all(_alike(found[event.n - 1], event) for event in told_events if event.n <= len(found))


def _same_from_the_start(mine: Sequence[Event], shared: Sequence[Event]) -> int:
    """How many events both have alike, from the first on."""
    for at, (one, other) in enumerate(zip(mine, shared, strict=False)):
        if not _alike(one, other):
            return at
    return min(len(mine), len(shared))


def _alike(one: Event, other: Event) -> bool:
    """Whether two desks tell the same; moments may differ by a rounding."""
    return (one.what, one.step, one.value, one.intent_id) == (
        other.what,
        other.step,
        other.value,
        other.intent_id,
    )


def woken(run: Run, events: Sequence[Event]) -> Iterator[Woken]:
    """What a person wants to hear of, of what has happened to a run by itself."""
    for event in events:
        step = run.playbook.step(event.step)
        waits = step is not None and step.kind == "wait"
        name = run.playbook.title
        if event.what == ANSWERED and waits and event.evidence is not None:
            say = f"{name}: {event.evidence.address} wrote on #{event.evidence.ticket_id}."
            yield Woken(run.ticket_id, run.id, say)
        elif event.what == ANSWERED and waits:
            yield Woken(run.ticket_id, run.id, f"{name}: the day has come.")
        elif event.what == OVERDUE:
            yield Woken(run.ticket_id, run.id, f"{name}: nobody answered in time.")
        elif event.what == REMINDED:
            yield Woken(run.ticket_id, run.id, f"{name}: still waiting.")
