"""The table has a cell for each rule on each path, and what it calls impossible is so."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.everywhere.rows import PATHS, ROWS, WORDS_IN_PUBLIC, rule_of
from tests.everywhere.table import CANNOT, RULES, WALKS, Walk


def test_every_path_is_walked_by_a_test_that_runs_always() -> None:
    for where in WALKS.values():
        module, _, name = where.partition(".")
        found = import_module(f"tests.everywhere.{module}")
        walk = getattr(found, name)
        marks = [mark.name for mark in getattr(walk, "pytestmark", ())]
        assert "long" not in marks, where


def test_every_path_of_the_program_stands_in_the_table() -> None:
    assert WALKS.keys() == PATHS.keys()


def test_a_rule_that_was_not_tried_on_a_path_is_missed() -> None:
    walk = Walk("key")
    for rule in list(RULES)[1:]:
        walk.tries(rule)
    with pytest.raises(AssertionError):
        walk.done()
    walk.tries(next(iter(RULES)))
    walk.done()


@pytest.mark.parametrize("cell", CANNOT)
def test_what_a_path_cannot_say_it_cannot(cell: tuple[str, str]) -> None:
    rule, path = cell
    assert rule in RULES and path in WALKS
    assert CANNOT[cell].reason and CANNOT[cell].proof()


def test_the_eight_rules_are_rules_of_the_program() -> None:
    known = {rule_of(name) for name in ROWS} | WORDS_IN_PUBLIC.keys()
    assert {name for rule in RULES.values() for name in rule.names} <= known
