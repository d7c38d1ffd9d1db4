"""The hero's own words in the pack: a line added, or a whole section in $EDITOR."""

from __future__ import annotations

import json

from heroterm.domain.handover import LEARNED, REMARKS
from heroterm.domain.pack import SECTIONS
from heroterm.journal.database import Journal
from heroterm.tui.doing.editing import edited
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.handover import LEARNINGS, VERDICT, Line
from heroterm.tui.screens.step import Asked, Said, StepBox
from heroterm.tui.text import safe


def edit(desk: OnDesk, line: Line, *, whole: bool) -> None:
    """Add a line to the section under the cursor, or edit all of its words."""
    section = LEARNINGS if line.section == VERDICT else line.section
    before = _words(desk, section)
    if whole:
        changed = edited(desk, before)
        if changed is not None:
            _keep(desk, section, changed.strip())
        return
    title = "Learnings" if section == LEARNINGS else SECTIONS[section]
    asked = Asked(f"Add a line to: {title}", safe(before).split("\n"), {}, "", "type a line")

    def said(answer: Said | None) -> None:
        if answer is not None and answer.value.strip():
            _keep(desk, section, f"{before}\n{answer.value.strip()}".strip())

    desk.app.push_screen(StepBox(asked), said)


def _words(desk: OnDesk, section: str) -> str:
    journal = desk.reading.journal
    if journal is None:
        return ""
    if section == LEARNINGS:
        return journal.marks.recall(LEARNED) or ""
    return journal.marks.recall_words(REMARKS).get(section, "")


def _keep(desk: OnDesk, section: str, words: str) -> None:
    def keep(journal: Journal) -> None:
        if section == LEARNINGS:
            journal.marks.remember(LEARNED, words)
            return
        remarks = journal.marks.recall_words(REMARKS)
        journal.marks.remember(REMARKS, json.dumps({**remarks, section: words}))

    desk.pen.write(keep, lambda _: desk.refresh_outbox())
