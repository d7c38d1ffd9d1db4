"""The screen's eyes on the mirror: read-only, and with the standard library's sqlite3 alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heroterm.domain.ticket import (
    Comment,
    DeletedTicket,
    Group,
    Identity,
    Macro,
    Organization,
    Person,
    Ticket,
    ZendeskView,
)
from heroterm.domain.view import Overlay, QueueCounts, Row, SyncState, View
from heroterm.mirror import audits, indexing, labels, library, queue, state, targets
from heroterm.mirror.audits import History
from heroterm.mirror.connection import open_to_read
from heroterm.mirror.counting import counts
from heroterm.mirror.decoding import (
    comment_of,
    macro_of,
    organization_of,
    person_of,
)
from heroterm.mirror.encoding import LARGEST, packed
from heroterm.mirror.labels import Labels, TicketLink
from heroterm.mirror.overlay import SECTION, TIER, OverlayTable
from heroterm.mirror.queue import Query
from heroterm.mirror.rows import COLUMNS, JOINS, row_of

if TYPE_CHECKING:
    from heroterm.domain.sla_policy import Schedule, SlaPolicy
    from heroterm.mirror.filters import Condition
    from heroterm.mirror.worded import WordedTable

_OTHERS = 50
_PAGE = (
    "with page as materialized ({page}) select "
    + COLUMNS.format(tier="page.tier", section="page.section")
    + " from page join ticket t on t.id = page.id"
    + JOINS
    + " order by {order}"
)
_ONE = f"select {COLUMNS.format(tier=TIER, section=SECTION)} from ticket t {JOINS} where "


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments of one ticket, oldest first."""

    ticket_id: int
    comments: tuple[Comment, ...] = ()
    complete: bool = False
    """Whether nothing older is missing. False with no comments: not fetched yet."""


