"""What the hero makes of a stopped change: edit, send anyway, keep, follow up."""

from __future__ import annotations

from heroterm.domain.findings import asked_by
from heroterm.domain.meanwhile import OVERRIDE
from heroterm.domain.outbox import NEEDS_YOU, STATE_WORDS, Intent
from heroterm.sync.orders import Open, Push
from heroterm.tui import intent_words
from heroterm.tui.doing import boxes, copying, following, opening, recalling, stopped
from heroterm.tui.doing.stopped import Stopped
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.conflict import ConflictScreen, Sides

_CLOSED = "A closed ticket takes nothing more: {conflict.follow_up} makes a follow-up."
_ONCE_SURE = ("edit", "send", "draft", "follow_up")
"""Deeds that wait until it is known whether an earlier try arrived."""


def show(desk: OnDesk, intent: Intent) -> None:
    """Show both sides; the carrier is asked for the newest state meanwhile."""
    desk.order(Open(intent.ticket_id))
    desk.app.push_screen(
        ConflictScreen(lambda: _sides(desk, intent), lambda deed: _act(desk, deed, intent))
    )


def _sides(desk: OnDesk, intent: Intent) -> Sides:
    found = stopped.read(desk, intent)
    return stopped.sides(desk, found, _idle(found))


def _idle(found: Stopped) -> list[str]:
    """Deeds that can do nothing about it as it stands."""
    if found.intent.state != NEEDS_YOU:
        return list(DEEDS)
    if found.unsure:
        return list(_ONCE_SURE)
    idle = ["arrived"] if found.closed else ["follow_up", "arrived"]
    return [*idle, "send", "again"] if found.closed else idle


def _act(desk: OnDesk, deed: str, shown: Intent) -> bool:
    found = stopped.read(desk, shown)
    intent = found.intent
    if deed == "ticket":
        return _leave_to(desk, intent.ticket_id)
    if deed == "browse":
        opening.browse(desk, copying.address(desk, intent.ticket_id))
        return False
    if intent.state != NEEDS_YOU:
        desk.tell(f"{intent_words.subject(intent)} is {STATE_WORDS[intent.state]} by now.")
        return True
    if found.unsure and deed in _ONCE_SURE:
        desk.tell(desk.filled(stopped.NOT_SURE), severity="warning")
        return False
    return DEEDS[deed](desk, found)


def _leave_to(desk: OnDesk, ticket_id: int) -> bool:
    if not desk.open_ticket(ticket_id):
        desk.tell(f"#{ticket_id} is not in the mirror.", severity="warning")
        return False
    boxes.close(desk)
    return False


def _edit(desk: OnDesk, found: Stopped) -> bool:
    """Mine again in the composer, under what is there now."""
    boxes.close(desk)
    recalling.edit(desk, found.intent, lambda back: recalling.recalled(desk, found.intent, back))
    return False


def _send(desk: OnDesk, found: Stopped) -> bool:
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


def _again(desk: OnDesk, found: Stopped) -> bool:
    intent = found.intent
    desk.pen.write(
        lambda j: j.outbox.again(intent.id),
        lambda now: _told(desk, intent, now, "is asked about and tried again."),
    )
    return True


def _draft(desk: OnDesk, found: Stopped) -> bool:
    """Back among the drafts; a change without words is given up."""
    intent = found.intent
    again = f"is a draft again ({desk.key('go.drafts')})."
    words = again if intent.comment is not None else "is given up."
    desk.pen.write(
        lambda j: j.outbox.recall(intent.id),
        lambda now: _told(desk, intent, now, f"{words} {now.why if now else ''}".rstrip()),
    )
    return True


def _arrived(desk: OnDesk, found: Stopped) -> bool:
    """The hero saw it on the server: it is done with, and its words go to the trash."""
    intent = found.intent
    desk.pen.write(
        lambda j: j.outbox.discard(intent.id, seen_on_server=True),
        lambda now: _told(desk, intent, now, "is done with; its words lie in the trash."),
    )
    return True


def _follow_up(desk: OnDesk, found: Stopped) -> bool:
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
