"""A colleague's open work against now: each line is taken by a tick, then all of it is signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.pack import SECTIONS, Entry
from heroterm.domain.pack import line as words_of
from heroterm.domain.takeover import Compared, Difference, Takeover
from heroterm.tui.binding import bindings
from heroterm.tui.commands import TAKEOVER
from heroterm.tui.screens.listing import Listing
from heroterm.tui.text import fit, parts, safe

GUIDE = "Take the open work, one ticket at a time or all of it; then sign the week off."
EMPTY = " No pack is taken up yet: {takeover.other} opens one."
_TOLD = ("waits", "runs", "promises", "on_hold", "features")
"""Sections that are shown to be read, below what is ticked."""


@dataclass(frozen=True, slots=True)
class Line:
    """A heading, one ticket of the open work, or something to be read."""

    words: str = ""
    ticket_id: int | None = None
    difference: Difference | None = None
    ticked: bool = False
    style: str = ""


class TakeoverScreen(Listing[Line]):
    """What is to be ticked, what is new, and what else the last hero says."""

    BINDINGS = bindings(TAKEOVER)


def lines(taken: Takeover, compared: Compared, sign: str) -> Iterator[Line]:
    """All of it, line by line; `sign` is the key that signs."""
    pack, left = taken.pack, len(compared.left(taken.ticks))
    state = "signed" if taken.signed_at is not None else f"{left} to be ticked, then {sign} signs"
    yield Line(f"Of {pack.hero or 'the last hero'}, {pack.day}: {state}", style="bold")
    yield Line(f"Open work ({len(compared.differences)})", style="bold")
    for one in compared.differences:
        yield Line("", one.entry.ticket, one, one.over or one.entry.ticket in taken.ticks)
    yield Line(f"New since ({len(compared.fresh)})", style="bold")
    for row in compared.fresh:
        yield Line(f"   T{row.tier} #{row.id} {row.title}", row.id)
    for section in _TOLD:
        yield from _section(SECTIONS[section], pack.of(section))
    yield Line("Learnings", style="bold")
    for said in (pack.learnings or "none").split("\n"):
        yield Line(f"   {said}")


def _section(heading: str, entries: tuple[Entry, ...]) -> Iterator[Line]:
    yield Line(f"{heading} ({len(entries)})", style="bold")
    for entry in entries:
        yield Line(f"   {words_of(entry)}", entry.ticket)


def key(one: Line) -> object:
    """What a line is known by."""
    return (one.ticket_id, one.difference is not None) if one.ticket_id else one.words[:12]


def line(one: Line, width: int) -> Content:
    """One line."""
    if one.difference is None:
        return parts((f" {one.words}", one.style))
    entry, wide = one.difference.entry, width >= 90
    over = one.difference.over
    mark = ("[x]", "$sla-ok bold") if one.ticked else ("[ ]", "$sla-breached bold")
    return parts(
        "   ",
        mark,
        (fit(f" T{entry.tier}" if entry.tier else "", 4), f"$tier{min(entry.tier or 4, 4)} bold"),
        fit(f"#{entry.ticket}", 9),
        fit(entry.title, 40 if wide else 24) + "  ",
        (one.difference.now, "$sla-ok" if over else ""),
    )


def detail(one: Line, width: int) -> list[Content]:
    """What the last hero said of it, and what has changed."""
    if one.difference is None:
        return safe(GUIDE if one.style else one.words.strip()).wrap(width)
    entry = one.difference.entry
    head = parts((words_of(entry), "bold")).wrap(width)
    return [*head, *parts(("now: ", "$text-muted"), one.difference.now).wrap(width)]
