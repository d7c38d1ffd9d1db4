"""A ticket with its thread as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from heroterm.cli.queue import freshness
from heroterm.cli.reading import Reading
from heroterm.cli.surroundings import (
    deletion,
    surroundings_facts,
)
from heroterm.cli.table import aligned
from heroterm.cli.thread_lines import thread_lines
from heroterm.cli.whole import Whole, bring
from heroterm.domain.outbox import SENT, STATE_WORDS
from heroterm.domain.sla import clock_words, describe, promise
from heroterm.domain.text import shown
from heroterm.domain.view import Row


def lines_of(whole: Whole, read: Reading, warning: str | None = None) -> Iterator[str]:
    """The facts, the messages, what waits; every text as it is stored. With a `warning` about the
    content nothing that was written is among them.
    """
    ticket, row = whole.ticket, whole.row
    if warning is not None:
        yield f"#{ticket.id}  CONTENT WARNING: {shown(warning, single_line=True)}"
        yield from aligned(_facts(whole, read), most=200)
        yield f"\nIts words stay closed: `heroterm show {ticket.id} --past-content-warning`."
        yield freshness(read)
        return
    yield f"#{ticket.id}  {shown(ticket.subject, single_line=True)}"
    yield from aligned(_facts(whole, read), most=200)
    for note in whole.footer.notes:
        yield f"! {note}"
    audits = whole.history.audits if whole.history else ()
    yield from thread_lines(whole.comments, audits, whole.people, whole.around.labels, read.now)
    if not whole.complete:
        held = len(whole.comments)
        more = f" of {ticket.comment_count}" if ticket.comment_count else ""
        yield f"\n({held}{more} messages are here; `{bring(ticket.id)}` brings the rest)"
    elif whole.stale and ticket.comment_count != len(whole.comments):
        yield f"\n(newer messages have not been fetched; `{bring(ticket.id)}` brings them)"
    printed = {comment.id for comment in whole.comments}
    for intent in whole.intents:
        if intent.state == SENT and intent.comment_id in printed:
            continue
        body = intent.comment.body if intent.comment else ""
        yield f"\n~~ {intent.kind.replace('_', ' ')}, {STATE_WORDS[intent.state]} {intent.why}"
        yield from (f"  {line}" for line in body.splitlines())
    yield freshness(read)
    if row is not None and row.missing:
        gone = deletion(whole.around, read.now)
        yield f"! The server no longer shows this ticket: {gone or 'deleted, or no access'}."


def _facts(whole: Whole, read: Reading) -> list[tuple[object, ...]]:
    ticket, row, footer = whole.ticket, whole.row, whole.footer
    found: list[tuple[object, ...]] = [
        ("status", f"{_status(whole)}: {whole.lifecycle['dates'] or whole.lifecycle['say']}"),
        ("priority", ticket.priority),
        ("source", whole.source),
    ]
    if row is not None:
        found += [
            ("tier", row.tier),
            *_clocks(whole, row, read),
            ("requester", f"{row.requester} <{row.requester_email or 'no address'}>"),
            ("organization", row.organization or None),
            ("assignee", f"{row.assignee or 'nobody'}, {row.group or 'no group'}"),
        ]
    found.append(("tags", " ".join(ticket.tags) or None))
    found += surroundings_facts(ticket, whole.around)
    for name in ("region", "organization", "project_id", "project", "session", "admin"):
        value = getattr(footer, name)
        if value:
            found.append((f"form: {name.replace('_', ' ')}", value))
    return found


def _clocks(whole: Whole, row: Row, read: Reading) -> list[tuple[object, ...]]:
    """A line for each clock, the one that breaches next first, with what is promised."""
    first = (row.metric, row.stage)
    clocks = sorted(whole.ticket.slas or (), key=lambda each: (each.metric, each.stage) != first)
    lines: list[tuple[object, ...]] = []
    for clock in clocks:
        words = clock_words(clock, read.now, whole.hours)
        promised = promise(clock.policy, clock.target_seconds)
        lines.append(("SLA", f"{words} ({promised})" if promised else words))
    return lines or [("SLA", describe(None, None, None, read.now))]


def _status(whole: Whole) -> str:
    """The status as agents read it, with its category where that is another word."""
    label = whole.around.labels.status(whole.ticket.custom_status_id)
    same = label is None or label.casefold() == whole.ticket.status
    return whole.ticket.status if same else f"{whole.ticket.status} ({label})"
