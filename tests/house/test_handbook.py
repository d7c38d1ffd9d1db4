"""README's table of the handbook's rules: tests exist, quotes are true, no rule is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

RULE = 40
"""Characters from which a line of the page is a rule and not a heading."""
ABOUT_THE_PAGE = (
    "We've decided to make less money",
    "You'll see some teams using a term of endear",
    "It's going to be an intense week",
    "Most engineering teams run a PagerDuty",
    "You've got a couple of options",
    "Avoiding duplication of effort",
    "Pylon to create ZenDesk tickets from",
)
"""How lines begin that ask nothing of a hero."""


@pytest.fixture
def section(project: Path) -> str:
    """The table and what stands below it."""
    page = (project / "README.md").read_text(encoding="utf-8")
    return page.split("## What the handbook asks", 1)[1].split("\n## ", 1)[0]


@pytest.fixture
def handbook(shared: Path) -> str:
    """The page as it was printed."""
    return (shared / "handbook" / "support-hero.txt").read_text(encoding="utf-8")


def rows(section: str) -> list[str]:
    """Lines of the table, without its head."""
    return [line for line in section.splitlines() if line.startswith("| ")][1:]


def quotes(section: str) -> list[str]:
    """What the first column and the list quote, in one spelling."""
    firsts = [row.split("|")[1] for row in rows(section)]
    firsts += [line for line in section.splitlines() if line.startswith("- ")]
    return [plain(quote) for line in firsts for quote in re.findall(r'"([^"]+)"', line)]


def plain(words: str) -> str:
    """In one spelling: case, quotes and blanks do not count, nor stops at the end."""
    return " ".join(words.replace("\u2019", "'").casefold().split()).rstrip(" .")


def test_every_rule_of_the_handbook_names_a_test_that_exists(project: Path, section: str) -> None:
    named = re.findall(r"`(test_\w+)` \|$", section, re.MULTILINE)
    assert len(named) == len(rows(section)) > 80
    texts = [path.read_text(encoding="utf-8") for path in (project / "tests").rglob("test_*.py")]
    there = {name for text in texts for name in re.findall(r"def (test_\w+)\(", text)}
    assert set(named) - there == set()


def test_what_is_quoted_is_what_the_handbook_says(section: str, handbook: str) -> None:
    whole = plain(handbook)
    assert [quote for quote in quotes(section) if quote not in whole] == []


def test_no_paragraph_of_the_handbook_is_left_out(section: str, handbook: str) -> None:
    said = quotes(section)
    left = [
        line.strip()
        for line in handbook.splitlines()
        if len(line.strip()) >= RULE
        and not line.strip().endswith("?")
        and not line.strip().startswith(ABOUT_THE_PAGE)
        and not any(quote in plain(line) for quote in said)
    ]
    assert left == []
