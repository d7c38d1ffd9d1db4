"""The table of faults names a test for each row, and every test that it names is there."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parent.parent
ROWS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("rows.toml").read_text())


def missing(rows: dict[str, Any]) -> list[str]:
    """Tests that are named and are not there, and rows that name none."""
    found = []
    for number, row in rows.items():
        found += [] if row["shown_by"] else [f"{number} is shown by nothing"]
        found += [f"{number}: {each}" for each in row["shown_by"] if not there(each)]
    return found


def there(name: str) -> bool:
    """Whether a test exists under `file::name`."""
    file, _, function = name.partition("::")
    path = TESTS / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(isinstance(node, kinds) and node.name == function for node in tree.body)


def test_every_row_is_shown_by_tests_that_exist() -> None:
    assert list(map(int, ROWS)) == list(range(1, 76))
    assert missing(ROWS) == []


@pytest.mark.parametrize(
    "tests", [[], ["sync/test_pull.py::test_nothing"], ["sync/nowhere.py::test_a"]]
)
def test_a_row_without_its_test_would_be_noticed(tests: list[str]) -> None:
    assert len(missing({"1": {"shown_by": tests}})) == 1
