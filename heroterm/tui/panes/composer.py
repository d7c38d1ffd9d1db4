"""The composer: one for a public reply, one for an internal note, and no key turns one into the
other while words are being typed. Its frame says in words who will read them (features D1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.timer import Timer
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from heroterm.domain.deeds import EnclosedFile, NewTicket
from heroterm.domain.outbox import Changes, Draft
from heroterm.tui.framed import put_title
from heroterm.tui.messages import DraftChanged
from heroterm.tui.panes.review import ReviewBar
from heroterm.tui.panes.words import BLANK, Words
from heroterm.tui.text import safe_line

Place = tuple[int, int]
PUBLIC, NOTE, NEW = "public_reply", "internal_note", "new_ticket"
INLINE = "::"
"""Typed after a blank, it opens the picker of canned replies."""
_REST_SECONDS = 0.4
_AGAIN_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Writing:
    """What is being written, to whom, and what was on the screen when it began."""

    ticket_id: int
    kind: str
    to: str
    """Who will read it, in words."""
    where: str
    """Where the customer reads it, in words; "" for a note."""
    status: str | None
    base_stamp: str
    seen_comment_id: int | None
    then_next: bool
    intent_id: str
    """Made when the writing began: however often `y` is pressed, it is one intent."""
    new: NewTicket | None = None
    """The ticket of its own that these words begin; None answers the ticket itself."""
    add_ccs: tuple[str, ...] = ()
    remove_ccs: tuple[str, ...] = ()
    files: tuple[EnclosedFile, ...] = ()
    later: datetime | None = None
    """When it is to be sent; None: after the usual hold."""
    chosen: bool = False
    """Whether the status is somebody's choice; else the Review sets the one that fits."""
    canned: tuple[tuple[str, str], ...] = ()
    """Canned replies put into the text: name, and the words as they were put."""
    changes: Changes = field(default_factory=Changes)
    """What else changes along with the words; the status and copies above come first."""
    step: tuple[str, str] | None = None
    """The run and its step that these words do (Draft.step): `intent_id` is the step's, then."""


def _called(writing: Writing, narrow: bool) -> str:
    to = writing.to.partition(" <")[0] if narrow else writing.to
    if writing.kind == NOTE:
        return "INTERNAL NOTE - colleagues only"
    if writing.new is None:
        return f"PUBLIC REPLY to {to} {writing.where}"
    what = "FOLLOW-UP" if writing.new.follows_up is not None else "NEW TICKET"
    return f"{what} to {to}: {writing.new.subject}"


