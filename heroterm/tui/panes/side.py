"""The side card: who asks, for whom, how urgent and why, what happens next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from heroterm.domain.ages import ago
from heroterm.domain.calendar import Calendar
from heroterm.domain.sla import clock_words, countdown
from heroterm.tui.lines import TextLines
from heroterm.tui.opened import Opened
from heroterm.tui.panes.queue_row import SOURCE_WORDS
from heroterm.tui.text import Part, parts

Line = list[Part | str]
Consequence = Callable[[str, datetime], str]
_LOUD = ("breached", "soon", "paused")


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules and the hero's own marks say of the open ticket, in words."""

    why: str = ""
    """Why it is next, or stands where it stands."""
    following: str = ""
    """What will happen to it by itself, with its dates."""
    waiting: str = ""
    """What the hero waits for."""
    consequence: Consequence = lambda status, now: ""
    hours: Calendar | None = None
    """In which work time is told beside clock time."""


class SidePane(TextLines):
    """Facts about the open ticket, most urgent first; wraps to its width."""

    HELP = "Requester, organization, plan, SLA clocks and dates of the open ticket."

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._opened: Opened | None = None
        self._told = Told()

    def open(self, opened: Opened | None, told: Told) -> None:
        """Show the card of a ticket."""
        self._opened, self._told = opened, told
        self._lay()

    def on_resize(self) -> None:
        """Wrap again at the new width."""
        self._lay()

    def _lay(self) -> None:
        width = max(16, self.scrollable_content_region.width)
        if self._opened is None:
            self.show([])
            return
        made: list[Content] = []
        for line in card(self._opened, self._told):
            made += parts(*line).wrap(width)
        self.show(made)


def card(opened: Opened, told: Told) -> list[Line]:
    """The card's lines, each a list of styled pieces."""
    lines = [*_who(opened), *_warnings(opened)]
    if told.why:
        lines.append([("next: ", "$text-muted"), told.why])
    if told.waiting:
        lines.append([("waits ", "$sla-soon bold"), told.waiting])
    if opened.tier1_link:
        lines.append([("asked at (o s) ", "$text-muted"), opened.tier1_link])
    lines += [
        *_clocks(opened, told.hours),
        *_dates(opened, told),
        *_others(opened),
        *_presence(opened),
    ]
    return lines


def _who(opened: Opened) -> list[Line]:
    row, requester, organization = opened.row, opened.requester, opened.organization
    name = requester.name if requester is not None else "unknown requester"
    address = requester.email if requester is not None and requester.email else "no address"
    lines: list[Line] = [[(name, "bold"), f" <{address}>"]]
    if organization is None:
        lines.append([("no organization", "$text-muted")])
        return lines
    told: Line = [(organization.name, "bold")]
    told.append(f"  plan {organization.plan}" if organization.plan else "")
    told.append(f"  MRR {organization.mrr}" if organization.mrr else "")
    lines.append([piece for piece in told if piece])
    tier = f"T{row.tier}"
    lines.append(
        [
            (tier, f"$tier{min(row.tier, 4)} bold"),
            f"  priority {row.priority or 'none'}  from ",
            (SOURCE_WORDS.get(row.source, row.source), "$text-secondary"),
        ]
    )
    return lines


def _warnings(opened: Opened) -> list[Line]:
    lines: list[Line] = []
    organization = opened.organization
    if opened.row.content_warning:
        reason = (organization.content_warning if organization is not None else None) or ""
        lines.append([("CONTENT WARNING ", "$sla-breached bold"), reason])
    if opened.row.free_mail_organization and opened.row.source != "community":
        right = opened.footer.organization if opened.footer.trusted else None
        lines.append(
            [
                ("free-mail organization ", "$sla-soon bold"),
                f"the Admin line says {right} (f)"
                if right
                else "no Admin line names the right one",
            ]
        )
    if opened.row.source == "community":
        lines.append(
            [
                ("community question: ", "$sla-soon bold"),
                "answer it on the page (o c), then d records it",
            ]
        )
    lines += [[("note ", "$sla-soon"), note] for note in opened.footer.notes]
    return lines


def _clocks(opened: Opened, hours: Calendar | None) -> list[Line]:
    lines: list[Line] = []
    for clock in opened.ticket.slas or ():
        state = countdown(clock.metric, clock.stage, clock.breach_at, opened.read_at).state
        words = clock_words(clock, opened.read_at, hours)
        lines.append([(words, f"$sla-{state}" if state in _LOUD else "")])
    if not lines:
        lines.append([("no SLA target", "$text-muted")])
    if opened.row.never_answered:
        lines.append([("never answered by a human", "$sla-soon bold")])
    return lines


def _dates(opened: Opened, told: Told) -> list[Line]:
    now = opened.read_at
    lines: list[Line] = [[("status ", "$text-muted"), opened.row.status]]
    if told.following:
        lines[0].append(f": {told.following}")
    for status in ("pending", "solved"):
        said = told.consequence(status, now) if status != opened.row.status else ""
        if said:
            lines.append([(f"{status}: ", "$text-muted"), said])
    return lines


def _others(opened: Opened) -> list[Line]:
    if not opened.others:
        return []
    numbers = ", ".join(f"#{row.id}" for row in opened.others[:6])
    more = f" and {len(opened.others) - 6} more" if len(opened.others) > 6 else ""
    return [[("other open: ", "$text-muted"), numbers + more]]


def _presence(opened: Opened) -> list[Line]:
    touch = opened.last_staff_touch()
    if touch is None:
        return [[("presence unknown, nobody has touched it", "$text-muted")]]
    author = opened.author(touch)
    name = author.name if author is not None else "somebody"
    return [
        [
            ("presence unknown, last touch ", "$text-muted"),
            name,
            (f" {ago(touch.created_at, opened.read_at)}", "$text-muted"),
        ]
    ]
