"""Intents for a person: what waits where, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from heroterm.cli.table import aligned
from heroterm.domain.ages import ago
from heroterm.domain.outbox import STATE_WORDS, Intent
from heroterm.tui.naming import Names


def lines_of(intents: Sequence[Intent], now: datetime) -> Iterator[str]:
    """Intents for a person, one a line."""
    return aligned([_cells(intent, now) for intent in intents])


def _cells(intent: Intent, now: datetime) -> tuple[object, ...]:
    what = intent.comment.body if intent.comment else _changes(intent)
    kind = intent.kind.replace("_", " ")
    return (
        intent.id[:8],
        f"#{intent.ticket_id}",
        kind,
        STATE_WORDS[intent.state],
        ago(intent.created_at, now),
        what,
        intent.why,
    )


def _changes(intent: Intent) -> str:
    return ", ".join(Names(None).said(intent.changes))
