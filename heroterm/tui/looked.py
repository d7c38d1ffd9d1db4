"""What the hero has seen of the open ticket, and what has changed under their eyes since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from heroterm.domain.changed import FieldChange, field_changes
from heroterm.domain.outbox import SENT, Intent
from heroterm.domain.ticket import Comment
from heroterm.tui.opened import Opened

_CLOCKS_DIFFER = timedelta(minutes=1)
"""Between this machine's clock, by which an intent is finished, and the server's."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at one ticket. It lasts until another ticket is shown."""

    base: Opened
    """The ticket as it was when it came up, or when the hero said "seen" last."""
    seen: int | None
    """Newest message that the hero had seen before this look; None: nothing is known of it."""
    me: int | None = None

    def taken_over(self, opened: Opened) -> Looked:
        """After the hero said that all of this has been seen."""
        return replace(self, base=opened)

    def completed(self, opened: Opened) -> Looked:
        """The thread that came up incomplete is here now: nothing of it is news."""
        if self.base.complete or not opened.complete:
            return self
        seen = self.seen if self.seen is not None else opened.seen_comment_id
        return replace(self, base=opened, seen=seen)

    def fresh(self, opened: Opened) -> frozenset[int]:
        """Messages by others that came after what had been seen."""
        return frozenset(comment.id for comment in self._after(opened, self.seen))

    def came(self, opened: Opened) -> Sequence[Comment]:
        """Messages by others that came since the ticket came up."""
        return self._after(opened, self.base.seen_comment_id) if self.base.complete else ()

    def _after(self, opened: Opened, seen: int | None) -> list[Comment]:
        ids = [comment.id for comment in opened.comments]
        if seen is None or seen not in ids:
            return []
        later = opened.comments[ids.index(seen) + 1 :]
        return [comment for comment in later if self.me is None or comment.author_id != self.me]

    def changes(self, opened: Opened, own: Sequence[Intent]) -> Sequence[FieldChange]:
        """Fields that are different since the ticket came up, but not by what I sent myself."""
        found = field_changes(self.base.ticket, opened.ticket)
        since = self.base.read_at - _CLOCKS_DIFFER
        sent = [i.changes for i in own if i.state == SENT and (i.finished_at or since) > since]
        mine = {("status", each.status) for each in sent if each.status}
        mine |= {("priority", each.priority) for each in sent if each.priority}
        mine |= {("assignee_id", str(each.assignee_id)) for each in sent if each.assignee_id}
        mine |= {("group_id", str(each.group_id)) for each in sent if each.group_id}
        tagged = any(each.add_tags or each.remove_tags for each in sent)
        return [
            change
            for change in found
            if (change.field, change.after) not in mine and not (change.field == "tags" and tagged)
        ]
