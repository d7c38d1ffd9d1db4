"""Who belongs to which organizations, and who of those who answer tickets to which groups."""

from __future__ import annotations

from collections.abc import Iterable

from heroterm.domain.ticket import Group, Membership, TeamMember
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import LARGEST, unstorable
from heroterm.mirror.library import replace_whole
from heroterm.mirror.people import replace


def save(connection: Connection, person_id: int, found: Iterable[Membership]) -> None:
    """The organizations of one person, all of them."""
    rows = [(m.id, person_id, m.organization_id, int(m.default)) for m in found]
    with connection.transaction():
        connection.run("delete from membership where person_id = ?", [person_id])
        replace(connection, "membership", [row for row in rows if not unstorable(row)])


def save_team(connection: Connection, members: Iterable[TeamMember]) -> None:
    """Who belongs to which group, everybody."""
    pairs = dict.fromkeys((m.person_id, m.group_id) for m in members)
    replace_whole(connection, "team_member", pairs)


def of_person(connection: Connection, person_id: int) -> list[Membership]:
    """The organizations of a person, the default one first; empty while they were not fetched."""
    if abs(person_id) > LARGEST:
        return []
    sql = "select * from membership where person_id = ? order by is_default desc, organization_id"
    found = connection.rows(sql, [person_id])
    return [Membership(row[0], row[1], row[2], bool(row[3])) for row in found]


def teams(connection: Connection) -> dict[int, list[Group]]:
    """The groups of everybody who answers tickets, by person, each by its name."""
    found: dict[int, list[Group]] = {}
    sql = (
        "select m.person_id, t.id, t.name from team_member m join team t on t.id = m.team_id "
        "order by m.person_id, t.name, t.id"
    )
    for person_id, group_id, name in connection.rows(sql, []):
        found.setdefault(person_id, []).append(Group(group_id, name))
    return found
