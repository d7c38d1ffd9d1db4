"""How often a canned reply was sent, how much of it was rewritten, and whether what it solved came
back (features E8).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

_MOST_WORDS = 2_000
_FILLED = re.compile(r"\$\d{1,2}<[^<>\n]*>|<<[^<>\n]*\?>>")


ENOUGH = 3
"""Uses, and answers that were meant to be the last, from which on a share says something."""
MUCH_REWRITTEN, OFTEN_REOPENED = 0.5, 1 / 3


@dataclass(frozen=True, slots=True)
class Sent:
    """One use: a reply that went into an answer."""

    reply: str
    ticket_id: int
    edited: float
    """The share of it that was rewritten, 0 to 1."""
    solved: bool
    """Whether the ticket was set to Solved with it."""
    at: datetime | None
    """When it was sent; None while it is not, or where that is not known any more."""


@dataclass(frozen=True, slots=True)
class Use:
    """Uses of one reply on this machine. `edited` adds up the share that was rewritten, 0 to 1."""

    uses: int = 0
    edited: float = 0.0
    solved: int = 0
    """Sent with Solved; `reopened` are those of them after which the customer wrote again."""
    reopened: int = 0

    @property
    def share(self) -> float:
        """How much of it was rewritten on average: 0 nothing, 1 everything."""
        return self.edited / self.uses if self.uses else 0.0

    @property
    def words(self) -> str:
        """For a list: `12 uses, 35 % rewritten, 1 of 4 reopened`; "" before the first use."""
        if not self.uses:
            return ""
        said = ["1 use" if self.uses == 1 else f"{self.uses} uses"]
        if self.share >= 0.01:
            said.append(f"{round(self.share * 100)} % rewritten")
        if self.solved:
            said.append(f"{self.reopened} of {self.solved} reopened")
        return ", ".join(said)

    @property
    def rewrite(self) -> str:
        """Why the reply is worth rewriting; "" where it is not, or too little is known."""
        found = []
        if self.uses >= ENOUGH and self.share >= MUCH_REWRITTEN:
            found.append("mostly rewritten")
        if self.solved >= ENOUGH and self.reopened / self.solved >= OFTEN_REOPENED:
            found.append("often reopened")
        return ", ".join(found)


def tallied(
    before: Mapping[str, Use], sent: Iterable[Sent], reopened: Collection[tuple[int, datetime]]
) -> dict[str, Use]:
    """What was counted `before`, and each use since; `reopened` are tickets with the moments after
    which their customers wrote again.
    """
    found = dict(before)
    for one in sent:
        now = found.get(one.reply, Use())
        closed = one.solved and one.at is not None
        back = one.at is not None and closed and (one.ticket_id, one.at) in reopened
        found[one.reply] = Use(
            now.uses + 1, now.edited + one.edited, now.solved + closed, now.reopened + back
        )
    return found


def rewritten(inserted: str, sent: str) -> float:
    """The share of the inserted words that is not in what was sent, 0 to 1.

    What was filled into a stop counts for nothing; neither do words that were only added.
    """
    from difflib import SequenceMatcher  # only when something is sent

    words = _FILLED.sub("\0", inserted).split()[:_MOST_WORDS]
    before = [word for word in words if "\0" not in word]
    if not before:
        return 0.0
    matcher = SequenceMatcher(None, before, sent.split()[:_MOST_WORDS], autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    return 1.0 - kept / len(before)
