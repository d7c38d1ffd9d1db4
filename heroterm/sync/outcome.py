"""What an answer to an update proves, and what follows (the table of outbox.md §3 step 10)."""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.domain.outbox import NEEDS_YOU, QUEUED, VERIFY
from heroterm.errors import (
    Conflict,
    NotAllowed,
    NotFound,
    Offline,
    RateLimited,
    Rejected,
    ZendeskError,
)

FIRST_LOOK = 2.0
"""Seconds after which an unclear update is looked for."""
CONFLICTS = 5
"""Conflicts in a row after which a person must look (faults.md 7)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the intent goes. `wait` in seconds; `pause` stops the whole push until told otherwise.

    `proved` is kept with the attempt: `unreached`, `conflict`, `limited`, `refused` (each means
    not applied) or `unclear`, which alone proves nothing.
    """

    state: str
    proved: str
    why: str
    wait: float = 0.0
    pause: bool = False


def judge(error: ZendeskError, conflicts: int) -> Outcome:
    """What a failed update proves. `conflicts` is how many came before this one in a row."""
    match error:
        case Offline():
            return Outcome(QUEUED, "unreached", "Zendesk cannot be reached; it stays queued.")
        case RateLimited():
            why = f"{error.say} It stays queued."
            return Outcome(QUEUED, "limited", why, error.retry_after)
        case Conflict():
            return _conflict(error, conflicts)
        case NotAllowed() if error.signed_out:
            why = "Zendesk refused the sign-in; it stays queued."
            return Outcome(QUEUED, "refused", why, pause=True)
        case NotFound():
            return Outcome(NEEDS_YOU, "refused", "Zendesk does not show this ticket any more.")
        case NotAllowed() | Rejected():
            return Outcome(NEEDS_YOU, "refused", f"Zendesk refused it: {_reason(error)}")
        case _:
            return Outcome(
                VERIFY, "unclear", "No clear answer; looking whether it arrived.", FIRST_LOOK
            )


def _conflict(error: Conflict, before: int) -> Outcome:
    if before + 1 >= CONFLICTS:
        why = f"The ticket changed under it {before + 1} times in a row; your words are kept."
        return Outcome(NEEDS_YOU, "conflict", why)
    wait = 1.0 if error.transient else float(2**before)
    return Outcome(QUEUED, "conflict", "The ticket changed meanwhile; looking again.", wait)


def _reason(error: ZendeskError) -> str:
    return getattr(error, "reason", "") or error.say
