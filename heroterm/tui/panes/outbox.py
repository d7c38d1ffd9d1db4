"""The outbox beside everything else, where a large terminal has room for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from textual.content import Content

from heroterm.domain.ages import clock_time
from heroterm.domain.intent_states import HELD, NEEDS_YOU, QUEUED, SENDING, SENT, VERIFY
from heroterm.domain.outbox import Intent
from heroterm.domain.zone import LOCAL
from heroterm.tui import intent_words
from heroterm.tui.leaps import Leaping
from heroterm.tui.messages import CommandClicked
from heroterm.tui.text import fit, parts, width_of

_MARKS = {
    NEEDS_YOU: ("NEEDS", "$sla-breached bold"),
    HELD: ("held", "$held bold"),
    QUEUED: ("waits", "$held"),
    SENDING: ("sends", "$held"),
    VERIFY: ("checks", "$sla-soon"),
    SENT: ("sent", "$sla-ok"),
}
EMPTY = " Nothing waits; nothing was sent today."


class OutboxPane(Leaping):
    """What needs the hero, what waits, what was sent today; the box of `g o` has the rest."""

    HELP = (
        "The outbox: what needs you, what waits in the order of sending, and what was sent today. "
        "{outbox.show} shows a change's ticket or what stopped it; {go.outbox} lists all "
        "there ever was."
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._intents: Sequence[Intent] = ()
        self._before: dict[str, int] = {}
        self._now = datetime.fromtimestamp(0, UTC)
        self._empty = EMPTY
        self._offline = False

    def offer(
        self,
        waiting: Sequence[Intent],
        sent: Sequence[Intent],
        now: datetime,
        empty: str = EMPTY,
        *,
        offline: bool = False,
    ) -> None:
        """Show these, each oldest first, with the cursor on the change where it was. `empty` is
        what stands there in place of nothing; `offline`, that Zendesk is not reached.
        """
        chosen = self.chosen
        self._before, self._now, self._empty = intent_words.places(waiting), now, empty
        self._offline = offline
        self._intents = [*intent_words.in_order(waiting), *reversed(sent)]
        ids = [intent.id for intent in self._intents]
        at: int | None = min(self.cursor or 0, len(ids) - 1) if ids else None
        if chosen is not None and chosen.id in ids:
            at = ids.index(chosen.id)
        if at != self.cursor:
            self.set_reactive(OutboxPane.cursor, at)
        self.relay(max(1, len(ids)))

    @property
    def chosen(self) -> Intent | None:
        """The change under the cursor."""
        at = self.cursor
        return self._intents[at] if at is not None and at < len(self._intents) else None

    def line(self, y: int, width: int) -> Content:
        """`held   #48190 reply + pending   sends in 0:09`, or what nothing says."""
        if not self._intents:
            return parts((self._empty, "$text-muted"))
        intent = self._intents[y]
        mark, style = _MARKS.get(intent.state, (intent.state, "$text-muted"))
        when = self._when(intent)
        what = f"{intent_words.subject(intent)} {intent_words.kind(intent)}"
        room = max(8, width - 8 - width_of(when) - 2)
        return parts((f" {mark:7}", style), fit(what, room), (f" {when}", "$text-muted"))

    def _when(self, intent: Intent) -> str:
        if intent.state == HELD:
            send = self.keymap.key("outbox.send")
            return intent_words.when(intent, self._now, send, offline=self._offline)
        if intent.state == NEEDS_YOU:
            return f"{self.keymap.key('outbox.show')}: why"
        if intent.state == SENT and intent.finished_at is not None:
            return clock_time(intent.finished_at, self._now, LOCAL)
        before = self._before.get(intent.id, 0)
        at_once = "once online" if self._offline else "now"
        return f"after {before} of yours" if before else at_once

    def move(self, by: int) -> None:
        """Move the cursor, stopping at the ends."""
        if self._intents:
            self.cursor = max(0, min((self.cursor or 0) + by, len(self._intents) - 1))

    def clicked(self, at: int, again: bool) -> None:
        """To the change; again: Enter on it."""
        if self._intents:
            self.cursor = at
            if again:
                self.post_message(CommandClicked("outbox.show"))
