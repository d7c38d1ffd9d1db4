"""How incremental exports are cut: by time, or by a cursor that never stands still (api.md §6).

Nothing of the last 60 seconds is shown. Keys are tuples that begin with a moment in epoch
seconds, in ascending order.
"""

from __future__ import annotations

import base64
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from heroterm.sandbox.call import Call, number
from heroterm.sandbox.clock import MINUTE
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import Refusal, listed

LAG = MINUTE
PAGE = 1_000
TOO_RECENT = "Too recent start_time. Use a start_time older than 60 seconds"
Key = tuple[Any, ...]


def by_time(call: Call, keys: Sequence[Key]) -> tuple[list[Key], Json]:
    """Keys from start_time on, and the frame; a second is never split between two pages.

    An ordinary page answers its last second as end_time, so that second is served again; one that
    grew over `per_page`, or did not leave its first second, answers the second after. Raises
    Refusal (400).
    """
    start, size = start_of(call), _size(call)
    first, last = bisect_left(keys, (start,)), _shown(call, keys)
    end = min(first + size, last)
    while first < end < last and keys[end][0] == keys[end - 1][0]:
        end += 1
    chosen = list(keys[first:end])
    until = start
    if chosen:
        stuck = end - first > size or chosen[-1][0] == start
        until = chosen[-1][0] + int(stuck and end < last)
    frame = {
        "count": len(chosen),
        "end_of_stream": end >= last,
        "end_time": until,
        "next_page": f"{call.root}{call.path}.json?start_time={until}",
    }
    return chosen, frame


def by_cursor(call: Call, keys: Sequence[Key]) -> tuple[list[Key], Json]:
    """Keys after the cursor (or from start_time), and the frame. Raises Refusal (400)."""
    cursor = call.query.get("cursor")
    seen: Key = _decode(cursor) if cursor else (start_of(call), -1)
    last = _shown(call, keys)
    first = min(bisect_right(keys, seen), last)
    chosen = list(keys[first : min(first + _size(call), last)])
    after = _encode(chosen[-1] if chosen else seen)
    frame = {
        "after_url": f"{call.root}{call.path}.json?cursor={after}",
        "after_cursor": after,
        "before_url": None,
        "before_cursor": None,
        "end_of_stream": first + len(chosen) >= last,
    }
    return chosen, frame


def _shown(call: Call, keys: Sequence[Key]) -> int:
    return bisect_left(keys, (call.now - LAG,))


def start_of(call: Call) -> int:
    """The moment from which on is asked, in epoch seconds. Raises Refusal (400)."""
    text = call.query.get("start_time")
    if text is None:
        raise Refusal(400, {"error": "StartTimeMissing", "description": "start_time is required"})
    start = number(text)
    if start > call.now - LAG:
        raise Refusal(400, {"error": "StartTimeTooRecent", "description": TOO_RECENT})
    return start


def _size(call: Call) -> int:
    return min(max(number(call.query.get("per_page", str(PAGE))), 1), PAGE)


def _encode(key: Key) -> str:
    return base64.urlsafe_b64encode(f"{key[0]}.0||{key[1]}|".encode()).decode()


def _decode(cursor: str) -> Key:
    try:
        moment, _, rest = base64.urlsafe_b64decode(cursor.encode()).decode().partition(".0||")
        return int(moment), int(rest.rstrip("|"))
    except ValueError as error:
        raise listed(400, "InvalidCursor", "Cursor is not valid") from error
