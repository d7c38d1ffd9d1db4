"""The last line of defence: no control byte reaches the terminal from any widget.

`text.py` makes ticket text safe where it enters the screen; this filter deletes what slipped
through anywhere else, border titles and toasts included. Textual marks line filters as not meant
for apps, so a test feeds ESC through a widget and looks for it in the bytes that come out.
"""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)

_LINK = re.compile(r"(?:https?://|mailto:)[!-~]{1,2040}", re.IGNORECASE)


class TerminalGuard(LineFilter):
    """Deletes C0, DEL, C1, bidi controls and tag characters from every segment of a line, and
    links where they lead nowhere good or the terminal knows none.
    """

    links = False
    """Whether the terminal follows links (OSC 8); where it does not, they are plain text."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments without a hostile character; control segments are Textual's own."""
        return [self._safe(segment) for segment in segments]

    def _safe(self, segment: Segment) -> Segment:
        text, style, control = segment
        if control:
            return segment
        link = style.link if style is not None else None
        if style is not None and link and not (self.links and _LINK.fullmatch(link)):
            return Segment(_HOSTILE.sub("", text), style.update_link(None), control)
        return Segment(_HOSTILE.sub("", text), style) if _HOSTILE.search(text) else segment
