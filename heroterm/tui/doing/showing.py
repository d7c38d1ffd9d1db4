"""Handing state down to the panes: the open ticket, the status lines, toasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast

from textual.content import Content

from heroterm.domain.ages import ago
from heroterm.domain.freshness import age_words, freshness
from heroterm.domain.outbox import NEEDS_YOU, STATE_WORDS
from heroterm.domain.playbook_standing import standing
from heroterm.domain.priority import why
from heroterm.domain.shared_draft import newest
from heroterm.domain.text import shown
from heroterm.domain.view import QueueCounts
from heroterm.errors import NotYet, StoreError
from heroterm.tui.commands import (
    ANYWHERE,
    COMPOSER,
    FILTER,
    FIND,
    GATE,
    LIST,
    PLAYBOOK,
    QUEUE,
    REVIEW,
    SIDE,
    THREAD,
    TICKET,
)
from heroterm.tui.doing import playing
from heroterm.tui.doing.ways import undo_keys
from heroterm.tui.keyboard import WHILE_TYPING
from heroterm.tui.noticed import Said
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes import status
from heroterm.tui.panes.card import Told
from heroterm.tui.panes.queue import AGE_STYLES
from heroterm.tui.text import parts, width_of

_TOLD_SECONDS = 6.0
_FITTING = 2
_LOUD = {
    "information": "$accent",
    "warning": "$sla-soon bold",
    "error": "$sla-breached bold",
}
_PLACES_OF_KEYS = {
    "queue": (QUEUE, TICKET, ANYWHERE),
    "thread": (TICKET, THREAD, ANYWHERE),
    "side": (SIDE, TICKET, ANYWHERE),
    "replies": (LIST, TICKET, ANYWHERE),
    "playbook": (PLAYBOOK, TICKET, ANYWHERE),
    "words": (COMPOSER,),
    "filter": (FILTER,),
    "review": (REVIEW,),
}


def ticket(desk: OnDesk) -> None:
    """Hand the open ticket down to every pane that shows a part of it."""
    opened = desk.opened
    if opened is None:
        return
    fresh = desk.seeing.looked.fresh(opened) if desk.seeing.looked is not None else frozenset[int]()
    desk.thread.open(opened, fresh, desk.seeing.gate)
    ages(desk)
    lists(desk)


def ages(desk: OnDesk) -> None:
    """How old the open ticket is, in the titles of its panes; its countdowns in words."""
    opened, reading = desk.opened, desk.reading
    if opened is None:
        return
    asked, now = opened.row.fetched_at, reading.now()
    age = (
        age_words(asked, now, reading.promise),
        AGE_STYLES[freshness(asked, now, reading.promise)],
    )
    public = sum(comment.public for comment in opened.comments)
    notes = len(opened.comments) - public
    said = f"{public} message{'s' if public != 1 else ''}, {notes} note{'s' if notes != 1 else ''}"
    if desk.seeing.gate is not None:
        said = f"CONTENT WARNING  {said}"
    desk.thread.entitle(f"2 #{opened.ticket.id}  {said}  {opened.row.title}", age)
    desk.side.entitle("3 Side", age)
    card(desk)


def card(desk: OnDesk) -> None:
    """Hand the side card's facts down, with the present moment."""
    opened = desk.opened
    if opened is None:
        return
    now = desk.reading.now()
    waiting = desk.reading.waits.get(opened.ticket.id)
    run, fits = opened.run, playing.fitting_for(desk, opened) if opened.run is None else []
    told = Told(
        why=why(opened.row, now, desk.book.tiers) if opened.row.section == 0 else "",
        following=desk.book.following(opened, now),
        waiting=desk.book.waiting(waiting, desk.reading.local_now()) if waiting else "",
        playbook=f"{run.playbook.title} {standing(run, now, desk.book.zone_at(now))}"
        if run
        else "",
        fits=", ".join(playbook.title for playbook in fits[:_FITTING]),
        consequence=desk.book.consequence,
        hours=desk.book.hours,
        gate=desk.seeing.gate,
        promise=desk.reading.promise,
        shared=_shared(desk, opened),
        owner=desk.book.owner(opened),
        beside=desk.seeing.beside,
    )
    desk.side.open(replace(opened, read_at=now), told)


def _shared(desk: OnDesk, opened: Opened) -> str:
    """Who shared a draft and when; "" where nobody did, or a warning stands before the words."""
    staff = frozenset(id_ for id_, person in opened.people.items() if person.staff)
    found = newest(opened.comments, staff) if desk.seeing.gate is None else None
    if found is None:
        return ""
    author = opened.people.get(found.author_id) if found.author_id is not None else None
    name = author.name if author is not None else "a colleague"
    return f"{name} shared one {ago(found.at, desk.reading.now())} (D takes it up)"


def lists(desk: OnDesk) -> None:
    """Rank canned replies for the open ticket; show its playbook, or those that fit it."""
    opened = desk.opened
    desk.queue.rows.numbers = desk.reading.numbers = desk.book.numbers
    if desk.reading.breach_first != desk.book.breach_first:
        desk.reading.breach_first = desk.book.breach_first
        desk.queue.reload()
    found = desk.book.replies
    desk.replies.offer(found if opened is None else desk.book.ranked(opened, desk.reading.uses()))
    desk.replies.entitle("4 Canned replies")
    playing.look(desk)


