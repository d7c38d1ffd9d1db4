"""Going places: next by policy, skip, go to a number, history, filter, panes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from heroterm.domain.outbox import Intent, PublicReply
from heroterm.domain.priority import Choice, choose
from heroterm.domain.ticket_number import number_of
from heroterm.domain.view import POLICY, Row, View
from heroterm.sync.orders import SyncNow, TakeOut
from heroterm.tui.doing import fetching, peeking
from heroterm.tui.doing.serving import picked, served
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Pick

SKIP_REASONS = {
    "c": "waiting for a colleague",
    "s": "somebody is on it",
    "r": "same root cause as another",
    "t": "not our team",
}
"""Why a ticket is passed over, by the letter that says so (features A4)."""
_OWN_WORDS = {"w": "another reason, in your own words", "n": "do not skip it"}


def choose_next(desk: OnDesk) -> Choice:
    """The handbook's next ticket for this queue, with its reason."""
    view = replace(desk.queue.view, text="", sections=(0,), order=POLICY)
    return choose(
        lambda offset, limit: desk.reading.queue(view, offset, limit),
        now=desk.reading.now(),
        skips=desk.reading.skipped,
        rules=desk.book.tiers,
    )


def passed_over(desk: OnDesk, intent: Intent) -> Row | None:
    """The ticket that was next while another one is being dealt with; None when all is in order.

    Reading, noting and tagging are no picks; a ticket that `n` gave stays in order, whatever has
    come in since (handbook: avoid cherry-picking).
    """
    deals = isinstance(intent.comment, PublicReply) or intent.changes.status is not None
    row = desk.reading.row(intent.ticket_id)
    if not deals or row is None or row.section != 0:
        return None
    if served(desk, row.id) or picked(desk, row.id):
        return None
    choice = choose_next(desk)
    return choice.row if choice.row is not None and choice.row.id != row.id else None


def go_next(desk: OnDesk) -> None:
    """`n`: open the ticket that the handbook says is next, and say why."""
    if desk.reading.trouble is not None:
        desk.tell(str(desk.reading.trouble), severity="error")
        return
    choice = choose_next(desk)
    if choice.row is None:
        filling = "The first pass is still under way."
        desk.tell(choice.why if desk.reading.state.first_fill_done else filling)
        return
    if (
        desk.opened is not None
        and desk.opened.ticket.id == choice.row.id
        and desk.focused is not desk.queue
    ):
        desk.tell(
            f"#{choice.row.id} is still next: answer it, or "
            f"{desk.key('desk.skip')} skips it with a reason."
        )
        return
    desk.served.add(choice.row.id)
    desk.open_ticket(choice.row.id)
    desk.tell(_why(desk, choice.row.id, choice.why))


def _why(desk: OnDesk, ticket_id: int, why: str) -> str:
    """Why it is next; where the side card says so right above, how many more there are."""
    below = desk.has_class("-narrow") and not (
        desk.has_class("-short") or desk.has_class("-no-side")
    )
    more = desk.queue.rows.counts.to_answer - 1
    if not below or more < 1:
        return f"#{ticket_id}: {why}"
    return f"#{ticket_id} is next by the policy; {more} more to answer."


def skip(desk: OnDesk) -> None:
    """`N`: leave the open ticket out of `n` until it changes; a reason is asked for."""
    target = desk.target
    if target is None:
        return
    ticket_id = target.ticket.id

    def skipped(reason: str | None) -> None:
        if reason:
            desk.pen.write(
                lambda j: j.marks.skip(ticket_id, reason), lambda _: _then(desk, ticket_id)
            )

    def answered(letter: str) -> None:
        if letter == "w":
            desk.app.push_screen(Pick(f"Skip #{ticket_id}: why?", [], free=True), skipped)
        else:
            skipped(SKIP_REASONS.get(letter))

    question = f"Skip #{ticket_id} until something changes on it: why?"
    desk.ask(question, SKIP_REASONS | _OWN_WORDS, answered)


