"""The desk's rules as the push asks them: once more, right before an attempt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heroterm.domain.outbox import Intent
from heroterm.domain.ticket import Comment, Ticket

Check = Callable[[Intent, Ticket | None, Sequence[Comment]], str | None]
"""A sentence refuses. The ticket is as it is now, None for a deed that belongs to none; comments
are those that came since the hero looked."""


def no_rule(intent: Intent, ticket: Ticket | None, since: Sequence[Comment]) -> str | None:
    """Where there is no desk: everything may go."""
    return None
