"""How often a canned reply was sent, and how much of it was rewritten each time (features E8)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST_WORDS = 2_000
_FILLED = re.compile(r"\$\d{1,2}<[^<>\n]*>|<<[^<>\n]*\?>>")


@dataclass(frozen=True, slots=True)
class Use:
    """Uses of one reply on this machine. `edited` adds up the share that was rewritten, 0 to 1."""

    uses: int = 0
    edited: float = 0.0

    @property
    def share(self) -> float:
        """How much of it was rewritten on average: 0 nothing, 1 everything."""
        return self.edited / self.uses if self.uses else 0.0

    def and_one(self, edited: float) -> Use:
        """With one use more."""
        return Use(self.uses + 1, self.edited + edited)

    @property
    def words(self) -> str:
        """For a list: `12 uses, 35 % rewritten`; "" before the first use."""
        if not self.uses:
            return ""
        times = "1 use" if self.uses == 1 else f"{self.uses} uses"
        return f"{times}, {round(self.share * 100)} % rewritten" if self.share >= 0.01 else times


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
