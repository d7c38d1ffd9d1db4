"""Open tickets that ask about the same thing in the same words: one trouble, several customers."""

from __future__ import annotations

import re

from heroterm.domain.view import OUT_OF_QUEUE, Overlay, Row
from heroterm.mirror.reader import Mirror

_PREFIXES = re.compile(r"(?:(?:re|fwd?|aw|wg|sv|tr)\s*:\s*|\[[^\]]{1,40}\]\s*)+", re.IGNORECASE)
_LEAST = 8
"""Letters of a subject that says anything: "help" is no subject."""
_MOST = 8


def same_subject(mirror: Mirror, ticket_id: int) -> list[Row]:
    """Unsolved tickets with the same title as this one, newest first, replies' prefixes apart.

    Words behind a content warning are not compared. Raises StoreError.
    """
    own = mirror.row(ticket_id, Overlay())
    wanted = _folded(own.title) if own is not None and not own.content_warning else ""
    if len(wanted) < _LEAST:
        return []
    sql = (
        f"select id, title from ticket where section < {OUT_OF_QUEUE} and id <> ? "
        "and not missing and not content_warning order by updated_at desc, id desc"
    )
    found = [
        row["id"]
        for row in mirror.connection.rows(sql, [ticket_id])
        if _folded(row["title"]) == wanted
    ]
    rows = (mirror.row(id_, Overlay()) for id_ in found[:_MOST])
    return [row for row in rows if row is not None]


def _folded(title: str) -> str:
    """A title as it is compared."""
    bare = title[match.end() :] if (match := _PREFIXES.match(title.strip())) else title
    return " ".join(bare.casefold().split())
