"""Whether the hero may answer in public: the seat first, then where the ticket was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Draft
from heroterm.domain.rules_of_recipients import LIGHT_AGENT, UPGRADE
from heroterm.domain.source import Verdict
from heroterm.domain.view import LIGHT
from heroterm.journal.database import Journal
from heroterm.tui.doing import ruling
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import NEW, NOTE, PUBLIC
from heroterm.tui.text import parts

_KEPT = "Your words stay a draft: {go.drafts} lists it."


def is_light(desk: OnDesk) -> bool:
    """Whether the signed-in person may write internal notes only (features H6)."""
    return desk.reading.state.role == LIGHT


def may_reply(desk: OnDesk, opened: Opened) -> Verdict:
    """Whether this person may answer this ticket in public."""
    if is_light(desk):
        return Verdict(False, LIGHT_AGENT, "{ticket.note} writes an internal note. " + UPGRADE)
    return desk.book.may_reply(opened)


def may_begin(desk: OnDesk, kind: str, opened: Opened | None, new: NewTicket | None) -> Verdict:
    """Whether words of this kind may be begun, or gone on with: those that could never go are not.

    A follow-up answers the ticket that it follows; of another new ticket the rules see to whom
    it goes.
    """
    if kind == NOTE:
        return Verdict(True)
    answers = kind != NEW or (new is not None and new.follows_up is not None)
    if opened is not None and answers:
        return may_reply(desk, opened)
    return Verdict(False, LIGHT_AGENT, UPGRADE) if is_light(desk) else Verdict(True)


def refused(desk: OnDesk, verdict: Verdict, kept: str = "") -> None:
    """Say why not and what to do instead: the way to another seat takes a box."""
    if is_light(desk):
        note = "{ticket.note} writes an internal note for your colleagues."
        lines = [LIGHT_AGENT, "", note, "", UPGRADE]
        lines += ["", kept] if kept else []
        desk.explain("Light agent", [parts(desk.filled(line)) for line in lines])
    else:
        said = f"{ruling.sentence(desk, verdict)} {desk.filled(kept)}".rstrip()
        desk.tell(said, severity="warning")


def turn_away(
    desk: OnDesk,
    verdict: Verdict,
    opened: Opened | None,
    draft: Draft | None,
    write: Callable[[Draft], None],
) -> None:
    """Refuse before a word is written. Words that are there already stay a draft, or become an
    internal note by `i`, which `write` then opens; a note that lies there is not written over.
    """
    words = draft is not None and bool(draft.body.strip())
    if draft is None or draft.kind != PUBLIC or not words or opened is None or opened.draft(NOTE):
        refused(desk, verdict, _KEPT if draft is not None and not draft.blank else "")
        return
    note = replace(
        draft, kind=NOTE, status=None, ccs=(), remove_ccs=(), later=None, to="", step=None
    )

    def exchange(journal: Journal) -> None:
        journal.drafts.save(note, over="")
        journal.drafts.trash(draft.ticket_id, PUBLIC)

    def said(answer: str) -> None:
        if answer == "i":
            desk.pen.write(exchange, lambda _: write(note))
        else:
            desk.tell(desk.filled(_KEPT))

    instead = desk.filled(UPGRADE if is_light(desk) else verdict.instead)
    letters = {"i": "make your words an internal note", "n": "leave them: they stay a draft"}
    desk.ask(f"{verdict.say}\n\n{instead}", letters, said)
