"""A whole thread laid out in lines: messages and what happened between them, and what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from textual.content import Content

from heroterm.domain.admin_line import Footer
from heroterm.domain.outbox import NEEDS_YOU, STATE_WORDS, Intent, InternalNote
from heroterm.domain.ticket import Audit, Comment
from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.opened import Opened
from heroterm.tui.panes import message
from heroterm.tui.panes.queue_row import SOURCE_WORDS
from heroterm.tui.text import parts, safe

EventLines = Callable[[Audit, int], list[Content]]
"""One event in lines of a width."""
_GOES_ON = {"public_reply": "ticket.reply", "internal_note": "ticket.note"}


@dataclass(frozen=True, slots=True)
class Looking:
    """How the hero looks at the thread."""

    at: int = 0
    """Number of the message under the cursor."""
    unfolded: frozenset[int] = frozenset()
    """Ids of the messages that are unfolded."""
    folded: frozenset[int] = frozenset()
    """Ids of those of which only the first line is shown."""
    fresh: frozenset[int] = frozenset()
    """Ids of the messages that came since the hero looked last."""
    first: int = 0
    """Number of the first message that is laid out; the ones before it are only counted."""
    last: int = 1 << 30
    """Number after the last one that is."""
    keymap: Keymap = SHIPPED


@dataclass(slots=True)
class Laid:
    """Lines, how many letters at the front of each are no words, and where messages begin."""

    lines: list[Content] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    """First line by the number of the message."""

    def add(self, lines: Iterable[Content], indent: int) -> None:
        """Put lines below."""
        for line in lines:
            self.lines.append(line)
            self.indents.append(indent)

    def kept_in_sight(self, message: int, top: int, before: int, room: int) -> int:
        """The first line to be seen in `room` lines instead of `before`: of the message, as much as
        can be seen stays.
        """
        start = self.starts.get(message)
        if start is None or room >= before:
            return top
        end = min((y for y in self.starts.values() if y > start), default=len(self.lines))
        end = min(end, top + before)
        if end <= max(start, top):
            return top
        return max(top, end - room if start < top else min(start, end - room))


class ThreadLines:
    """Lays out one ticket; what did not change is kept, because a long message is dear."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[tuple[object, ...], list[Content]]] = {}

    def forget(self) -> None:
        """Another ticket comes."""
        self._kept.clear()

    def lay(
        self,
        opened: Opened,
        looking: Looking,
        width: int,
        now: datetime,
        events: Sequence[Audit] = (),
        event_lines: EventLines = lambda audit, width: [],
    ) -> Laid:
        """The thread at a width, oldest first; events stand where they happened."""
        laid, told = Laid(), sorted(events, key=lambda audit: (audit.created_at, audit.id))
        ours = {id_ for audit in told if audit.marker for id_, _ in audit.comments}
        told = [audit for audit in told if audit.changes]
        key = looking.keymap.key
        laid.add(_elsewhere(looking.first, "older", key("thread.oldest")), 2)
        for n, comment in list(enumerate(opened.comments))[looking.first : looking.last]:
            while told and told[0].created_at < comment.created_at:
                apart = not told[1:] or told[1].created_at >= comment.created_at
                laid.add(event_lines(told.pop(0), width) + [Content("")] * apart, 2)
            if comment.id in looking.fresh and not _any_before(opened, n, looking):
                laid.add([_new_line(len(looking.fresh), width)], width)
            laid.starts[n] = len(laid.lines)
            said = self._said(opened, n, looking, now, comment.id in ours)
            laid.add(self._laid_out(said, width), len(message.bar_of(comment)))
        after = len(opened.comments) - looking.last
        laid.add(_elsewhere(after, "newer", key("thread.newest")), 2)
        for audit in told if after <= 0 else ():
            laid.add(event_lines(audit, width), 2)
        laid.add(tail(opened, width, looking.keymap), 2)
        return laid

    def _laid_out(self, said: message.Said, width: int) -> list[Content]:
        comment = said.comment
        look = (
            said.current,
            said.unfolded,
            said.folded,
            said.fresh,
            said.doubt,
            said.ours,
            said.source,
        )
        key = (comment, width, look, said.author, message.day_of(said.now))
        kept = self._kept.get(comment.id)
        if kept is None or kept[0] != key:
            kept = (key, message.lines(said, width))
            self._kept[comment.id] = kept
        return kept[1]

    @staticmethod
    def _said(opened: Opened, n: int, looking: Looking, now: datetime, ours: bool) -> message.Said:
        comment, current = opened.comments[n], n == looking.at
        return message.Said(
            comment=comment,
            author=opened.author(comment),
            now=now,
            links=opened.links(comment) if current else (),
            current=current,
            unfolded=comment.id in looking.unfolded,
            folded=comment.id in looking.folded,
            fresh=comment.id in looking.fresh,
            source=SOURCE_WORDS.get(opened.row.source, "") if n == 0 else "",
            footer=opened.footer if n == 0 else Footer(),
            doubt=opened.doubt(comment),
            ours=ours,
            keymap=looking.keymap,
        )


def _elsewhere(count: int, word: str, key: str) -> list[Content]:
    """That there is more, where a very long thread is laid out in parts."""
    if count <= 0:
        return []
    return [parts((f"  … {count:,} {word} messages ({key} shows them)", "$sla-soon")), Content("")]


def _any_before(opened: Opened, n: int, looking: Looking) -> bool:
    return any(comment.id in looking.fresh for comment in opened.comments[:n])


def _new_line(count: int, width: int) -> Content:
    words = f"-- {count} new since you looked "
    return parts((words + "-" * max(0, width - len(words)), "$accent bold"))


def tail(opened: Opened, width: int, keymap: Keymap = SHIPPED) -> list[Content]:
    """What is not on the server yet: waiting words, drafts, and a thread not fetched."""
    made: list[Content] = []
    for intent in opened.intents:
        if intent.unfinished:
            made += waiting_lines(intent, width, opened.wanted.get(intent.id, ""))
    for draft in opened.drafts:
        key = keymap.key(_GOES_ON.get(draft.kind, "go.drafts"))
        made.append(parts((f"  DRAFT kept here: {key} goes on with it", "$held bold")))
    if not opened.complete:
        made.append(parts(("  the whole thread has not been fetched yet", "$sla-soon italic")))
    elif opened.lacking:
        made.append(parts(("  STALE: newer messages have not been fetched yet", "$sla-soon bold")))
    return made


def waiting_lines(intent: Intent, width: int, wanted: str) -> list[Content]:
    """An unfinished intent as a message that is not there yet, and what else it puts."""
    note = isinstance(intent.comment, InternalNote)
    kind = "your internal note" if note else "your reply" if intent.comment else "your change"
    state = STATE_WORDS[intent.state].upper()
    style = "$sla-breached bold" if intent.state == NEEDS_YOU else "$held bold"
    made = [parts((f"  {kind} - {state}  {intent.why}", style))]
    said = intent.comment.body if intent.comment is not None else ""
    then = f"then {wanted}" if said and wanted else wanted
    for words in filter(None, (said, then)):
        lines = safe(words, "$text-muted").wrap(max(8, width - 2))
        made += [Content.assemble("  ", line) for line in lines]
    return [*made, Content("")]


def current_of(opened: Opened | None, at: int) -> Comment | None:
    """The message under the cursor."""
    if opened is None or not opened.comments:
        return None
    return opened.comments[min(at, len(opened.comments) - 1)]
