"""Every theme file loads, speaks the desk's vocabulary, and can be read by a tired eye."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color
from textual.theme import Theme

from heroterm.tui.contrast import GROUNDS, INKS, contrast, luminance, pairs, too_faint

FOLDER = Path(__file__).resolve().parents[2] / "themes"
FILES = sorted(FOLDER.glob("*.toml"))


def load(path: Path) -> Theme:
    fields: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Theme(**fields)


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
    theme = load(path)
    assert len(pairs(theme)) == (len(INKS) + 7) * (len(GROUNDS) + 3) + 4
    assert too_faint(theme) == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_what_is_selected_stands_out(path: Path) -> None:
    theme = load(path)
    for where in ("input", "screen"):
        chosen = theme.variables[f"{where}-selection-background"]
        for ground in (theme.background, theme.surface, theme.panel):
            assert contrast(chosen, str(ground)) >= 3, (chosen, ground)


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
