"""What a hero does in a storm, at one of two screens: every kind of write, and taking it back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from heroterm.domain.deeds import EnclosedFile, NewTicket, PersonOrganization
from heroterm.domain.outbox import Changes, Draft, Intent, InternalNote, PublicReply
from heroterm.domain.undo import undo
from tests.sync.answers import ADA
from tests.sync.desk import intent
from tests.sync.model import Zendesk
from tests.sync.program import Program
from tests.sync.weather import Weather


class Hands:
    """Seeded. `put` holds every intent as it was confirmed, `words` what was written in each."""

    def __init__(
        self, weather: Weather, server: Zendesk, rng: Random, seed: int, counts: Counter[str]
    ) -> None:
        self.weather, self.server, self.rng = weather, server, rng
        self.seed, self.counts = seed, counts
        self.put: dict[str, Intent] = {}
        self.words: dict[str, str] = {}
        self.readers: dict[str, int | None] = {}
        self.answered: set[str] = set()

    def _name(self) -> str:
        return f"{self.seed}-{len(self.readers)}"

    def _confirm(self, at: Program, made: Intent, kind: str = "") -> None:
        """Type and queue: the words are a draft first, as in the composer."""
        self.readers[made.id] = self.server.tickets_by_id[made.ticket_id].requester_id
        if made.comment is not None:
            drafts = at.desk.journal.drafts
            if kind:
                drafts.trash(made.ticket_id, kind)
                to = made.deed.to_address if isinstance(made.deed, NewTicket) else ""
                subject = made.deed.subject if isinstance(made.deed, NewTicket) else ""
                words = Draft(made.ticket_id, kind, made.comment.body, self.server.now)
                drafts.save(replace(words, to=to, subject=subject))
            self.words[made.id] = made.comment.body
        self.put[made.id] = made
        at.outbox.put(made)
        self.counts[f"put: {'bulk' if made.group else made.kind}"] += 1

    def _made(self, name: str, ticket_id: int, **values: Any) -> Intent:
        held = self.rng.random() < 0.3
        later = self.server.now + timedelta(seconds=15 if held else 0)
        state = "held" if held else "queued"
        return intent(self.server, name, ticket_id, state=state, send_after=later, **values)

    def write(self, at: Program) -> None:
        """A reply or a note, perhaps with a status and a file."""
        name, ticket_id = self._name(), self.rng.choice(self.weather.tickets)
        public = self.rng.random() < 0.7
        comment = (PublicReply if public else InternalNote)(f"words of {name}")
        files: tuple[EnclosedFile, ...] = ()
        if self.rng.random() < 0.1:
            files = (at.desk.journal.enclosures.keep("a.txt", "text/plain", b"one"),)
        made = self._made(
            name, ticket_id, comment=comment, files=files,
            changes=Changes(status=self.rng.choice((None, "pending", "open", "hold"))),
            overrides=("collision",) if self.rng.random() < 0.4 else (),
        )  # fmt: skip
        self._confirm(at, made, made.kind)

    def fields(self, at: Program) -> None:
        """Field changes alone."""
        changes = self.rng.choice((
            Changes(status=self.rng.choice(("pending", "open", "hold"))),
            Changes(priority=self.rng.choice(("low", "high", "urgent"))),
            Changes(add_tags=(f"t{self.rng.randrange(5)}",), remove_tags=("t0",)),
        ))  # fmt: skip
        ticket_id = self.rng.choice(self.weather.tickets)
        self._confirm(at, self._made(self._name(), ticket_id, comment=None, changes=changes))

    def ask_owner(self, at: Program) -> None:
        """A new ticket to somebody else, decided on one of the tickets."""
        name, ticket_id = self._name(), self.rng.choice(self.weather.tickets)
        deed = NewTicket(f"owner{self.rng.randrange(3)}@example.com", "Owner", name)
        words = PublicReply(f"words of {name}")
        made = self._made(name, ticket_id, comment=words, changes=Changes(), deed=deed)
        self._confirm(at, made, NewTicket.kind)

    def move_person(self, at: Program) -> None:
        """A person into another organization, from the one that the hero sees."""
        before = self.server.homes[ADA]
        into = self.rng.choice([id_ for id_ in (70, 71, 72) if id_ != before])
        made = self._made(
            self._name(), self.rng.choice(self.weather.tickets), comment=None, changes=Changes(),
            deed=PersonOrganization(ADA, into, before),
        )  # fmt: skip
        self._confirm(at, made)

    def bulk(self, at: Program) -> None:
        """The same reply or field on several tickets."""
        group = f"group {self._name()}"
        for ticket_id in list(self.weather.tickets):
            name = self._name()
            comment = PublicReply(f"words of {name}") if self.rng.random() < 0.5 else None
            made = self._made(name, ticket_id, comment=comment, group=group)
            self._confirm(at, made)

    def undo(self, at: Program) -> None:
        """Take back the newest field change or move that was sent."""
        for sent in at.outbox.undoable(5):
            back = undo(sent, self.server.tickets_by_id.get(sent.ticket_id))
            if sent.state != "sent" or back.refusal or sent.ticket_id not in self.weather.tickets:
                continue
            made = self._made(
                self._name(), sent.ticket_id, comment=None, changes=back.changes, deed=back.deed,
                undoes=sent.id,
            )  # fmt: skip
            self._confirm(at, made)
            self.counts["undone"] += 1
            return

    def merged(self, at: Program, target: int | None, gone: set[int]) -> None:
        """Drafts of tickets that were merged go along."""
        for ticket_id in gone:
            if target is not None:
                at.desk.journal.drafts.follow(ticket_id, target)

    def any_unfinished(self, at: Program) -> Intent | None:
        found = at.outbox.unfinished()
        return self.rng.choice(found) if found else None

    def recall(self, at: Program) -> None:
        """`u`: one, or a whole bulk change."""
        if (found := self.any_unfinished(at)) is None:
            return
        if found.group and self.rng.random() < 0.7:
            at.outbox.recall_group(found.group)
        else:
            at.outbox.recall(found.id)

    def hold(self, at: Program) -> None:
        """Keep one back, or let it go."""
        if (found := self.any_unfinished(at)) is not None:
            (at.outbox.hold if self.rng.random() < 0.5 else at.outbox.release)(found.id)

    def discard(self, at: Program) -> None:
        """Give one up that waits for a decision."""
        waiting = [each for each in at.outbox.unfinished() if each.state == "needs_you"]
        if waiting:
            at.outbox.discard(self.rng.choice(waiting).id)

    def decide(self, at: Program) -> None:
        """Send what was stopped all the same."""
        for found in at.outbox.unfinished():
            if found.state == "needs_you":
                self.answered.add(found.id)
                at.outbox.again(found.id, overrides=["collision"])
