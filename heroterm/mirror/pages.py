"""Keep a page of tickets with everything beside it and its cursor, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from heroterm.domain.targets import Targets
from heroterm.domain.ticket import Organization, Page, Ticket
from heroterm.domain.view import section
from heroterm.mirror import answered, fresh, indexing, reckoning, state, targets
from heroterm.mirror.connection import Connection
from heroterm.mirror.decoding import moment
from heroterm.mirror.encoding import (
    REFUSED_BY_SQLITE,
    epoch,
    packed,
    ticket_columns,
    unstorable,
)
from heroterm.mirror.people import save_groups, save_organizations, save_people
from heroterm.mirror.placing import PLACED_COLUMNS, Place, placed_columns
from heroterm.mirror.values import clocks, organization_of, ticket_of

_AMONG = "in (select value from json_each(?))"
_UPDATE = (
    f"update ticket set ({', '.join(fresh.COLUMNS)}) = ({', '.join('?' * len(fresh.COLUMNS))}), "
    "missing = 0 where id = ?"
)
_PLACE = (
    f"update ticket set ({', '.join(PLACED_COLUMNS)}) = ({', '.join('?' * len(PLACED_COLUMNS))}) "
    "where id = ?"
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a page."""

    ids: tuple[int, ...] = ()
    """Tickets written."""
    stale: int = 0
    """Tickets left as they were, because the mirror holds something newer."""
    refused: tuple[str, ...] = ()
    """A sentence for each row that cannot be stored; the rest of the page was kept."""


def save(
    connection: Connection,
    place: Place,
    promised: Targets | None,
    page: Page,
    *,
    at: datetime,
    cursor: tuple[str, str | None] | None,
) -> Saved:
    """Write a page, asked for at server time `at`. A crash repeats a page, never skips one.

    Hardly any page holds a value that SQLite does not take, so SQLite itself is asked first; only
    a page that it refuses has each of its rows looked at beforehand, so that the others are kept.
    """
    try:
        return _saved(connection, place, promised, page, at, cursor, judged=False)
    except REFUSED_BY_SQLITE:
        return _saved(connection, place, promised, page, at, cursor, judged=True)


def _saved(
    connection: Connection,
    place: Place,
    promised: Targets | None,
    page: Page,
    at: datetime,
    cursor: tuple[str, str | None] | None,
    *,
    judged: bool,
) -> Saved:
    with connection.transaction():
        people = save_people(connection, page.people, judged=judged)
        organizations = save_organizations(connection, page.organizations, judged=judged)
        save_groups(connection, page.groups, judged=judged)
        saved = _save_tickets(connection, place, page, epoch(at), judged=judged)
        touched = _touched(connection, people, organizations) - set(saved.ids)
        again(connection, place, touched)
        answered.judge(connection, touched)
        reckoning.note_clocks(connection, page.tickets)
        reckoning.judge(connection, promised, (*saved.ids, *touched))
        indexing.learn_if_filled(connection, [*saved.ids, *touched])
        targets.save_applied(connection, page.applied)
        if cursor is not None:
            state.save_cursor(connection, *cursor)
    return replace(saved, refused=(*page.refused, *saved.refused))


def _save_tickets(
    connection: Connection, place: Place, page: Page, at: int, *, judged: bool
) -> Saved:
    wanted = {ticket.id: ticket for ticket in sorted(page.tickets, key=_age)}
    before = _held(connection, wanted)
    organizations = _organizations(connection, wanted.values())
    known: list[tuple[object, ...]] = []
    new: list[tuple[Ticket, tuple[object, ...]]] = []
    refused: list[str] = []
    stale = 0
    for ticket in wanted.values():
        held = before.get(ticket.id)
        if held is not None and _older(ticket, held):
            stale += 1
            continue
        row = _row(ticket, held, organizations, place, at, judged=judged)
        if isinstance(row, str):
            refused.append(row)
        elif held is None:
            new.append((ticket, row))
        else:
            known.append((*row, ticket.id))
    fresh.write(connection, new, organizations, () if judged else page.people)
    connection.many(_UPDATE, known)
    again = [int(str(row[-1])) for row in known]
    indexing.restate(connection, again, {id_: wanted[id_].description for id_ in again})
    answered.judge(connection, again)
    return Saved((*(ticket.id for ticket, _ in new), *again), stale, tuple(refused))


def _age(ticket: Ticket) -> tuple[int, datetime]:
    return ticket.generated_timestamp or 0, ticket.updated_at


