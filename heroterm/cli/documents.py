"""Domain values as the documents of the command line: stable keys, stored text, moments as they
are (`Invocation.answer` writes those in ISO-8601 UTC).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from heroterm.cli.remedies import remedy
from heroterm.domain.calendar import Calendar
from heroterm.domain.findings import Facts, Finding
from heroterm.domain.links import links_in
from heroterm.domain.outbox import Intent
from heroterm.domain.quotes import fold_quotes
from heroterm.domain.sla import stage_words, state
from heroterm.domain.ticket import Comment, Person, SlaClock, Ticket
from heroterm.domain.view import Row


def row_document(row: Row, now: datetime) -> dict[str, Any]:
    """One line of a queue. `seconds_left` is negative once the breach is past, None when paused."""
    left = None if row.breach_at is None else int((row.breach_at - now).total_seconds())
    return {
        "id": row.id,
        "tier": row.tier,
        "status": row.status,
        "priority": row.priority,
        "source": row.source,
        "subject": row.subject,
        "title": row.title,
        "requester": row.requester,
        "requester_email": row.requester_email,
        "organization": row.organization or None,
        "assignee": row.assignee or None,
        "group": row.group or None,
        "tags": list(row.tags),
        "metric": row.metric,
        "breach_at": row.breach_at,
        "sla_state": state(row.metric, row.stage, row.breach_at, now),
        "seconds_left": left,
        "source_of_target": ("est" if row.estimated else "zendesk") if row.metric else None,
        "never_answered": row.never_answered,
        "content_warning": row.content_warning,
        "flags": flags(row),
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "fetched_at": row.fetched_at,
    }


def flags(row: Row) -> list[str]:
    """What a person should know before opening it, as stable words."""
    known = {
        "content-warning": row.content_warning,
        "free-mail-organization": row.free_mail_organization,
        "missing": row.missing,
    }
    found = [word for word, holds in known.items() if holds]
    return [*found, f"outbox-{row.waiting}"] if row.waiting else found


def ticket_document(ticket: Ticket) -> dict[str, Any]:
    """Every field of a ticket that the mirror keeps, except its SLA clocks and its first words."""
    left_out = ("slas", "description", "updated_stamp", "generated_timestamp")
    values = {name: value for name, value in asdict(ticket).items() if name not in left_out}
    return {**values, "custom_fields": {str(k): v for k, v in ticket.custom_fields}}


def comment_document(comment: Comment, author: Person | None) -> dict[str, Any]:
    """One message. `author_address` is the one that mail really came from, else the profile's."""
    quoted = sum(block.lines for block in fold_quotes(comment.body) if block.kind == "quote")
    return {
        "id": comment.id,
        "author": author.name if author else None,
        "author_id": comment.author_id,
        "author_role": author.role if author else None,
        "author_address": comment.from_address or (author.email if author else None),
        "public": comment.public,
        "created_at": comment.created_at,
        "channel": comment.channel,
        "text": comment.body,
        "truncated": comment.truncated,
        "links": [{"url": link.url, "label": link.label} for link in links_in(comment.body)],
        "attachments": [asdict(attachment) for attachment in comment.attachments],
        "quoted_lines": quoted,
    }


def clock_document(clock: SlaClock, now: datetime, hours: Calendar) -> dict[str, Any]:
    """One SLA clock of a ticket; policy and target are None where they are not known.

    `work_seconds_left` counts the working time of `hours` alone.
    """
    left = None if clock.breach_at is None else int((clock.breach_at - now).total_seconds())
    return {
        "metric": clock.metric,
        "stage": clock.stage,
        "breach_at": clock.breach_at,
        "sla_state": state(clock.metric, clock.stage, clock.breach_at, now),
        "state": stage_words(clock, now),
        "seconds_left": left,
        "work_seconds_left": None
        if clock.breach_at is None
        else int(hours.between(now, clock.breach_at).total_seconds()),
        "source_of_target": "est" if clock.estimated else "zendesk",
        "policy": clock.policy,
        "target_seconds": clock.target_seconds,
    }


def intent_document(intent: Intent) -> dict[str, Any]:
    """One intent as `outbox list` shows it."""
    changes = {name: value for name, value in asdict(intent.changes).items() if value}
    return {
        "intent": intent.id,
        "ticket": intent.ticket_id,
        "kind": intent.kind,
        "state": intent.state,
        "created_at": intent.created_at,
        "send_after": intent.send_after,
        "attempts": intent.attempts,
        "why": intent.why,
        "audit_id": intent.audit_id,
        "comment_id": intent.comment_id,
        "body": intent.comment.body if intent.comment else None,
        "changes": changes,
        "not_before": intent.not_before,
        "finished_at": intent.finished_at,
        "overrides": list(intent.overrides),
        "deed": None if intent.deed is None else asdict(intent.deed),
        "made_ticket": intent.made_ticket_id,
        "files": [file.name for file in intent.files],
        "group": intent.group or None,
        "undoes": intent.undoes or None,
    }


def finding_documents(findings: Iterable[Finding], facts: Facts) -> list[dict[str, Any]]:
    """What the rules found; `instead` is the next step in commands and options."""
    return [
        {
            "rule": each.rule,
            "level": each.level,
            "say": each.say,
            "instead": remedy(each, facts),
        }
        for each in findings
    ]
