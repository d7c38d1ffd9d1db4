"""A draft that a hero shares with colleagues: an internal note with a marker at its end.

Zendesk is the only thing that two desks share. The words stand in the note for everybody to read;
the marker lets the next hero's heroterm take them up as a draft of its own. It counts only in an
internal note by a colleague, and only while it is whole.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.outbox import Draft
from heroterm.domain.text import storable
from heroterm.domain.ticket import Comment

VERSION = 1
SIGN = "heroterm-draft:"
"""How a marker begins."""
_HEAD = "DRAFT for review"
_HEADS = (_HEAD, "Draft of a reply, not sent")
"""How such a note begins, and how it began in earlier versions."""
_MARKER = re.compile(rf"^{SIGN}(\d{{1,3}}) ([A-Za-z0-9+\-\s]+) end\s*\Z", re.MULTILINE)
_OTHERS = b"+-"
_LINE = 76
_MOST = 200_000
"""Characters of an unpacked marker."""
_STATUSES = ("open", "pending", "hold", "solved")


@dataclass(frozen=True, slots=True)
class Shared:
    """A draft that a note carries."""

    comment_id: int
    author_id: int | None
    at: datetime
    body: str
    status: str | None


def note(draft: Draft, name: str) -> str:
    """The note: the words as they are, then the marker."""
    raw = json.dumps({"body": draft.body, "status": draft.status}, separators=(",", ":")).encode()
    packed = base64.b64encode(zlib.compress(raw, 9), _OTHERS).decode().rstrip("=")
    lines = [packed[at : at + _LINE] for at in range(0, len(packed), _LINE)]
    marker = "\n".join([f"{SIGN}{VERSION} {lines[0]}", *lines[1:]]) + " end"
    head = f"{_HEAD}: a reply that was not sent, shared by {name or 'a colleague'}."
    return f"{head}\n\n{draft.body.strip()}\n\n{marker}"


def folded(body: str) -> tuple[str, int]:
    """The words of a note without the marker at its end, and how many lines the marker has."""
    found = _MARKER.search(body)
    if found is None:
        return body, 0
    return body[: found.start()].rstrip(), found[0].count("\n") + 1


def newest(comments: Sequence[Comment], staff: frozenset[int]) -> Shared | None:
    """The draft that was shared last and that no public reply of ours has overtaken."""
    for comment in reversed(comments):
        if comment.author_id not in staff:
            continue
        if comment.public:
            return None
        found = told(comment)
        if found is not None:
            return found
    return None


def told(comment: Comment) -> Shared | None:
    """What a note carries; None without a marker at its end, or with one that cannot be read."""
    found = _MARKER.search(comment.body)
    if found is None or int(found[1]) != VERSION or not comment.body.startswith(_HEADS):
        return None
    try:
        packed = "".join(found[2].split())
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), _OTHERS, validate=True)
        unpacked = zlib.decompressobj()
        text = unpacked.decompress(raw, _MOST)
        kept = json.loads(text)
        body, status = kept["body"], kept["status"]
    except (ValueError, KeyError, TypeError, zlib.error, RecursionError):
        return None
    if not isinstance(body, str) or not (status is None or status in _STATUSES):
        return None
    return Shared(comment.id, comment.author_id, comment.created_at, storable(body), status)
