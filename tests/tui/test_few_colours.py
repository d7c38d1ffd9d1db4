"""Every theme in a terminal of sixteen colours: no word falls together with its ground."""

from __future__ import annotations

from typing import Literal

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from heroterm.paths import shipped
from heroterm.tui import themes
from heroterm.tui.contrast import pairs
from heroterm.tui.few_colours import FewColours
from heroterm.tui.welcome import Welcome

THEMES = themes.load((shipped("themes"),)).themes


def drawn(color: RichColor | None) -> int | None:
    assert color is not None
    return color.downgrade(ColorSystem.STANDARD).number


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_no_word_falls_together_with_its_ground(theme: Theme) -> None:
    for ink, ground, a, b in pairs(theme):
        (seen,) = FewColours().apply(
            [Segment("words", Style.parse(f"{a} on {b}"))], Color.parse("#000000")
        )
        assert seen.style is not None and seen.text == "words"
        assert drawn(seen.style.color) != drawn(seen.style.bgcolor), (ink, ground)


def test_without_a_ground_of_its_own_the_one_below_counts_and_what_is_readable_stays() -> None:
    nord = Color.parse("#2e3440")
    grey, red = Segment("a", Style(color="#7b8794")), Segment("b", Style(color="#ff5555"))
    (faint,) = FewColours().apply([grey], nord)
    assert faint.style is not None and drawn(faint.style.color) in (0, 15)
    assert FewColours().apply([red], Color.parse("#000000")) == [red]
    amber = Segment("c", Style(color="#808000", bgcolor="#ffffff"))
    assert FewColours().apply([amber], nord) == [amber], "readable though a console's white is grey"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_bold_drawn_bright_and_a_bright_ground_drawn_dark_leave_words_readable(
    theme: Theme,
) -> None:
    """As xterm does with bold ink, and the Linux console with grounds."""
    for ink, ground, a, b in pairs(theme):
        style = Style.parse(f"bold {a} on {b}")
        (seen,) = FewColours().apply([Segment("words", style)], Color.parse("#000000"))
        assert seen.style is not None
        by, under = drawn(seen.style.color), drawn(seen.style.bgcolor)
        assert by is not None and under is not None
        assert by % 8 + 8 != under, (ink, ground)
        assert not (by == 0 and under % 8 == 0), (ink, ground)


@pytest.mark.parametrize(("system", "there"), [("standard", True), ("truecolor", False)])
def test_only_a_terminal_of_sixteen_colours_exchanges_any(
    system: Literal["standard", "truecolor"], there: bool
) -> None:
    app = Welcome([], (shipped("themes"),))
    app.console = Console(force_terminal=True, color_system=system)
    assert any(isinstance(one, FewColours) for one in app.get_line_filters()) is there
