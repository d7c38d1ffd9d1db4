"""Seeing more: why a ticket is next, help, palette, themes, layout, search."""

from __future__ import annotations

from textual.content import Content

from heroterm.domain.pauses import pause_words
from heroterm.domain.priority import why as why_here
from heroterm.domain.sla import clock_lines
from heroterm.mirror.search import search as find
from heroterm.tui.doing.navigating import choose_next
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick
from heroterm.tui.text import parts

_HITS = 50


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
    else:
        lines.append(parts("This one is next." if choice.row is not None else choice.why))
    lines += [parts(("  " + step, "$text-muted")) for step in choice.trace]
    lines.append(Content(""))
    for status in ("open", "pending", "hold", "solved"):
        said = desk.book.consequence(status, now)
        lines.append(parts((f"{status:8}", "bold"), said))
    desk.explain(f"Why #{opened.ticket.id} stands where it stands", lines)


def search(desk: OnDesk) -> None:
    """`g /`: search the whole mirror while typing, newest first; Enter opens what is chosen."""
    mirror, told = desk.reading.mirror, list[str]()
    if mirror is None:
        desk.tell(str(desk.reading.trouble), severity="error")
        return

    def found(query: str) -> list[Choice]:
        result = find(mirror, desk.reading.dated(query), _HITS, ranked=False)
        told[:] = result.explained
        if query and not result.hits:
            told.insert(0, f"No ticket in the mirror matches “{query}”.")
        return [
            Choice(str(hit.id), f"#{hit.id} {hit.subject}", _snippet(desk, hit.id, hit.snippet))
            for hit in result.hits
        ]

    def opened(key: str | None) -> None:
        if key is not None:
            desk.open_ticket(int(key))

    title = "Search everything: words, status:…, org:…, onhold:>7d"
    desk.app.push_screen(Pick(title, [], find=found, foot=lambda: told), opened)


def _snippet(desk: OnDesk, ticket_id: int, snippet: str) -> str:
    """A few words around the match, but none from behind a content warning."""
    row = desk.reading.row(ticket_id)
    return "[CW]" if row is not None and row.content_warning else snippet


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
        when = comment.created_at.astimezone().strftime("%a %d %b %H:%M")
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
