"""One row of the queue as a line: tier, due, status, source, number, title, assignee, customer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from heroterm.domain.freshness import PROMISE, age_mark, freshness
from heroterm.domain.intent_states import STATE_WORDS
from heroterm.domain.record import record
from heroterm.domain.sla import countdown, left, state, work_left
from heroterm.domain.view import Row
from heroterm.tui.text import fit

if TYPE_CHECKING:
    from heroterm.domain.calendar import Calendar
    from heroterm.domain.priority import Skip

STATUS_LETTERS = {
    "new": "new",
    "open": "opn",
    "pending": "pen",
    "hold": "hld",
    "solved": "slv",
    "closed": "cls",
}
"""Three letters for each status; one that is not known shows its own first letters."""
SOURCE_WORDS = {
    "app": "APP",
    "community": "COMM",
    "slack": "SLACK",
    "github": "GH",
    "mail": "MAIL",
}
"""A badge for each source (features A10)."""
_COUNTING = ("breached", "soon", "running")
_WORK, _BOTH_FROM = 8, 62
"""Cells for working time beside the clock's, and of a pane that has room for them."""
_MOST_WORK = timedelta(days=30)
"""Beyond it working time is not worked out: the row would be drawn late."""
_DUE_STYLE = {
    "breached": "$sla-breached bold",
    "soon": "$sla-soon bold",
    "running": "$sla-ok",
    "paused": "$sla-paused",
}


@record(frozen=True, slots=True)
class Columns:
    """Widths in cells; 0 leaves a column out. The title takes what is left."""

    due: int = 9
    status: int = 4
    source: int = 6
    number: int = 7
    assignee: int = 0
    organization: int = 0
    work: int = 0

    def title(self, width: int) -> int:
        """Cells left for the title."""
        used = (self.due, self.work, self.status, self.source, self.number)
        gaps = (1 if self.organization else 0) + (1 if self.assignee else 0)
        return max(4, width - 4 - sum(used) - self.assignee - self.organization - gaps)


@record(frozen=True, slots=True)
class Look:
    """How a row is looked at: the moment, and what the pane knows about it."""

    now: datetime
    promise: timedelta = PROMISE
    """How old a row may be before its age is shown."""
    ages: bool = False
    """Whether the countdowns need room for an age."""
    estimated: bool = False
    """Whether the countdowns need room for the word of what was worked out here."""
    dimmed: bool = False
    """Whether the whole queue is stale: no countdown is to be trusted."""
    skip: Skip | None = None
    """Why it is left out of `n`, if it is."""
    due: str = ""
    """What stands in the column of time instead of a countdown."""
    marked: bool = False
    dense: bool = False
    """Whether there are few columns and more of the title."""
    both: bool = False
    """Whether working time has room beside the clock's."""
    hours: Calendar | None = None
    """In which work time counts; None: not known yet."""


def columns_for(
    width: int,
    *,
    ages: bool = False,
    dense: bool = False,
    both: bool = False,
    estimated: bool = False,
) -> Columns:
    """Columns that fit a pane of this width."""
    due, work = (13 if ages else 9) + estimated, _WORK if both and width >= _BOTH_FROM else 0
    if dense:
        return Columns(due=due, source=0, status=4 if width >= 46 else 0)
    if width < 46:
        return Columns(due=due, source=0, status=0)
    if width < 70:
        return Columns(due=due, work=work)
    if width < 90:
        return Columns(due=due, work=work, assignee=8, organization=12)
    return Columns(due=due, work=work, assignee=12, organization=20)


def columns(look: Look, width: int) -> Columns:
    """The columns of a row that is looked at so: those of every row, and of the headings."""
    return columns_for(
        width, ages=look.ages, dense=look.dense, both=look.both, estimated=look.estimated
    )


def headings(c: Columns, width: int) -> Content:
    """The names of the columns, each above its own."""
    names = (
        (" T", 4), ("DUE", c.due), ("WORK", c.work), ("ST", c.status), ("FROM", c.source),
        ("#", c.number), ("SUBJECT", c.title(width)),
    )  # fmt: skip
    ends = ((" WHO", c.assignee), (" ORG", c.organization))
    said = [fit(name, cells) for name, cells in names]
    said += [fit(name, cells + 1) for name, cells in ends if cells]
    return Content.styled("".join(said), "$text-muted")


def claimers(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Who claims a ticket by a tag; the first paint does without the rest of domain.claims."""
    claims = (tag for tag in tags if tag.startswith("claimed_by_"))
    return tuple(tag.removeprefix("claimed_by_").replace("_", " ") for tag in claims)


def marks(row: Row, skip: Skip | None) -> str:
    """Words at the front of the title that must not be missed."""
    said = []
    if row.waiting:
        said.append(f"[{STATE_WORDS[row.waiting].upper()}]")
    if skip is not None and skip.waits:
        said.append("[WAIT]")
    elif skip is not None and row.section == 0:
        said.append("[SKIP]")
    said += [f"[@{name}]" for name in claimers(row.tags)]
    if row.content_warning:
        said.append("[CW]")
    if row.missing:
        said.append("[GONE]")
    if row.free_mail_organization and row.source != "community":
        said.append("[ORG?]")
    return " ".join(said) + " " if said else ""


def line(row: Row, look: Look, width: int) -> Content:
    """The row at the present moment, exactly `width` cells wide."""
    c = columns(look, width)
    who = row.assignee or "-"
    pieces = [
        (" ", "$accent bold"),
        (f"T{row.tier}", f"$tier{min(row.tier, 4)} bold"),
        ("+" if look.marked else " ", "$accent bold"),
        _due(row, look, c.due),
        (fit(_work(row, look), c.work), "$text-muted"),
        (fit(STATUS_LETTERS.get(row.status, row.status[:3]), c.status), "$text-muted"),
        (fit(SOURCE_WORDS.get(row.source, row.source), c.source), "$text-secondary"),
        (fit(str(row.id), c.number), "$text-muted"),
    ]
    mark, room = marks(row, look.skip), c.title(width)
    pieces.append((fit(mark, min(len(mark), room)), "$held bold"))
    pieces.append((fit(row.title, room - min(len(mark), room)), ""))
    if c.assignee:
        pieces.append((" " + fit(who, c.assignee), "$text-muted"))
    if c.organization:
        pieces.append((" " + fit(row.organization or "-", c.organization), "$text-muted"))
    return Content.assemble(*((text, style) for text, style in pieces if text))


def _due(row: Row, look: Look, width: int) -> tuple[str, str]:
    """What is left, with the age of what is known where that is older than promised."""
    if look.due:
        return fit(
            f"{look.due:>5}", width
        ), "$sla-soon bold" if look.due == "WOKE" else "$text-muted"
    due = countdown(row.metric, row.stage, row.breach_at, look.now, estimated=row.estimated)
    age = age_mark(row.fetched_at, look.now, look.promise)
    stale = look.dimmed or freshness(row.fetched_at, look.now, look.promise) == "stale"
    if look.dimmed and not age:
        age = "@"
    style = "$text-muted dim" if stale else _DUE_STYLE.get(due.state, "$text-muted")
    return fit(f"{due.text} {age}" if age else due.text, width), style


def _work(row: Row, look: Look) -> str:
    """How much of the time that is left, or gone since, is working time: " 3:10 w"."""
    if look.hours is None or not look.both or row.breach_at is None or look.due:
        return ""
    counts = state(row.metric, row.stage, row.breach_at, look.now) in _COUNTING
    if not counts or abs(left(row.breach_at, look.now)) > _MOST_WORK:
        return ""
    return f"{work_left(row.breach_at, look.now, look.hours):>5} w "
