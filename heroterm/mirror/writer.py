"""The carrier's hand on the mirror: everything that writes goes through one object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from heroterm.domain.sla_policy import Schedule, SlaPolicy
from heroterm.domain.targets import Targets
from heroterm.domain.ticket import (
    Audit,
    Comment,
    CustomStatus,
    DeletedTicket,
    Group,
    Identity,
    Macro,
    Membership,
    Page,
    Person,
    TeamMember,
    TicketField,
    TicketForm,
    ZendeskView,
)
from heroterm.domain.view import OUT_OF_QUEUE
from heroterm.mirror import audits as history
from heroterm.mirror import comments as threads
from heroterm.mirror import (
    indexing,
    labels,
    library,
    memberships,
    pages,
    promises,
    reckoning,
    retention,
    state,
    thread_marks,
)
from heroterm.mirror.database import open_to_write, shorten_log
from heroterm.mirror.encoding import epoch, packed
from heroterm.mirror.pages import Saved
from heroterm.mirror.placing import Place
from heroterm.mirror.purge import purge


class MirrorWriter:
    """Writes mirror.db, which it makes where there is none. One thread, one process at a time.

    `place` says what the rules of the desk make of a ticket; `promised` is the team's own table of
    targets, for an account whose Zendesk gives no clocks (None: nothing is estimated). Every
    method raises StoreError when the file cannot be used; what was committed before stays.
    """

    def __init__(self, path: Path, place: Place, promised: Targets | None = None) -> None:
        self._connection = open_to_write(path)
        if state.recalled(self._connection, "first_fill_done"):
            shorten_log(self._connection)
        self._place = place
        self._promised = promised

    def save_page(
        self, page: Page, *, at: datetime, cursor: tuple[str, str | None] | None = None
    ) -> Saved:
        """Keep a page asked for at server time `at`, with its named cursor, in ONE transaction."""
        return pages.save(self._connection, self._place, self._promised, page, at=at, cursor=cursor)

    def save_comments(
        self,
        ticket_id: int,
        comments: Iterable[Comment],
        people: Iterable[Person],
        *,
        complete: bool,
        at: datetime | None,
        unasked: bool = False,
    ) -> None:
        """Keep the comments of one ticket; StoreError when the ticket itself is not held. `at`
        None: more of them are on their way. `unasked`: they are kept no longer for having come.
        """
        threads.save(
            self._connection,
            self._place,
            self._promised,
            ticket_id,
            comments,
            people,
            complete=complete,
            at=at,
            unasked=unasked,
        )

    def add_comments(
        self, comments: Iterable[Comment], *, until: int | None = None, more: bool = False
    ) -> list[int]:
        """Keep comments that came apart from their threads, of any ticket that is held; the
        tickets that lacked some. `until` (epoch s): everything said before that has come, so that
        a thread never read may be whole by now; one that was read keeps its marks. With `more` to
        come at once they are searchable after `index`.
        """
        return threads.add(self._connection, comments, until=until, more=more)

    def thread_known(self, ticket_id: int) -> bool:
        """Whether the thread of a ticket was ever read."""
        return thread_marks.known(self._connection, ticket_id)

    def save_groups(self, groups: Iterable[Group]) -> None:
        """The account's groups, all of them."""
        library.replace_groups(self._connection, groups)

    def save_macros(self, macros: Iterable[Macro]) -> None:
        """The macros that this person may use, all of them."""
        library.replace_macros(self._connection, macros)

    def save_views(self, views: Iterable[ZendeskView]) -> None:
        """The saved views that this person sees, all of them."""
        library.replace_views(self._connection, views)

    def save_view_members(self, view_id: int, ids: Iterable[int]) -> None:
        """The tickets of one saved view, all of them."""
        library.replace_members(self._connection, view_id, ids)

    def save_audits(
        self, ticket_id: int, audits: Iterable[Audit], *, complete: bool = False
    ) -> int:
        """Keep audits of one ticket; `complete`: nothing older is missing. How many were kept."""
        kept = history.save(self._connection, ticket_id, audits, complete=complete)
        with self._connection.transaction():
            reckoning.judge(self._connection, self._promised, [ticket_id])
        return kept

    def history_mark(self, ticket_id: int) -> tuple[int | None, str]:
        """The audit down to which all are held (None: gaps), and the ticket's stamp where its
        newest audits are not held ("": they are).
        """
        return history.mark(self._connection, ticket_id)

    def save_fields(self, fields: Iterable[TicketField]) -> None:
        """The account's ticket fields with their options, all of them."""
        labels.save_fields(self._connection, fields)

    def save_forms(self, forms: Iterable[TicketForm]) -> None:
        """The account's ticket forms, all of them."""
        labels.save_forms(self._connection, forms)

    def save_custom_statuses(self, statuses: Iterable[CustomStatus]) -> None:
        """The account's custom statuses, all of them."""
        labels.save_statuses(self._connection, statuses)

    def save_policies(self, policies: Iterable[SlaPolicy]) -> None:
        """The account's SLA policies with their targets, all of them."""
        promises.save_policies(self._connection, policies)

    def save_schedules(self, schedules: Iterable[Schedule]) -> None:
        """The account's business hours, all of them."""
        promises.save_schedules(self._connection, schedules)

    def save_identities(self, person_id: int, identities: Iterable[Identity]) -> None:
        """How one person is known, all of it."""
        labels.save_identities(self._connection, person_id, identities)

    def save_memberships(self, person_id: int, found: Iterable[Membership]) -> None:
        """The organizations of one person, all of them."""
        memberships.save(self._connection, person_id, found)

    def save_team_members(self, members: Iterable[TeamMember]) -> None:
        """Who belongs to which group, everybody who answers tickets."""
        memberships.save_team(self._connection, members)

    def save_deleted(self, deleted: Iterable[DeletedTicket]) -> None:
        """Who deleted which ticket; they leave the queues by `mark_missing`."""
        labels.save_deleted(self._connection, deleted)

    def mark_missing(self, ids: Iterable[int], *, at: datetime) -> int:
        """Asked for at `at` and not shown by the server any more; how many were marked now."""
        with self._connection.transaction():
            return self._connection.run(
                "update ticket set missing = 1, section = ?3, fetched_at = ?1 where missing = 0 "
                "and fetched_at <= ?1 and id in (select value from json_each(?2))",
                [epoch(at), packed(ids), OUT_OF_QUEUE],
            )

    def stale_threads(self, limit: int) -> list[int]:
        """Unsolved tickets whose comments are older than the ticket, nearest breach first."""
        return thread_marks.stale(self._connection, limit)

    def older_threads(self, limit: int, *, since: datetime) -> list[int]:
        """Solved tickets changed since then whose comments are not held as they are now."""
        return thread_marks.older(self._connection, limit, since)

    def working_set(self, limit: int) -> list[int]:
        """Unsolved tickets that the server still shows, those nearest to breach first."""
        found = self._connection.rows(
            "select id from ticket indexed by ticket_due where section < 9 "
            "order by due, id limit ?",
            [limit],
        )
        return [row[0] for row in found]

    def high_water(self) -> datetime | None:
        """Newest `updated_at` that a whole pass has reached."""
        return state.high_water(self._connection)

    def remember(self, **values: object) -> None:
        """Keep fields of SyncState. `synced_at` ends a whole pass and so raises the high water,
        to what the mirror holds or to `high_water` where that is given. `first_fill_done` makes
        the mirror searchable, which may take a while.
        """
        state.remember(self._connection, **values)
        if values.get("first_fill_done"):
            self.index()
            shorten_log(self._connection)

    def cursor(self, name: str) -> str | None:
        """The place in the server's pages that was kept under a name."""
        return state.cursor(self._connection, name)

    def place_by(self, place: Place, promised: Targets | None) -> None:
        """Go by other rules from now on; `follow_rules` brings what is there into their order."""
        self._place, self._promised = place, promised

    def follow_rules(self, digest: str) -> bool:
        """Place every ticket anew if the rules behind `place` are others than last time.

        `digest` stands for the rules. Whether it was done.
        """
        if state.recalled(self._connection, state.RULES) == digest:
            return False
        self.replace_placements()
        state.keep(self._connection, state.RULES, digest)
        return True

    def replace_placements(self) -> None:
        """Place every ticket anew, after the rules changed."""
        pages.replace_placements(self._connection, self._place, self._promised)

    def index(self, limit: int | None = None) -> int:
        """Make tickets searchable that are not yet; how many were done."""
        return indexing.learn_waiting(self._connection, limit)

    def rebuild_index(self) -> int:
        """Make the search index anew; the number of tickets in it."""
        return indexing.rebuild(self._connection)

    def purge(
        self,
        *,
        older_than: datetime | None = None,
        user_id: int | None = None,
        everything: bool = False,
    ) -> dict[str, int]:
        """Remove for good; rows removed by table. `older_than` is the moment, not a span."""
        return purge(
            self._connection, older_than=older_than, user_id=user_id, everything=everything
        )

    def retire_if_due(self, *, keep_days: int, now: datetime) -> Iterator[int]:
        """Once a week, forget what was said in tickets solved more than `keep_days` days ago.

        A step is a batch and gives the comments that went; no step while a week has not gone by.
        """
        if retention.due(self._connection, now):
            older_than = now - timedelta(days=keep_days)
            yield from retention.retire(self._connection, older_than, now=now)

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()