def status_lines(desk: OnDesk) -> None:
    """Draw the top line and the line of news again."""
    reading, width = desk.reading, desk.size.width
    try:
        counts = reading.counts(desk.queue.view)
        intents = reading.intents()
    except StoreError:
        counts, intents = QueueCounts(), []
    now = reading.now()
    link = status.connection(reading.state, now, desk.waits.short(reading.local_now()))
    name = "heroterm demo" if desk.parts.settings.demo else "heroterm"
    sealed = desk.parts.read_only.on
    box = status.outbox_words(intents, broken=reading.journal_trouble is not None)
    desk.head.say(
        status.head(
            reading.state,
            counts,
            now,
            link,
            box,
            name,
            width,
            read_only=sealed,
        )
    )
    here = "" if desk.composer.has_focus_within else "6"
    held = status.hold_line(intents, reading.local_now(), undo_keys(desk), here)
    told = parts((f" {desk.told}", _LOUD[_severity(desk)])) if desk.told else None
    saying_so = STATE_WORDS[NEEDS_YOU] in desk.told
    needs = None if saying_so else status.needs_line(intents)
    # What was said just now comes first: in a narrow terminal the rest is cut off.
    pieces = [piece for piece in (told, held, needs) if piece is not None] or _news(desk)
    desk.news.say(Content(" |").join(pieces).truncate(width, ellipsis=True))


def _news(desk: OnDesk) -> list[Content]:
    """What else must be said: a mirror that fails, trouble with the account, what is waited for."""
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
    return [parts(part) for part in said] or [parts(" ")]


def places(desk: OnDesk) -> Sequence[str]:
    """Places of the table of commands whose keys act with the present focus."""
    focused = desk.focused.id if desk.focused is not None else "queue"
    if focused == "thread" and desk.seeing.gate is not None:
        return (GATE, TICKET, THREAD, ANYWHERE)
    if focused == "thread" and desk.thread.words:
        return (FIND, TICKET, THREAD, ANYWHERE)
    return _PLACES_OF_KEYS.get(focused or "", (TICKET, ANYWHERE))


def too_small(desk: OnDesk) -> bool:
    """Whether the terminal is too small to show what a key would do."""
    return desk.has_class("-flat") or desk.has_class("-tiny")


def resized(desk: OnDesk) -> None:
    """Lines fit the new width; what is being written has the focus again."""
    status_lines(desk)
    key_line(desk)
    lost = desk.composer.writing is not None and not desk.composer.has_focus_within
    if lost and not too_small(desk):
        desk.show_place("compose")
        composer = desk.composer
        desk.set_focus(composer.review if composer.reviewing else composer.words)


def key_line(desk: OnDesk) -> None:
    """Show the keys of the focused pane."""
    rows, here = 2 if desk.size.height >= 24 else 1, places(desk)
    behind = WHILE_TYPING if here in ((COMPOSER,), (FILTER,)) else {}
    line = status.key_line(here, desk.size.width, rows, desk.parts.keymap, behind=behind)
    desk.keys.say(line)


def focus_moved(desk: OnDesk) -> None:
    """Say which keys act now, also for what is held."""
    key_line(desk)
    if desk.reading.intents():
        status_lines(desk)


def kept(desk: OnDesk) -> None:
    """Say quietly, in the composer's frame, that the draft is kept."""
    desk.composer.kept, desk.composer.failing = True, False
    desk.composer.frame()
    if desk.composer.writing is None:
        desk.refresh_desk()


def tell(desk: OnDesk, words: str, severity: str) -> None:
    """A sentence on the news line. Never markup.

    A warning or an error that comes while a box lies over that line is said again behind the box.
    """
    said = Said(desk.reading.local_now(), words, severity)
    desk.noticed.said.append(said)
    _say(desk, said)
    if severity != "information" and not desk.is_current:
        desk.noticed.unheard = said


def heard(desk: OnDesk) -> None:
    """The box is gone: what could not be read under it is said now, if nothing newer was said."""
    said, desk.noticed.unheard = desk.noticed.unheard, None
    if said is not None and said is desk.noticed.said[-1]:
        _say(desk, said)


def _say(desk: OnDesk, said: Said) -> None:
    desk.told = said.words
    status_lines(desk)
    desk.set_timer(_TOLD_SECONDS, lambda: _untell(desk, said.words))
    if said.severity != "information" and _toasts(desk, said.words):
        level = cast(Literal["warning", "error"], said.severity)
        desk.app.notify(shown(said.words), severity=level, markup=False, timeout=_TOLD_SECONDS)


def _toasts(desk: OnDesk, words: str) -> bool:
    """Whether a toast is worth the rows that it covers: where the line cannot hold the words, and
    nothing lies below it that the hero is answering or writing.
    """
    writing = desk.composer.writing is not None and desk.has_class("-narrow")
    return width_of(words) >= desk.size.width and desk.is_current and not writing


def _severity(desk: OnDesk) -> str:
    said = desk.noticed.said
    return said[-1].severity if said else "information"


def _untell(desk: OnDesk, words: str) -> None:
    if desk.told == words:
        desk.told = ""
        status_lines(desk)
