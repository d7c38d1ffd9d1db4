"""What can be wrong with the `[[view]]` tables, beyond the types of their values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_type_hints

from heroterm.config.values import TeamView
from heroterm.domain.record import record

LONGEST_NAME = 40
"""Characters; a name stands above the queue."""
VIEW_KEYS = tuple(get_type_hints(TeamView))
"""The keys of a table."""


@record(frozen=True, slots=True)
class Wrong:
    """A mistake in the table `at` (from 0) under its `key`; `say` ends without a full stop."""

    at: int
    key: str
    say: str
    remedy: str


def wrong_view(views: Sequence[TeamView]) -> Wrong | None:
    """The first mistake in the tables."""
    names: dict[str, str] = {}
    letters: dict[str, str] = {}
    for at, view in enumerate(views):
        if found := _alone(view) or _taken(view, names, letters):
            return Wrong(at, *found)
        names[view.name.casefold()] = view.name
        letters[view.key] = view.name
    return None


def _alone(view: TeamView) -> tuple[str, str, str] | None:
    """Key, what is wrong, and what to do: what a table says of itself."""
    if not view.name.strip() or len(view.name) > LONGEST_NAME or not view.name.isprintable():
        return "name", "a queue needs a name", f"Use 1 to {LONGEST_NAME} characters on one line."
    if view.key and not (len(view.key) == 1 and view.key.isascii() and view.key.isalpha()):
        return "key", f"{view.key!a} is no letter", "Use one letter from a to z or A to Z."
    if view.zendesk is not None and view.query:
        return "query", "a queue is a view of Zendesk or a search, not both", "Remove one of them."
    if view.zendesk is None and not view.query:
        remedy = 'Add zendesk = NUMBER, or query = "priority:high".'
        return "name", f"{view.name!a} says nothing about its tickets", remedy
    if view.zendesk is not None and view.zendesk < 1:
        return "zendesk", "that is no view's number", "It stands in the view's address in Zendesk."
    return _query(view.query) if view.query else None


def _query(line: str) -> tuple[str, str, str] | None:
    from heroterm.domain.query import unfit  # only a desk with a search of its own needs it

    say, remedy = unfit(line)
    return ("query", say, remedy) if say else None


def _taken(
    view: TeamView, names: dict[str, str], letters: dict[str, str]
) -> tuple[str, str, str] | None:
    if view.name.casefold() in names:
        return "name", f"there is another queue {view.name!a}", "Give each a name of its own."
    if view.key and view.key in letters:
        say = f"the letter {view.key} belongs to {letters[view.key]!a} already"
        return "key", say, "Choose another letter, or leave it out."
    return None


def fitting(tables: Any, fits: Any) -> tuple[TeamView, ...] | None:
    """The tables as views; None at any doubt. `fits(kind, value)` judges one value's type."""
    kinds = get_type_hints(TeamView)
    if type(tables) is not list:
        return None
    for table in tables:
        if type(table) is not dict:
            return None
        if any(key not in kinds or not fits(kinds[key], table[key]) for key in table):
            return None
    views = tuple(TeamView(**table) for table in tables)
    return None if wrong_view(views) else views
