"""Right-to-left text moves no column, also where the terminal turns it round by itself."""

import unicodedata
from dataclasses import replace

import pytest
from rich.segment import Segment
from textual.color import Color

from heroterm.cli import main
from heroterm.domain.terminal import Terminal
from heroterm.tui.apart import APART, Apart
from heroterm.tui.text import width_of
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.test_teamwork import free

pytestmark = pytest.mark.anyio
TITLE, WHO, ORG = "החשבונית 2024 שלי", "1 לוי", "شركة المثال"
BLACK = Color.parse("black")


def bounded(words: list[str]) -> str:
    return "".join(s.text for s in Apart().apply([Segment(word) for word in words], BLACK))


def crossings(line: str) -> list[str]:
    """Right-to-left letters and what stands beyond blanks, with no strong letter in between."""
    found, since = [], ""
    for n, letter in enumerate(line):
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            if since and " " * 2 in line[int(since) + 1 : n]:
                found.append(line[int(since) : n + 1])
            since = str(n)
        elif kind in ("EN", "AN") and since and " " * 2 in line[int(since) + 1 : n]:
            found.append(line[int(since) : n + 1])
        elif kind == "L":
            since = ""
    return found


def test_a_bound_stands_between_columns_and_no_cell_moves() -> None:
    for words in (
        ["T2 ", "48190 ", f"{TITLE}   ", f" {WHO}   ", f" {ORG}   ", "12"],
        [f"{TITLE}   {ORG}   7", "   ", WHO],
        ["   ", TITLE, "   3"],
    ):
        line = "".join(words)
        assert crossings(line), "so that the check is known to be able to fail"
        made = bounded(words)
        assert not crossings(made)
        assert width_of(made.replace(APART, " ")) == width_of(line) == len(line)
        assert made.replace(APART, " ") == line, "blanks alone are changed"
    assert unicodedata.bidirectional(APART) == "L"


def test_full_columns_are_bound_by_the_blank_of_their_neighbour() -> None:
    assert bounded(["48190 ", TITLE, " me "]) == f"48190{APART}{TITLE}{APART}me "


def test_a_line_without_such_text_is_the_same_object() -> None:
    segments = [Segment("T2 "), Segment("Größe 漢字 ▶  "), Segment(" Lee")]
    assert Apart().apply(segments, BLACK) is segments


@pytest.mark.parametrize("reorders", [True, False])
async def test_the_queue_keeps_its_columns_apart(shift_: Shift, reorders: bool) -> None:
    shift_.update(free(shift_), subject=TITLE)
    shift_.control("clock", {"advance_seconds": 90})
    assert main(["sync", "--once"]) == 0
    parts = replace(shift_.parts(carrier=False), terminal=lambda: Terminal(reorders=reorders))
    async with at_the_desk(parts) as hero:
        await hero.press("slash")
        await hero.type("2024")
        await hero.waits_for("החשבונית")
        assert hero.sees(APART) is reorders
