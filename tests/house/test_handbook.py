"""README's table of the handbook's rules names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path


def test_every_rule_of_the_handbook_names_a_test_that_exists(project: Path) -> None:
    page = (project / "README.md").read_text(encoding="utf-8")
    table = page.split("## What the handbook asks", 1)[1].split("\n## ", 1)[0]
    named = re.findall(r"`(test_\w+)` \|$", table, re.MULTILINE)
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(named) == len(rows) > 10
    texts = [path.read_text(encoding="utf-8") for path in (project / "tests").rglob("test_*.py")]
    there = {name for text in texts for name in re.findall(r"def (test_\w+)\(", text)}
    assert set(named) - there == set()
