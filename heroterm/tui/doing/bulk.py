"""One change for many tickets: looked at ticket by ticket, queued as one, recalled as one.

What the rules refuse or ask about is left out and said: a question is answered for one ticket at
a time, never for a heap of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heroterm.domain.macro import Proposal
from heroterm.domain.outbox import Changes, Intent, InternalNote, PublicReply
from heroterm.domain.ticket import Ticket
from heroterm.domain.undo import moved_since
from heroterm.sync.orders import Push
from heroterm.tui import opened
from heroterm.tui.doing import sending
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import NOTE, PUBLIC
from heroterm.tui.screens.bulk import BulkScreen, Planned, listed
from heroterm.tui.screens.pick import Choice, Pick

MOST = 200
"""Tickets of one bulk change: Zendesk takes about a hundred updates a minute."""
MOST_WORDS = 50
"""Tickets that get words at once: each of them is to be looked at."""


def changes(desk: OnDesk, ids: Sequence[int], made: Callable[[Ticket], Changes], what: str) -> None:
    """Preview a change of fields; `made` says what it is for each ticket, `what` in words."""
    group = desk.parts.new_id()

    def plan(ticket_id: int) -> Planned:
        mirror = desk.reading.mirror
        ticket = mirror.ticket(ticket_id) if mirror is not None else None
        if ticket is None:
            return Planned(ticket_id, "", "", None, "It is not in the mirror.")
        wanted = made(ticket)
        said = said_of(desk, ticket, wanted)
        if wanted.empty or not moved_since(wanted, ticket):
            return Planned(ticket_id, ticket.subject, said, None, "It is so already.")
        return _checked(desk, _intent(desk, ticket, group, wanted), ticket, said)

    _preview(desk, ids, plan, MOST, what)


def canned(desk: OnDesk) -> None:
    """Words for every marked ticket come only from a reply that the team approved for that."""
    ids = desk.queue.marked
    approved = [reply for reply in desk.book.replies if reply.bulk]
    if not approved:
        desk.tell("No canned reply is approved for many tickets (bulk = true in its file).")
        return
    choices = [
        Choice(r.name, r.title, "note" if r.kind != PUBLIC else r.status or "") for r in approved
    ]

    def picked(name: str | None) -> None:
        if name is not None:
            words(desk, ids, name)

    desk.app.push_screen(
        Pick(
            f"Approved for many: to {len(ids)} tickets",
            choices,
            preview=lambda name: next(r.body for r in approved if r.name == name),
        ),
        picked,
    )


def words(desk: OnDesk, ids: Sequence[int], name: str) -> None:
    """Preview an approved canned reply, filled in for each ticket."""
    group = desk.parts.new_id()
    canned = next(reply for reply in desk.book.replies if reply.name == name)

    def plan(ticket_id: int) -> Planned:
        found = opened.read(desk.reading, ticket_id)
        if found is None:
            return Planned(ticket_id, "", "", None, "It is not in the mirror.")
        filled = desk.book.filled(name, found, desk.reading.me).body.strip()
        comment = PublicReply(filled) if canned.kind == PUBLIC else InternalNote(filled)
        wanted = Changes(status=canned.status)
        said = ("reply" if canned.kind == PUBLIC else "note") + (
            f" + {canned.status}" if canned.status else ""
        )
        intent = _intent(desk, found.ticket, group, wanted, comment)
        if found.draft(canned.kind) is not None:
            return Planned(ticket_id, found.row.title, said, None, "Your draft lies on it.")
        return _checked(desk, intent, found.ticket, said)

    _preview(desk, ids, plan, MOST_WORDS, canned.title)


def macro(
    desk: OnDesk,
    ids: Sequence[int],
    title: str,
    made: Callable[[opened.Opened], Proposal],
    *,
    approved: bool,
) -> None:
    """Preview a macro, ticket by ticket; its words go to many only where the team `approved` it.
    One that cannot do all of its work on a ticket leaves that ticket out.
    """
    group = desk.parts.new_id()

    def plan(ticket_id: int) -> Planned:
        found = opened.read(desk.reading, ticket_id)
        if found is None:
            return Planned(ticket_id, "", "", None, "It is not in the mirror.")
        wanted = made(found)
        said, intent = _macro_on(desk, found, group, wanted)
        if why := _not_for_many(found, wanted, approved):
            return Planned(ticket_id, found.row.title, said, None, why)
        return _checked(desk, intent, found.ticket, said)

    _preview(desk, ids, plan, MOST_WORDS if approved else MOST, title)


def _macro_on(
    desk: OnDesk, found: opened.Opened, group: str, wanted: Proposal
) -> tuple[str, Intent]:
    comment = None
    if wanted.words:
        comment = PublicReply(wanted.words) if wanted.public else InternalNote(wanted.words)
    word = "" if comment is None else "reply, " if wanted.public else "note, "
    said = word + said_of(desk, found.ticket, wanted.changes)
    return said, _intent(desk, found.ticket, group, wanted.changes, comment)


def _not_for_many(found: opened.Opened, wanted: Proposal, approved: bool) -> str:
    """Why a macro leaves a ticket of many out, before the rules are asked; "" when it does not."""
    if wanted.playbook:
        return "A playbook is begun on one ticket at a time."
    if wanted.refused:
        return f"Not all of it can be done: {wanted.refused[0]}"
    if wanted.words and not approved:
        return "Its words are not approved for many tickets (bulk = true in the team's file)."
    if wanted.words and found.draft(PUBLIC if wanted.public else NOTE) is not None:
        return "Your draft lies on it."
    same = wanted.changes.empty or not moved_since(wanted.changes, found.ticket)
    return "It is so already." if same and not wanted.words else ""


def said_of(desk: OnDesk, ticket: Ticket, wanted: Changes) -> str:
    """What would change, in words: `status: open -> pending, +billing`."""
    names = Names(desk.reading.mirror)
    found = []
    for field in ("status", "priority", "type", "assignee_id", "group_id"):
        value, now = getattr(wanted, field), getattr(ticket, field)
        if value is not None and (value or None) != now:
            found.append(names.changed(field, str(now or ""), str(value or "")))
    found += [f"+{tag}" for tag in wanted.add_tags if tag not in ticket.tags]
    found += [f"-{tag}" for tag in wanted.remove_tags if tag in ticket.tags]
    for id_, text in wanted.custom_fields:
        found.append(names.changed(str(id_), dict(ticket.custom_fields).get(id_, ""), text))
    return ", ".join(found) or "as it is"


def _intent(
    desk: OnDesk,
    ticket: Ticket,
    group: str,
    wanted: Changes,
    comment: PublicReply | InternalNote | None = None,
) -> Intent:
    mirror = desk.reading.mirror
    comments = mirror.thread(ticket.id).comments if mirror is not None else ()
    return Intent(
        id=desk.parts.new_id(),
        ticket_id=ticket.id,
        created_at=desk.reading.local_now(),
        send_after=sending.send_after(desk, words=comment is not None),
        comment=comment,
        changes=wanted,
        base_stamp=ticket.updated_stamp,
        seen_comment_id=comments[-1].id if comments else None,
        group=group,
    )


def _checked(desk: OnDesk, intent: Intent, ticket: Ticket, said: str) -> Planned:
    row = desk.reading.row(ticket.id)
    title = row.title if row is not None else ticket.subject
    against = next((f for f in desk.parts.check(intent) if f.level != "advice"), None)
    if against is None:
        return Planned(ticket.id, title, said, intent)
    why = against.say if against.level == "refuse" else f"Asks for a yes of its own: {against.say}"
    return Planned(ticket.id, title, said, None, why)


def _preview(
    desk: OnDesk, ids: Sequence[int], plan: Callable[[int], Planned], most: int, what: str
) -> None:
    if len(ids) > most:
        desk.tell(
            f"{len(ids)} are marked, and at most {most} can be changed so at once: "
            f"{desk.key('queue.mark_all')} unmarks."
        )
        return
    planned = [plan(id_) for id_ in ids]

    def act(deed: str, chosen: Planned | None) -> bool:
        if deed == "leave_out":
            if len(planned) == 1:
                desk.tell(f"No other ticket is left: {desk.key('bulk.close')} changes none.")
            elif chosen in planned:
                planned.remove(chosen)
                desk.refresh_outbox()
            return False
        return _queue(desk, [one.intent for one in planned if one.intent is not None])

    desk.app.push_screen(BulkScreen(listed(lambda: planned, what, act, desk.parts.keymap)))


def _queue(desk: OnDesk, intents: Sequence[Intent]) -> bool:
    if not intents:
        desk.tell("Nothing is left to be queued.")
        return True
    held = [sending.held(desk, intent) for intent in intents]
    desk.pen.write(
        lambda journal: journal.outbox.put_all(held), lambda put: _queued(desk, len(intents))
    )
    return True


def _queued(desk: OnDesk, count: int) -> None:
    if desk.queue.marked:
        desk.queue.mark_all()
    desk.refresh_desk()
    desk.order(Push())
    recalls = desk.key("desk.undo")
    tickets, them = ("1 ticket is", "it") if count == 1 else (f"{count} tickets are", "them all")
    desk.tell(f"{tickets} {sending.hold(desk)}: {recalls} recalls {them}.")
