"""The ticket's thread: read message by message, drawn line by line."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from heroterm.domain.admin_line import Footer
from heroterm.domain.outbox import NEEDS_YOU, STATE_WORDS, Intent, InternalNote
from heroterm.domain.ticket import Comment
from heroterm.tui.lines import LinePane
from heroterm.tui.opened import Opened
from heroterm.tui.panes import message
from heroterm.tui.panes.queue_row import SOURCE_WORDS
from heroterm.tui.text import parts, safe


class ThreadPane(LinePane):
    """Shows one opened ticket; `J` and `K` walk its messages, `l` unfolds the one under `▶`."""

    HELP = "The messages of one ticket, oldest first. Notes carry a NOTE bar."

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.opened: Opened | None = None
        self.at = 0
        self._unfolded: set[int] = set()
        self._kept: dict[int, tuple[tuple[object, ...], list[Content]]] = {}
        self._lines: list[Content] = []
        self._starts: list[int] = []
        self._width = 0

    def line(self, y: int, width: int) -> Content:
        """A line of the thread as it was laid out for this width."""
        return self._lines[y] if y < len(self._lines) else Content("")

    @property
    def current(self) -> Comment | None:
        """The message under the cursor."""
        if self.opened is None or not self.opened.comments:
            return None
        return self.opened.comments[min(self.at, len(self.opened.comments) - 1)]

    def open(self, opened: Opened | None) -> None:
        """Show a ticket: a new one from its newest message, the same one where it was."""
        before = self.opened
        same = before is not None and opened is not None and before.ticket.id == opened.ticket.id
        self.opened = opened
        if not same:
            self._unfolded.clear()
            self._kept.clear()
            self.at = max(0, len(opened.comments) - 1) if opened is not None else 0
        self._lay()
        if not same:
            self.call_after_refresh(self._to_current)

    def on_resize(self) -> None:
        """Wrap again when the width has changed."""
        if self.scrollable_content_region.width != self._width:
            self._lay()

    def _lay(self) -> None:
        self._width = max(20, self.scrollable_content_region.width)
        self._lines, self._starts = [], []
        if self.opened is not None:
            for n, comment in enumerate(self.opened.comments):
                self._starts.append(len(self._lines))
                self._lines += self._laid_out(n, comment)
            self._lines += self._tail(self.opened)
        self.relay(len(self._lines))

    def _laid_out(self, n: int, comment: Comment) -> list[Content]:
        """The message's lines, kept while nothing about them changes: a long one is dear."""
        key = (comment, self._width, n == self.at, comment.id in self._unfolded)
        kept = self._kept.get(comment.id)
        if kept is None or kept[0] != key:
            kept = (key, message.lines(self._said(n, comment), self._width))
            self._kept[comment.id] = kept
        return kept[1]

    def _said(self, n: int, comment: Comment) -> message.Said:
        opened = self.opened
        assert opened is not None
        author = opened.author(comment)
        staff = author is not None and author.staff
        own = opened.requester.email if opened.requester is not None else None
        address = comment.from_address or (author.email if author is not None else None)
        return message.Said(
            comment=comment,
            author=author,
            links=opened.links(comment),
            current=n == self.at,
            unfolded=comment.id in self._unfolded,
            source=SOURCE_WORDS.get(opened.row.source, "") if n == 0 else "",
            footer=opened.footer if n == 0 else Footer(),
            differs=bool(comment.public and not staff and address and own and address != own),
        )

    def _tail(self, opened: Opened) -> list[Content]:
        """What is not on the server yet: waiting words, drafts, and a thread not fetched."""
        made: list[Content] = []
        for intent in opened.intents:
            if intent.unfinished:
                made += waiting_lines(intent, opened.read_at, self._width)
        for draft in opened.drafts:
            word = {"public_reply": "r", "internal_note": "i"}.get(draft.kind, "g d")
            made.append(parts((f"  DRAFT kept here: {word} goes on with it", "$held bold")))
        if not opened.complete:
            made.append(parts(("  the whole thread has not been fetched yet", "$sla-soon italic")))
        return made

    # Moving

    def go(self, n: int) -> None:
        """Put the message cursor on message `n` and show it from its head."""
        if self.opened is None or not self.opened.comments:
            return
        self.at = max(0, min(n, len(self.opened.comments) - 1))
        self._lay()
        self._to_current()

    def _to_current(self) -> None:
        if self.at < len(self._starts):
            self.scroll_to(y=self._starts[self.at], animate=False, force=True)

    def step(self, by: int, *, public: bool = False) -> None:
        """Walk to the next or previous message, or the next public one."""
        if self.opened is None:
            return
        n = self.at + by
        while public and 0 <= n < len(self.opened.comments) and not self.opened.comments[n].public:
            n += by
        if 0 <= n < len(self.opened.comments):
            self.go(n)

    def fold(self, folded: bool) -> None:
        """Fold or unfold the quotes and long text of the message under the cursor."""
        if self.current is not None:
            (self._unfolded.discard if folded else self._unfolded.add)(self.current.id)
            self._lay()


def waiting_lines(intent: Intent, now: datetime, width: int) -> list[Content]:
    """An unfinished intent as a message that is not there yet."""
    note = isinstance(intent.comment, InternalNote)
    kind = "your internal note" if note else "your reply" if intent.comment else "your change"
    state = STATE_WORDS[intent.state].upper()
    style = "$sla-breached bold" if intent.state == NEEDS_YOU else "$held bold"
    made = [parts((f"  {kind} - {state}  {intent.why}", style))]
    if intent.comment is not None:
        made += [
            Content.assemble("  ", line)
            for line in safe(intent.comment.body, "$text-muted").wrap(max(8, width - 2))
        ]
    if intent.changes.status is not None:
        made.append(parts((f"  then status {intent.changes.status}", "$text-muted")))
    return [*made, Content("")]
