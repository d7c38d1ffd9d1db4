"""One storm: a hero, colleagues, a server with every fault and a process that dies anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Changes, Draft, InternalNote, PublicReply
from heroterm.sync.push import Push
from tests.conftest import NOW
from tests.sync.answers import ADA, KIM
from tests.sync.desk import Desk, intent
from tests.sync.model import Zendesk

TICKETS = (7, 8, 9)
_FAULTS = (
    *["ok"] * 6, "timeout", "timeout after", "500 after", "html after", "html", "500", "409",
    "collision", "429", "offline", "unmarked", "late 1", "late 3", "late 40", "late 119",
    "late 400",
)  # fmt: skip
_DEED_FAULTS = ("ok", "timeout", "timeout after", "500 after", "409", "429", "offline", "unmarked")
_READ_FAULTS = ("ok", "ok", "ok", "offline", "500", "429", "html")
_CRASHING = ("begin", "settle", "fence", "postpone", "due", "put", "recall", "after_crash")


class Crash(BaseException):
    """The process dies here; what was committed stays, everything else is gone."""


class Mortal:
    """Passes calls on, and sometimes dies before or after one."""

    def __init__(self, real: Any, names: tuple[str, ...], die: Callable[[str], None]) -> None:
        self._real, self._names, self._die = real, names, die

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name not in self._names:
            return found

        def call(*words: Any, **named: Any) -> Any:
            self._die(f"before {name}")
            result = found(*words, **named)
            self._die(f"after {name}")
            return result

        return call


class Storm:
    """Seeded: the same number, the same storm. `counts` says what was met."""

    def __init__(self, path: Path, seed: int) -> None:
        self.rng = Random(seed)
        self.seed = seed
        self.server = Zendesk(now=NOW)
        for ticket_id in TICKETS:
            self.server.add(ticket_id)
        self.calm = True
        self.counts: Counter[str] = Counter()
        self.words: dict[str, str] = {}
        self.desk = Desk(path, self.server)
        self.born()

    def born(self) -> None:
        """A process starts: a new connection, and what was left as "sending" is looked at."""
        journal = self.desk.journal
        # The storm is about what is committed in which order, not about the disk.
        journal._db.row("PRAGMA synchronous = OFF")
        journal._db.run = Mortal(journal._db, ("run",), self.die).run  # type: ignore[method-assign]
        wire = Mortal(
            self.server, ("ticket", "audits", "comments", "update", "create", "search"), self.die
        )
        self.desk.push = Push(wire, journal, self.desk.clock)
        self.outbox = Mortal(journal.outbox, _CRASHING, self.die)
        self.desk.push._outbox = self.outbox  # type: ignore[assignment]
        self.desk.push._register.outbox = self.outbox  # type: ignore[assignment]
        self.desk.push._new_tickets._outbox = self.outbox  # type: ignore[assignment]
        self.outbox.after_crash()

    def die(self, point: str) -> None:
        if not self.calm and self.rng.random() < 0.01:
            self.counts["crashes"] += 1
            raise Crash(point)

    def guarded(self, deed: Callable[[], Any]) -> None:
        """Do something; when the process dies of it, start another, until one lives."""
        try:
            deed()
        except Crash:
            while True:
                self.desk.close()
                self.desk = Desk(self.desk.path, self.server)
                try:
                    self.born()
                    return
                except Crash:
                    continue

    def rage(self, steps: int) -> None:
        """Everything at once for so many steps."""
        self.calm = False
        deeds = (
            (self.write, 3), (self.colleague, 2), (self.fault, 4), (self.work, 12),
            (self.recall, 1), (self.decide, 3), (self.lag, 1), (self.hold, 1), (self.ask_owner, 1),
        )  # fmt: skip
        names, weights = zip(*deeds, strict=True)
        for _ in range(steps):
            self.guarded(self.rng.choices(names, weights)[0])
            self.server.turn(self.rng.choice((0, 0, 1, 1, 2, 7, 60)))

    def settle(self) -> None:
        """The weather clears: everything that can be settled is."""
        self.calm = True
        self.server.script, self.server.reads, self.server.lag = [], {}, 0
        self.server.deeds = []
        for held in self.outbox.unfinished():
            if held.state == "held":
                self.outbox.release(held.id)
        for _ in range(400):
            self.work()
            self.server.turn(10)
            waiting = [i for i in self.outbox.unfinished() if i.state != "needs_you"]
            if not waiting and not self.server.late:
                return
            self.decide()

    # What people and networks do.

    def write(self) -> None:
        ticket_id = self.rng.choice(TICKETS)
        name = f"{self.seed}-{len(self.words)}"
        body = f"words of {name}"
        kind = "public_reply" if self.rng.random() < 0.7 else "internal_note"
        comment = PublicReply(body) if kind == "public_reply" else InternalNote(body)
        wanted = self.rng.choice((None, "pending", "open", "hold"))
        self.desk.journal.drafts.trash(ticket_id, kind)
        self.desk.journal.drafts.save(Draft(ticket_id, kind, body, self.server.now))
        self.words[name] = body
        self.outbox.put(
            intent(
                self.server, name, ticket_id, comment=comment, changes=Changes(status=wanted),
                overrides=("collision",) if self.rng.random() < 0.5 else (),
            )
        )  # fmt: skip

    def ask_owner(self) -> None:
        """A new ticket to somebody else, decided on one of the tickets."""
        name = f"{self.seed}-{len(self.words)}"
        ticket_id, body = self.rng.choice(TICKETS), f"words of {name}"
        self.desk.journal.drafts.trash(ticket_id, NewTicket.kind)
        self.desk.journal.drafts.save(Draft(ticket_id, NewTicket.kind, body, self.server.now))
        self.words[name] = body
        self.outbox.put(
            intent(
                self.server, name, ticket_id, comment=PublicReply(body),
                changes=Changes(), deed=NewTicket("owner@example.com", "Owner", name),
            )
        )  # fmt: skip
        self.counts["new tickets"] += 1

    def colleague(self) -> None:
        ticket_id = self.rng.choice(TICKETS)
        if self.rng.random() < 0.5:
            self.server.say(ticket_id, self.rng.choice((KIM, ADA)), "news")
        else:
            self.server.set(ticket_id, KIM, priority=self.rng.choice(("low", "high")))

    def fault(self) -> None:
        self.server.script = [self.rng.choice(_FAULTS) for _ in range(3)]
        self.server.deeds = [self.rng.choice(_DEED_FAULTS) for _ in range(2)]
        name = self.rng.choice(("ticket", "audits", "comments"))
        self.server.reads[name] = [self.rng.choice(_READ_FAULTS)]

    def lag(self) -> None:
        self.server.lag = self.rng.choice((0, 0, 3, 20))

    def work(self) -> None:
        for _ in range(4):
            if self.desk.push.step() is None:
                return

    def any_unfinished(self) -> str | None:
        found = self.outbox.unfinished()
        return self.rng.choice(found).id if found else None

    def recall(self) -> None:
        if (name := self.any_unfinished()) is not None:
            self.outbox.recall(name)

    def hold(self) -> None:
        if (name := self.any_unfinished()) is None:
            return
        if self.rng.random() < 0.5:
            self.outbox.hold(name)
        else:
            self.outbox.release(name)

    def decide(self) -> None:
        for found in self.outbox.unfinished():
            if found.state == "needs_you":
                self.outbox.again(found.id, overrides=["collision"])

    # What must hold, whatever happened.

    def check(self) -> None:
        kept = {each.id: each for each in self.outbox.list(all=True)}
        drafts = [draft.body for draft in self.desk.journal.drafts.list()]
        drafts += [draft.body for draft in self.desk.journal.drafts.trashed()]
        for name, body in self.words.items():
            times = self.server.marked(name)
            found = kept.get(name)
            state = found.state if found is not None else "draft"
            assert times <= 1, f"{name} arrived {times} times"
            assert state != "sent" or times == 1, f"{name} is called sent and is not there"
            assert state not in ("recalled", "draft") or times == 0, f"{name} is {state}, but there"
            in_a_draft = any(body in text for text in drafts)
            assert found is not None or in_a_draft, f"the words of {name} are lost"
            assert state != "recalled" or in_a_draft, f"the recalled words of {name} are lost"
            self.counts[state] += 1
        self._check_order([each.id for each in kept.values()])
        assert self.desk.journal.integrity() == "ok"

    def _check_order(self, put: list[str]) -> None:
        for ticket_id in TICKETS:
            audits = reversed(self.server.audits_by_ticket[ticket_id])
            arrived = [audit.marker for audit in audits if audit.marker in self.words]
            assert arrived == [name for name in put if name in arrived], f"#{ticket_id}: order"
