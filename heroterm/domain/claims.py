"""Soft claims: "I am looking at this", in a way that others see in Zendesk.

Zendesk tells no program who is viewing a ticket. So a claim is written where everybody looks: as
the assignee, or as a tag, by the team's own rule (handbook: "check in with your team about whether
or not to assign tickets to yourself"). It goes through the outbox with Zendesk's own guard against
stale writes, so of two that claim at once one is told who won.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from heroterm.domain.outbox import NOBODY, Changes, Intent, InternalNote

ASSIGNEE, TAG = "assignee", "tag"
PREFIX = "claimed_by_"
"""How a tag begins that claims a ticket; what follows is who."""
IDLE = timedelta(minutes=30)
"""After so long without a touch a claim is taken off (features H2)."""
_LOOKS = "is looking at this ticket, as long as it has the tag "
_APART = re.compile(r"[\W_]+")


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


def tag_of(name: str) -> str:
    """The tag with which somebody claims: `claimed_by_lee_park`."""
    return PREFIX + (_APART.sub("_", name.casefold()).strip("_") or "somebody")


def claimers(tags: Sequence[str]) -> tuple[str, ...]:
    """Who claims a ticket by a tag, as the tags say it: "lee park"."""
    return tuple(
        tag.removeprefix(PREFIX).replace("_", " ") for tag in tags if tag.startswith(PREFIX)
    )


def claiming(how: str, me: int, name: str) -> Changes:
    """What claims a ticket."""
    return Changes(assignee_id=me) if how == ASSIGNEE else Changes(add_tags=(tag_of(name),))


def note_of(name: str) -> str:
    """What a claim by a tag says besides, for colleagues who read the ticket: a tag is easily
    overlooked. It points to the tag, which goes with the claim, where the note stays.
    """
    return f"{name or 'Somebody'} {_LOOKS}{tag_of(name)}."


def is_claim(intent: Intent) -> bool:
    """Whether its words are those of a claim: nobody wrote them, so they are no draft."""
    note = intent.comment if isinstance(intent.comment, InternalNote) else None
    tags = [tag for tag in intent.changes.add_tags if tag.startswith(PREFIX)]
    return note is not None and any(note.body.endswith(f"{_LOOKS}{tag}.") for tag in tags)


def letting_go(how: str, name: str) -> Changes:
    """What takes a claim off again."""
    return Changes(assignee_id=NOBODY) if how == ASSIGNEE else Changes(remove_tags=(tag_of(name),))
