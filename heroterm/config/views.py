"""What can be wrong with the `[[view]]` tables, beyond the types of their values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, get_type_hints

from heroterm.config.values import TeamView
from heroterm.domain.record import record
from heroterm.domain.view import LONGEST_NAME, OWN, is_letter, is_name

VIEW_KEYS = tuple(get_type_hints(TeamView))
"""The keys of a table."""


@record(frozen=True, slots=True)
class Wrong:
    """A mistake in the table `at` (from 0) under its `key`; `say` ends without a full stop."""

    at: int
    key: str
    say: str
    remedy: str


def wrong_views(views: Sequence[TeamView], but: Collection[int] = ()) -> Iterator[Wrong]:
    """Every mistake in the tables; of those `but` an entry is told already, which is left out, so
    that it is not told again as missing.
    """
    names = {OWN: OWN}
    letters: dict[str, str] = {}
    for at, view in enumerate(views):
        alone = (found for found in _alone(view) if at not in but or found[0] != "name")
        yield from (Wrong(at, *found) for found in (*alone, *_taken(view, names, letters)))
        names.setdefault(view.name.casefold(), view.name)
        letters.setdefault(view.key, view.name)


def _alone(view: TeamView) -> Iterator[tuple[str, str, str]]:
    """Key, what is wrong, and what to do: what a table says of itself."""
    if not is_name(view.name):
        yield "name", "a queue needs a name", f"Use 1 to {LONGEST_NAME} characters on one line."
    if view.key and not is_letter(view.key):
        yield "key", f"{view.key!a} is no letter", "Use one letter from a to z or A to Z."
    if view.zendesk is None and not (view.query or view.filter or view.own_groups):
        remedy = 'Add zendesk = NUMBER, or query = "priority:high".'
        yield "name", f"{view.name!a} says nothing about its tickets", remedy
    if view.zendesk is not None and view.zendesk < 1:
        yield "zendesk", "that is no view's number", "It stands in the view's address in Zendesk."
    for key, unfit in (("query", _unfit(view.query)), ("filter", _no_words(view.filter))):
        if any(unfit):
            yield key, *unfit


def _unfit(line: str) -> tuple[str, str]:
    """What is wrong with a search and what to do, or two empty texts."""
    if not line:
        return "", ""
    from heroterm.domain.query import unfit  # only a desk with a search of its own needs it

    return unfit(line)


def _no_words(line: str) -> tuple[str, str]:
    """The same of a filter's words."""
    if not line:
        return "", ""
    from heroterm.domain.query import unkept  # as above

    return unkept(line)


def _taken(
    view: TeamView, names: dict[str, str], letters: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    if view.name and view.name.casefold() in names:
        yield "name", f"there is another queue {view.name!a}", "Give each a name of its own."
    if view.key and view.key in letters:
        say = f"the letter {view.key} belongs to {letters[view.key]!a} already"
        yield "key", say, "Choose another letter, or leave it out."


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
    return None if any(wrong_views(views)) else views