def _older(ticket: Ticket, held: sqlite3.Row) -> bool:
    """Whether a row is behind the one held (faults.md 49); a stamp counts where both have one."""
    new, old = ticket.generated_timestamp, held["generated_timestamp"]
    if new is not None and old is not None and new != old:
        return bool(new < old)
    return epoch(ticket.updated_at) < int(held["updated_at"])


def _row(
    ticket: Ticket,
    held: sqlite3.Row | None,
    organizations: Mapping[int, Organization],
    place: Place,
    at: int,
    *,
    judged: bool,
) -> tuple[object, ...] | str:
    """Columns to write, or the sentence why there are none."""
    whole = ticket if held is None else _with_sideloads(ticket, held)
    try:
        own = ticket_columns(whole)
        organization = organizations.get(whole.organization_id or 0)
        placed = placed_columns(whole, organization, place)
    except ValueError as error:
        return f"Ticket {str(ticket.id)[:24]} was not kept: it holds {error}."
    if judged and (why := unstorable((*own, *placed, ticket.description))):
        return f"Ticket {str(ticket.id)[:24]} was not kept: {why}."
    stands = section(whole.status)
    known = (stands, stands, at if held is None else max(at, held["fetched_at"]))
    return own + placed + known


def _with_sideloads(ticket: Ticket, held: sqlite3.Row) -> Ticket:
    """What came beside the ticket last time, where this answer carried none of it."""
    return replace(
        ticket,
        slas=clocks(held["slas"]) if ticket.slas is None else ticket.slas,
        replies=held["replies"] if ticket.replies is None else ticket.replies,
        comment_count=held["comment_count"]
        if ticket.comment_count is None
        else ticket.comment_count,
        generated_timestamp=held["generated_timestamp"]
        if ticket.generated_timestamp is None
        else ticket.generated_timestamp,
        status_since=_status_since(ticket, held),
    )


def _status_since(ticket: Ticket, held: sqlite3.Row) -> datetime | None:
    """As it came; what was known before holds as long as the status is the same."""
    same = ticket.status_since is None and ticket.status == held["status"]
    return moment(held["status_since"]) if same else ticket.status_since


def _held(connection: Connection, ids: Iterable[int]) -> dict[int, sqlite3.Row]:
    sql = (
        "select id, status, updated_at, generated_timestamp, slas, replies, comment_count, "
        f"fetched_at, status_since from ticket where id {_AMONG}"
    )
    return {row["id"]: row for row in connection.rows(sql, [packed(ids)])}


def _organizations(connection: Connection, tickets: Iterable[Ticket]) -> dict[int, Organization]:
    ids = {t.organization_id for t in tickets if t.organization_id is not None}
    found = connection.rows(f"select * from organization where id {_AMONG}", [packed(ids)])
    return {row["id"]: organization_of(row) for row in found}


def _touched(connection: Connection, people: list[int], organizations: list[int]) -> set[int]:
    """Tickets whose requester or organization changed."""
    found = connection.rows(
        f"select id from ticket where requester_id {_AMONG} "
        f"union select id from ticket where organization_id {_AMONG}",
        [packed(people), packed(organizations)],
    )
    return {row[0] for row in found}


def of_people(connection: Connection, people: list[int]) -> set[int]:
    """Tickets that these persons asked."""
    return _touched(connection, people, [])


def again(connection: Connection, place: Place, ids: Iterable[int]) -> None:
    """Place tickets anew that are already held, and restate their words."""
    wanted = list(ids)
    if not wanted:
        return
    found = connection.rows(
        "select t.*, w.description from ticket t join words w on w.ticket_id = t.id "
        f"where t.id {_AMONG}",
        [packed(wanted)],
    )
    tickets = [ticket_of(row) for row in found]
    organizations = _organizations(connection, tickets)
    connection.many(
        _PLACE,
        [
            (*placed_columns(t, organizations.get(t.organization_id or 0), place), t.id)
            for t in tickets
        ],
    )
    indexing.restate(connection, wanted)


def replace_placements(
    connection: Connection, place: Place, promised: Targets | None, *, batch: int = 1000
) -> None:
    """Place every ticket anew, a batch a transaction, after the rules changed."""
    last = 0
    while True:
        with connection.transaction():
            found = connection.rows(
                "select id from ticket where id > ? order by id limit ?", [last, batch]
            )
            ids = [row[0] for row in found]
            again(connection, place, ids)
            reckoning.judge(connection, promised, ids)
            indexing.learn_if_filled(connection, ids)
        if not ids:
            return
        last = ids[-1]
