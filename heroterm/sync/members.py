"""Which tickets the team's saved views hold: each within five minutes, the desk's own each round.

A view's tickets come whole and cost a request a hundred; the views' counts, which Zendesk allows
five times a minute and answers from up to an hour ago (api.md §5), are never asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heroterm.domain.ticket import Page
from heroterm.errors import NotAllowed, NotFound
from heroterm.sync.access import Access
from heroterm.sync.lists import pulled
from heroterm.sync.report import Pulled, Trouble

ROUNDS = 4
"""Rounds of a minute in which every view has had its turn."""
_PAGES = 30


class Members:
    """Keeps the members of views, the first of them each round and the others in turn."""

    def __init__(self, access: Access, view_ids: Sequence[int]) -> None:
        self._access = access
        self._gone: set[int] = set()
        self.follow(view_ids)

    def follow(self, view_ids: Sequence[int]) -> None:
        """Keep these from now on; no round may go on meanwhile. Each has its turn in the next."""
        self._own = tuple(view_ids[:1])
        self._others = tuple(view_ids[1:])
        self._done = 0

    def round(self, *, every: bool = False) -> Iterator[Pulled | Trouble]:
        """The views whose turn it is, or every one: a report each, already committed.

        At first every one has its turn; one that could not be read has it again.
        """
        for view_id in self._own:
            yield from self._told(view_id)
        count = len(self._others)
        rest = count if every else max(-(-count // ROUNDS), count - self._done)
        for _ in range(rest):
            yield from self._told(self._others[self._done % count])
            self._done += 1

    def _told(self, view_id: int) -> Iterator[Pulled | Trouble]:
        try:
            told = self._read(view_id)
        except (NotFound, NotAllowed) as error:
            if isinstance(error, NotAllowed) and error.signed_out:
                raise
            # Said once: what it held stays, and it may be shown again one day.
            if view_id not in self._gone:
                self._gone.add(view_id)
                yield _not_shown(view_id)
            return
        self._gone.discard(view_id)
        yield told

    def _read(self, view_id: int) -> Pulled:
        pages: list[Page] = []
        cursor: str | None = None
        for _ in range(_PAGES):
            page = self._access.ask(self._access.wire.view_page, view_id, cursor)
            self._access.save(page)
            pages.append(page)
            if not page.has_more or page.next_cursor in (None, cursor):
                break
            cursor = page.next_cursor
        # Dictionary keys: the view's cursor is an offset, so rows may come twice (api.md §5).
        ids = dict.fromkeys(ticket.id for page in pages for ticket in page.tickets)
        self._access.copy.save_view_members(view_id, ids)
        each = [pulled("view", page) for page in pages]
        return Pulled(
            "view",
            tuple(ids),
            users=sum(one.users for one in each),
            organizations=sum(one.organizations for one in each),
            refused=sum(one.refused for one in each),
        )


def _not_shown(view_id: int) -> Trouble:
    return Trouble(
        f"Zendesk does not show you the view {view_id}: deleted, or not shared with you.",
        "Its queue stays as it was last; change [[view]] or account.view in config.toml.",
    )
