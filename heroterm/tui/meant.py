"""What a view asks of the mirror: the policy's own order, typed fields and spans as moments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from heroterm.domain.view import BREACH, POLICY, View

if TYPE_CHECKING:
    from heroterm.domain.lifecycle import LifecycleNumbers


def view(asked: View, breach_first: bool, dated: Callable[[str], str]) -> View:
    """The view in the policy's own order; what its typed filter asks of fields asked of them, and
    spans counted from this minute.
    """
    if breach_first and asked.order == POLICY:
        asked = replace(asked, order=BREACH)
    if asked.text:
        from heroterm.domain.query import parted  # as below

        words, of_fields = parted(asked.text)
        asked = replace(asked, text=words, query=f"{asked.query} {of_fields}".strip())
    return replace(asked, query=dated(asked.query)) if asked.query else asked


def dated(query: str, now: Callable[[], datetime], numbers: LifecycleNumbers | None) -> str:
    """A search line whose spans (`onhold:>7d`) are moments, counted from this minute; `numbers`
    are days after which Zendesk acts, its own where no file gave others yet.
    """
    from heroterm.domain.query import asks_span  # the first paint mostly does without

    if not asks_span(query):
        return query
    from heroterm.domain import lifecycle, lifecycle_query

    minute = now().replace(second=0, microsecond=0)
    return lifecycle_query.dated(query, minute, numbers or lifecycle.LifecycleNumbers())
