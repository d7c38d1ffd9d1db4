"""The collision guard: what happened since the hero looked that a person must weigh first.

Pure. A public reply stops for a new comment by somebody else, also one that came through this
hero's own account (an integration that signs in with it writes for customers), for other readers
(the requester, the copies), or a ticket solved meanwhile; field changes, with words or without,
stop when somebody else changed the same field (outbox.md §3 step 6). What this hero's own intents
did never counts; what another hero sent through heroterm does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from heroterm.domain.meanwhile import OVERRIDE, clock, looked_at, who, wrote
from heroterm.domain.outbox import Intent, PublicReply
from heroterm.domain.ticket import Audit, Ticket
from heroterm.domain.undo import SINGLE, WORDS, moved_since


@dataclass(frozen=True, slots=True)
class News:
    """What stands against sending: `comment`, `requester`, `copies`, `solved` or a field's name."""

    what: str
    audit: Audit


def news(intent: Intent, ticket: Ticket, since: Sequence[Audit], me: int | None) -> News | None:
    """The oldest thing since the hero looked that a person must weigh, or None."""
    if OVERRIDE in intent.overrides:
        return None
    base = looked_at(intent)
    for audit in reversed([audit for audit in since if not _ours(audit, me)]):
        # What changed before the hero looked was on the screen, whichever comment was the newest.
        later = audit.created_at > base
        what = _against(intent, ticket, audit if later else replace(audit, changes=()), me)
        if what:
            return News(what, audit)
    return None


def _ours(audit: Audit, me: int | None) -> bool:
    """Whether an intent of this very hero made it, from this machine or another."""
    return audit.marker is not None and audit.author_id == me


def _against(intent: Intent, ticket: Ticket, audit: Audit, me: int | None) -> str:
    others = audit.author_id != me
    changed = {name: after for name, _, after in audit.changes}
    if isinstance(intent.comment, PublicReply):
        person = audit.author_id is not None and audit.author_id > 0
        wrote_it = others or audit.writer_id is not None
        if wrote_it and any(public or person for _, public in audit.comments):
            return "comment"
        if "requester_id" in changed:
            return "requester"
        if others and "email_cc_ids" in changed:
            return "copies"
        if changed.get("status") == "solved":
            return "solved"
    if not others:
        return ""
    single = (name for name in SINGLE if name in changed and _differs(intent, ticket, name))
    return next(single, "") or _custom(intent, ticket, changed)


def _custom(intent: Intent, ticket: Ticket, changed: Collection[str]) -> str:
    """A custom field that somebody else changed; audits name it by its number."""
    now = dict(ticket.custom_fields)
    for id_, value in intent.changes.custom_fields:
        if str(id_) in changed and now.get(id_, "") != value:
            return "field"
    return ""


def _differs(intent: Intent, ticket: Ticket, name: str) -> bool:
    wanted = getattr(intent.changes, name)
    return wanted is not None and (wanted or None) != getattr(ticket, name)


def already_so(intent: Intent, ticket: Ticket) -> bool:
    """Whether a mere field change would change nothing: the ticket is already as wanted."""
    changes = intent.changes
    beyond = changes.custom_status_id or changes.add_ccs or changes.remove_ccs or changes.macro_id
    return intent.comment is None and not beyond and not moved_since(changes, ticket)


def sentence(found: News, name: str) -> str:
    """What happened, what was kept, the next key. `name` is as it came from the server."""
    by, when = who(name), clock(found.audit.created_at)
    if found.what == "comment":
        return wrote(name, found.audit.created_at)
    if found.what == "requester":
        return f"{by} changed the requester at {when}; your reply is kept: look who reads it now."
    if found.what == "copies":
        return f"{by} changed the copies at {when}; your reply is kept: look who reads it now."
    if found.what == "solved":
        return f"{by} solved this at {when}, after you started; your reply is kept."
    field = WORDS.get(found.what, found.what)
    return f"{by} changed the {field} at {when}, after you started; what you wrote is kept unsent."
