"""Handing state down to the panes: the open ticket, the lists, the keys that act now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from heroterm.domain.ages import ago
from heroterm.domain.freshness import age_words, freshness
from heroterm.domain.playbook_standing import standing
from heroterm.domain.priority import why
from heroterm.domain.shared_draft import newest
from heroterm.tui.commands import (
    ANYWHERE,
    COMPOSER,
    FILTER,
    FIND,
    GATE,
    LIST,
    OUTBOX,
    PLAYBOOK,
    QUEUE,
    REVIEW,
    SIDE,
    THREAD,
    TICKET,
)
from heroterm.tui.doing import aiming, meanwhile, playing, saying
from heroterm.tui.doing.ways import way
from heroterm.tui.keyboard import WHILE_TYPING
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes import status
from heroterm.tui.panes.card import Told
from heroterm.tui.panes.queue_words import AGE_STYLES

_FITTING = 2
_IN_A_RUN = tuple(f"playbook.{name}" for name in ("check", "skip", "wait", "abort"))
"""Commands of the playbook pane that make sense while a run is shown there."""
_THE_WAY_HERE = ("ticket.playbook",)
_PLACES_OF_KEYS = {
    "queue": (QUEUE, TICKET, ANYWHERE),
    "thread": (TICKET, THREAD, ANYWHERE),
    "side": (SIDE, TICKET, ANYWHERE),
    "replies": (LIST, TICKET, ANYWHERE),
    "playbook": (PLAYBOOK, TICKET, ANYWHERE),
    "outbox": (OUTBOX, ANYWHERE),
    "words": (COMPOSER,),
    "filter": (FILTER,),
    "review": (REVIEW,),
}


def ticket(desk: OnDesk) -> None:
    """Hand the open ticket down to every pane that shows a part of it."""
    opened = desk.opened
    if opened is None:
        return
    thread(desk)
    ages(desk)
    lists(desk)


def thread(desk: OnDesk) -> None:
    """Hand the thread down; the draft that is being written is in the composer, not left here."""
    opened, looked, now = desk.opened, desk.seeing.looked, desk.composer.writing
    if opened is None:
        return
    fresh = looked.fresh(opened) if looked is not None else frozenset[int]()
    open_now = (now.ticket_id, now.kind) if now is not None else None
    left = tuple(d for d in opened.drafts if (d.ticket_id, d.kind) != open_now)
    desk.thread.open(replace(opened, drafts=left), fresh, desk.seeing.gate)
    meanwhile.tell(desk)


def ages(desk: OnDesk) -> None:
    """How old the open ticket is, in the titles of its panes; its countdowns in words."""
    titles(desk)
    card(desk)


def titles(desk: OnDesk) -> None:
    """How old the open ticket is, in the titles of its panes, and that it is not in the list."""
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
    out, number = aiming.out_of_list(desk), f"#{opened.ticket.id}"
    title = "  ".join(filter(None, (f"{number} {out}".strip(), said, opened.row.title)))
    desk.thread.entitle(desk.thread.numbered("pane.ticket", title), age)
    side = f"Side  {number} is {out}" if out else "Side"
    desk.side.entitle(desk.side.numbered("pane.side", side), age)


def card(desk: OnDesk) -> None:
    """Hand the side card's facts down, with the present moment."""
    opened = desk.opened
    if opened is None:
        return
    now = desk.reading.now()
    waiting = desk.reading.waits.get(opened.ticket.id)
    fits = [one.playbook for one in playing.offered(desk, opened) if one.fits and not one.done]
    told = Told(
        why=why(opened.row, now, desk.book.tiers) if opened.row.section == 0 else "",
        following=desk.book.following(opened, now),
        waiting=desk.book.waiting(waiting, desk.reading.local_now()) if waiting else "",
        playbook=_playbook(desk, opened),
        fits="" if opened.run else ", ".join(playbook.title for playbook in fits[:_FITTING]),
        answer=_answer(desk, opened) if opened.row.section == 0 else "",
        consequence=desk.book.consequence,
        hours=desk.book.hours,
        reopen_days=desk.book.numbers.reopen_days,
        gate=desk.seeing.gate,
        promise=desk.reading.promise,
        shared=_shared(desk, opened),
        owner=desk.book.owner(opened),
        keymap=desk.parts.keymap,
        beside=desk.seeing.beside,
    )
    desk.side.open(replace(opened, read_at=now), told)


