"""Every theme file loads, speaks the desk's vocabulary, and can be read by a tired eye."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color
from textual.theme import Theme

FOLDER = Path(__file__).resolve().parents[2] / "themes"
FILES = sorted(FOLDER.glob("*.toml"))
CLOCKS = ("sla-ok", "sla-soon", "sla-breached", "sla-paused")
TIERS = ("tier1", "tier2", "tier3", "tier4")
STATES = ("held", "queued", "offline")
BARS = ("note-bar", "public-bar")
INKS = (*CLOCKS, *TIERS, *STATES, *BARS, "muted", "text-muted")
GROUNDS = ("note-background", "cursor-background")
LEAST = 4.5
"""Contrast of any text that the desk draws (WCAG 2, level AA, normal size)."""


def load(path: Path) -> Theme:
    fields: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Theme(**fields)


def luminance(color: str) -> float:
    """Relative luminance, 0 to 1, as WCAG 2 defines it; the colour must be opaque."""
    parsed = Color.parse(color)
    assert parsed.a == 1, f"{color} is see-through"
    channels = [c / 255 for c in (parsed.r, parsed.g, parsed.b)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def pairs(theme: Theme) -> list[tuple[str, str, str, str]]:
    """Each pair that the desk draws: ink's name, ground's name, and their colours."""
    own = theme.variables
    fields = {n: str(getattr(theme, n)) for n in ("background", "surface", "panel")}
    grounds = fields | {n: own[n] for n in GROUNDS}
    inks = {n: own[n] for n in INKS} | {
        n: str(getattr(theme, n))
        for n in ("foreground", "primary", "secondary", "accent", "success", "warning", "error")
    }
    found = [(i, g, inks[i], grounds[g]) for i, g in product(inks, grounds)]
    cursor = "block-cursor-foreground", "block-cursor-background"
    footer = "footer-key-foreground", "footer-background"
    return found + [(i, g, own[i], own[g]) for i, g in (cursor, footer)]


def too_faint(theme: Theme, least: float = LEAST) -> list[str]:
    """Pairs below the least contrast, as lines to read."""
    measured = [(i, g, contrast(a, b)) for i, g, a, b in pairs(theme)]
    return [f"{i} on {g}: {ratio:.2f}" for i, g, ratio in measured if ratio < least]


def test_there_are_ten_themes_or_more() -> None:
    assert len(FILES) >= 10
    assert {"heroterm-dark", "heroterm-light"} <= {p.stem for p in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_theme_loads_and_is_named_as_its_file(path: Path) -> None:
    theme = load(path)
    assert theme.name == path.stem
    generated = theme.to_color_system().generate()
    for name, value in theme.variables.items():
        assert generated.get(name, value) == value


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_theme_knows_the_words_of_the_desk_and_no_strange_ones(path: Path) -> None:
    theme = load(path)
    reference = load(FOLDER / "heroterm-dark.toml")
    assert set(theme.variables) == set(reference.variables)
    assert set(INKS) | set(GROUNDS) <= set(theme.variables)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_word_of_a_theme_can_be_read_on_every_ground(path: Path) -> None:
    assert too_faint(load(path)) == []


@pytest.mark.parametrize("name", ["contrast-dark", "contrast-light"])
def test_a_contrast_theme_gives_seven_to_one(name: str) -> None:
    assert too_faint(load(FOLDER / f"{name}.toml"), least=7) == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_dark_says_whether_the_ground_is_dark(path: Path) -> None:
    theme = load(path)
    assert theme.dark == (luminance(str(theme.background)) < 0.18)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_three_clocks_that_press_never_look_alike(path: Path) -> None:
    own = load(path).variables
    assert len({own[n] for n in ("sla-ok", "sla-soon", "sla-breached")}) == 3


@pytest.mark.parametrize("name", ["cvd-dark", "cvd-light"])
def test_a_colour_blind_theme_sets_blue_against_orange(name: str) -> None:
    own = load(FOLDER / f"{name}.toml").variables
    fine, breached = Color.parse(own["sla-ok"]), Color.parse(own["sla-breached"])
    assert fine.b > fine.r
    assert breached.r > breached.b


def test_mono_holds_no_hue() -> None:
    for value in load(FOLDER / "mono.toml").variables.values():
        if value.startswith("#"):
            r, g, b = Color.parse(value).rgb
            assert r == g == b


def test_a_faint_theme_is_found_out() -> None:
    theme = load(FOLDER / "heroterm-dark.toml")
    theme.variables["sla-soon"] = "#444444"
    assert any(line.startswith("sla-soon on background") for line in too_faint(theme))


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
