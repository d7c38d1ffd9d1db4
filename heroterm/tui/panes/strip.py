"""The side card where there are five lines for it: several facts on each, none wrapped."""

from __future__ import annotations

from heroterm.domain.quotes import first_line
from heroterm.tui.opened import Opened
from heroterm.tui.panes import card
from heroterm.tui.panes.card import Fact, Line, Told
from heroterm.tui.text import parts

_GAP = "  "


def strip(opened: Opened, told: Told, height: int) -> list[Fact]:
    """The most urgent first; what does not fit into `height` lines is left out."""
    who = _joined(card.customer(opened, told), card.who(opened))
    lines = [*card.reasons(opened, told), *card.warnings(opened, told), who]
    clocks = [line for line in card.clocks(opened, told.hours) if _told_here(line, told)]
    lines.append(_joined(*clocks, card.status(opened, told), *card.rating(opened, told)))
    if told.gate is None and (words := _last_words(opened)):
        lines.append([("they wrote: ", "$text-muted"), words])
    lines += card.links(opened, told)
    lines.append(_joined(card.presence(opened, told), _others(opened, told)))
    return [Fact(line) for line in lines[:height]]


def _joined(*lines: Line) -> Line:
    made: Line = []
    for line in lines:
        if line:
            made += [_GAP, *line] if made else line
    return made


def _told_here(clock: Line, told: Told) -> bool:
    """Whether a clock stands here: not one that is closed, or that the line above tells of."""
    said = _said(clock)
    return said not in told.why and ", closed" not in said


def _said(line: Line) -> str:
    return parts(*line).plain


def _others(opened: Opened, told: Told) -> Line:
    words = f"{len(opened.others)} more open ({told.keys('pane.side')})"
    return [(words, "$sla-soon")] if opened.others else []


def _last_words(opened: Opened) -> str:
    """The first line of the customer's last message."""
    for comment in reversed(opened.comments):
        author = opened.author(comment)
        if comment.public and (author is None or not author.staff):
            return first_line(comment.body)
    return ""
