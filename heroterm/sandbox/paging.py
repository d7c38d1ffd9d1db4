"""Zendesk's two ways to page: by cursor (`page[size]`) and by page number (api.md §9).

Lists come as (key, id) pairs in ascending order, so that a cursor names the last row that was
seen and rows that move meanwhile are neither lost nor sent twice without reason.
"""

from __future__ import annotations

import base64
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from heroterm.sandbox.call import Call
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import listed

PER_PAGE = 100
DEEPEST_PAGE = 100
Key = tuple[int | str, int]
SORT_TITLE = "Invalid value for parameter"


@dataclass(slots=True)
class Page:
    """Ids of one page and the keys that go around them."""

    ids: list[int]
    frame: Json


Rows = Callable[[str], Sequence[Key]]


def paged(call: Call, rows: Rows, sorts: Sequence[str], first: str = "id") -> Page:
    """Cut the page that the call wants; `rows(name)` lists all keys by one of `sorts`.

    With `page[size]` it is cursor paging and `sort` must be one of `sorts`, or that with a minus;
    otherwise pages by number with `sort_by` and `sort_order`. Raises Refusal (400).
    """
    if any(key.startswith("page[") for key in call.query):
        return _by_cursor(call, rows, sorts, first)
    return _by_number(call, rows, sorts, first)


def plain(records: Mapping[int, object]) -> Rows:
    """Rows in the order of their ids, whatever sort is asked for."""
    return lambda name: [(key, key) for key in sorted(records)]


def _by_cursor(call: Call, rows: Rows, sorts: Sequence[str], first: str) -> Page:
    sort = call.query.get("sort", first)
    name = sort.removeprefix("-")
    if name not in sorts:
        detail = f"sort is not valid. Valid values: {', '.join(sorts)}"
        raise listed(400, "InvalidPaginationParameter", SORT_TITLE, detail)
    size = page_size(call)
    keys, backwards = rows(name), sort.startswith("-")
    chosen, more = _slice(call, keys, size, descending=backwards)
    return Page([key[1] for key in chosen], _cursor_frame(call, chosen, size, more=more))


def page_size(call: Call, most: int = PER_PAGE) -> int:
    """`page[size]`, at most `most`. Raises Refusal (400) unless it is a positive number."""
    text = call.query.get("page[size]", str(PER_PAGE))
    if not text.isdigit() or int(text) < 1:
        raise listed(400, "InvalidPaginationParameter", SORT_TITLE, "page[size] is not valid")
    return min(int(text), most)


def _slice(
    call: Call, keys: Sequence[Key], size: int, *, descending: bool
) -> tuple[list[Key], bool]:
    after, before = call.query.get("page[after]"), call.query.get("page[before]")
    low, high = 0, len(keys)
    if after:
        seen = _decode(after)
        low, high = (0, bisect_left(keys, seen)) if descending else (bisect_right(keys, seen), high)
    elif before:
        seen = _decode(before)
        low, high = (bisect_right(keys, seen), high) if descending else (0, bisect_left(keys, seen))
    from_top = descending != bool(before and not after)
    chosen = list(keys[max(low, high - size) : high] if from_top else keys[low : low + size])
    if descending:
        chosen.reverse()
    return chosen, high - low > size


def _cursor_frame(call: Call, chosen: list[Key], size: int, *, more: bool) -> Json:
    if not chosen:
        meta = {"has_more": False, "after_cursor": None, "before_cursor": None}
        return {"meta": meta, "links": {"prev": None, "next": None}}
    after, before = _encode(chosen[-1]), _encode(chosen[0])
    return {
        "meta": {"has_more": more, "after_cursor": after, "before_cursor": before},
        "links": {
            "prev": _link(call, {"page[before]": before, "page[size]": str(size)}),
            "next": _link(call, {"page[after]": after, "page[size]": str(size)}),
        },
    }


def _link(call: Call, changed: dict[str, str]) -> str:
    kept = {
        key: value
        for key, value in call.query.items()
        if key not in ("page[after]", "page[before]", "page[size]", "page")
    }
    return f"{call.root}{call.path}?{urlencode(kept | changed)}"


def _by_number(call: Call, rows: Rows, sorts: Sequence[str], first: str) -> Page:
    name = call.query.get("sort_by", first)
    keys = rows(name if name in sorts else first)
    ids = [key[1] for key in keys]
    if call.query.get("sort_order", "asc") == "desc":
        ids.reverse()
    return numbered(call, ids)


def numbered(call: Call, ids: Sequence[int], deepest: int = DEEPEST_PAGE) -> Page:
    """One page by number of a finished list. Raises Refusal (400) beyond page `deepest`."""
    page, size = _number(call, "page", 1), min(_number(call, "per_page", PER_PAGE), PER_PAGE)
    if page > deepest:
        raise listed(400, "InvalidPaginationDepth", "Page is too deep", "Use cursor pagination")
    start = (page - 1) * size
    frame = {
        "count": len(ids),
        "next_page": _link(call, _at(page + 1, size)) if start + size < len(ids) else None,
        "previous_page": _link(call, _at(page - 1, size)) if page > 1 else None,
    }
    return Page(list(ids[start : start + size]), frame)


def _at(page: int, size: int) -> dict[str, str]:
    return {"page": str(page), "per_page": str(size)}


def _number(call: Call, name: str, default: int) -> int:
    text = call.query.get(name, str(default))
    if not text.isdigit() or int(text) < 1:
        raise listed(400, "InvalidPaginationParameter", SORT_TITLE, f"{name} is not valid")
    return int(text)


def _encode(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(key)).encode()).decode()


def _decode(text: str) -> Key:
    try:
        value, ident = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, TypeError) as error:
        raise listed(400, "InvalidCursor", "Cursor is not valid", "page[after]") from error
    return value, ident