class Mirror:
    """Reads mirror.db; opening raises StoreError when there is none, or none that can be read.

    One thread: SQLite's connection is bound to the one that opened it. Every method raises
    StoreError when the file cannot be read any more; an empty answer means that there is nothing.
    """

    def __init__(self, path: Path) -> None:
        self.connection = open_to_read(path)
        self._overlay = OverlayTable(self.connection)
        self._worded: WordedTable | None = None

    def state(self) -> SyncState:
        """What the mirror knows about itself."""
        return state.read(self.connection)

    def version(self) -> int:
        """A number that changes when another process has written."""
        return self.connection.number("pragma data_version")

    def queue(
        self, view: View, overlay: Overlay, *, offset: int = 0, limit: int = 200
    ) -> list[Row]:
        """A stretch of a queue, in the order of domain.view."""
        asked = self._asked(view, overlay)
        page, values = asked.ordered(offset=offset, limit=limit)
        order = ", ".join(f"page.{key}" for key in asked.keys)
        sql = _PAGE.format(page=page, order=order)
        return [row_of(row) for row in self.connection.rows(sql, values)]

    def position(self, view: View, overlay: Overlay, ticket_id: int) -> int | None:
        """How many tickets of the queue stand before this one; None when it is not in the queue."""
        asked = self._asked(view, overlay)
        key = None
        for half in asked.halves:
            sql = f"select {', '.join(asked.keys)} from ({half.sql}) where id = ?"
            key = key or self._by_id(sql, ticket_id, *half.values)
        if not key:
            return None
        place = tuple(key[0])
        return sum(
            self.connection.number(asked.below(half), (*half.values, *place))
            for half in asked.halves
        )

    def among(self, view: View, overlay: Overlay, ids: Iterable[int]) -> frozenset[int]:
        """Those of the tickets that stand in a queue."""
        asked, wanted = self._asked(view, overlay), packed(ids)
        held: set[int] = set()
        for half in asked.halves:
            sql = f"select id from ({half.sql}) where id in (select value from json_each(?))"
            held |= {row[0] for row in self.connection.rows(sql, (*half.values, wanted))}
        return frozenset(held)

    def counts(self, view: View, overlay: Overlay, *, now: datetime) -> QueueCounts:
        """Numbers of a queue; `breached` are those whose running clock is past at `now`."""
        asked = self._asked(view, overlay)
        return counts(self.connection, asked, now)

    def explained(self, view: View) -> tuple[str, ...]:
        """What of a view's query was not understood or cannot be known here yet, in sentences.

        A saved view whose tickets were never brought is one of them: it is not empty.
        """
        said = list(self._of_query(view)[1])
        number = view.zendesk_view_id
        if number is not None and library.members_read(self.connection, number) is None:
            said.append(f"The tickets of Zendesk's view {number} have not been brought here yet.")
        return tuple(said)

    def row(self, ticket_id: int, overlay: Overlay) -> Row | None:
        """One ticket as a line, whether or not a queue shows it."""
        self._overlay.hold(overlay)
        found = self._by_id(f"{_ONE} t.id = ?", ticket_id)
        return row_of(found[0]) if found else None

    def other_open(self, ticket_id: int) -> list[Row]:
        """Unsolved tickets of the same requester or organization, newest first.

        Free-mail placeholders are no organization: what shares only them has nothing in common.
        """
        sql = (
            "t.section < 9 and t.id <> ?1 and t.id in ("
            "select x.id from ticket x join ticket y on x.requester_id = y.requester_id "
            "where y.id = ?1 and x.section < 9 union "
            "select x.id from ticket x join ticket y on x.organization_id = y.organization_id "
            "where y.id = ?1 and x.section < 9 and not y.free_mail_organization) "
            f"order by t.updated_at desc, t.id desc limit {_OTHERS}"
        )
        return [row_of(row) for row in self._by_id(_ONE + sql, ticket_id)]

    def ticket(self, ticket_id: int) -> Ticket | None:
        """A ticket's own fields, its clocks with what is known of their targets."""
        sql = (
            "select t.*, ifnull(w.description, '') as description from ticket t "
            "left join words w on w.ticket_id = t.id where t.id = ?"
        )
        found = self._by_id(sql, ticket_id)
        return targets.with_clocks(self.connection, found[0]) if found else None

    def thread(self, ticket_id: int) -> Thread:
        """The comments held of a ticket; empty and not complete for one that is not held."""
        whole = self._by_id("select thread_complete from ticket where id = ?", ticket_id)
        sql = "select * from comment where ticket_id = ? order by created_at, id"
        comments = tuple(comment_of(row) for row in self._by_id(sql, ticket_id))
        return Thread(ticket_id, comments, bool(whole and whole[0][0]))

    def placed_source(self, ticket_id: int) -> str | None:
        """The source under which a ticket was placed; None for one that is not held."""
        found = self._by_id("select source from ticket where id = ?", ticket_id)
        return str(found[0][0]) if found else None

    def person(self, person_id: int) -> Person | None:
        """A person, if the mirror has met them."""
        found = self._by_id("select * from person where id = ?", person_id)
        return person_of(found[0]) if found else None

    def sharing_address(self, person_id: int) -> list[Person]:
        """Others with the same address, which is nobody's for certain then (faults.md 55)."""
        return labels.sharing(self.connection, person_id)

    def organization(self, organization_id: int) -> Organization | None:
        """An organization, if the mirror has met it."""
        found = self._by_id("select * from organization where id = ?", organization_id)
        return organization_of(found[0]) if found else None

    def organizations_named(self, text: str, *, but: int | None) -> list[str]:
        """Organizations whose exact name stands in a text as whole words; `but` is not counted.

        Short names (under four letters) and free-mail placeholders would be found everywhere.
        """
        sql = (
            "select name from organization where length(name) > 3 and instr(?, name) > 0 "
            "and id is not ? and instr(lower(name), 'please assign') = 0 order by name limit 20"
        )
        found = [str(row[0]) for row in self.connection.rows(sql, [text, but])]
        return [name for name in found if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]

    def group(self, group_id: int) -> Group | None:
        """A group, if the mirror has met it."""
        found = self._by_id("select id, name from team where id = ?", group_id)
        return Group(*found[0]) if found else None

    def people(self, ids: Iterable[int]) -> dict[int, Person]:
        """Those of the persons that the mirror has met, by id."""
        sql = "select * from person where id in (select value from json_each(?))"
        return {row["id"]: person_of(row) for row in self.connection.rows(sql, [packed(ids)])}

    def groups(self) -> list[Group]:
        """All groups, by name."""
        return [Group(*row) for row in self.connection.rows("select * from team order by name, id")]

    def macros(self) -> list[Macro]:
        """All macros, by title."""
        return [
            macro_of(row) for row in self.connection.rows("select * from macro order by title, id")
        ]

    def views(self) -> list[ZendeskView]:
        """All saved views, in the account's order."""
        sql = "select * from zendesk_view order by position, id"
        return [ZendeskView(*row) for row in self.connection.rows(sql)]

    def staff(self) -> list[Person]:
        """Everybody who answers tickets, by name."""
        sql = "select * from person where role in ('agent', 'admin') order by name, id"
        return [person_of(row) for row in self.connection.rows(sql)]

    def labels(self) -> Labels:
        """What the numbers of fields, forms and custom statuses stand for."""
        return labels.read(self.connection)

    def policies(self) -> list[SlaPolicy]:
        """The account's SLA policies, in the order in which they are tried; none but for admins."""
        from heroterm.mirror import promises  # the first paint does without it

        return promises.policies(self.connection)

    def schedules(self) -> list[Schedule]:
        """The account's business hours, by name; none but for admins."""
        from heroterm.mirror import promises

        return promises.schedules(self.connection)

    def identities(self, person_id: int) -> list[Identity]:
        """How a person is known, the primary one first; empty while that was not fetched."""
        return labels.identities(self.connection, person_id)

    def deleted(self, ticket_id: int) -> DeletedTicket | None:
        """Who deleted a ticket and when; None where Zendesk has not told of it."""
        return labels.deleted(self.connection, ticket_id)

    def linked(self, ticket_id: int) -> list[TicketLink]:
        """Tickets that this one was merged with or follows up."""
        return labels.linked(self.connection, ticket_id)

    def history(self, ticket_id: int) -> History:
        """Audits held of a ticket, oldest first."""
        return audits.read(self.connection, ticket_id)

    def search_integrity(self, *, words: bool = False) -> str:
        """`ok`, or what is wrong with the search index; `words` compares every text, too.

        Takes the write lock for a moment. Raises StoreError when the file cannot be written.
        """
        return indexing.integrity(self.connection, words=words)

    def integrity(self) -> str:
        """`ok`, or what is wrong with the file; reads all of it (faults.md 86)."""
        found = self.connection.rows("pragma quick_check(20)")
        return "; ".join(str(row[0]) for row in found)

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    def _asked(self, view: View, overlay: Overlay) -> Query:
        overlaid = self._overlay.hold(overlay)
        more, _ = self._of_query(view)
        return queue.query(view, more, overlaid=overlaid)

    def _of_query(self, view: View) -> tuple[Sequence[Condition], Sequence[str]]:
        if not view.query:
            return (), ()
        # The first paint of most desks does without these.
        from heroterm.mirror import asked
        from heroterm.mirror.worded import WordedTable

        if self._worded is None:
            self._worded = WordedTable(self.connection, self._overlay)
        return asked.conditions(self.connection, view.query, self._worded.number)

    def _by_id(self, sql: str, id_: int, *before: object) -> list[Any]:
        """Rows for an id, which may have been typed: one too large to store is not held."""
        return self.connection.rows(sql, (*before, id_)) if abs(id_) <= LARGEST else []
