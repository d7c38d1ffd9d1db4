"""The ticket's thread: read message by message, drawn line by line, searched word by word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.content import Content
from textual.geometry import Size

from heroterm.domain.content_gate import Gate
from heroterm.domain.ticket import Audit, Comment
from heroterm.tui.compositor import draw_now
from heroterm.tui.lines import LinePane
from heroterm.tui.opened import Opened
from heroterm.tui.panes import finding
from heroterm.tui.panes.finding import Hit
from heroterm.tui.panes.gate import gate_lines
from heroterm.tui.panes.thread_lines import EventLines, Laid, Looking, ThreadLines, current_of
from heroterm.tui.text import parts

MOST_AT_ONCE = 300
"""Messages that are laid out at once: a thread may have 5,000 (api.md §3)."""
_EDGE = 10
_HIT, _HIT_HERE = "reverse dim", "reverse bold"


class ThreadPane(LinePane):
    """Shows one opened ticket; `J` and `K` walk its messages, `l` unfolds the one under `▶`."""

    HELP = (
        "The messages of one ticket, oldest first. Notes carry a NOTE bar. ▶ is the message under "
        "the cursor; its links are numbered. {thread.unfold} unfolds its quotes, "
        "{thread.fold} folds it to its first line. NEW came since you looked."
    )

    def __init__(self, *, id: str, now: Callable[[], datetime]) -> None:
        super().__init__(id=id)
        self._now = now
        self.opened: Opened | None = None
        self.at = 0
        self._unfolded: set[int] = set()
        self._folded: set[int] = set()
        """Messages of which only the first line is shown."""
        self._opened_up: set[int] = set()
        """Messages that are unfolded because they hide what is looked for."""
        self._fresh: frozenset[int] = frozenset()
        self._gate: Gate | None = None
        self._events: Sequence[Audit] = ()
        self._event_lines: EventLines = lambda audit, width: []
        self._layout = ThreadLines()
        self._laid = Laid()
        self._width = 0
        self._part = (0, 0)
        self.words = ""
        """What is looked for in this thread."""
        self._hits: Sequence[Hit] = ()
        self._hit = 0
        self._marks: dict[int, list[tuple[int, int, bool]]] = {}
        self._said: Sequence[tuple[Content, int | None]] = ()
        self._room = 0

    def line(self, y: int, width: int) -> Content:
        """A line of the thread as it was laid out for this width, what is found marked in it."""
        lines = self._laid.lines
        line = lines[y] if y < len(lines) else Content("")
        for start, end, here in self._marks.get(y, ()):
            line = line.stylize(_HIT_HERE if here else _HIT, start, end)
        return line

    @property
    def current(self) -> Comment | None:
        """The message under the cursor; None behind a gate."""
        return None if self._gate is not None else current_of(self.opened, self.at)

    @property
    def focus_line(self) -> int | None:
        """Where the message under the cursor begins."""
        return self._laid.starts.get(self.at)

    def open(
        self,
        opened: Opened | None,
        fresh: frozenset[int] = frozenset(),
        gate: Gate | None = None,
    ) -> None:
        """Show a ticket: a new one from its newest message, the same one where it was.

        `fresh` are the ids of the messages that came since the hero looked last. While there is a
        `gate` it is shown alone, and no message is under the cursor.
        """
        before = self.opened
        same = before is not None and opened is not None and before.ticket.id == opened.ticket.id
        same = same and gate == self._gate
        self.opened, self._fresh, self._gate = opened, fresh, gate
        if not same:
            self._unfolded.clear()
            self._folded.clear()
            self._opened_up.clear()
            self._layout.forget()
            self.words, self._said = "", ()
            self.at = self._first_place(opened)
        self._lay()
        if not same:
            self._to_current()

    def _first_place(self, opened: Opened | None) -> int:
        """The first new message, else the newest one."""
        if opened is None or not opened.comments:
            return 0
        new = [n for n, comment in enumerate(opened.comments) if comment.id in self._fresh]
        return new[0] if new else len(opened.comments) - 1

    def interleave(self, events: Sequence[Audit], lines: EventLines) -> None:
        """Show what happened between the messages; nothing where there is none."""
        if events != self._events:
            self._events, self._event_lines = events, lines
            self._lay()

    def clicked(self, at: int, again: bool) -> None:
        """The message that was clicked is the one under the cursor; again: its quotes unfold."""
        above = [n for n, y in self._laid.starts.items() if y <= at]
        if not above or self._gate is not None:
            return
        if max(above) == self.at:
            self.fold(False)
        else:
            self.at = max(above)
            self._lay()

    def say(self, said: Sequence[tuple[Content, int | None]]) -> None:
        """Keep this at the foot, above what is looked for; each with the most lines it may take
        (None: as many as it needs).
        """
        self._said = said
        self._foot()

    def on_resize(self) -> None:
        """Wrap again when the width has changed; in less room the message read stays in sight."""
        self._frame()
        self._fit()
        self._foot()
        before, self._room = self._room, self.room
        y = self._laid.kept_in_sight(self.at, round(self.scroll_y), before, self._room)
        self.scroll_to(y=y, animate=False, force=True)

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """A pane that was just brought up has its width now, before it is drawn at first."""
        resized = super()._size_updated(size, virtual_size, container_size, layout)
        self._fit()
        return resized

    def _fit(self) -> None:
        if self._width not in (0, self._room_across):
            self._lay()
            self._to_current()

    @property
    def _room_across(self) -> int:
        return max(20, self.scrollable_content_region.width)

    def _lay(self) -> None:
        self._width = self._room_across
        self._laid = Laid()
        if self.opened is not None and self._gate is not None:
            self._laid.add(gate_lines(self._gate, self.opened, self._width, self.keymap), 2)
        elif self.opened is not None:
            first, last = self._window()
            unfolded = frozenset(self._unfolded | self._opened_up)
            folded = frozenset(self._folded - self._opened_up)
            looking = Looking(self.at, unfolded, folded, self._fresh, first, last, self.keymap)
            self._laid = self._layout.lay(
                self.opened, looking, self._width, self._now(), self._events, self._event_lines
            )
        self._look_again()
        self.relay(len(self._laid.lines))

    def _window(self) -> tuple[int, int]:
        """Which messages are laid out: all of them, but of thousands only those around the cursor.

        What is looked for is looked for everywhere.
        """
        count = len(self.opened.comments) if self.opened is not None else 0
        if count <= MOST_AT_ONCE or self.words:
            return 0, count
        if not self._part[0] + _EDGE <= self.at < self._part[1] - _EDGE:
            half = MOST_AT_ONCE // 2
            first = max(0, min(self.at - half, count - MOST_AT_ONCE))
            self._part = (first, first + MOST_AT_ONCE)
        return self._part

    def go(self, n: int) -> None:
        """Put the message cursor on message `n` and show it from its head."""
        if self.opened is None or not self.opened.comments or self._gate is not None:
            return
        self.at = max(0, min(n, len(self.opened.comments) - 1))
        self._lay()
        self._to_current()
        draw_now(self)

    def _to_current(self) -> None:
        if self.at in self._laid.starts:
            self.scroll_to(y=self._laid.starts[self.at], animate=False, force=True)

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
        """Fold or unfold the message under the cursor by a step: its first line alone, its words,
        its quotes and all of a long text.
        """
        if self.current is None:
            return
        less, more = (self._unfolded, self._folded) if folded else (self._folded, self._unfolded)
        if self.current.id in less:
            less.discard(self.current.id)
        else:
            more.add(self.current.id)
        self._lay()

    # Finding

    def find(self, words: str) -> None:
        """Mark the words wherever they stand; messages that hide them are unfolded."""
        self.words = words
        self._opened_up.clear()
        self._lay()
        self._open_up()
        if self._opened_up:
            self._lay()
        top = int(self.scroll_offset.y)
        below = [n for n, hit in enumerate(self._hits) if hit.line >= top]
        self._hit = below[0] if below else 0
        self._to_hit()

    def next_hit(self, by: int) -> None:
        """Go to the next or previous place where the words stand, round and round."""
        if self._hits:
            self._hit = (self._hit + by) % len(self._hits)
            self._to_hit()

    def found(self) -> int:
        """How often the words stand in this thread."""
        return len(self._hits)

    def end_find(self) -> None:
        """Look for nothing."""
        self.words = ""
        self._opened_up.clear()
        self._lay()

    def _open_up(self) -> None:
        """Unfold the messages that hide a place where the words stand."""
        wanted = finding.pattern(self.words)
        comments = self.opened.comments if self.opened is not None else ()
        seen = [hit.line for hit in self._hits]
        starts = [*self._laid.starts.values(), len(self._laid.lines)]
        for comment, start, end in zip(comments, starts, starts[1:], strict=False):
            there = sum(1 for _ in wanted.finditer(comment.body)) if wanted is not None else 0
            if there > sum(start <= line < end for line in seen):
                self._opened_up.add(comment.id)

    def _look_again(self) -> None:
        """Find the words in the lines as they are laid out now."""
        wanted = finding.pattern(self.words)
        lines = [line.plain for line in self._laid.lines] if wanted is not None else []
        self._hits = finding.hits(lines, self._laid.indents, wanted) if wanted is not None else ()
        self._hit = min(self._hit, max(0, len(self._hits) - 1))
        self._mark()

    def _mark(self) -> None:
        self._marks = {}
        for n, hit in enumerate(self._hits):
            for y, start, end in hit.spans:
                self._marks.setdefault(y, []).append((start, end, n == self._hit))
        self._foot()

    def _to_hit(self) -> None:
        self._mark()
        if self._hits:
            self.reveal(self._hits[self._hit].line)
        self.redraw()

    def _foot(self) -> None:
        width = self._room_across
        made = [line for words, most in self._said for line in words.wrap(width)[:most]]
        if self.words:
            at = f"{self._hit + 1} of {len(self._hits)}" if self._hits else "not in this ticket"
            keys = self.keymap.told("{find.next} next, {find.previous} back, {find.close} ends")
            made.append(parts((f" find “{self.words}”: {at}  ({keys})", "bold")))
        self.stand(made)
