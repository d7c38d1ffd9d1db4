"""Rules about the status that an update sets, and the one that the ticket has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from heroterm.domain.findings import Facts, Finding
from heroterm.domain.outbox import Intent, InternalNote, PublicReply
from heroterm.domain.text import shown
from heroterm.domain.ticket import WRITABLE_STATUSES

_STATUSES = (
    "{review.pending} Pending, {review.open} Open, {review.hold} On-Hold or {review.solved} Solved."
)
HOLD_GRACE = timedelta(hours=24)
"""A public reply this recent counts as having told the customer about On-Hold, unless they have
written since."""


def closed(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Nothing can be added to a closed ticket."""
    if facts.ticket.status in ("closed", "deleted"):
        yield Finding(
            "closed-ticket",
            "refuse",
            f"Ticket #{facts.ticket.id} is {facts.ticket.status}; nothing can be added to it.",
            "Answer on the question's page ({open.community}); your text is kept."
            if facts.source == "community"
            else "{ticket.reply} begins a follow-up ticket; your text is kept.",
        )


def _becomes(intent: Intent, facts: Facts) -> set[str]:
    """What the ticket becomes: by the status that is set, and by one of the account's own."""
    found = (intent.changes.status, facts.custom_status)
    return {status for status in found if status is not None}


def status(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Some statuses are never chosen when responding."""
    for status in sorted(_becomes(intent, facts) - set(WRITABLE_STATUSES)):
        yield Finding(
            "status-not-for-answers",
            "refuse",
            f'"{shown(status, single_line=True, limit=40)}" is not chosen when responding '
            '(handbook, Ticket Status, on New: "you shouldn\'t need to use this").',
            _STATUSES,
        )
    if intent.changes.custom_status_id is not None and facts.custom_status is None:
        yield Finding(
            "custom-status-unknown",
            "refuse",
            "It is not known here what that status of your account stands for, and On-Hold and "
            "Solved have rules of their own.",
            "{desk.sync} syncs, then again; or choose " + _STATUSES,
        )


def hold(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """On-Hold needs a reply to the customer (features D12)."""
    if "hold" not in _becomes(intent, facts) or facts.ticket.status == "hold":
        return
    told, asked = facts.last_public_by_staff_at, facts.last_public_by_requester_at
    recently = told is not None and facts.now - told <= HOLD_GRACE
    since = told is not None and asked is not None and asked > told
    if (recently and not since) or isinstance(intent.comment, PublicReply):
        return
    there = facts.source == "community"
    if there and isinstance(intent.comment, InternalNote):
        return  # the answer is on the question's page, and the note is what the handbook asks for
    found = (
        "the customer has written since the last public reply."
        if since
        else "no public reply is in this update or within the last 24 hours."
    )
    yield Finding(
        "hold-needs-reply",
        "refuse",
        f'Handbook, On-Hold: "reply to the ticket to let the customer know"; {found}',
        "Answer on the question's page ({open.community}); {ticket.elsewhere} notes that you "
        "did, and {review.hold} sets On-Hold with it."
        if there
        else "{ticket.reply} writes the reply and {review.hold} sets On-Hold with it; or "
        "{review.pending} "
        "sets Pending.",
    )


def pending(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Pending over a message that nobody has read is asked about: its timer pauses, and the ticket
    solves itself. A reply stops for it by itself (sync/collision.py).
    """
    if "pending" not in _becomes(intent, facts) or isinstance(intent.comment, PublicReply):
        return
    if facts.asked_since and facts.ticket.status != "pending":
        yield Finding(
            "pending-unread",
            "ask",
            "The customer wrote after you looked. Pending would pause the SLA timer over that, "
            "and the ticket would solve itself.",
            "Read what they wrote; y sets Pending all the same.",
        )


def steps(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Solved waits for the required steps of a running playbook (features G10)."""
    if "solved" in _becomes(intent, facts) and facts.open_required_steps:
        count = len(facts.open_required_steps)
        yield Finding(
            "open-required-steps",
            "refuse",
            f"{count} required step{'s' if count > 1 else ''} of the playbook not done, first: "
            f"{facts.open_required_steps[0]}.",
            "{ticket.playbook} opens the playbook; {playbook.check} ticks a step.",
        )


def solved_elsewhere(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Solved on a community question without the note that it was answered is asked about. A note
    of before counts until the question goes on.
    """
    if facts.source != "community" or "solved" not in _becomes(intent, facts) or intent.comment:
        return
    noted, asked = facts.recorded_at, facts.last_public_by_requester_at
    if noted is None or (asked is not None and asked > noted):
        yield Finding(
            "solve-unrecorded",
            "ask",
            'Handbook, community questions: "make an internal note on the ZenDesk ticket '
            "confirming that you've replied outside of ZenDesk\"; none says so"
            + (" since the customer last wrote." if noted is not None else " yet."),
            "{ticket.elsewhere} writes the note and solves with it; y solves it all the same.",
        )


def solved_by_note(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Solved without an answer to the customer is asked about."""
    elsewhere = facts.source in ("community", "github")
    solved = "solved" in _becomes(intent, facts)
    if not solved or elsewhere or isinstance(intent.comment, PublicReply):
        return
    staff, asked = facts.last_public_by_staff_at, facts.last_public_by_requester_at
    if staff is None or (asked is not None and asked > staff):
        yield Finding(
            "solve-with-note-only",
            "ask",
            "The customer has had no answer since they last wrote. Handbook, Solved: the user "
            '"has replied to confirm", or you "shared the link".',
            "{ticket.reply} writes a reply first; y solves it all the same.",
        )