def _then(desk: OnDesk, ticket_id: int) -> None:
    desk.refresh_desk()
    desk.tell(f"Skipped #{ticket_id}.")
    go_next(desk)


def goto(desk: OnDesk) -> None:
    """`#`: open a ticket by its number."""

    def gone(number: str | None) -> None:
        if number:
            go_to(desk, number)

    desk.app.push_screen(Pick("Ticket number", [], free=True), gone)


def go_to(desk: OnDesk, said: str) -> None:
    """Open the ticket of this number, or fetch it where it is not held; or say what is wrong."""
    number = number_of(said)
    if number is None:
        desk.tell(f"“{said[:40]}” is not a ticket number.", severity="warning")
    elif desk.reading.trouble is not None:
        desk.tell(str(desk.reading.trouble), severity="error")
    elif not desk.open_ticket(number) and not desk.failed:
        fetching.fetch(desk, number)


def go_previous(desk: OnDesk) -> None:
    """Backspace: the ticket before this one in the hero's history."""
    if len(desk.history) > 1:
        desk.history.pop()
        desk.open_ticket(desk.history.pop())


def sync_now(desk: OnDesk) -> None:
    """`R`: show what came in, and a pass at once."""
    desk.queue.show_new()
    if desk.order(SyncNow()):
        desk.tell("Asking Zendesk now.")
    else:
        desk.tell(
            "No carrier is running at this moment; it will be started again.", severity="warning"
        )


def take_out(desk: OnDesk) -> None:
    """`g x`: answer what the carrier asked when many tickets were absent at once."""
    absent = desk.absent
    if absent is None:
        return
    out = f"take these {absent.tickets} out of the queue; their words stay here"
    answers = {"t": out, "n": "leave them in it: my role or group changed, or I do not know"}

    def answered(answer: str) -> None:
        if answer == "t":
            desk.order(TakeOut())

    desk.ask(absent.say, answers, answered)


def mine(desk: OnDesk) -> None:
    """Backslash: only my tickets and unassigned ones, or everybody's again."""
    view: View = desk.queue.view
    me = desk.reading.state.user_id
    if me is None and view.only_me_and_unassigned is None:
        desk.tell(f"It is not known yet who you are ({desk.key('desk.sync')} syncs).")
        return
    desk.queue.view = replace(
        view, only_me_and_unassigned=me if view.only_me_and_unassigned is None else None
    )
    desk.queue.reload(anew=True)


def pane(name: str) -> Callable[[OnDesk], None]:
    """A deed that gives one pane the focus."""

    def deed(desk: OnDesk) -> None:
        desk.focus_pane(name)

    return deed


def neighbour(by: int) -> Callable[[OnDesk], None]:
    """A deed that opens the next or previous ticket of the list."""

    def deed(desk: OnDesk) -> None:
        desk.queue.move(by)
        if desk.queue.cursor_id is not None:
            desk.open_ticket(desk.queue.cursor_id)

    return deed


def open_row(desk: OnDesk) -> None:
    """Enter on a row: open its ticket."""
    if desk.queue.cursor_id is not None:
        desk.open_ticket(desk.queue.cursor_id)
    elif desk.queue.left is not None:
        desk.tell(
            f"#{desk.queue.left} left this queue; {desk.key('queue.down')} "
            f"or {desk.key('queue.up')} "
            f"goes on, {desk.key('desk.goto')} opens it by its number."
        )


def open_named(desk: OnDesk) -> None:
    """Enter on the side card: open the ticket that is named under the cursor; where there is room,
    look into it beside the open one first.
    """
    ticket_id = desk.side.named
    if ticket_id is None:
        desk.tell(
            f"No ticket is named under the cursor; {desk.key('side.down')} goes to the next one."
        )
    elif desk.has_class("-narrow") or not peeking.show(desk, ticket_id):
        desk.open_ticket(ticket_id)


def half_page(by: int) -> Callable[[OnDesk], None]:
    """A deed that moves the queue's cursor by half a page."""

    def deed(desk: OnDesk) -> None:
        desk.queue.move(by * max(1, desk.queue.size.height // 2))

    return deed
