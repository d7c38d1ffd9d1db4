"""The morning brief: over the lower half of the desk, without the focus, so that no key waits."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from heroterm.domain.brief import SECTIONS, Brief
from heroterm.domain.pack import Entry
from heroterm.tui.lines import TextLines
from heroterm.tui.messages import BriefLaid
from heroterm.tui.text import fit, parts, safe_line

_NAMED = 3
"""Tickets of a section that are named; `heroterm brief` names all."""
_TITLE = 24
"""Cells of a ticket's title."""
_LOUD = {"breached": "$sla-breached bold", "due": "$sla-soon bold", "outbox": "$sla-breached bold"}


class BriefPane(TextLines, can_focus=False):
    """Shown until the first ticket is opened, or Esc."""

    doubt = ""
    """Why the mirror could not vouch for what is shown, if so."""

    @property
    def shown(self) -> bool:
        """Whether it lies over the desk."""
        return bool(self.display)

    def brief(self, told: Brief, width: int, starts: str = "n", again: str = "g m") -> None:
        """Show a brief; `starts` and `again` are the keys of the next ticket and of the brief."""
        self.entitle(f"Morning brief, {told.day}")
        self.border_subtitle = safe_line(f"{starts} starts  esc closes  {again} again")
        self.doubt = told.doubt
        self.show(list(_lines(told, width, starts)))
        self.display = True

    def close(self) -> None:
        """Out of the way."""
        self.display = False

    def on_show(self) -> None:
        """Who lies beneath makes room."""
        self.post_message(BriefLaid())

    def on_hide(self) -> None:
        """Who lay beneath has all of its room again."""
        self.post_message(BriefLaid())

    def on_resize(self) -> None:
        """Another size takes other room."""
        super().on_resize()
        self.post_message(BriefLaid())


def _lines(told: Brief, width: int, starts: str) -> Iterator[Content]:
    # There is a first line without a doubt, too: once it is gone, no other line has to move.
    if told.doubt:
        yield parts((f" {told.doubt}", "$sla-soon bold"))
    else:
        yield parts((f" As of {told.made_at.astimezone():%H:%M}.", "$text-muted"))
    for section in SECTIONS:
        yield _line(told, section, width)
    if told.next is not None:
        yield parts(
            (f"  {starts}  ", "$accent bold"), f"#{told.next.ticket} {told.next.say}"
        ).truncate(width, ellipsis=True)


def _line(told: Brief, section: str, width: int) -> Content:
    """One section on one line: how many, and the first of them."""
    entries = told.of(section)
    heading = fit(f" {told.heading(section)}", 36)
    if not entries:
        known = section != "changed" or told.since is not None
        return parts((heading, "$text-muted"), ("none" if known else "not known", "$text-muted"))
    style = _LOUD.get(section, "bold")
    named = "  ".join(_named(entry, section) for entry in entries[:_NAMED])
    count = sum(1 for entry in entries if entry.ticket)
    return parts(heading, (fit(str(count), 4), style), named).truncate(width, ellipsis=True)


def _named(entry: Entry, section: str) -> str:
    if not entry.ticket:
        return entry.say
    say = f" {entry.say}" if section in ("woken", "changed", "auto_solving", "on_hold") else ""
    return f"#{entry.ticket}{say or f' {fit(entry.title, _TITLE).rstrip()}'}"
