"""A page's rows, one by one where the page as a whole does not fit: one bad row stops nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from heroterm.domain.text import shown
from heroterm.errors import Misunderstood
from heroterm.zendesk.wire import MetaWire, Wire
from heroterm.zendesk.wire_bulk import MetaRow

Row = TypeVar("Row", bound=Wire)
Made = TypeVar("Made")
PAGE_SIZE = 100
"""Rows of a page, where pages are asked for by a cursor."""
_PAGES = 50


def rows(
    told: Any, key: str, model: type[Row], made: Callable[[Row], Made]
) -> tuple[tuple[Made, ...], tuple[str, ...]]:
    """The rows under a key, and a sentence for each that could not be understood.

    Raises Misunderstood when the answer has no such list at all.
    """
    if not isinstance(told, dict) or not isinstance(told.get(key), list):
        raise Misunderstood(f"Zendesk's answer has no list of {key}.")
    good: list[Made] = []
    refused: list[str] = []
    for row in told[key]:
        try:
            good.append(made(model.model_validate(row)))
        except (ValidationError, ValueError, OverflowError) as error:
            refused.append(_why(key, row, error))
    return tuple(good), tuple(refused)


def side(told: Any, key: str, model: type[Row], made: Callable[[Row], Made]) -> tuple[Made, ...]:
    """Rows of a side-load, which may be absent."""
    return rows(told, key, model, made)[0] if isinstance(told, dict) and key in told else ()


def one(told: Any, key: str, model: type[Row]) -> Row:
    """The single object under a key; Misunderstood when it does not fit."""
    try:
        return model.model_validate(told[key])
    except (ValidationError, KeyError, TypeError) as error:
        raise Misunderstood(f"Zendesk's answer has no {key} that could be read.") from error


def paging(told: Any) -> tuple[str | None, bool]:
    """The next cursor, and whether there is more.

    Raises Misunderstood for "more" without a cursor: a part must not pass for the whole.
    """
    if not isinstance(told, dict) or not isinstance(told.get("meta"), dict):
        return None, False
    return onward(one(told, "meta", MetaWire))


def paged(cursor: str | None) -> dict[str, str]:
    """What asks for the page after a cursor; None: for the first one."""
    size = {"page[size]": str(PAGE_SIZE)}
    return size if cursor is None else {**size, "page[after]": cursor}


def every(
    get: Callable[..., Any],
    path: str,
    key: str,
    model: type[Row],
    made: Callable[[Row], Made],
    **only: str,
) -> tuple[Made, ...]:
    """Every row of a list, page after page, up to 5,000; what `get` gives is JSON.

    `only`: what of the list is asked for, on each page.
    """
    found: list[Made] = []
    cursor: str | None = None
    for _ in range(_PAGES):
        told = get(path, {**only, **paged(cursor)})
        found += rows(told, key, model, made)[0]
        before, (cursor, more) = cursor, paging(told)
        if not more or cursor == before:
            break
    return tuple(found)


def onward(found: MetaWire | MetaRow | None) -> tuple[str | None, bool]:
    """The same from the frame itself; without one there is no more."""
    if found is None:
        return None, False
    if found.has_more and not found.after_cursor:
        raise Misunderstood("Zendesk says that there is more, but not where.")
    return (found.after_cursor if found.has_more else None), found.has_more


def _why(key: str, row: Any, error: Exception) -> str:
    number = row.get("id") if isinstance(row, dict) else None
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        reason = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    else:
        reason = str(error)
    return shown(f"{key} {number}: {reason}", single_line=True, limit=200)
