"""Mentions: a colleague's internal note that names the hero, as `@Ana` or `@Ana Hero`.

Handbook: "If you have no idea how to answer or fix their issue, @mention someone who does".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.quotes import fold_quotes
from heroterm.domain.ticket import Comment, Person


@dataclass(frozen=True, slots=True)
class Mention:
    """One note that names the hero."""

    ticket_id: int
    comment_id: int
    author_id: int | None
    at: datetime
    said: str
    """The line in which the name stands."""


def pattern(me: Person, email: str = "") -> re.Pattern[str] | None:
    """How colleagues write the hero: whole name, first name, or the address before its @."""
    address = (email or me.email or "").partition("@")[0]
    names = {me.name.strip(), me.name.strip().split(" ")[0], address}
    known = sorted((re.escape(name) for name in names if len(name) > 1), key=len, reverse=True)
    if not known:
        return None
    return re.compile(rf"(?<![\w@])@(?:{'|'.join(known)})(?![\w@])", re.IGNORECASE)


def mentions(
    comments: Sequence[Comment], me: int, named: re.Pattern[str], staff: frozenset[int]
) -> tuple[Mention, ...]:
    """Notes of a thread, oldest first, that name the hero and that the hero has not met since
    with words on the same ticket.
    """
    mine = [at for at, comment in enumerate(comments) if comment.author_id == me]
    later = comments[mine[-1] + 1 :] if mine else comments
    found = []
    for comment in later:
        if comment.public or comment.author_id not in staff:
            continue
        own = "\n".join(b.text for b in fold_quotes(comment.body) if b.kind == "text")
        line = next((line for line in own.split("\n") if named.search(line)), None)
        if line is not None:
            said = " ".join(line.split())
            found.append(
                Mention(comment.ticket_id, comment.id, comment.author_id, comment.created_at, said)
            )
    return tuple(found)
