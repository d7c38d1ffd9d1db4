"""Lines of text as they are put together: folded blanks, quote marks, list marks, table cells."""

from __future__ import annotations

import re

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 8
"""Quote marks and list levels that are still told apart; deeper ones look like this one."""


class Lines:
    """Grows line by line. `quoted` tells whether any of them stands behind a `> `."""

    def __init__(self) -> None:
        self.quoted = False
        self._made: list[str] = []
        self._parts: list[str] = []
        self._begun = False
        """Whether the line has more than blanks in it."""
        self._words: list[str] = []
        self._said = 0
        self._gap = False
        self._containers = 0
        self._depth = 0
        self._lists: list[int | None] = []
        self._mark = ""
        self._verbatim = 0

    def say(self, words: str) -> None:
        """Words of the message: blanks are folded, except in `pre`."""
        if bare := "".join(words.split()):
            self._words.append(bare)
        if self._verbatim:
            first, *rest = words.replace("\r\n", "\n").split("\n")
            self._put(first)
            for line in rest:
                self.end()
                self._put(line)
            return
        folded = _BLANKS.sub(" ", words)
        if folded.startswith(" ") and (not self._parts or self._parts[-1].endswith(" ")):
            folded = folded[1:]
        self._put(folded)

    def add(self, told: str) -> None:
        """What the message does not say itself: a mark, an address, a picture's name."""
        self._put(told)

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._begun = self._begun or not text.isspace()

    def end(self) -> None:
        """The line ends, empty or not."""
        line = "".join(self._parts).rstrip()
        self._parts, self._begun = [], False
        self._write(line)

    def block(self, *, spaced: bool) -> None:
        """A block begins or ends: what stands on the line ends, an empty line may follow."""
        if self._begun:
            self.end()
        self._parts = []
        self._gap = self._gap or spaced

    def _write(self, line: str) -> None:
        # A quote is set apart by its marks already; the empty line belongs to what is around it.
        if self._gap and self._made and self._made[-1].strip(" >"):
            self._made.append(self._front().rstrip())
        self._gap = False
        self.quoted = self.quoted or bool(self._level())
        indent = "  " * (min(len(self._lists), _DEEPEST) - 1) if self._lists else ""
        mark, self._mark = self._mark, ""
        inner = indent + (mark or "  ") + line if self._lists else line
        self._made.append((self._front() + inner).rstrip())

    def _level(self) -> int:
        return min(max(self._depth, int(self._containers > 0)), _DEEPEST)

    def _front(self) -> str:
        return ">" * self._level() + " " if self._level() else ""

    def quote(self, change: int, *, real: bool) -> None:
        """One level of quoting more (1) or less (-1); what only wraps quotes counts once."""
        if real:
            self._depth += change
        else:
            self._containers += change

    def verbatim(self, change: int) -> None:
        """Blanks count (1) or do not any more (-1)."""
        self._verbatim += change

    def begin_list(self, *, numbered: bool) -> None:
        """A list begins inside the present one."""
        self._lists.append(0 if numbered else None)

    def item(self) -> None:
        """An item of the present list begins."""
        if not self._lists:
            return
        number = self._lists[-1]
        if number is None:
            self._mark = "- "
        else:
            self._lists[-1] = number + 1
            self._mark = f"{number + 1}. "

    def end_list(self) -> None:
        """The present list ends."""
        if self._lists:
            self._lists.pop()

    def cell(self) -> None:
        """A cell of a table begins; cells of one row stand on one line."""
        if self._begun:
            self._parts.append(" | ")

    def mark(self) -> int:
        """A place in the words, for `since`."""
        return len(self._words)

    def since(self, mark: int, limit: int) -> str:
        """What was said since a mark, on one line; of more than `limit` characters the first."""
        # Links may stand in each other a thousand deep, each with all that follows in it.
        return " ".join(self._words[mark : mark + limit])[:limit]

    def words(self) -> str:
        """Every letter that was said, without blanks."""
        return "".join(self._words)

    def text(self) -> str:
        """All lines, without empty ones at either end."""
        if self._begun:
            self.end()
        return "\n".join(self._made).strip("\n")
