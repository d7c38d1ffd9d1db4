"""Canned replies, those that fit the open ticket first, and why they stand there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from heroterm.domain.reply import CannedReply
from heroterm.tui.leaps import Leaping
from heroterm.tui.messages import ReplyPicked
from heroterm.tui.text import Part, parts


def _nothing(reply: CannedReply) -> str:
    return ""


class RepliesPane(Leaping):
    """A list to choose a canned reply from; Enter puts it into the composer."""

    HELP = (
        "Canned replies. {list.choose} puts one into a reply; {ticket.canned} picks one from "
        "anywhere."
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._replies: Sequence[CannedReply] = ()
        self._why: Callable[[CannedReply], str] = _nothing
        self._ticket_id: int | None = None

    def offer(
        self,
        replies: Sequence[CannedReply],
        why: Callable[[CannedReply], str] = _nothing,
        ticket_id: int | None = None,
    ) -> None:
        """Take over the replies as they are ranked for a ticket; `why` says in words what lifts
        one. For the ticket for which they stood here already the cursor stays on its reply.
        """
        moved = self.has_focus or bool(self.cursor)
        kept = self.chosen if moved and ticket_id == self._ticket_id else None
        self._replies, self._why, self._ticket_id = replies, why, ticket_id
        names = [reply.name for reply in replies]
        at = names.index(kept.name) if kept is not None and kept.name in names else 0
        self.set_reactive(RepliesPane.cursor, at if replies else None)
        self.relay(len(replies))
        if replies:
            self.reveal(at)

    @property
    def chosen(self) -> CannedReply | None:
        """The reply under the cursor."""
        at = self.cursor
        return self._replies[at] if at is not None and at < len(self._replies) else None

    def line(self, y: int, width: int) -> Content:
        """One reply: its title, what kind it is, and what lifts it."""
        reply = self._replies[y]
        kind = "note" if reply.kind == "internal_note" else f"reply, {reply.status or 'pending'}"
        why = self._why(reply)
        lifts: list[Part] = [(f"  {why}", "$sla-soon")] if why else []
        return parts((f" {reply.title}", ""), (f"  {kind}", "$text-muted"), *lifts)

    def move(self, by: int) -> None:
        """Move the cursor, stopping at the ends."""
        if self.count:
            self.cursor = max(0, min((self.cursor or 0) + by, self.count - 1))

    def clicked(self, at: int, again: bool) -> None:
        """To the reply; again: use it."""
        self.cursor = at
        if again:
            self.choose()

    def choose(self) -> None:
        """Use the reply under the cursor."""
        if (reply := self.chosen) is not None:
            self.post_message(ReplyPicked(reply.name))
