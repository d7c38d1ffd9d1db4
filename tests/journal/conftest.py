from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from heroterm.domain.outbox import Changes, Intent, InternalNote, PublicReply
from heroterm.journal.database import Journal, open_journal
from tests.conftest import NOW


class Turnable:
    """A clock that moves when a test turns it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Turnable:
    return Turnable()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def journal(path: Path, clock: Turnable) -> Iterator[Journal]:
    opened = open_journal(path, clock=clock)
    yield opened
    opened.close()


def reply(name: str, ticket_id: int = 7, body: str = "Dear Ada, it is fixed.") -> Intent:
    """A held public reply that also sets the ticket to pending."""
    return Intent(
        id=name,
        ticket_id=ticket_id,
        created_at=NOW,
        send_after=NOW + timedelta(seconds=15),
        comment=PublicReply(body),
        changes=Changes(status="pending", add_tags=("fixed",)),
        base_stamp="2026-03-04T09:00:00Z",
        seen_comment_id=501,
    )


def note(name: str, ticket_id: int = 7) -> Intent:
    """A held internal note without any change."""
    return Intent(name, ticket_id, NOW, NOW + timedelta(seconds=15), InternalNote("see logs"))
