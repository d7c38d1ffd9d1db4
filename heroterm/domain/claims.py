"""Soft claims: "I am looking at this", in a way that others see in Zendesk.

Zendesk tells no program who is viewing a ticket. So a claim is written where everybody looks: as
the assignee, or as a tag, by the team's own rule (handbook: "check in with your team about whether
or not to assign tickets to yourself"). A claim that is idle is taken off again by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

ASSIGNEE, TAG = "assignee", "tag"
WAYS = (ASSIGNEE, TAG)
IDLE = timedelta(minutes=30)
"""After so long without a touch a claim ends by itself."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of this hero. Moments are by this machine's clock."""

    ticket_id: int
    how: str
    """`assignee` or `tag`."""
    at: datetime
    touched_at: datetime

    def idle(self, now: datetime) -> bool:
        """Whether nobody has worked on it for too long."""
        return now - self.touched_at >= IDLE
