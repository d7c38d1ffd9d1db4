"""What is known about a change that was stopped, and how both sides of it are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.ages import exact
from heroterm.domain.meanwhile import Meanwhile, meanwhile
from heroterm.domain.outbox import NEEDS_YOU, STATE_WORDS, Intent
from heroterm.domain.ticket import Audit, Comment, Ticket
from heroterm.domain.zone import LOCAL
from heroterm.tui import intent_words, opened
from heroterm.tui.doing import gating
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.conflict import Sides
from heroterm.tui.text import parts, safe

NOT_SURE = (
    "An earlier try may still have arrived: {conflict.again} asks again, {conflict.browse} shows "
    "Zendesk, {conflict.arrived} says it is."
)
"""Why nothing may be done by which the words could arrive twice."""
_GATED = "Behind the content warning: {conflict.ticket} opens it, {gate.once} there shows it."
_FOLLOW_UP = "{conflict.follow_up} makes a follow-up ticket of your words, to be reviewed first."


@dataclass(frozen=True, slots=True)
class Stopped:
    """One stopped intent with what is known about it at this moment."""

    intent: Intent
    ticket: Ticket | None
    since: Meanwhile
    newest_comment_id: int | None
    merged_into: int | None
    gated: bool
    """The ticket stands behind a content warning that was not answered: no words are shown."""
    unsure: bool
    """An attempt may still land: nothing may be done that could send the words twice."""

    @property
    def closed(self) -> bool:
        """Whether the ticket takes nothing more."""
        return self.ticket is not None and self.ticket.status == "closed"


def read(desk: OnDesk, intent: Intent) -> Stopped:
    """What is known about a stopped intent now."""
    journal, mirror = desk.reading.journal, desk.reading.mirror
    now = journal.outbox.get(intent.id) if journal is not None else None
    intent = now or intent
    live = journal is not None and any(a.live for a in journal.outbox.attempts(intent.id))
    if mirror is None:
        return Stopped(intent, None, Meanwhile(), None, None, False, live)
    comments = mirror.thread(intent.ticket_id).comments
    audits, me = mirror.history(intent.ticket_id).audits, desk.reading.state.user_id
    merged = (one for one in mirror.linked(intent.ticket_id) if one.kind == "merged into")
    found = next(merged, None)
    return Stopped(
        intent=intent,
        ticket=mirror.ticket(intent.ticket_id),
        since=meanwhile(intent, comments, audits, me),
        newest_comment_id=comments[-1].id if comments else None,
        merged_into=found.ticket_id if found is not None else None,
        gated=_gated(desk, intent.ticket_id),
        unsure=live,
    )


def _gated(desk: OnDesk, ticket_id: int) -> bool:
    found = opened.read(desk.reading, ticket_id)
    return found is not None and gating.gate_of(desk, found) is not None


def sides(desk: OnDesk, found: Stopped, idle: Sequence[str]) -> Sides:
    """Theirs and mine, under the reason; `idle` are the deeds that can do nothing about it."""
    intent = found.intent
    why = intent.why or STATE_WORDS[intent.state].capitalize() + "."
    count = len(found.since.comments) + len(found.since.audits)
    return Sides(
        title=f"{intent_words.subject(intent)} {STATE_WORDS[intent.state]}",
        why=f"{why} {_advice(desk, found)}".strip(),
        theirs_title=f"Theirs: {count} since you looked" if count else "Theirs",
        theirs=lambda width: _theirs(desk, found, width),
        mine_title=f"Mine: {intent_words.kind(intent)}, {STATE_WORDS[intent.state]}",
        mine=lambda width: _mine(desk, intent, width),
        idle=tuple(f"conflict.{deed}" for deed in idle),
        keymap=desk.parts.keymap,
    )


def _advice(desk: OnDesk, found: Stopped) -> str:
    if found.intent.state != NEEDS_YOU:
        return ""
    if found.unsure:
        return desk.filled(NOT_SURE)
    if found.merged_into is not None:
        into, keeps = f"It was merged into #{found.merged_into}: ", desk.key("conflict.draft")
        return f"{into}{keeps} keeps your words, and they go there."
    return desk.filled(_FOLLOW_UP) if found.closed and found.intent.comment is not None else ""


def _theirs(desk: OnDesk, found: Stopped, width: int) -> list[Content]:
    names = Names(desk.reading.mirror)
    told: list[Comment | Audit] = [*found.since.comments, *found.since.audits]
    closed = desk.filled(_GATED) if found.gated else ""
    lines: list[Content] = []
    for one in sorted(told, key=lambda each: each.created_at):
        if isinstance(one, Comment):
            lines += _comment(one, names, width, closed)
        else:
            lines += _audit(one, names, width)
    if lines:
        return lines
    nothing = "Nobody wrote or changed a field since you looked, as far as the mirror knows."
    return parts((nothing, "$text-muted")).wrap(width)


def _head(one: Comment | Audit, kind: str, names: Names) -> Content:
    who, at = one.author_id, one.created_at
    name = names.person(who) if who is not None and who > 0 else "A rule or the system"
    return parts((name, "bold"), f"  {exact(at, LOCAL)}  ", (kind, "$text-muted"))


def _comment(comment: Comment, names: Names, width: int, closed: str) -> list[Content]:
    kind = "PUBLIC" if comment.public else "INTERNAL NOTE"
    words = parts((closed, "$sla-soon")) if closed else safe(comment.body)
    return [*_head(comment, kind, names).wrap(width), *words.wrap(width), Content("")]


def _audit(audit: Audit, names: Names, width: int) -> list[Content]:
    lines = list(_head(audit, "changed", names).wrap(width))
    for change in audit.changes:
        lines += parts(f"  {names.changed(*change)}").wrap(width)
    return [*lines, Content("")]


def _mine(desk: OnDesk, intent: Intent, width: int) -> list[Content]:
    names = Names(desk.reading.mirror)
    said = [*intent_words.deed(intent, names), *names.said(intent.changes)]
    said += [f"file {file.name}" for file in intent.files]
    lines = [line for one in said for line in parts((one, "bold")).wrap(width)]
    if intent.comment is not None:
        words = safe(intent.comment.body).wrap(width)
        lines += [Content(""), *words] if said else words
    return lines
