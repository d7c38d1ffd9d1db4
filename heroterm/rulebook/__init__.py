"""The rulebook: what a team may edit, read from files and checked.

What lives here: the reading of tiers, targets, sources, lifecycle, tone, owners, canned replies,
playbooks and macros, the line of a file that is wrong, the zone of the machine, and the digest by
which a mirror sees that its tickets have to be placed anew. The rules themselves are `domain`'s.

heroterm ships a whole rulebook. A team puts files of the same names into a folder of its own: a
file there replaces the shipped one, a new reply or playbook joins the others. A file that is
wrong is reported in `Rulebook.findings` with its line, and the shipped one (or none) is used in
its place, so that one typing mistake never keeps the desk closed.

What may come in: two folders, the names of a policy and of an order. What goes out: frozen domain
values in one `Rulebook`, and ConfigError, raised only for a shipped file or one read by its name.

```
<folder>/data/{tiers,sla,zones,sources,lifecycle,tone,macros,owners}.toml
<folder>/replies/*.md    <folder>/playbooks/*.toml    <folder>/macros/*.md

load(shipped, overrides, *, policy="", order="") -> Rulebook    order: what counts first in a policy
files.read_data(path, reader) .read_reply(path) .read_playbook(path, replies) .read_macro(…)
zone_named(name) .local_zone() -> tzinfo        "local" is this machine's, with its summer time
digest.digest_of(tiers, sources, targets) -> str
```
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from heroterm.domain import (
    lifecycle,
    macro,
    owners,
    playbook,
    reply,
    schedules,
    source,
    targets,
    team_macro,
    tiers,
    tone,
)
from heroterm.domain.calendar import Calendar
from heroterm.domain.sla_policy import Schedule
from heroterm.domain.tables import Table
from heroterm.domain.tiers import Presets
from heroterm.domain.zone import LOCAL
from heroterm.errors import ConfigError
from heroterm.rulebook.digest import digest_of
from heroterm.rulebook.files import FILE_LIMIT, read_data, read_macro, read_playbook, read_reply
from heroterm.rulebook.letters import one_each
from heroterm.rulebook.strays import strays

__all__ = [
    "FILE_LIMIT",
    "SHIPPED",
    "Rulebook",
    "load",
    "local_zone",
    "read_data",
    "read_macro",
    "read_playbook",
    "read_reply",
    "zone_named",
]

SHIPPED = Path(__file__).parent.parent
"""Where the shipped files are: this package's own folder."""
_T = TypeVar("_T")


class _Named(Protocol):
    """What is known by the name of its file."""

    @property
    def name(self) -> str:
        """The file's name without its ending."""


_N = TypeVar("_N", bound=_Named)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything a team may edit, checked and ready."""

    presets: Presets
    """Every order that the tiers' file knows."""
    tiers: tiers.TierRules
    """The one in use."""
    targets: targets.Targets
    zones: Mapping[str, str]
    """Zendesk's names of time zones, and everybody's."""
    sources: source.SourceRules
    lifecycle: lifecycle.LifecycleNumbers
    tone: tone.Tone
    owners: owners.Owners
    replies: tuple[reply.CannedReply, ...]
    playbooks: tuple[playbook.Playbook, ...]
    macro_keys: Mapping[str, str]
    """Letters after `m` in the workstation, each with the title of its Zendesk macro."""
    macros: tuple[team_macro.TeamMacro, ...] = ()
    """The team's own macros."""
    findings: tuple[ConfigError, ...] = ()
    """Files that were passed over, and why."""

    @property
    def digest(self) -> str:
        """Changes when the rules do by which tickets are placed in a queue."""
        return digest_of(self.tiers, self.sources, self.targets)

    def reply(self, name: str) -> reply.CannedReply | None:
        """A canned reply by its name."""
        return next((one for one in self.replies if one.name == name), None)

    def playbook(self, name: str) -> playbook.Playbook | None:
        """A playbook by its name."""
        return next((one for one in self.playbooks if one.name == name), None)

    def hours(self, kept: Sequence[Schedule]) -> Calendar:
        """The calendar in which work time is told, given the account's own schedules."""
        return schedules.working_hours(kept, self.zones, zone_named, self.targets.hours)


