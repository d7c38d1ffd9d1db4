"""Which team owns a feature: by the target area of the in-app form, from a file that teams edit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from heroterm.domain.tables import Table

_CHANNEL = re.compile(r"#[a-z0-9][a-z0-9_-]{0,79}")


@dataclass(frozen=True, slots=True)
class Owner:
    """The team that owns some areas; `labels` are those of its issues on GitHub."""

    team: str
    channel: str
    areas: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owners:
    """Every owner that is named, and who takes what nobody owns."""

    features: tuple[Owner, ...]
    fallback: Owner

    def of(self, area: str | None) -> Owner:
        """The owner of a target area."""
        return next((one for one in self.features if area and area in one.areas), self.fallback)


NOBODY_NAMED = Owners((), Owner("Support", "#team-support"))
"""Where no file says who owns what."""


def from_table(table: Table) -> Owners:
    """The owners of an owners.toml. Raises tables.BadEntry."""
    fallback = table.table("fallback")
    made = Owners(
        features=tuple(_owner(row) for row in table.tables("feature")), fallback=_owner(fallback)
    )
    return made


def _owner(row: Table) -> Owner:
    made = Owner(row.text("team"), row.text("channel"), row.texts("areas"), row.texts("labels"))
    if not _CHANNEL.fullmatch(made.channel):
        raise row.bad("channel", f'"{made.channel}" is no channel.', 'Write "#team-name".')
    row.done()
    return made