def _playbook(desk: OnDesk, opened: Opened) -> str:
    """The playbook that is under way, or one that had ended before an answer came; "" mostly."""
    run, now = opened.run, desk.reading.now()
    if run is not None:
        return f"{run.playbook.title} {standing(run, now, desk.book.zone)}"
    ended = playing.ended(desk, opened)
    return f"{ended[0].playbook.title} had ended, and an answer came" if ended is not None else ""


def _answer(desk: OnDesk, opened: Opened) -> str:
    """The canned reply that plainly fits, with its status: `Self-hosted: docs, solved`."""
    found = desk.book.to_offer(opened)
    return ", ".join(filter(None, (found.title, found.status))) if found is not None else ""


def _shared(desk: OnDesk, opened: Opened) -> str:
    """Who shared a draft and when; "" where nobody did, or a warning stands before the words."""
    staff = frozenset(id_ for id_, person in opened.people.items() if person.staff)
    found = newest(opened.comments, staff) if desk.seeing.gate is None else None
    if found is None:
        return ""
    author = opened.people.get(found.author_id) if found.author_id is not None else None
    name = author.name if author is not None else "a colleague"
    return (
        f"{name} shared one {ago(found.at, desk.reading.now())} ({way(desk, 'ticket.shared')} "
        "uses it as your reply)"
    )


def lists(desk: OnDesk) -> None:
    """Rank canned replies for the open ticket; show its playbook, or those that fit it."""
    opened = desk.opened
    desk.queue.rows.numbers = desk.reading.numbers = desk.book.numbers
    desk.reading.hours = desk.book.hours
    if desk.reading.breach_first != desk.book.breach_first:
        desk.reading.breach_first = desk.book.breach_first
        desk.queue.reload()
    if opened is None:
        desk.replies.offer(desk.book.replies)
    else:
        from heroterm.tui.used import used  # the first painted queue does without it

        shown, uses = opened, used(desk.reading)
        desk.replies.offer(
            desk.book.ranked(shown, uses),
            lambda reply: desk.book.lifted(shown, reply, uses),
            opened.ticket.id,
        )
    aiming.titles(desk)
    playing.look(desk)


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
    """Lines fit the new width; what had the focus has it again."""
    saying.status_lines(desk)
    key_line(desk)
    aiming.titles(desk)
    if not too_small(desk):
        _refocus(desk)


def _refocus(desk: OnDesk) -> None:
    """Give the focus back that a terminal which was too small took off: without one the keys
    would be the queue's, also where the queue is not seen.
    """
    composer, had = desk.composer, desk.seeing.focus
    has = desk.focused.id if desk.focused is not None else None
    if composer.writing is not None:
        if not composer.has_focus_within:
            desk.show_place("compose")
            desk.set_focus(composer.review if composer.reviewing else composer.words)
    elif has != had == "filter":
        desk.set_focus(desk.query_one("#filter"))
    elif has != had and had in _PLACES_OF_KEYS:
        desk.focus_pane(had)


def key_line(desk: OnDesk) -> None:
    """Show the keys of the focused pane."""
    rows, here = 2 if desk.size.height >= 24 else 1, places(desk)
    behind = WHILE_TYPING if here in ((COMPOSER,), (FILTER,)) else {}
    playbook = desk.playbook
    idle = _IN_A_RUN if playbook.played is None else _THE_WAY_HERE * (desk.focused is playbook)
    line = status.key_line(here, desk.size.width, rows, desk.parts.keymap, idle, behind)
    desk.keys.say(line)


def focus_moved(desk: OnDesk) -> None:
    """Say which keys act now, also for what is held."""
    key_line(desk)
    if desk.reading.intents():
        saying.status_lines(desk)


def kept(desk: OnDesk, as_draft: bool = True) -> None:
    """Say quietly, in the composer's frame, that the draft is kept; unless it is none any more."""
    desk.composer.kept, desk.composer.failing = as_draft, False
    desk.composer.frame()
    if desk.composer.writing is None:
        desk.refresh_desk()