def load(
    shipped: Path = SHIPPED,
    overrides: Path | None = None,
    *,
    policy: str = "",
    order: str = "",
    former: Rulebook | None = None,
) -> Rulebook:
    """The rulebook of the shipped files with those of `overrides` in front of them.

    `policy` names the preset of the tiers and `order` what counts first in it; "": as filed. A file
    that is wrong now keeps what was read of it before, as the `former` rulebook has it.

    Raises ConfigError when a shipped file is missing or wrong; nothing of a team's own files can
    do that.
    """
    shelf = _Shelf(shipped, overrides, former)
    replies = shelf.all("replies", "*.md", read_reply, lambda was: was.replies)
    named = {one.name: one for one in replies}
    playbooks = shelf.all(
        "playbooks",
        "*.toml",
        # A reply of the team's own may not fit a shipped playbook: `playbook lint` says so.
        lambda path: read_playbook(path, None if shipped in path.parents else named),
        lambda was: was.playbooks,
    )
    played = [one.name for one in playbooks]
    macros, clashes = one_each(
        shelf.all(
            "macros", "*.md", lambda path: read_macro(path, named, played), lambda was: was.macros
        ),
        overrides,
    )
    presets = shelf.one("tiers", tiers.from_table, lambda was: was.presets)
    return Rulebook(
        presets=presets,
        tiers=shelf.chosen(presets, policy, order),
        targets=shelf.one("sla", _targets, lambda was: was.targets),
        zones=shelf.one("zones", schedules.zones_from, lambda was: was.zones),
        sources=shelf.one("sources", source.from_table, lambda was: was.sources),
        lifecycle=shelf.one("lifecycle", lifecycle.from_table, lambda was: was.lifecycle),
        tone=shelf.one("tone", tone.from_table, lambda was: was.tone),
        owners=shelf.one("owners", owners.from_table, lambda was: was.owners),
        replies=replies,
        playbooks=playbooks,
        macro_keys=shelf.one("macros", macro.keys_from, lambda was: was.macro_keys),
        macros=macros,
        findings=(
            *shelf.findings,
            *clashes,
            *(strays(overrides, shelf.rules) if overrides else ()),
        ),
    )


def _targets(table: Table) -> targets.Targets:
    return targets.from_table(table, zone_named)


def zone_named(name: str) -> tzinfo:
    """A time zone by its name, "local" for this machine's. Raises KeyError for an unknown one."""
    if name == "UTC":
        return UTC
    if name == "local":
        return local_zone()
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise KeyError(name) from None


def local_zone(
    link: Path = Path("/etc/localtime"), environ: Mapping[str, str] = os.environ
) -> tzinfo:
    """The time zone of the machine with its summer time: the one that the system names; where it
    names none that is known, as on one whose /etc/localtime is a copy, what it tells of a moment.
    """
    named = environ.get("TZ", "").lstrip(":")
    if not named:
        _, _, named = str(link.resolve()).partition("zoneinfo/")
    try:
        return ZoneInfo(named) if named else LOCAL
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return LOCAL


class _Shelf:
    """Two folders of rule files, and what was wrong in the team's own."""

    def __init__(self, shipped: Path, overrides: Path | None, former: Rulebook | None) -> None:
        self.shipped, self.overrides, self.former = shipped, overrides, former
        self.findings: list[ConfigError] = []
        self.rules: list[str] = []
        """Names of the data files that were asked for."""

    def one(self, name: str, reader: Callable[[Table], _T], part: Callable[[Rulebook], _T]) -> _T:
        """The data file of that name: the team's own if it is there and right; if it is wrong, the
        `part` of the former rulebook that was made of it.
        """
        self.rules.append(f"{name}.toml")
        own = self.overrides / "data" / f"{name}.toml" if self.overrides else None
        if own and own.exists():
            made = self._tried(lambda path: read_data(path, reader), own)
            if made is not None:
                return made
            if self.former is not None:
                self._stays()
                return part(self.former)
        return read_data(self.shipped / "data" / f"{name}.toml", reader)

    def chosen(self, presets: Presets, policy: str, order: str) -> tiers.TierRules:
        """The order in use; a policy that is no preset is reported, and the usual one holds."""
        try:
            return presets.chosen(policy, order)
        except KeyError:
            known = ", ".join(presets.rules)
            say = f'[desk] policy = "{policy}" in config.toml is no preset of tiers.toml.'
            remedy = f"Use one of: {known}. Until then {presets.usual} holds."
            self.findings.append(ConfigError(say, remedy, key="policy"))
            return presets.chosen(order=order)

    def all(
        self,
        folder: str,
        pattern: str,
        reader: Callable[[Path], _N],
        part: Callable[[Rulebook], Sequence[_N]],
    ) -> tuple[_N, ...]:
        """Every file of a folder by name; a wrong one of the team leaves what was read before, else
        the shipped one.
        """
        kept = {one.name: one for one in part(self.former)} if self.former else {}
        made = {path.stem: reader(path) for path in _files(self.shipped / folder, pattern)}
        for path in _files(self.overrides / folder, pattern) if self.overrides else ():
            own = self._tried(reader, path)
            if own is None and path.stem in kept:
                self._stays()
                own = kept[path.stem]
            if own is not None:
                made[path.stem] = own
        return tuple(made[name] for name in sorted(made))

    def _stays(self) -> None:
        """Say of the file that was found wrong just now what is used in its place."""
        self.findings[-1].remedy += " Until then what was read before stays in use."

    def _tried(self, reader: Callable[[Path], _T], path: Path) -> _T | None:
        try:
            return reader(path)
        except ConfigError as error:
            self.findings.append(error)
            return None


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    yield from sorted(path for path in folder.glob(pattern) if not path.name.startswith("."))
