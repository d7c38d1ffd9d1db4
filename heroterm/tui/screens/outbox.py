"""The outbox as a list: what, for which ticket, where it stands, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from heroterm.domain.ages import ago
from heroterm.domain.outbox import HELD, NEEDS_YOU, SENT, STATE_WORDS, Intent
from heroterm.domain.text import first_line
from heroterm.tui.binding import bindings
from heroterm.tui.commands import OUTBOX
from heroterm.tui.lines import LinePane, TextLines
from heroterm.tui.panes.status import key_line
from heroterm.tui.text import fit, parts, safe

KIND_WORDS = {
    "public_reply": "reply",
    "internal_note": "note",
    "fields": "change",
    "new_ticket": "new ticket",
    "person_organization": "organization of",
    "organization_text": "organization text",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to do with which intent: `show`, `edit`, `send`, `hold`, `again` or `discard`."""

    deed: str
    intent: Intent


class IntentList(LinePane):
    """The intents, those that wait first."""

    BINDINGS = bindings(OUTBOX)

    def __init__(self, now: Callable[[], datetime], *, id: str) -> None:
        super().__init__(id=id)
        self._now = now
        self.intents: Sequence[Intent] = ()

    def offer(self, intents: Sequence[Intent]) -> None:
        """Take over the list."""
        self.intents = intents
        self.set_reactive(IntentList.cursor, 0 if intents else None)
        self.relay(max(1, len(intents)))

    def line(self, y: int, width: int) -> Content:
        """One intent in one line."""
        if not self.intents:
            return parts(
                (" The outbox is empty: nothing waits and nothing was sent yet.", "$text-muted")
            )
        intent = self.intents[y]
        style = {NEEDS_YOU: "$sla-breached bold", SENT: "$sla-ok"}.get(intent.state, "$held")
        words = first_line(intent.comment.body) if intent.comment is not None else ""
        status = f" + {intent.changes.status}" if intent.changes.status else ""
        return parts(
            f" #{intent.ticket_id:<7} ",
            (fit(KIND_WORDS[intent.kind] + status, 18), ""),
            (fit(self._state(intent), 28), style),
            (fit(ago(intent.created_at, self._now()), 13), "$text-muted"),
            words,
        )

    def _state(self, intent: Intent) -> str:
        """The state in words; while held, the seconds that are left."""
        left = int((intent.send_after - self._now()).total_seconds())
        if intent.state != HELD:
            return STATE_WORDS[intent.state]
        return f"held, sends in {max(0, left)} s" if left < 86_400 else "held until released"


class OutboxScreen(ModalScreen[Chosen | None]):
    """Dismisses with what is to be done, or None."""

    def __init__(self, listed: Callable[[], Sequence[Intent]], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._listed, self._now = listed, now

    def compose(self) -> ComposeResult:
        """List above, the words and the reason below."""
        with Vertical(id="box") as box:
            box.border_title = "6 Outbox"
            yield IntentList(self._now, id="intents")
            yield TextLines(id="detail", can_focus=False)
            yield TextLines(id="outbox-keys", can_focus=False)

    def on_mount(self) -> None:
        """Show what there is."""
        self.reload()
        self.query_one(IntentList).focus()
        self.call_after_refresh(self._detail)

    def reload(self) -> None:
        """Show what there is now; the cursor stays on its intent."""
        pane, chosen = self.query_one(IntentList), self._chosen()
        rank = {NEEDS_YOU: 0, SENT: 2}
        shown = sorted(
            self._listed(), key=lambda i: (rank.get(i.state, 1), -i.created_at.timestamp())
        )
        pane.offer(shown[:200])
        ids = [intent.id for intent in pane.intents]
        if chosen is not None and chosen.id in ids:
            pane.cursor = ids.index(chosen.id)
        self._detail()

    def _chosen(self) -> Intent | None:
        pane = self.query_one(IntentList)
        return pane.intents[pane.cursor] if pane.cursor is not None and pane.intents else None

    def _detail(self) -> None:
        intent, pane = self._chosen(), self.query_one("#detail", TextLines)
        width = max(10, pane.scrollable_content_region.width)
        self.query_one("#outbox-keys", TextLines).show(key_line((OUTBOX,), width, 2).split())
        if intent is None:
            pane.show([])
            return
        lines = parts((intent.why or STATE_WORDS[intent.state], "bold")).wrap(width)
        if intent.comment is not None:
            lines += safe(intent.comment.body).wrap(width)
        pane.show(lines)

    def action_command(self, id_: str) -> None:
        """Move, close, or leave with what is to be done."""
        if not self.is_current:
            return
        deed = id_.removeprefix("outbox.")
        pane, intent = self.query_one(IntentList), self._chosen()
        if deed in ("down", "up"):
            step = 1 if deed == "down" else -1
            pane.cursor = max(0, min((pane.cursor or 0) + step, max(0, len(pane.intents) - 1)))
            self._detail()
        elif deed == "close" or intent is None:
            self.dismiss(None)
        else:
            self.dismiss(Chosen(deed, intent))
