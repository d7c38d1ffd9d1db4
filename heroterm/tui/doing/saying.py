"""What the desk says: the head, the line of news, a sentence on it or in a toast."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Literal, cast

from textual.content import Content

from heroterm.domain.outbox import NEEDS_YOU, STATE_WORDS, Intent
from heroterm.domain.text import shown
from heroterm.domain.view import QueueCounts
from heroterm.errors import NotYet, StoreError
from heroterm.tui.doing.ways import undo_keys, way
from heroterm.tui.noticed import Said
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes import head, status
from heroterm.tui.panes.head import Head
from heroterm.tui.text import parts, width_of
from heroterm.tui.today import picked_words

_TOLD_SECONDS = 6.0
_LATEST = 4
_LEAST_TOLD = 30
"""Cells that a sentence keeps beside the line of what is held."""
_LOUD = {
    "information": "$accent",
    "warning": "$sla-soon bold",
    "error": "$sla-breached bold",
}


def status_lines(desk: OnDesk) -> None:
    """Draw the top line and the line of news again."""
    reading, width = desk.reading, desk.size.width
    counts, intents, done = QueueCounts(), list[Intent](), None
    with suppress(StoreError):  # what could be read before stands
        counts = reading.counts(replace(desk.queue.view, text=""))  # a filter makes no less work
        intents = reading.intents()
        done = reading.done() if desk.has_class("-wide") else None
    now = reading.now()
    waits = desk.waits.short(reading.local_now())
    name = "heroterm demo" if desk.parts.settings.demo else "heroterm"
    outbox = way(desk, "pane.outbox", "outbox")
    box = head.outbox_words(intents, outbox, broken=reading.journal_trouble is not None)
    sealed, left = desk.parts.read_only.on, desk.waits.left_of
    top = Head(reading.state, counts, now, name, box, waits, sealed, left, done)
    desk.head.say(top.line(width))
    desk.queue.picked(picked_words(done.picked) if done is not None else "")
    here = "" if desk.composer.has_focus_within else outbox
    keys = undo_keys(desk), here, way(desk, "outbox.send")
    off = reading.state.offline_since is not None
    held = status.hold_line(intents, reading.local_now(), *keys, offline=off)
    told = parts((f" {desk.told}", _LOUD[_severity(desk)])) if desk.told else None
    saying_so = STATE_WORDS[NEEDS_YOU] in desk.told
    needs = None if saying_so else status.needs_line(intents, outbox)
    if told and held and told.cell_length + held.cell_length + 2 > width:
        held = status.hold_line(intents, reading.local_now(), *keys, brief=True, offline=off)
        if not off and status.far_off(intents, reading.local_now()):
            held = None
        told = _beside(desk, told, held, width)
    # What was said just now comes first: in a narrow terminal the rest is cut off. What stays held
    # for long, and what waits for the hero, must not keep trouble out of sight.
    pieces = [piece for piece in (told, held, needs) if piece is not None]
    if told is None and (held is None or status.stays(intents, reading.local_now())):
        pieces = _trouble(desk) + pieces
    pieces = pieces or [_activity(desk)]
    desk.news.say(Content(" |").join(pieces).truncate(width, ellipsis=True))


def _beside(desk: OnDesk, told: Content, held: Content | None, width: int) -> Content:
    """What was said, cut where it would hide what can still be recalled; a warning never is."""
    room = width - 2 - (held.cell_length if held else 0)
    cut = _severity(desk) == "information" and room >= _LEAST_TOLD
    return told.truncate(room, ellipsis=True) if cut else told


def _trouble(desk: OnDesk) -> list[Content]:
    """What must be known: a mirror that fails, trouble with the account, what is waited for."""
    reading = desk.reading
    if reading.journal_trouble is not None:
        words = f" {reading.journal_trouble} Replies cannot be kept."
        return [parts((words, "$sla-breached bold"))]
    waits = desk.waits.words(reading.local_now())
    if reading.trouble is not None:
        if standing := waits or desk.waits.standing:
            return [parts((f" {standing}", "$sla-soon"))]
        if isinstance(reading.trouble, NotYet):
            where = desk.parts.settings.account_url
            return [parts((f" Signing in at {where}; the first page is on its way.", "$sla-soon"))]
        return [parts((f" {reading.trouble}", "$sla-breached bold"))]
    said = []
    if reading.state.trouble:
        said.append((f" {reading.state.trouble}", "$sla-soon bold"))
    elif not reading.state.first_fill_done:
        said.append((f" first fill: {status.filled(reading.state)}", "$sla-soon"))
    if skew := status.skew(reading.state.clock_offset):
        said.append((f" {skew}", "$sla-soon"))
    if waits:
        said.append((f" {waits}", "$sla-soon"))
    return [parts(part) for part in said]


def _activity(desk: OnDesk) -> Content:
    """What was said last, where there is room for it; `g a` lists all of it."""
    last = list(desk.noticed.said)[-_LATEST:] if desk.has_class("-wide") else []
    told = [f"{each.at.astimezone():%H:%M} {each.words}" for each in reversed(last)]
    return parts((f" activity: {' | '.join(told)}", "$text-muted")) if told else parts(" ")


def tell(desk: OnDesk, words: str, severity: str) -> None:
    """A sentence on the news line, as it is. Never markup.

    A warning or an error that comes while a box lies over that line is said again behind the box.
    """
    said = Said(desk.reading.local_now(), words, severity)
    desk.noticed.said.append(said)
    _say(desk, said)
    if severity != "information" and not desk.in_front:
        desk.noticed.unheard = said


def heard(desk: OnDesk) -> None:
    """The box is gone: what could not be read under it is said now, if nothing newer was said."""
    said, desk.noticed.unheard = desk.noticed.unheard, None
    if said is not None and said is desk.noticed.said[-1]:
        desk.told = ""  # under the box it was not read
        _say(desk, said)


def true_no_more(desk: OnDesk, words: str) -> None:
    """What was said has been dealt with: it goes at once, and is not said again behind a box."""
    unheard = desk.noticed.unheard
    if unheard is not None and unheard.words == words:
        desk.noticed.unheard = None
    _untell(desk, words)


def _say(desk: OnDesk, said: Said) -> None:
    again, desk.told = desk.told == said.words, said.words
    status_lines(desk)
    desk.set_timer(_TOLD_SECONDS, lambda: _untell(desk, said.words))
    if said.severity != "information" and not again and _toasts(desk, said.words):
        level = cast(Literal["warning", "error"], said.severity)
        desk.app.notify(shown(said.words), severity=level, markup=False, timeout=_TOLD_SECONDS)


def _toasts(desk: OnDesk, words: str) -> bool:
    """Whether a toast is worth the rows that it covers: where the line cannot hold the words, and
    nothing lies below it that the hero is answering or writing.
    """
    writing = desk.composer.writing is not None and desk.has_class("-narrow")
    return width_of(words) >= desk.size.width and desk.in_front and not writing


def _severity(desk: OnDesk) -> str:
    said = desk.noticed.said
    return said[-1].severity if said else "information"


def _untell(desk: OnDesk, words: str) -> None:
    if desk.told == words:
        desk.told = ""
        status_lines(desk)
