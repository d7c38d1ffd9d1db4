"""An intent in words: what it is, where it stands, when it goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from heroterm.domain.ages import exact, span
from heroterm.domain.deeds import NewTicket, OrganizationText, PersonOrganization
from heroterm.domain.outbox import HELD, NEEDS_YOU, QUEUED, STATE_WORDS, Intent
from heroterm.domain.zone import LOCAL
from heroterm.journal import waiting
from heroterm.journal.epoch import UNTIL_RELEASED

if TYPE_CHECKING:
    from heroterm.tui.naming import Names

KIND_WORDS = {
    "public_reply": "reply",
    "internal_note": "note",
    "fields": "change",
    "new_ticket": "new ticket",
    "person_organization": "organization",
    "organization_text": "organization text",
}
SENDS_IN = "sends in "
"""Before a countdown."""
_COUNTED, _MINUTE = waiting.LONGEST_HOLD, timedelta(minutes=1)


def kind(intent: Intent) -> str:
    """A word or two for what it is, with the status that goes with it."""
    follows = isinstance(intent.deed, NewTicket) and intent.deed.follows_up is not None
    word = "follow-up" if follows else KIND_WORDS[intent.kind]
    status = f" + {intent.changes.status}" if intent.changes.status else ""
    files = f" + {len(intent.files)} file{'s' if len(intent.files) > 1 else ''}"
    return word + status + (files if intent.files else "")


def subject(intent: Intent) -> str:
    """`#48213`, or for whom a write is that belongs to no ticket."""
    return f"#{intent.ticket_id}" if intent.ticket_id else "-"


def deed(intent: Intent, names: Names) -> list[str]:
    """What a deed does, in words; empty for an update of a ticket."""
    match intent.deed:
        case NewTicket(to_address, to_name, title, follows_up):
            after = [f"follows up #{follows_up}"] if follows_up is not None else []
            return [f"to {to_name} <{to_address}>", f"subject: {title}", *after]
        case PersonOrganization(person_id, organization_id, before):
            old, new = names.organization(before), names.organization(organization_id)
            return [f"{names.person(person_id)}: {old} -> {new}"]
        case OrganizationText(organization_id, field, text):
            whose = names.organization(organization_id)
            return [f"{whose}, {field.replace('_', ' ')}: {text or 'emptied'}"]
    return []


def by_hand(intent: Intent) -> bool:
    """Whether a held intent waits for `!` and for no moment."""
    return intent.state == HELD and intent.send_after >= UNTIL_RELEASED


def is_later(intent: Intent, hold: float) -> bool:
    """Whether a held intent has a moment of its own, beyond the usual hold (in seconds)."""
    waits = (intent.send_after - intent.created_at).total_seconds()
    return intent.state == HELD and not by_hand(intent) and waits > hold + 1.0


def is_due(intent: Intent, now: datetime) -> bool:
    """Whether its hold is over while the carrier has not come to it yet: offline, or between two
    of its rounds.
    """
    return intent.state == HELD and intent.send_after <= now


def counts_down(intent: Intent, now: datetime) -> bool:
    """Whether what `when` says of it changes with the second, now or before the next minute."""
    left = waiting.until(intent, now) - now
    return intent.state == HELD and timedelta() < left <= _COUNTED + _MINUTE


def when(intent: Intent, now: datetime, send: str, *, offline: bool) -> str:
    """When a held intent goes: `sends in 0:12`, `sends Mon 9 Mar 09:00 (3 d)`, or by hand, with the
    key `send`. `offline`: while Zendesk is not reached no moment can be told.
    """
    if by_hand(intent):
        return f"until you press {send}"
    left = waiting.until(intent, now) - now
    if left > _COUNTED:
        return f"sends {moment(intent.send_after, now)}"
    if offline:
        return "sends once online"
    seconds = max(0, int(left.total_seconds() + 0.999))
    return f"{SENDS_IN}{seconds // 60}:{seconds % 60:02}"


def moment(at: datetime, now: datetime) -> str:
    """A moment by this machine's zone, with how long that is from now: `Mon 9 Mar 09:00 (3 d)`."""
    return f"{exact(at, LOCAL)} ({span(at - now)})"


def state(
    intent: Intent, now: datetime, send: str, before: int = 0, *, offline: bool = False
) -> str:
    """Where it stands; `before` counts intents of the same ticket that must go first."""
    words = STATE_WORDS[intent.state]
    if is_due(intent, now):
        words = STATE_WORDS[QUEUED]
    elif intent.state == HELD:
        going = when(intent, now, send, offline=offline)
        words = f"held {going}" if by_hand(intent) else f"held, {going}"
    if before and intent.state in (HELD, QUEUED, NEEDS_YOU):
        words += f", after {before} of yours"
    return words


def in_order(unfinished: Iterable[Intent]) -> list[Intent]:
    """What needs the hero, then what waits in the order of sending: no intent goes before one of
    the same ticket that is older. `unfinished` is oldest first.
    """
    goes: dict[int | str, datetime] = {}
    moments = []
    for intent in unfinished:
        at = goes[intent.lane] = max(intent.send_after, goes.get(intent.lane, intent.send_after))
        moments.append((intent.state != NEEDS_YOU, at, intent))
    return [intent for *_, intent in sorted(moments, key=lambda each: each[:2])]


def places(intents: Iterable[Intent]) -> dict[str, int]:
    """How many unfinished intents of the same ticket stand before each; oldest first."""
    counted: dict[int | str, int] = {}
    found = {}
    for intent in intents:
        if intent.unfinished:
            found[intent.id] = counted.get(intent.lane, 0)
            counted[intent.lane] = found[intent.id] + 1
    return found
