"""What stopped a change, and what the hero makes of it: edit, send anyway, keep, follow up."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.ages import exact
from heroterm.domain.findings import asked_by
from heroterm.domain.meanwhile import OVERRIDE, Meanwhile, meanwhile
from heroterm.domain.outbox import NEEDS_YOU, STATE_WORDS, Intent
from heroterm.domain.ticket import Audit, Comment, Ticket
from heroterm.sync.orders import Open, Push
from heroterm.tui import intent_words, opened
from heroterm.tui.doing import boxes, copying, following, gating, opening, recalling
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.conflict import ConflictScreen, Sides
from heroterm.tui.text import parts, safe
from heroterm.tui.zone import local_zone

_GATED = "Behind the content warning: {conflict.ticket} opens it, {gate.once} there shows it."
_CLOSED = "A closed ticket takes nothing more: {conflict.follow_up} makes a follow-up."
_FOLLOW_UP = "{conflict.follow_up} makes a follow-up ticket of your words, to be reviewed first."
_NOT_SURE = (
    "An earlier try may still have arrived: {conflict.again} asks again, {conflict.browse} shows "
    "Zendesk, {conflict.arrived} says it is."
)


@dataclass(frozen=True, slots=True)
class Conflict:
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


def show(desk: OnDesk, intent: Intent) -> None:
    """Show both sides; the carrier is asked for the newest state meanwhile."""
    desk.order(Open(intent.ticket_id))
    desk.app.push_screen(
        ConflictScreen(
            lambda: _sides(desk, read(desk, intent)), lambda deed: _act(desk, deed, intent)
        )
    )


def read(desk: OnDesk, intent: Intent) -> Conflict:
    """What is known about a stopped intent now."""
    journal, mirror = desk.reading.journal, desk.reading.mirror
    now = journal.outbox.get(intent.id) if journal is not None else None
    intent = now or intent
    live = journal is not None and any(a.live for a in journal.outbox.attempts(intent.id))
    if mirror is None:
        return Conflict(intent, None, Meanwhile(), None, None, False, live)
    comments = mirror.thread(intent.ticket_id).comments
    audits, me = mirror.history(intent.ticket_id).audits, desk.reading.state.user_id
    merged = (one for one in mirror.linked(intent.ticket_id) if one.kind == "merged into")
    found = next(merged, None)
    return Conflict(
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


# What is shown


def _sides(desk: OnDesk, found: Conflict) -> Sides:
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
        idle=tuple(f"conflict.{deed}" for deed in _idle(found)),
        keymap=desk.parts.keymap,
    )


def _idle(found: Conflict) -> list[str]:
    """Deeds that can do nothing about it as it stands."""
    if found.intent.state != NEEDS_YOU:
        return list(DEEDS)
    if found.unsure:
        return ["edit", "send", "draft", "follow_up"]
    idle = ["arrived"] if found.closed else ["follow_up", "arrived"]
    return [*idle, "send", "again"] if found.closed else idle


def _advice(desk: OnDesk, found: Conflict) -> str:
    if found.intent.state != NEEDS_YOU:
        return ""
    if found.unsure:
        return desk.filled(_NOT_SURE)
    if found.merged_into is not None:
        into, keeps = f"It was merged into #{found.merged_into}: ", desk.key("conflict.draft")
        return f"{into}{keeps} keeps your words, and they go there."
    return desk.filled(_FOLLOW_UP) if found.closed and found.intent.comment is not None else ""


def _theirs(desk: OnDesk, found: Conflict, width: int) -> list[Content]:
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
    return parts((name, "bold"), f"  {exact(at, local_zone(at))}  ", (kind, "$text-muted"))


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
        lines += (
            [Content(""), *safe(intent.comment.body).wrap(width)]
            if said
            else (safe(intent.comment.body).wrap(width))
        )
    return lines


# What is done


def _act(desk: OnDesk, deed: str, shown: Intent) -> bool:
    found = read(desk, shown)
    intent = found.intent
    if deed == "ticket":
        return _leave_to(desk, intent.ticket_id)
    if deed == "browse":
        opening.browse(desk, copying.address(desk, intent.ticket_id))
        return False
    if intent.state != NEEDS_YOU:
        desk.tell(f"{intent_words.subject(intent)} is {STATE_WORDS[intent.state]} by now.")
        return True
    if found.unsure and deed in ("edit", "send", "draft", "follow_up"):
        desk.tell(desk.filled(_NOT_SURE), severity="warning")
        return False
    return DEEDS[deed](desk, found)


def _leave_to(desk: OnDesk, ticket_id: int) -> bool:
    if not desk.open_ticket(ticket_id):
        desk.tell(f"#{ticket_id} is not in the mirror.", severity="warning")
        return False
    boxes.close(desk)
    return False


def _edit(desk: OnDesk, found: Conflict) -> bool:
    """Mine again in the composer, under what is there now."""
    boxes.close(desk)
    desk.pen.write(
        lambda j: j.outbox.recall(found.intent.id),
        lambda back: recalling.recalled(desk, found.intent, back),
    )
    return False


def _send(desk: OnDesk, found: Conflict) -> bool:
    """Send it all the same, with the newest message counted as read.

    Where only messages came, a later one stops it again; the override is for fields.
    """
    if found.closed:
        desk.tell(desk.filled(_CLOSED), severity="warning")
        return False
    intent, since = found.intent, found.since
    asked = asked_by(intent.why)
    alone = not asked and (intent.comment is None or not since.comments)
    overrides = (*asked, OVERRIDE) if since.audits or alone else asked
    desk.pen.write(
        lambda j: j.outbox.again(
            intent.id, overrides=overrides, seen_comment_id=found.newest_comment_id
        ),
        lambda now: _told(desk, intent, now, "goes out all the same."),
    )
    return True


def _again(desk: OnDesk, found: Conflict) -> bool:
    intent = found.intent
    desk.pen.write(
        lambda j: j.outbox.again(intent.id),
        lambda now: _told(desk, intent, now, "is asked about and tried again."),
    )
    return True


def _draft(desk: OnDesk, found: Conflict) -> bool:
    """Back among the drafts; a change without words is given up."""
    intent = found.intent
    again = f"is a draft again ({desk.key('go.drafts')})."
    words = again if intent.comment is not None else "is given up."
    desk.pen.write(
        lambda j: j.outbox.recall(intent.id),
        lambda now: _told(desk, intent, now, f"{words} {now.why if now else ''}".rstrip()),
    )
    return True


def _arrived(desk: OnDesk, found: Conflict) -> bool:
    """The hero saw it on the server: it is done with, and its words go to the trash."""
    intent = found.intent
    desk.pen.write(
        lambda j: j.outbox.discard(intent.id, seen_on_server=True),
        lambda now: _told(desk, intent, now, "is done with; its words lie in the trash."),
    )
    return True


def _follow_up(desk: OnDesk, found: Conflict) -> bool:
    if found.ticket is None or not found.closed or found.intent.comment is None:
        desk.tell("A follow-up is for words that a closed ticket did not take.")
        return False
    boxes.close(desk)
    following.of_intent(desk, found.intent)
    return False


DEEDS = {
    "edit": _edit,
    "send": _send,
    "draft": _draft,
    "again": _again,
    "arrived": _arrived,
    "follow_up": _follow_up,
}
"""What each decision does; True closes the box, False leaves it as it is."""


def _told(desk: OnDesk, intent: Intent, now: Intent | None, words: str) -> None:
    desk.refresh_desk()
    desk.refresh_outbox()
    desk.order(Push())
    what = intent_words.subject(intent)
    if now is None:
        desk.tell(
            f"Nothing done: {what} stands elsewhere by now ({desk.key('pane.outbox')} shows it).",
            severity="warning",
        )
    else:
        desk.tell(f"{what} {words}")
