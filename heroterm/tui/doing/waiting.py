"""Waits: remind the hero of a ticket, list what waits, and wake what is over."""

from __future__ import annotations

from datetime import datetime

from heroterm.domain.waits import NO_MOMENT, WRONG, Wait, examples, parse, words
from heroterm.tui.doing import advising
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick
from heroterm.tui.seeing import Reminded

_END = "-"


def wait(desk: OnDesk) -> None:
    """`w`: remind me of this ticket; it never changes Zendesk."""
    opened = desk.target
    if opened is None:
        return
    ticket_id, seen = opened.ticket.id, opened.seen_comment_id
    kept, now = _kept(desk, ticket_id), desk.reading.local_now()
    zone = desk.book.zone

    def meant(said: str) -> Choice:
        return Choice(said, said, meaning(desk, said) or NO_MOMENT)

    choices = [meant(each) for each in examples(now, zone) if parse(each, now, zone)]
    if (waiting := desk.reading.waits.get(ticket_id)) is not None:
        choices.insert(0, Choice(_END, "no more", desk.book.waiting(waiting, now)))

    def asked(said: str | None) -> None:
        if said == _END:
            _end(desk, ticket_id, kept)
        elif said is not None:
            _set(desk, ticket_id, seen, said, kept)

    title = f"Remind me of #{ticket_id}: when?"
    box = Pick(
        title, choices, free=True, typed_first=True,
        find=lambda said: [meant(said)] if said else choices,
    )  # fmt: skip
    desk.app.push_screen(box, asked)


def meaning(desk: OnDesk, said: str) -> str:
    """Until when a ticket waits by these words; "" where they say no moment to come."""
    now = desk.reading.local_now()
    zone = desk.book.zone
    wake = parse(said, now, zone)
    return words(wake, now, zone) if wake else ""


def remind(desk: OnDesk, said: str) -> None:
    """`remind mon` in the palette: the moment is typed already."""
    opened = desk.target
    if opened is not None:
        ticket_id = opened.ticket.id
        _set(desk, ticket_id, opened.seen_comment_id, said, _kept(desk, ticket_id))


def _kept(desk: OnDesk, ticket_id: int) -> Wait | None:
    waiting = desk.reading.waits.get(ticket_id)
    return waiting.wait if waiting is not None else None


def _set(desk: OnDesk, ticket_id: int, seen: int | None, said: str, before: Wait | None) -> None:
    now = desk.reading.local_now()
    zone = desk.book.zone
    wake = parse(said, now, zone)
    if wake is None:
        desk.tell(f"“{said[:40]}” {NO_MOMENT}. {WRONG}", severity="warning")
        return
    made = Wait(ticket_id, wake, said, now, seen)

    def kept(_: object) -> None:
        desk.seeing.reminded = Reminded(ticket_id, now, before)
        desk.refresh_desk()
        # With something on its way the key is for that, and the line beside says so.
        back = "" if desk.reading.intents() else f", {desk.key('desk.undo')} takes it back"
        missed = _missed(desk, ticket_id, wake.until)
        desk.tell(
            f"#{ticket_id} waits {words(wake, now, zone)}; {desk.key('go.waits')} lists, "
            f"{desk.key('ticket.wait')} changes it{back}.{missed}",
            severity="warning" if missed else "information",
        )

    desk.pen.write(lambda journal: journal.waits.set(made), kept)


def _missed(desk: OnDesk, ticket_id: int, until: datetime | None) -> str:
    """What runs out while nobody is reminded of it: `n` passes over a ticket that waits."""
    opened = desk.opened
    if until is None or opened is None or opened.ticket.id != ticket_id:
        return ""
    missed = advising.runs_out(desk, opened, until)
    return f" {missed}, and the clock runs on." if missed else ""


def _end(desk: OnDesk, ticket_id: int, before: Wait | None) -> None:
    def ended(_: object) -> None:
        if before is not None:
            desk.seeing.reminded = Reminded(ticket_id, desk.reading.local_now(), before)
        desk.refresh_desk()
        desk.tell(f"#{ticket_id} waits no more.")

    desk.pen.write(lambda journal: journal.waits.end(ticket_id), ended)


def undo(desk: OnDesk, since: datetime | None) -> bool:
    """Take back the newest reminder of this desk, unless something was done to a ticket `since`;
    False where there is none.
    """
    reminded = desk.seeing.reminded
    if reminded is None or (since is not None and since > reminded.at):
        return False
    desk.seeing.reminded = None
    if (before := reminded.before) is None:
        _end(desk, reminded.ticket_id, None)
        return True

    def back(_: object) -> None:
        desk.refresh_desk()
        desk.tell(f"#{reminded.ticket_id} waits as before: {before.said}.")

    desk.pen.write(lambda journal: journal.waits.set(before), back)
    return True


def show(desk: OnDesk) -> None:
    """`g w`: every wait, those that are over first; Enter opens the ticket."""
    waits = desk.reading.waits
    if not waits:
        desk.tell(f"Nothing waits: {desk.key('ticket.wait')} on a ticket reminds you of it.")
        return
    choices, now = [], desk.reading.local_now()
    for ticket_id, waiting in waits.items():
        row = desk.reading.row(ticket_id)
        title = row.title if row is not None else "not in the mirror"
        until = desk.book.waiting(waiting, now)  # before the title, which may be long
        choices.append(Choice(str(ticket_id), f"#{ticket_id} {until}", title))

    def chosen(key: str | None) -> None:
        if key is not None and not desk.open_ticket(int(key)):
            desk.tell(f"#{key} is not in the mirror.", severity="warning")

    desk.app.push_screen(Pick("Waits and reminders", choices), chosen)


def seen(desk: OnDesk, ticket_id: int) -> None:
    """The hero has opened a ticket: a wait on it that is over has done its work."""
    waiting = desk.reading.waits.get(ticket_id)
    if waiting is None or not waiting.why:
        return
    desk.tell(f"#{ticket_id} is here because you asked to be reminded: {waiting.why}.")
    desk.pen.write(lambda journal: journal.waits.end(ticket_id), lambda _: desk.refresh_desk())


def wake(desk: OnDesk) -> None:
    """Wake what is over, where no carrier is at work that does it."""
    if desk.parts.carrier:
        return
    for ticket_id, waiting in desk.reading.waits.items():
        if waiting.why and waiting.wait.woken_at is None:
            _wake(desk, ticket_id, waiting.why)


def _wake(desk: OnDesk, ticket_id: int, why: str) -> None:
    def woke(done: bool) -> None:
        if done:
            desk.refresh_desk()
            desk.tell(woke_words(desk, ticket_id, why))

    desk.pen.write(lambda journal: journal.waits.wake(ticket_id, why), woke)


def woke_words(desk: OnDesk, ticket_id: int, why: str) -> str:
    """What is said when a wait is over."""
    return f"#{ticket_id}: the wait is over, {why} ({desk.key('go.waits')})."
