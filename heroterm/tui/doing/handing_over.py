"""`g h`: may the week end? Each red line is answered, escalated or passed on from here."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from heroterm.domain.counted import counted
from heroterm.domain.outbox import Draft
from heroterm.domain.pack import Entry, Pack, markdown
from heroterm.domain.playbook_standing import UNTOLD
from heroterm.domain.text import shown
from heroterm.errors import HeroError
from heroterm.tui.doing import (
    boxes,
    copying,
    drafts,
    ending,
    outbox,
    passing,
    section_words,
    taking_over,
)
from heroterm.tui.doing.late_list import LateList
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens import handover as screen
from heroterm.tui.screens.handover import HandoverScreen, Line
from heroterm.tui.screens.listing import Listed

_DEALS = {
    "r": "answer it",
    "e": "escalate it",
    "x": "pass it on with a note",
    "o": "open it, decide there",
    "n": "leave it",
}


def show(desk: OnDesk) -> None:
    """Open the list over the desk."""
    if desk.reading.journal is None:
        desk.tell(str(desk.reading.journal_trouble), severity="error")
        return
    week = HandingOver(desk)
    listed = Listed(
        title="Handover: may the week end?",
        place="handover",
        items=week.lines,
        key=screen.key,
        line=screen.line,
        detail=lambda one, width: screen.detail(one, width, desk.parts.keymap),
        act=week.act,
        empty=screen.WAIT,
        keymap=desk.parts.keymap,
    )
    week.late.box = HandoverScreen(listed)
    desk.app.push_screen(week.late.box)


class HandingOver:
    """The pack while its box is open: asked for anew whenever something may have changed."""

    def __init__(self, desk: OnDesk) -> None:
        self._desk = desk
        self.late: LateList[Pack] = LateList(desk, "pack")

    def lines(self) -> Sequence[Line]:
        """What is known by now."""
        pack = self.late.fresh(self._desk.parts.pack)
        return list(screen.lines(pack)) if pack is not None else []

    # What the keys do

    def act(self, deed: str, chosen: Line | None) -> bool:
        """Do it; True closes the box, because the thing is shown elsewhere."""
        if deed == "take":
            taking_over.show(self._desk)
        pack = self.late.known
        if pack is None or chosen is None:
            return False
        if deed == "copy":
            text = "\n".join(shown(line) for line in markdown(pack))
            copying.to_clipboard(self._desk, text, "the pack as Markdown")
        elif deed == "write":
            self._write(pack)
        elif deed in ("edit", "editor"):
            section_words.edit(self._desk, chosen, whole=deed == "editor")
        elif chosen.entry is not None:
            deal: Callable[[Line, Entry], bool] = self._tick if deed == "tick" else self._deal
            return deal(chosen, chosen.entry)
        elif deed != "take":
            self._desk.tell("No ticket stands on this line: put the cursor on one.")
        return False

    def _write(self, pack: Pack) -> None:
        try:
            written = self._desk.parts.write_pack(pack)
        except HeroError as error:
            self._desk.tell(str(error), severity="error")
        else:
            names = ", ".join(os.path.basename(each) for each in written)
            where = os.path.dirname(next(iter(written), ""))
            self._desk.tell(f"{self._left_here(pack)}Written: {names} in {where}")

    def _left_here(self, pack: Pack) -> str:
        """How many runs the next hero's desk does not find on their tickets; "" for none."""
        here = [one for one in pack.of("runs") if one.say.startswith(UNTOLD)]
        if not here:
            return ""
        tells = self._desk.key("handover.tick")
        return f"{counted(len(here), 'run')} not on the ticket yet ({tells} on the line). "

    def _tick(self, line: Line, entry: Entry) -> bool:
        if line.section == "red":
            passing.ask(self._desk, entry.ticket)
        elif line.section == "passed":
            passing.take_back(self._desk, entry.ticket)
        elif line.section == "promises" and entry.comment is not None:
            passing.kept(self._desk, entry.ticket, entry.comment)
        elif line.section == "runs":
            ending.tell_ticket(self._desk, entry.ticket)
        else:
            self._desk.tell("Ticks are for red lines (pass on), promises (kept) and runs (told).")
        return False

    def _deal(self, line: Line, entry: Entry) -> bool:
        if line.section == "red":
            question = f"#{entry.ticket} {entry.title}: {entry.say}"
            self._desk.ask(question, _DEALS, lambda key: self._chosen(key, entry.ticket))
            return False
        if line.section == "outbox":
            boxes.close(self._desk)
            outbox.show(self._desk)
        elif line.section == "drafts" and (draft := self._draft(entry)) is not None:
            boxes.close(self._desk)
            drafts.go_on(self._desk, draft)
        else:
            self._open(entry.ticket)
        return False

    def _draft(self, entry: Entry) -> Draft | None:
        journal = self._desk.reading.journal
        found = journal.drafts.list() if journal is not None else []
        kind = entry.say.replace(" ", "_")
        return next((d for d in found if (d.ticket_id, d.kind) == (entry.ticket, kind)), None)

    def _chosen(self, key: str, ticket_id: int) -> None:
        if key == "x":
            passing.ask(self._desk, ticket_id)
        elif key in ("r", "e", "o") and self._open(ticket_id):
            command = {"r": "ticket.reply", "e": "ticket.escalate"}.get(key)
            if command is not None:
                self._desk.action_command(command)

    def _open(self, ticket_id: int) -> bool:
        boxes.close(self._desk)
        if self._desk.open_ticket(ticket_id):
            return True
        self._desk.tell(f"#{ticket_id} is not in the mirror.", severity="warning")
        return False
