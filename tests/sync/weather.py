"""What others do in a storm: the network, the server, colleagues and customers."""

from __future__ import annotations

from collections import Counter
from random import Random

from tests.sync.answers import ADA, KIM
from tests.sync.model import Zendesk

UPDATES = (
    *["ok"] * 6, "timeout", "timeout after", "500 after", "html after", "html", "500", "409",
    "collision", "429", "offline", "unmarked", "late 1", "late 3", "late 40", "late 119",
    "late 400",
)  # fmt: skip
DEEDS = ("ok", "timeout", "timeout after", "500 after", "409", "429", "offline", "unmarked")
READS = ("ok", "ok", "ok", "offline", "500", "429", "html")
_READ = ("ticket", "audits", "comments", "me", "search", "person", "organization", "upload")


class Weather:
    """Seeded; `tickets` are those that can be worked on."""

    def __init__(self, server: Zendesk, rng: Random, counts: Counter[str]) -> None:
        self.server, self.rng, self.counts = server, rng, counts
        self.tickets: list[int] = []
        for _ in range(3):
            self.another()

    def another(self) -> None:
        """A customer asks."""
        number = 7 + len(self.server.audits_by_ticket)
        self.server.add(number)
        self.server.homes.setdefault(ADA, 70)
        self.tickets.append(number)

    def colleague(self) -> None:
        """Somebody writes, or changes a field, a reader, a person."""
        ticket_id, rng = self.rng.choice(self.tickets), self.rng
        match rng.randrange(8):
            case 0 | 1 | 2:
                self.server.say(ticket_id, rng.choice((KIM, ADA)), "news")
            case 3:
                self.server.say(ticket_id, KIM, "sent by heroterm", marker=f"kim {rng.random()}")
            case 4:
                self.server.set(ticket_id, KIM, priority=rng.choice(("low", "high")))
            case 5:
                self.server.set(ticket_id, KIM, status=rng.choice(("open", "pending", "hold")))
            case 6:
                self.server.set(ticket_id, KIM, requester_id=rng.choice((ADA, 98)))
            case 7:
                self.server.homes[ADA] = rng.choice((70, 71, 72))

    def ends(self) -> int | None:
        """A ticket is closed, or merged into another; the number of the other."""
        if len(self.server.audits_by_ticket) > 12:
            return None
        ticket_id = self.rng.choice(self.tickets)
        self.tickets.remove(ticket_id)
        self.another()
        self.server.set(ticket_id, KIM, status="closed")
        self.counts["closed"] += 1
        return self.rng.choice(self.tickets)

    def fault(self) -> None:
        """The network or the server fails some."""
        self.server.script = [self.rng.choice(UPDATES) for _ in range(3)]
        self.server.deeds = [self.rng.choice(DEEDS) for _ in range(2)]
        self.server.reads[self.rng.choice(_READ)] = [self.rng.choice(READS)]

    def lag(self) -> None:
        """Audits come late, in small pages, and in any order within a second."""
        self.server.lag = self.rng.choice((0, 0, 3, 20))
        self.server.page_size = self.rng.choice((100, 100, 3))
        self.server.shuffle = self.rng if self.rng.random() < 0.5 else None

    def clears(self) -> None:
        """Everything works from now on."""
        self.server.script, self.server.reads, self.server.lag = [], {}, 0
        self.server.deeds, self.server.page_size, self.server.shuffle = [], 100, None
