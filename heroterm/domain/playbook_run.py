"""A run: one playbook on one ticket, kept as what happened and never as what is the case.

What is done, where the run stands and what it waits for follow from the events. They are only
ever added to, so that two desks that have the same events see the same run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from heroterm.domain.intent_states import UNFINISHED
from heroterm.domain.outbox import DISCARDED, RECALLED
from heroterm.domain.playbook import Playbook

ANSWERED, PUT, MADE, WAITS, LONGER = "answered", "put", "made", "waits", "longer"
REMINDED, OVERDUE, SKIPPED, NOTED = "reminded", "overdue", "skipped", "noted"
FINISHED, ABORTED, REOPENED = "finished", "aborted", "reopened"
WHAT = (
    ANSWERED, PUT, MADE, WAITS, LONGER, REMINDED, OVERDUE, SKIPPED, NOTED, FINISHED, ABORTED,
    REOPENED,
)  # fmt: skip
"""What may happen to a run: a step answered, put into the outbox, its ticket made; a wait begun,
made longer, reminded of, over; a step skipped; the progress noted on the ticket; the end, and
that it was taken back. Markers name these by their place: new ones stand last."""
HEROTERM = "heroterm"
"""By whom that is which no person did."""
OPEN = "open"
STATES = (OPEN, FINISHED, ABORTED)
TAGGED = "heroterm_run_"
"""Begins the tag of every ticket that a run has made."""
_TAKEN_BACK = (RECALLED, DISCARDED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A message that proves a step: where it stands, who wrote it, and the line that was read."""

    ticket_id: int
    comment_id: int
    address: str
    at: datetime
    line: str
    newest: int = 0
    """A newer message of the same writer that the hero had read when this one was picked; 0: none.
    """


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `n` counts from 1; moments are aware, UTC."""

    n: int
    at: datetime
    by: str
    """Who did it, by name, or HEROTERM."""
    what: str
    step: str = ""
    value: str = ""
    """The answer, the reason, or for PUT what was put, in words."""
    intent_id: str = ""
    ticket_id: int | None = None
    """The ticket that was made, or on which something was put."""
    until: datetime | None = None
    evidence: Evidence | None = None
    seen: str = ""
    """Where the answer was seen, in words."""


@dataclass(frozen=True, slots=True)
class Run:
    """A playbook under way. It ends on the text with which it began, whatever the file says now."""

    id: str
    playbook: Playbook
    hash: str
    """SHA-256 of `definition`, in hexadecimal."""
    definition: str
    """The file's text."""
    ticket_id: int
    begun_at: datetime
    begun_by: str
    rehearsal: bool = False
    events: tuple[Event, ...] = ()
    intents: Mapping[str, str] = field(default_factory=dict)
    """States of the intents that it put, as far as this desk's outbox knows them."""

    @property
    def state(self) -> str:
        """OPEN, FINISHED or ABORTED."""
        ends = (e.what for e in reversed(self.events) if e.what in (*STATES, REOPENED))
        last = next(ends, OPEN)
        return OPEN if last == REOPENED else last

    @property
    def done(self) -> dict[str, Event]:
        """The event that finished each step. What was put and taken back again is not done, nor is
        what followed by itself from an answer that was given anew.
        """
        found: dict[str, Event] = {}
        for event in self.events:
            if event.what == ANSWERED and (old := found.get(event.step)) is not None:
                found = {
                    id_: one for id_, one in found.items() if one.n < old.n or not self.follows(one)
                }
            if event.what in (ANSWERED, SKIPPED) or (event.what == PUT and self.stands(event)):
                found[event.step] = event
            elif event.what == PUT:
                found.pop(event.step, None)
        return found

    def follows(self, event: Event) -> bool:
        """Whether a step was answered by what was known, as it would be again."""
        if event.by != HEROTERM or event.what != ANSWERED:
            return False
        step = self.playbook.step(event.step)
        return step is not None and step.when_unknown

    @property
    def answers(self) -> dict[str, str]:
        """The answer to each step that is done; "" where none was asked."""
        return {
            step: event.value if event.what == ANSWERED else "" for step, event in self.done.items()
        }

    def stands(self, event: Event) -> bool:
        """Whether what was put was not taken back; what another desk put is known to be sent."""
        return self.intents.get(event.intent_id, "") not in _TAKEN_BACK

    def fact(self, name: str) -> Event | None:
        """The answer that gave a fact, if a step that is done did."""
        done = self.done
        steps = [step.id for step in self.playbook.steps if step.fact == name and step.id in done]
        return done[steps[-1]] if steps else None

    def made(self, step: str) -> int | None:
        """The ticket that a `new_ticket` step became, once that is known."""
        found = [e.ticket_id for e in self.events if e.what == MADE and e.step == step]
        return found[-1] if found else None

    def last(self, what: str, step: str = "") -> Event | None:
        """The newest event of a kind, of one step if it is named."""
        events = (e for e in reversed(self.events) if e.what == what and step in ("", e.step))
        return next(events, None)

    @property
    def unposted(self) -> Sequence[Event]:
        """What no note on the ticket tells yet."""
        noted = max((e.n for e in self.events if e.what == NOTED and self.stands(e)), default=0)
        return self.events[noted:]

    def attempt(self, step: str) -> int:
        """How often a step was put before, from 0."""
        return sum(event.what == PUT and event.step == step for event in self.events)

    def with_events(self, events: Sequence[Event]) -> Run:
        """The run after these."""
        return replace(self, events=(*self.events, *events))


