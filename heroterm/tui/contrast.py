"""How well a theme can be read: the contrast of every pair of colours that the desk draws."""

from __future__ import annotations

from itertools import product

from textual.color import Color, ColorParseError
from textual.theme import Theme

INKS = (
    "sla-ok sla-soon sla-breached sla-paused tier1 tier2 tier3 tier4 held queued offline note-bar "
    "public-bar muted text-muted"
).split()
"""Words of a theme that text is written in."""
GROUNDS = ("note-background", "cursor-background")
"""Words of a theme that text stands on, beside background, surface and panel."""
LEAST = 4.5
"""Contrast of any text that the desk draws (WCAG 2, level AA, normal size)."""
_SELECTED = [
    (f"{where}-selection-foreground", f"{where}-selection-background")
    for where in ("input", "screen")
]
_BRIGHT = "foreground primary secondary accent success warning error".split()


def luminance(color: str) -> float:
    """Relative luminance, 0 to 1, as WCAG 2 defines it. Raises ValueError for a see-through one,
    and for one that is named after another.
    """
    try:
        parsed = Color.parse(color)
    except ColorParseError as error:
        raise ValueError(f"{color} cannot be measured; write a colour as #3a7bd5") from error
    if parsed.a != 1:
        raise ValueError(f"{color} is see-through")
    channels = [c / 255 for c in (parsed.r, parsed.g, parsed.b)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def pairs(theme: Theme) -> list[tuple[str, str, str, str]]:
    """Each pair that the desk draws: ink's name, ground's name, and their colours.

    Words that a theme does not define are the desk's own fallbacks and are left out.
    """
    own = theme.variables
    fields = {name: getattr(theme, name) for name in ("background", "surface", "panel")}
    grounds = {**fields, **{name: own.get(name) for name in GROUNDS}}
    inks = {name: own.get(name) for name in INKS}
    inks |= {name: getattr(theme, name) for name in _BRIGHT}
    found = [(i, g, inks[i], grounds[g]) for i, g in product(inks, grounds)]
    cursor = "block-cursor-foreground", "block-cursor-background"
    footer = "footer-key-foreground", "footer-background"
    found += [(i, g, own.get(i), own.get(g)) for i, g in (cursor, footer, *_SELECTED)]
    return [(i, g, str(a), str(b)) for i, g, a, b in found if a and b]


def too_faint(theme: Theme, least: float = LEAST) -> list[str]:
    """Pairs below the least contrast, as lines to read. Raises ValueError."""
    measured = [(i, g, contrast(a, b)) for i, g, a, b in pairs(theme)]
    return [f"{i} on {g}: {ratio:.2f}" for i, g, ratio in measured if ratio < least]
