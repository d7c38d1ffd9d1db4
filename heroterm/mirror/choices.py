"""What there is to choose from: tags in use, organizations by their names."""

from __future__ import annotations

from heroterm.domain.ticket import Organization
from heroterm.mirror.reader import Mirror
from heroterm.mirror.values import organization_of

_LOOKED_THROUGH = 5_000
"""Tickets, changed last first: what is in use there is what a hero chooses from."""
_TAGS = 500


def tags_in_use(mirror: Mirror) -> list[str]:
    """Tags of the tickets that changed last, the most used first."""
    sql = (
        "select value, count(*) as uses from"
        " (select tags from ticket order by updated_at desc limit ?), json_each(tags)"
        " group by value order by uses desc, value limit ?"
    )
    return [str(row[0]) for row in mirror.connection.rows(sql, [_LOOKED_THROUGH, _TAGS])]


def organizations(mirror: Mirror, limit: int = 5_000) -> list[Organization]:
    """Organizations by name; free-mail placeholders are no customer and are left out."""
    sql = (
        "select * from organization where instr(lower(name), 'please assign') = 0"
        " order by name, id limit ?"
    )
    return [organization_of(row) for row in mirror.connection.rows(sql, [limit])]


def organizations_called(mirror: Mirror, name: str) -> list[Organization]:
    """Organizations of exactly this name; where there is none, those that differ in case alone."""
    exact = mirror.connection.rows("select * from organization where name = ? order by id", [name])
    alike = exact or mirror.connection.rows(
        "select * from organization where lower(name) = lower(?) order by id", [name]
    )
    return [organization_of(row) for row in alike]