def hash_of(definition: str) -> str:
    """What tells one version of a playbook from another."""
    return hashlib.sha256(definition.encode()).hexdigest()


def intent_id(run: Run, step: str) -> str:
    """The id, and so the marker on the server, of what a step puts.

    It follows from run, step and attempt: two desks that put the same step put one thing, and
    whoever comes second finds it there (outbox.md §3).
    """
    return _id(f"{run.id}/{step}/{run.attempt(step)}")


_WORDS = {"reply": "public_reply", "note": "internal_note"}
"""Kinds of steps whose words a person may write, and the kind of the words."""


def does(run: Run, step_id: str, kind: str) -> str | None:
    """The id under which words that lay as a draft do their step; None when it has been done, wants
    words of another kind or exactly its own, or the run is not open.
    """
    step = run.playbook.step(step_id) if run.state == OPEN and step_id not in run.done else None
    if step is None or step.exact or _WORDS.get(step.kind) != kind:
        return None
    return intent_id(run, step_id)


def note_id(run_id: str, upto: int) -> str:
    """The id of the note that tells the events up to one; the same on every desk."""
    return _id(f"{run_id}/note-{upto}/0")


def _id(words: str) -> str:
    raw = hashlib.sha256(words.encode()).hexdigest()
    return f"{raw[:8]}-{raw[8:12]}-5{raw[13:16]}-a{raw[17:20]}-{raw[20:32]}"


def tag_of(run: Run, step: str) -> str:
    """The tag by which the ticket that a step makes is found again, also by another desk."""
    number = next(n for n, one in enumerate(run.playbook.steps, 1) if one.id == step)
    return f"{TAGGED}{run.id.replace('-', '')[:12]}_{number}"


def put_steps(run: Run) -> list[Event]:
    """What the run put and did not take back."""
    return [event for event in run.done.values() if event.what == PUT]


def unsent(run: Run) -> list[Event]:
    """What the run put and the server is not yet seen to hold, new tickets without number too."""
    return [
        event
        for event in put_steps(run)
        if run.intents.get(event.intent_id, "") in UNFINISHED
        or (_makes(run, event.step) and run.made(event.step) is None)
    ]


def _makes(run: Run, step_id: str) -> bool:
    step = run.playbook.step(step_id)
    return step is not None and step.kind == "new_ticket"


UNREADABLE = "a run that cannot be read here, and that can be ended with a reason"
"""Stands for the steps of such a run."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An open run that this heroterm cannot read: its text, or what happened to it."""

    run_id: str
    ticket_id: int
    playbook: str
