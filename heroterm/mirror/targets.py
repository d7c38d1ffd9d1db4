"""The target that applies to a ticket's clock now, and not those that applied before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from heroterm.domain.ticket import Ticket
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import epoch, unstorable
from heroterm.mirror.values import estimates, ticket_of

if TYPE_CHECKING:
    from heroterm.domain.sla_policy import AppliedTarget

_APPLY = (
    "insert into applied_target values (?, ?, ?, ?, ?, ?, ?, ?) "
    "on conflict(ticket_id, metric) do update set instance = excluded.instance, "
    "at = excluded.at, policy_id = excluded.policy_id, policy = excluded.policy, "
    "seconds = excluded.seconds, business_hours = excluded.business_hours "
    "where (excluded.instance, excluded.at) >= (instance, at)"
)


def save_applied(connection: Connection, found: Iterable[AppliedTarget]) -> None:
    """Targets that apply, oldest first, in the caller's transaction; what is newer stays."""
    rows = [
        (
            *(a.ticket_id, a.metric, a.instance, epoch(a.at)),
            *(a.policy_id, a.policy, a.seconds, int(a.business_hours)),
        )
        for a in found
    ]
    connection.many(_APPLY, [row for row in rows if not unstorable(row)])


def with_clocks(connection: Connection, row: sqlite3.Row) -> Ticket:
    """The ticket of a row with the clocks that count: Zendesk's, or those worked out here."""
    ticket = ticket_of(row)
    if row["estimated"]:
        return replace(ticket, slas=estimates(row["estimates"]))
    return with_targets(connection, ticket)


def with_targets(connection: Connection, ticket: Ticket) -> Ticket:
    """The ticket with the policy and the target of each of its clocks, where they are known."""
    if not ticket.slas:
        return ticket
    sql = "select metric, policy, seconds from applied_target where ticket_id = ?"
    known = {row["metric"]: row for row in connection.rows(sql, [ticket.id])}
    clocks = tuple(
        replace(
            clock,
            policy=known[clock.metric]["policy"],
            target_seconds=known[clock.metric]["seconds"],
        )
        if clock.metric in known
        else clock
        for clock in ticket.slas
    )
    return replace(ticket, slas=clocks)
