"""Passing a ticket on: to whom, what they must know, and an internal note through the outbox."""

from __future__ import annotations

from heroterm.domain.handover import KEPT, NOTE, Passing, passing_changes, passing_words
from heroterm.domain.outbox import Intent, InternalNote
from heroterm.journal.database import Journal
from heroterm.mirror import lookups
from heroterm.tui.doing import queueing, sending
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick
from heroterm.tui.screens.step import Asked, Said, StepBox
from heroterm.tui.text import parts

_TO = "passed_to"
_BOT = "a bot: only rules write in its name"


def ask(desk: OnDesk, ticket_id: int) -> None:
    """To whom? Whoever was named last comes first, so that the second ticket is two keys."""
    mirror, journal = desk.reading.mirror, desk.reading.journal
    if mirror is None or journal is None:
        return
    me, last = desk.reading.state.user_id, journal.marks.recall(_TO)
    bots = lookups.bots(mirror)
    staff = sorted(mirror.staff(), key=lambda person: person.id in bots)
    said = {person.name: _BOT if person.id in bots else "" for person in staff if person.id != me}
    if last is not None:
        said = {last: "named last"} | {name: hint for name, hint in said.items() if name != last}
    choices = [Choice(name, name, hint) for name, hint in said.items()]

    def named(name: str | None) -> None:
        if name:
            _words(desk, ticket_id, name)

    title = f"Pass #{ticket_id} on to whom? Choose, or type a name"
    desk.app.push_screen(Pick(title, choices, free=True), named)


def _words(desk: OnDesk, ticket_id: int, name: str) -> None:
    told = [parts(("INTERNAL NOTE  ", "bold"), passing_words(name))]
    title, hint = f"What must {name} know about #{ticket_id}?", "type it; Enter alone adds nothing"
    asked = Asked(title, told, {}, "", hint)

    def said(answer: Said | None) -> None:
        if answer is not None:
            _put(desk, ticket_id, name, answer.value)

    desk.app.push_screen(StepBox(asked), said)


def _put(desk: OnDesk, ticket_id: int, name: str, say: str) -> None:
    mirror = desk.reading.mirror
    ticket = mirror.ticket(ticket_id) if mirror is not None else None
    if mirror is None or ticket is None:
        desk.tell(f"#{ticket_id} is not in the mirror.", severity="warning")
        return
    comments = mirror.thread(ticket_id).comments
    intent = Intent(
        id=desk.parts.new_id(),
        ticket_id=ticket_id,
        created_at=desk.reading.local_now(),
        send_after=sending.send_after(desk, words=True),
        comment=InternalNote(passing_words(name, say)),
        changes=passing_changes(ticket.assignee_id, desk.reading.state.user_id),
        base_stamp=ticket.updated_stamp,
        seen_comment_id=comments[-1].id if comments else None,
    )
    person = next((p.id for p in mirror.staff() if p.name == name), None)
    passed = Passing(name, NOTE, desk.reading.local_now(), person, intent.id)

    def remember(journal: Journal) -> None:
        journal.week.pass_on(ticket_id, passed)
        journal.marks.remember(_TO, name)

    # The mark first: without its note it means nothing, and a note without it would be sent twice.
    desk.pen.write(remember)
    queueing.put(desk, intent)


def take_back(desk: OnDesk, ticket_id: int) -> None:
    """The ticket is this hero's again; the note stays, since colleagues have read it."""

    def done(_: object) -> None:
        desk.refresh_desk()
        desk.refresh_outbox()
        desk.tell(f"#{ticket_id} is yours again; its note stays on the ticket.")

    desk.pen.write(lambda journal: journal.week.take_back(ticket_id), done)


def kept(desk: OnDesk, ticket_id: int, comment_id: int) -> None:
    """A promise was kept by other means, such as a call."""

    def done(_: object) -> None:
        desk.refresh_outbox()
        desk.tell(f"The promise on #{ticket_id} counts as kept.")

    step = str(comment_id)
    desk.pen.write(lambda journal: journal.marks.tick(ticket_id, KEPT, step, True), done)
