"""A server, a journal on disk and a push between them, all on one clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from heroterm.domain.outbox import Changes, Intent, PublicReply
from heroterm.journal.database import open_journal
from heroterm.sync.push import Push
from heroterm.sync.report import Report
from tests.sync.model import Zendesk


def intent(server: Zendesk, name: str, ticket_id: int = 7, **values: object) -> Intent:
    """A reply, queued now, by a hero who has the ticket before them as it is."""
    ticket = server.tickets_by_id[ticket_id]
    seen = server.comments_by_ticket[ticket_id][-1].id
    made = Intent(
        name,
        ticket_id,
        created_at=server.now,
        send_after=server.now,
        comment=PublicReply(f"words of {name}"),
        changes=Changes(status="pending"),
        base_stamp=ticket.updated_stamp,
        seen_comment_id=seen,
        state="queued",
    )
    return replace(made, **values)  # type: ignore[arg-type]


class Desk:
    """A server, a journal on disk and a push between them; time passes for all at once."""

    def __init__(self, path: Path, server: Zendesk) -> None:
        self.path = path
        self.server = server
        self.told: list[Report] = []
        self.skew = timedelta()
        self.journal = open_journal(path, clock=self.clock)
        self.push = Push(server, self.journal, self.clock)

    def clock(self) -> datetime:
        return self.server.now + self.skew

    def put(self, name: str, ticket_id: int = 7, **values: object) -> Intent:
        return self.journal.outbox.put(intent(self.server, name, ticket_id, **values))

    def run(self, seconds: float = 0.0, *, by: float = 1.0) -> list[Report]:
        """Step as often as something may move, for so many seconds; what was told."""
        told: list[Report] = []
        for _ in range(int(seconds / by) + 1):
            told += self.push.steps()
            if seconds:
                self.server.turn(by)
        self.told += told
        return told

    def state(self, name: str) -> str:
        return self.intent(name).state

    def intent(self, name: str) -> Intent:
        found = self.journal.outbox.get(name)
        assert found is not None
        return found

    def close(self) -> None:
        self.journal.close()
