"""Ink that stays readable where a terminal has sixteen colours and each is drawn in the nearest.

There the grey of muted words and the dark ground of a theme may become one colour (TERM=xterm over
SSH, a console): such ink becomes white or black. Nothing else of the theme changes.
"""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.palette import Palette
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from textual.color import Color
from textual.filter import LineFilter

from heroterm.tui.contrast import contrast

_LEAST = 2.5
"""Contrast below which ink is exchanged: palettes of terminals differ, so this is for what falls
together, not for what could be nicer.
"""
_FALLEN = 1.5
"""The same where a terminal draws one of the two in another colour than it was asked for."""
_PALETTE: Palette = DEFAULT_TERMINAL_THEME.ansi_colors
_BLACK, _WHITE = 0, 15


class FewColours(LineFilter):
    """Exchanges ink that cannot be told from its ground."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells; only the ink of some is another."""
        ground = background.rich_color
        return [
            segment
            if segment.control or segment.style is None
            else Segment(segment.text, _seen(segment.style, ground))
            for segment in segments
        ]


@lru_cache(maxsize=4_096)
def _seen(style: Style, ground: RichColor) -> Style:
    if style.color is None or style.color.is_default:
        return style
    ink, under = _number(style.color), _number(style.bgcolor or ground)
    bold = bool(style.bold)
    if ink is None or under is None or _readable(ink, under, bold=bold):
        return style
    best = max((_BLACK, _WHITE), key=lambda one: _worst(one, under, bold=bold))
    return style + Style(color=RichColor.parse(f"color({best})"))


def _number(color: RichColor) -> int | None:
    """Which of the sixteen a colour is drawn in; None for the terminal's own."""
    return None if color.is_default else color.downgrade(ColorSystem.STANDARD).number


def _readable(ink: int, under: int, *, bold: bool) -> bool:
    return _contrast(ink, under) >= _LEAST and _worst(ink, under, bold=bold) >= _FALLEN


def _worst(ink: int, under: int, *, bold: bool) -> float:
    """The contrast where it is least: many terminals draw bold ink in its bright twin, and a
    console draws a bright ground in its dark one.
    """
    inks = (ink, ink + 8) if bold and ink < 8 else (ink,)
    grounds = (under, under - 8) if under >= 8 else (under,)
    return min(_contrast(one, other) for one in inks for other in grounds)


@lru_cache(maxsize=256)
def _contrast(one: int, other: int) -> float:
    return contrast(_PALETTE[one].hex, _PALETTE[other].hex)
