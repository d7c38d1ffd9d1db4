"""What the screen does without holding up a key: it writes, it looks up, it runs a verb."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message_pump import MessagePump

from heroterm.tui.lookups import Lookups
from heroterm.tui.parts import Parts
from heroterm.tui.pen import Pen
from heroterm.tui.verbs import Verbs


@dataclass(frozen=True, slots=True)
class Hands:
    """One writer of the journal, one asker of the mirror, and children of heroterm."""

    pen: Pen
    lookups: Lookups
    verbs: Verbs

    @classmethod
    def over(cls, parts: Parts, post: MessagePump) -> Hands:
        """Over an App's parts; what each brings back comes to `post`."""
        return cls(
            Pen(parts.open_journal, post, parts.log_crash),
            Lookups(parts.open_mirror, post, parts.log_crash),
            Verbs(parts.verb, parts.children, post),
        )

    def close(self) -> None:
        """End every child, then wait for what was asked for: the last write above all."""
        self.verbs.stop()
        self.lookups.close()
        self.pen.close()
