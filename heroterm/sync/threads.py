"""The comments of one ticket, newest first, into the mirror."""

from __future__ import annotations

from heroterm.domain.ticket import Comment, Person
from heroterm.sync.access import Access
from heroterm.sync.report import Pulled

LIMIT = 5_000
"""Zendesk takes no more comments on one ticket (api.md §3)."""


class Threads:
    """Reads threads. The newest page is kept at once, so that a long thread opens quickly."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._copy = access.copy

    def read(self, ticket_id: int, *, unasked: bool = False) -> Pulled:
        """Every comment of a ticket that the mirror holds; `unasked`: nobody looks at it. Raises
        ZendeskError, StoreError.
        """
        at = self._access.server_now()
        comments: dict[int, Comment] = {}
        people: dict[int, Person] = {}
        cursor: str | None = None
        complete, refused = False, 0
        while not complete and len(comments) < LIMIT:
            page = self._access.ask(self._access.wire.comments, ticket_id, cursor)
            before = len(comments)
            comments |= {comment.id: comment for comment in page.comments}
            people |= {person.id: person for person in page.people}
            complete = not page.has_more
            refused += len(page.refused)
            if page.next_cursor in (None, cursor) or len(comments) == before:
                break
            if cursor is None and not complete:
                self._copy.save_comments(
                    ticket_id, comments.values(), people.values(), complete=False, at=None
                )
            cursor = page.next_cursor
        self._copy.save_comments(
            ticket_id,
            comments.values(),
            people.values(),
            complete=complete and not refused,
            at=at,
            unasked=unasked,
        )
        if self._access.brought is not None:
            self._access.brought(ticket_id, comments.values(), people.values())
        return Pulled("thread", (ticket_id,), len(comments), len(people), refused=refused)