class Composer(Vertical):
    """Text above, Review bar below. Hidden while nothing is being written."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.writing: Writing | None = None
        self._rest: Timer | None = None
        self._saved = ""
        self.known = ""
        """The words that this desk read or kept last: what another window kept is not lost."""
        self.kept = False
        self.failing = False
        """Whether the words as they stand could not be kept; it is tried again until they are."""
        self.reviewing = False
        """Whether the Review bar had the focus last, not the text."""
        self.queuing = False
        """Whether what is written is on its way into the journal: no second `y` counts."""

    def compose(self) -> ComposeResult:
        """The text area and the Review bar under it."""
        yield Words(id="words", soft_wrap=True, show_line_numbers=False, compact=True)
        yield ReviewBar(id="review")

    @property
    def words(self) -> Words:
        """The text area."""
        return self.query_one(Words)

    @property
    def review(self) -> ReviewBar:
        """The bar where what is written is looked at before it is queued."""
        return self.query_one(ReviewBar)

    def exchange(self, text: str) -> None:
        """Another text in the place of this one, as one step that can be taken back."""
        words = self.words
        words.history.checkpoint()
        words.replace(text, (0, 0), words.document.end, maintain_selection_offset=False)
        words.history.checkpoint()
        words.move_cursor((0, 0))

    @property
    def body(self) -> str:
        """The text as it stands."""
        return self.words.text

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Text or Review: a terminal that is too small for both takes the focus off."""
        self.reviewing = event.widget is self.review

    def begin(self, writing: Writing, draft: Draft | None) -> None:
        """Start writing, or go on with a draft where it was left."""
        self._stop_rest()
        self.writing = writing
        self.queue(False)
        self.review.clear()
        self.words.load_text(draft.body if draft is not None else "")
        if draft is not None:
            self.words.move_cursor(draft.cursor)
        self._saved = self.known = self.words.text
        self.kept = self.failing = False
        self.frame()

    def frame(self) -> None:
        """Say in the border what this is: the words that keep a note from going out as a reply."""
        if self.writing is None:
            return
        self.set_class(self.writing.kind == NOTE, "-note")
        kept = "  NOT KEPT, trying again" if self.failing else "  draft kept" if self.kept else ""
        called = _called(self.writing, (self.size.width or self.app.size.width) < 100)
        put_title(self, safe_line(f"{called}  #{self.writing.ticket_id}{kept}"))

    def change(self, **changes: object) -> None:
        """Change what is known about the writing: status, kind, then_next."""
        if self.writing is not None and not self.queuing:
            self.writing = replace(self.writing, **changes)  # type: ignore[arg-type]
            self.frame()

    def end(self) -> None:
        """Nothing is being written any more."""
        self.writing = None
        self.queue(False)
        self._stop_rest()
        self.words.load_text("")
        self.review.clear()

    def _stop_rest(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    # Keeping the draft

    @on(TextArea.Changed)
    def _typed(self) -> None:
        """Half a second after the first key that is not kept the draft is, pause or no pause."""
        if self.writing is None or self.body == self._saved:
            return
        if self.kept:
            self.kept = False
            self.frame()
        if self._rest is None:
            self._rest = self.set_timer(_REST_SECONDS, self._rested)

    def not_kept(self, known: str) -> None:
        """What was to be kept was not; `known` is what is. In a while it is tried again."""
        self.known, self.failing = known, True
        self.frame()
        if self._rest is None:
            self._rest = self.set_timer(_AGAIN_SECONDS, self._rested)

    def _rested(self) -> None:
        self._rest = None
        self._saved = self.body
        self.post_message(DraftChanged())

    # Blanks

    def queue(self, on: bool) -> None:
        """While what is written goes into the journal, nothing can be changed about it."""
        self.queuing = on
        self.words.read_only = on

    @property
    def before(self) -> str:
        """What stands before the cursor."""
        return self.body[: self._index(min(self.words.selection))]

    def insert(self, text: str, end: int | None = None) -> None:
        """Put text at the cursor and go to its first blank; without one to `end` in the text."""
        start = self._index(self.words.selection.start)
        self.words.insert(text)
        blank = BLANK.search(self.body, start)
        if blank is not None:
            self._mark(blank.start(), blank.end())
        elif end is not None:
            self._mark(start + end, start + end)

    def next_blank(self) -> bool:
        """Select the next thing to fill in; False when there is none left."""
        at = self._index(self.words.selection.end)
        blank = BLANK.search(self.body, at) or BLANK.search(self.body)
        if blank is None:
            return False
        self._mark(blank.start(), blank.end())
        return True

    def previous_blank(self) -> None:
        """Select the thing to fill in before the cursor; the last one where none is before it."""
        at = self._index(min(self.words.selection))
        blanks = list(BLANK.finditer(self.body))
        before = [blank for blank in blanks if blank.start() < at] or blanks
        if before:
            self._mark(before[-1].start(), before[-1].end())

    def jump(self, phrases: Sequence[str]) -> bool:
        """Select the next of these words in the text; False where none of them stands there."""
        folded = self.body.casefold()
        same = len(folded) == len(self.body)
        text = folded if same else self.body
        wanted = [phrase.casefold() if same else phrase for phrase in phrases if phrase.strip()]
        found = sorted(
            hit.span() for phrase in wanted for hit in re.finditer(re.escape(phrase), text)
        )
        if not found:
            return False
        at = self._index(max(self.words.selection))
        self._mark(*next((spot for spot in found if spot[0] >= at), found[0]))
        return True

    def _mark(self, start: int, end: int) -> None:
        place = self._place
        self.words.selection = Selection(place(start), place(end))
        self.words.scroll_to_region(Region(0, place(start)[0], 1, 1), animate=False)
        self.screen.set_focus(self.words)

    def _index(self, place: Place) -> int:
        """Position in the text of a row and a column."""
        lines = self.body.split("\n")
        return sum(len(line) + 1 for line in lines[: place[0]]) + place[1]

    def _place(self, index: int) -> Place:
        """Row and column of a position in the text."""
        before = self.body[:index]
        return before.count("\n"), len(before) - before.rfind("\n") - 1
