"""The text that is written: letters are text here, and what is pasted is nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.timer import Timer

from heroterm.domain.rules_of_words import LONGEST
from heroterm.domain.text import pasted
from heroterm.tui.binding import bindings
from heroterm.tui.commands import COMPOSER
from heroterm.tui.deaf import DEAF_SECONDS
from heroterm.tui.messages import InlineWanted, Remarked
from heroterm.tui.pieces import Look
from heroterm.tui.text_field import TextField

BLANK = re.compile(r"\$\d{1,2}<[^<>\n]*>|<<[^<>\n]*\?>>|\{\{[^{}\n]*\}\}")
"""What is to be filled in: `$1<when>`, `<<name?>>`, `{{name}}`; a sum of $5 is none."""
_BLANK_LOOK = Style(reverse=True)
_ONE_SIGN = re.compile(r"(?:^|\s):$")


class Words(TextField):
    """The text itself. Letters are text; Esc goes to the Review bar, Tab to the next blank."""

    BINDINGS = bindings(COMPOSER)
    HELP = (
        "Write here. {composer.review} goes to the Review bar; :: picks a canned reply; the "
        "draft is kept."
    )

    _unheard = ""
    """The key that brought these words here, while it may only be pressed twice or held."""
    _hears: Timer | None = None

    def brought_by(self, key: str) -> None:
        """For a moment this key is no letter: pressed twice it would stand in the words that it
        brought back (keys: rule 3).
        """
        self._unheard = key
        if self._hears is not None:
            self._hears.stop()
        self._hears = self.set_timer(DEAF_SECONDS, self._hear)

    def _hear(self) -> None:
        self._unheard = ""

    def put(self, sign: str) -> bool:
        """Put a sign in the place of what is selected, unless it may ask for a canned reply."""
        if sign == self._unheard:
            self.brought_by(sign)
            return True
        self._unheard = ""
        return sign != ":" and super().put(sign)

    def on_key(self, event: events.Key) -> None:
        """The second `:` after a blank asks for a canned reply; elsewhere it is a sign."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        asked = event.character == ":" and _ONE_SIGN.search(before) is not None
        if asked and self.selection.is_empty and not self.read_only:
            event.stop()
            event.prevent_default()
            self.delete((row, column - 1), (row, column))
            self.post_message(InlineWanted())

    def marks(self, line: str) -> bool:
        """The last sign of a blank makes one of all that stands before it."""
        return any(sign in line for sign in "$<{")

    def looks(self, line: int, text: str) -> Sequence[Look]:
        """Every blank stands in reverse video, but the one that is selected."""
        first, last = sorted(self.selection)
        blanks = [blank.span() for blank in BLANK.finditer(text)] if self.marks(text) else ()
        return [
            (begin, end, _BLANK_LOOK)
            for begin, end in blanks
            if not (first < last and first <= (line, end) <= last)
        ]

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is text: control characters and what no reply can hold are left out."""
        event.prevent_default()
        event.stop()
        if self.read_only:
            return
        text, left_out = pasted(event.text, max(0, LONGEST - len(self.text)))
        self.replace(text, *self.selection, maintain_selection_offset=False)
        if left_out:
            say = f"{left_out:,} characters of what you pasted were left out: "
            say += "control characters, or more than a reply can hold."
            self.post_message(Remarked(say))
