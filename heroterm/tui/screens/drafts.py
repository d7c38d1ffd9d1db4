"""Every draft with its age, its ticket's state and what happened since; then the trash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from textual.content import Content

from heroterm.domain.ages import ago
from heroterm.domain.outbox import Draft
from heroterm.domain.quotes import first_line
from heroterm.domain.text import shown
from heroterm.journal.drafts import KEPT_IN_TRASH, Thrown
from heroterm.tui.binding import bindings
from heroterm.tui.commands import DRAFTS
from heroterm.tui.intent_words import KIND_WORDS, moment
from heroterm.tui.screens.listing import Listing
from heroterm.tui.text import fit, parts, safe

EMPTY = " No drafts are kept, and none lies in the trash."


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft with what is known of its ticket. `thrown` is set for one in the trash."""

    draft: Draft
    state: str
    """The ticket's status in a word, or what else it has become."""
    title: str
    wrote_since: bool
    thrown: Thrown | None = None


class DraftsScreen(Listing[Kept]):
    """Drafts, the one touched last first; below them the trash."""

    BINDINGS = bindings(DRAFTS)


def key(kept: Kept) -> object:
    """What a draft is known by."""
    return kept.thrown.id if kept.thrown is not None else (kept.draft.ticket_id, kept.draft.kind)


def line(kept: Kept, now: datetime, width: int) -> Content:
    """One draft on one line."""
    draft = kept.draft
    number = f"#{draft.ticket_id}" if draft.ticket_id else "-"
    where = ("", "")
    if kept.thrown is not None:
        where = (f"TRASH, {_left(kept.thrown, now)} left  ", "$text-muted bold")
    elif kept.wrote_since:
        where = ("CUSTOMER WROTE SINCE  ", "$sla-breached bold")
    return parts(
        fit(f" {number}", 9),
        fit(KIND_WORDS.get(draft.kind, draft.kind), 11),
        (fit(ago(draft.updated_at, now), 16), "$text-muted"),
        fit(kept.state, 10 if width < 90 else 16),
        where,
        first_line(draft.body) or "(no words yet)",
    )


def _left(thrown: Thrown, now: datetime) -> str:
    left = thrown.at + KEPT_IN_TRASH - now
    return f"{max(0, -(-left // timedelta(days=1)))} d"


def detail(kept: Kept, now: datetime, width: int) -> list[Content]:
    """The ticket, who is to read it and when, what goes with it, and the words."""
    draft = kept.draft
    beside = [shown(kept.title, single_line=True, limit=width)] if kept.title else []
    beside += [f"to {draft.to}"] if draft.to else []
    beside += [f"subject: {draft.subject}"] if draft.subject else []
    beside += [f"copy to {one}" for one in draft.ccs]
    beside += [f"file {file.name}" for file in draft.files]
    beside += [f"then status {draft.status}"] if draft.status else []
    if draft.later is not None and draft.later > now:
        beside.append(f"to be sent {moment(draft.later, now)}")
    head = parts((" | ".join(beside), "$text-muted")).wrap(width) if beside else []
    return [*head, *safe(draft.body).wrap(width)]
