"""The screen's eyes on the mirror: read-only, and with the standard library's sqlite3 alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from heroterm.domain.ticket import (
    Comment,
    DeletedTicket,
    Group,
    Identity,
    Macro,
    Membership,
    Organization,
    Person,
    Ticket,
    ZendeskView,
)
from heroterm.domain.view import Row
from heroterm.mirror import audits, indexing, labels, memberships, targets
from heroterm.mirror.audits import History
from heroterm.mirror.encoding import packed
from heroterm.mirror.labels import Labels, TicketLink
from heroterm.mirror.naming import named_in
from heroterm.mirror.queues import ONE, Queues
from heroterm.mirror.rows import row_of
from heroterm.mirror.thread_marks import BEHIND
from heroterm.mirror.values import comment_of, macro_of, organization_of, person_of

if TYPE_CHECKING:
    from heroterm.domain.sla_policy import Schedule, SlaPolicy

_OTHERS = 50
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments of one ticket, oldest first."""

    ticket_id: int
    comments: tuple[Comment, ...] = ()
    complete: bool = False
    """Whether nothing older is missing. False with no comments: not fetched yet."""
    stale: bool = False
    """Whether the ticket changed, or may have, after these comments were fetched."""

    @property
    def fresh(self) -> bool:
        """Whether it is everything that was said up to the last change that is known here."""
        return self.complete and not self.stale


class Mirror(Queues):
    """Reads mirror.db; opening raises StoreError when there is none, or none that can be read.

    One thread: SQLite's connection is bound to the one that opened it. Every method raises
    StoreError when the file cannot be read any more; an empty answer means that there is nothing.
    """

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
        return [row_of(row) for row in self._by_id(ONE + sql, ticket_id)]

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
        known = f"select thread_complete, {BEHIND} from ticket where id = ?"
        marks = self._by_id(known, ticket_id)
        sql = "select * from comment where ticket_id = ? order by created_at, id"
        comments = tuple(comment_of(row) for row in self._by_id(sql, ticket_id))
        complete, stale = marks[0] if marks else (0, 0)
        return Thread(ticket_id, comments, bool(complete), bool(complete and stale))

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
        """Organizations whose name stands in a text as whole words; `but` is not counted.

        Names of several words are known in any case of their letters; one word alone may be an
        ordinary one and is known as it is written. Blanks and line ends are all the same. Short
        names (under four letters) and free-mail placeholders would be found everywhere.
        """
        sql = (
            "select name from organization where length(name) > 3 and id is not ? "
            "and instr(lower(name), 'please assign') = 0 order by name"
        )
        names = (str(row[0]) for row in self.connection.rows(sql, [but]))
        return list(islice(named_in(text, names), _MOST_NAMED))

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

    def memberships(self, person_id: int) -> list[Membership]:
        """The organizations of a person, the default one first; empty while not fetched."""
        return memberships.of_person(self.connection, person_id)

    def teams(self) -> dict[int, list[Group]]:
        """The groups of everybody who answers tickets, by person."""
        return memberships.teams(self.connection)

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
