"""What a hero had written in an earlier demo: its world is made anew, the words stay.

Held and waiting replies become drafts again; what was sent went to a world that is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from heroterm.domain.outbox import Changes, Draft
from heroterm.errors import StoreError
from heroterm.journal.database import open_journal

Clock = Callable[[], datetime]


def taken_along(journal: Path, clock: Clock) -> list[Draft]:
    """The drafts of a journal, and the words that waited in its outbox; none of one that cannot
    be read.
    """
    if not journal.exists():
        return []
    try:
        kept = open_journal(journal, clock=clock)
    except StoreError:
        return []
    try:
        for intent in kept.outbox.unfinished():
            kept.outbox.recall(intent.id)
        return [_anew(draft) for draft in kept.drafts.list()]
    except StoreError:
        return []
    finally:
        kept.close()


def put_back(journal: Path, clock: Clock, drafts: Sequence[Draft]) -> None:
    """Keep the drafts in the journal of the new world. Raises StoreError."""
    if not drafts:
        return
    kept = open_journal(journal, clock=clock)
    try:
        for draft in drafts:
            kept.drafts.save(draft)
    finally:
        kept.close()


def _anew(draft: Draft) -> Draft:
    """The same words, on a ticket of which nothing was read yet."""
    return replace(draft, base_stamp=None, seen_comment_id=None, changes=Changes(), later=None)
