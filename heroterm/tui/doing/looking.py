"""Seeing more: why a ticket is next, who wrote it, the top of a pane."""

from __future__ import annotations

from textual.content import Content

from heroterm.domain.ages import exact
from heroterm.domain.pauses import pause_words
from heroterm.domain.priority import why as why_here
from heroterm.domain.sla import clock_lines
from heroterm.domain.zone import LOCAL
from heroterm.tui.doing.navigating import choose_next
from heroterm.tui.doing.serving import picked, served
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.text import parts


def why(desk: OnDesk) -> None:
    """`L`: the rule trace, the clocks and the dates of the ticket (features A13)."""
    opened = desk.target
    if opened is None:
        return
    now = desk.reading.now()
    lines = [parts((why_here(opened.row, now, desk.book.tiers), "bold"))]
    told = clock_lines(opened.ticket.slas, now, desk.book.hours)
    mirror = desk.reading.mirror
    audits = mirror.history(opened.ticket.id).audits if mirror is not None else ()
    told.append(pause_words(audits, desk.book.targets.pausing, now))
    lines += [parts(f"  {line}") for line in told if line]
    if following := desk.book.following(opened, now):
        lines.append(parts(("  by itself: ", "$text-muted"), following))
    choice = choose_next(desk)
    lines.append(Content(""))
    if choice.row is not None and choice.row.id != opened.row.id:
        lines.append(parts(f"Next by policy is #{choice.row.id}: {choice.why}"))
        if opened.row.section == 0:
            lines.append(parts(_in_order(desk, opened.row.id)))
    else:
        lines.append(parts("This one is next." if choice.row is not None else choice.why))
    lines += [parts(("  " + step, "$text-muted")) for step in choice.trace]
    lines.append(Content(""))
    for status in ("open", "pending", "hold", "solved"):
        said = desk.book.consequence(status, now)
        lines.append(parts((f"{status:8}", "bold"), said))
    desk.explain(f"Why #{opened.ticket.id} stands where it stands", lines)


def _in_order(desk: OnDesk, ticket_id: int) -> str:
    """How an answer counts to a ticket that is not next."""
    if served(desk, ticket_id):
        gave = f"{desk.key('desk.next')} gave you this one"
        return f"{gave}: an answer is in order, whatever has come in since."
    if picked(desk, ticket_id):
        return "This one was counted as picked out of order in this shift: once is enough."
    return "An answer to this one counts as picked out of order."


def identity(desk: OnDesk) -> None:
    """`H`: who really sent each message: addresses, channels, audits."""
    opened = desk.opened
    if opened is None:
        return
    lines = []
    for comment in opened.comments:
        author = opened.author(comment)
        name = author.name if author else "unknown author"
        address = comment.from_address or (author.email if author else None) or "no address"
        role = author.role if author else "?"
        when = exact(comment.created_at, LOCAL)
        lines.append(
            parts(f"{when}  ", (name, "bold"), f" <{address}>  {role}  by {comment.channel or '?'}")
        )
    mirror, asking = desk.reading.mirror, opened.ticket.requester_id
    for other in mirror.sharing_address(asking) if mirror is not None and asking else ():
        words = f"AMBIGUOUS: {other.name} (user {other.id}) has the requester's address, too."
        lines.append(parts((words, "$sla-soon bold")))
    desk.explain(f"Who wrote on #{opened.ticket.id}", lines)


def top(desk: OnDesk) -> None:
    """`g g`: the top of the focused pane."""
    if desk.focused is desk.queue:
        desk.queue.move_to(0)
    elif desk.focused is not None:
        desk.focused.scroll_home(animate=False)
