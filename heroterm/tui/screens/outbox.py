"""The outbox as a list: what, for which ticket, where it stands, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.content import Content

from heroterm.domain.ages import ago
from heroterm.domain.outbox import DISCARDED, NEEDS_YOU, RECALLED, SENT, STATE_WORDS, Intent
from heroterm.domain.quotes import first_line
from heroterm.domain.sizes import size_words
from heroterm.tui import intent_words
from heroterm.tui.binding import bindings
from heroterm.tui.commands import OUTBOX
from heroterm.tui.keymap import Keymap
from heroterm.tui.naming import Names
from heroterm.tui.screens.listing import Listed, Listing
from heroterm.tui.text import fit, parts, safe, width_of

SHOWN = 200
"""Intents that are listed at most."""
_STYLES = {
    NEEDS_YOU: "$sla-breached bold",
    SENT: "$sla-ok",
    RECALLED: "$text-muted",
    DISCARDED: "$text-muted",
}
_EMPTY = " The outbox is empty: nothing waits and nothing was sent yet."


class OutboxScreen(Listing[Intent]):
    """Every intent, those that need a decision first."""

    BINDINGS = bindings(OUTBOX)


def _within(state: str, room: int) -> str:
    """A state in so many cells; where there is no room, how long that is (`(2 d)`) goes first."""
    return fit(state if width_of(state) <= room else state.partition(" (")[0], room)


class OutboxLines:
    """How the outbox draws an intent. `listed` gives what waits, oldest first, and what was done
    with; `send` is the key that sends what waits for the hero; `offline`, whether Zendesk is not
    reached now.
    """

    def __init__(
        self,
        listed: Callable[[], Sequence[Intent]],
        now: Callable[[], datetime],
        names: Callable[[], Names],
        send: str,
        offline: Callable[[], bool] = lambda: False,
    ) -> None:
        self._listed, self._now, self._names, self._send = listed, now, names, send
        self._offline = offline
        self._before: dict[str, int] = {}

    def items(self) -> Sequence[Intent]:
        """What needs a decision, then what waits in the order of sending, then the rest."""
        every = self._listed()
        self._before = intent_words.places(every)
        waits = [i for i in every if i.unfinished]
        done = [i for i in every if not i.unfinished]
        return [*intent_words.in_order(waits), *sorted(done, key=_finished, reverse=True)][:SHOWN]

    def line(self, intent: Intent, width: int) -> Content:
        """One intent on one line; the age stands there where there is room."""
        now = self._now()
        words = first_line(intent.comment.body) if intent.comment is not None else ""
        if intent.comment is None:
            words = ", ".join(self.said(intent))
        age = ago(intent.created_at, now) if width >= 90 else ""
        before = self._before.get(intent.id, 0)
        state = intent_words.state(intent, now, self._send, before, offline=self._offline())
        return parts(
            fit(f" {intent_words.subject(intent)}", 9),
            fit(intent_words.kind(intent), 18 if width >= 90 else 16) + " ",
            (_within(state, 36 if width >= 90 else 28) + " ", _STYLES.get(intent.state, "$held")),
            (fit(age, 12) if age else "", "$text-muted"),
            words,
        )

    def detail(self, intent: Intent, width: int) -> list[Content]:
        """Why it stands where it stands, everything that goes with it, and its words."""
        lines = parts((intent.why or STATE_WORDS[intent.state].capitalize(), "bold")).wrap(width)
        beside = self.said(intent)
        beside += [f"file {file.name} ({size_words(file.size)})" for file in intent.files]
        if beside:
            lines += parts((" | ".join(beside), "$text-muted")).wrap(width)
        if intent.comment is not None:
            lines += safe(intent.comment.body).wrap(width)
        return lines

    def said(self, intent: Intent) -> list[str]:
        """Field changes and the deed in words."""
        names = self._names()
        return [*intent_words.deed(intent, names), *names.said(intent.changes)]


def _finished(intent: Intent) -> datetime:
    return intent.finished_at or intent.created_at


def listed(
    lines: OutboxLines, act: Callable[[str, Intent | None], bool], keymap: Keymap
) -> Listed[Intent]:
    """The outbox as what a box lists."""
    return Listed(
        title=f"{keymap.get('pane.outbox').shown_key} Outbox".lstrip(),
        place=OUTBOX,
        items=lines.items,
        key=lambda intent: intent.id,
        line=lines.line,
        detail=lines.detail,
        act=act,
        empty=_EMPTY,
        keymap=keymap,
    )
