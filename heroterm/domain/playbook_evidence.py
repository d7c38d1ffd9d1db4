"""Which message proves what: candidates, and for each that does not count the reason.

A confirmation is a new, public mail in the very ticket that asked for it, by the person who was
asked, from the address on file, after the question, with words of its own. Whether these words
mean yes is read by a human, never here (features G6).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.playbook import Step
from heroterm.domain.playbook_addresses import LOOK_ALIKE, compare, same
from heroterm.domain.playbook_case import Case, fact, ticket_of
from heroterm.domain.playbook_run import PUT, WAITS, Evidence, Run
from heroterm.domain.quotes import own_words
from heroterm.domain.text import shown
from heroterm.domain.ticket import Comment

_LINE = 200
_BOUNCED = re.compile(r"(?:mailer-daemon|postmaster)@", re.IGNORECASE)
_DELAYED = re.compile(
    r"\b(?:will be retried|will retry|warning only|delivery incomplete|still trying"
    r"|delivery (?:is|has been) delayed|message (?:is|has been) delayed)\b",
    re.IGNORECASE,
)
"""What mail servers write of a mail that is still on its way: it has not bounced."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A message and why it does not count; an empty reason: it does."""

    comment: Comment
    address: str
    """The address that it really came from, as far as Zendesk says."""
    reason: str = ""


def candidates(run: Run, case: Case, step: Step) -> list[Candidate]:
    """Messages of customers on the run's tickets, newest first, each judged for a step."""
    asked = ticket_of(run, case, step.on)
    found = []
    for ticket_id in dict.fromkeys((asked or 0, case.ticket.id)):
        for comment in case.threads.get(ticket_id, ()):
            author = case.people.get(comment.author_id or 0)
            if author is None or not author.staff:
                address = comment.from_address or (author.email if author else "") or ""
                found.append(Candidate(comment, address, judge(run, case, step, comment)))
    return sorted(found, key=lambda one: (one.comment.created_at, one.comment.id), reverse=True)


def judge(run: Run, case: Case, step: Step, comment: Comment) -> str:
    """Why a message does not prove a step, as a sentence; "" when nothing speaks against it."""
    ticket_id = ticket_of(run, case, step.on) if step.on else case.ticket.id
    wanted = fact(run, case, step.sender)
    if ticket_id is None or wanted is None:
        return "It is not known yet in which ticket and from which address the answer must come."
    since = _asked_at(run, case, step, ticket_id)
    if comment.ticket_id != ticket_id:
        return f"It stands on #{comment.ticket_id}; only an answer in #{ticket_id} counts."
    if not step.on:
        return _of_requester(case, comment) or _of_words(comment, since)
    return _of_sender(case, comment, ticket_id, wanted.value) or _of_words(comment, since)


def _of_sender(case: Case, comment: Comment, ticket_id: int, wanted: str) -> str:
    """What speaks against the person and the address."""
    if not comment.public:
        return "It is an internal note."
    sender = comment.from_address or ""
    author = case.people.get(comment.author_id or 0)
    if author is not None and author.staff:
        return "It was written by one of us."
    if comment.channel != "email" or not sender:
        return "It did not come by mail: Zendesk does not say from which address."
    kind, why = compare(sender, wanted)
    if kind == LOOK_ALIKE:
        return f"SENDER DIFFERS: {_said(sender)} only looks like {_said(wanted)}: {why}."
    if not same(sender, wanted):
        return f"SENDER DIFFERS: it came from {_said(sender)}, not from {_said(wanted)}."
    asked = case.tickets.get(ticket_id)
    profile = author.email if author is not None else ""
    if asked is None or comment.author_id != asked.requester_id or not same(profile or "", wanted):
        return f"SENDER DIFFERS: Zendesk knows its author as {_said(profile or 'nobody')}."
    return ""


def _of_requester(case: Case, comment: Comment) -> str:
    """An answer on the ticket itself proves nothing about a person; it only ends a wait."""
    if not comment.public or comment.author_id != case.ticket.requester_id:
        return "It was not written by the requester."
    return ""


def _of_words(comment: Comment, since: datetime | None) -> str:
    if since is None or comment.created_at <= since:
        return "It is not newer than the question."
    if not own_words(comment.body):
        return "It holds only quoted words."
    return ""


def _asked_at(run: Run, case: Case, step: Step, ticket_id: int) -> datetime | None:
    """When the question was put: with the ticket of its own, else with what was sent last."""
    ticket = case.tickets.get(ticket_id)
    if step.on and ticket is not None:
        first = [c.created_at for c in case.threads.get(ticket_id, ())[:1]]
        return max([ticket.created_at, *first])
    sent = [e.at for e in run.done.values() if e.what == PUT and e.ticket_id == ticket_id]
    begun = run.last(WAITS, step.id)
    return max(sent) if sent else begun.at if begun is not None else None


def evidence_of(candidate: Candidate, newest: int = 0) -> Evidence:
    """What is written down about a message that counts, and a newer one that was read with it."""
    comment = candidate.comment
    line = shown(own_words(comment.body), single_line=True, limit=_LINE)
    return Evidence(
        comment.ticket_id, comment.id, candidate.address, comment.created_at, line, newest
    )


def bounce(run: Run, case: Case, step: Step) -> Candidate | None:
    """The newest message that says that the mail of a step could not be delivered."""
    ticket_id = ticket_of(run, case, step.on) if step.on else case.ticket.id
    thread: Sequence[Comment] = case.threads.get(ticket_id or 0, ())
    for comment in reversed(thread):
        sender = comment.from_address or ""
        if _BOUNCED.match(sender) and not _DELAYED.search(" ".join(comment.body.split())):
            return Candidate(comment, sender)
    return None


def _said(address: str) -> str:
    return shown(address, single_line=True, limit=120)
