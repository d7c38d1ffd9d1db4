"""A widget that looks its colours up when they may have changed, and not for each row it draws.

Textual adds them up over all that a widget stands in, several times for a row that is drawn: in a
field to type in that was measured to cost as much as the row itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.style import Style
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.widget import Widget


@dataclass(slots=True)
class Dress:
    """What a widget wears and what its parts wear, as far as it was asked for."""

    sewn: tuple[int, ...]
    """How often the styles of the widget and of each that it stands in had changed till then."""
    style: Style | None = None
    backgrounds: tuple[Color, Color] | None = None
    inner: Style | None = None
    framed: bool | None = None
    parts: dict[str, tuple[RenderStyles, Style]] = field(default_factory=dict)
    """By its class, the styles of a part (made anew when they are read anew) and its look."""


class Dressed(Widget):
    """Wears one dress until a style changes: its own, or that of anything that it stands in."""

    _dress = Dress(sewn=())

    def _worn(self) -> Dress:
        sewn = tuple([node.styles._cache_key for node in self.ancestors_with_self])
        if self._dress.sewn != sewn:
            self._dress = Dress(sewn)
        return self._dress

    @property
    def rich_style(self) -> Style:
        """The look of its text."""
        worn = self._worn()
        if worn.style is None:
            worn.style = super().rich_style
        return worn.style

    @property
    def background_colors(self) -> tuple[Color, Color]:
        """The colour that it stands on, and its own."""
        worn = self._worn()
        if worn.backgrounds is None:
            worn.backgrounds = super().background_colors
        return worn.backgrounds

    @property
    def inner_style(self) -> Style:
        """The look of its cells without text."""
        worn = self._worn()
        if worn.inner is None:
            base, own = self.background_colors
            worn.inner = Style(bgcolor=(base + own).rich_color)
        return worn.inner

    @property
    def framed(self) -> bool:
        """Whether anything but the room beside it belongs to its rows, or changes how they look."""
        worn = self._worn()
        if worn.framed is None:
            styles = self.styles
            plain = self.opacity == styles.text_opacity == 1.0 and not styles.tint.a
            bare = not (styles.border or styles.outline or styles.has_rule("hatch"))
            worn.framed = not (plain and bare)
        return worn.framed

    def get_component_rich_style(
        self, *names: str, partial: bool = False, default: Style | None = None
    ) -> Style:
        """The look of a part of it. Raises KeyError where it has no such part and no default."""
        styles = self._component_styles.get(names[0]) if len(names) == 1 else None
        if partial or styles is None:
            return super().get_component_rich_style(*names, partial=partial, default=default)
        worn = self._worn()
        read, look = worn.parts.get(names[0], (None, None))
        if look is None or read is not styles:
            look = super().get_component_rich_style(*names)
            worn.parts[names[0]] = styles, look
        return look
