"""A person's working hours and time zone: the first run asks for them, sla.toml keeps them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from heroterm.domain import targets
from heroterm.domain.calendar import DAYS, week_of
from heroterm.errors import ConfigError, UsageError
from heroterm.paths import Paths
from heroterm.rulebook import SHIPPED, local_zone, read_data, zone_named

_HOURS = re.compile(
    r"(?:(?P<days>[a-z]{3}(?:-[a-z]{3})?)\s+)?(?P<begin>\d{1,2}(?::\d\d)?)\s*-\s*"
    r"(?P<end>\d{1,2}(?::\d\d)?)",
    re.IGNORECASE,
)
_REMEDY = "Write hours, a zone, or both, as in: mon-fri 08:30-17:00 Europe/Berlin."


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Days, hours and zone. `zone` is a name such as Europe/Berlin, or UTC."""

    days: str = "mon-fri"
    begin: str = "09:00"
    end: str = "17:00"
    zone: str = "UTC"

    @property
    def line(self) -> str:
        """As a person writes it."""
        return f"{self.days} {self.begin}-{self.end} {self.zone}"

    @classmethod
    def read(cls, typed: str, before: OfficeHours) -> OfficeHours:
        """What was typed, over what was offered. Raises UsageError."""
        found = _HOURS.search(typed)
        rest = (_HOURS.sub("", typed, count=1) if found else typed).strip(" ,;")
        made = cls(
            ((found and found["days"]) or before.days).lower(),
            _minutes(found["begin"]) if found else before.begin,
            _minutes(found["end"]) if found else before.end,
            rest or before.zone,
        )
        if week_of((f"{made.days} {made.begin}-{made.end}",)) is None:
            raise UsageError(f"{typed!a} are no working hours.", _REMEDY)
        try:
            zone_named(made.zone)
        except KeyError:
            raise UsageError(f"{made.zone!a} is no time zone.", _REMEDY) from None
        return made


def _minutes(typed: str) -> str:
    """`8` and `8:30` as `08:00` and `08:30`."""
    return (typed if ":" in typed else f"{typed}:00").zfill(5)


def usual(zendesk_zone: str) -> OfficeHours:
    """What is offered: office hours in the zone in which Zendesk has the person ("": it tells
    none), else in this machine's.
    """
    try:
        if zendesk_zone:
            zone_named(zendesk_zone)
            return OfficeHours(zone=zendesk_zone)
    except KeyError:
        pass
    return OfficeHours(zone=_here())


def _here() -> str:
    return str(getattr(local_zone(), "key", "UTC"))


def write_hours(where: Paths, hours: OfficeHours) -> Path | None:
    """Keep hours in this home's own sla.toml; None where the shipped one says the same already.

    Every other line of the file stays. Raises ConfigError, and then nothing was changed.
    """
    path = where.rules / "data" / "sla.toml"
    if not path.exists() and hours == OfficeHours(zone=_here()):
        return None
    source = path if path.exists() else SHIPPED / "data" / "sla.toml"
    text = source.read_text(encoding="utf-8")
    line = f"{hours.days} {hours.begin}-{hours.end}"
    text = _set(text, "calendars.office", {"zone": f'"{hours.zone}"', "hours": f'["{line}"]'})
    quiet = {
        "zone": f'"{hours.zone}"',
        "quiet": f'"{hours.end}-{hours.begin}"',
        "quiet_days": _others(line),
    }
    _keep(path, _set(text, "warnings", quiet))
    return path


def _others(line: str) -> str:
    """The days without hours, as a list of a file."""
    week = week_of((line,)) or ()
    return "[" + ", ".join(f'"{d}"' for d, hours in zip(DAYS, week, strict=True) if not hours) + "]"


def _set(text: str, section: str, values: dict[str, str]) -> str:
    """Set keys of one section; each must be there already, as it is in the shipped file."""
    lines, inside = text.splitlines(), False
    for at, line in enumerate(lines):
        if line.startswith("["):
            inside = line.strip() == f"[{section}]"
        key = line.partition("=")[0].strip()
        if inside and "=" in line and key in values:
            lines[at] = f"{key} = {values.pop(key)}"
    if values:
        raise ConfigError(
            f"Your own sla.toml says nothing of {', '.join(values)} in [{section}].",
            "Write the hours there by hand.",
        )
    return "\n".join(lines) + "\n"


def _keep(path: Path, text: str) -> None:
    """Write beside the file, look whether it can be read, then swap."""
    beside = path.with_name(".sla.toml.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        read_data(beside, lambda table: targets.from_table(table, zone_named))
        os.replace(beside, path)
    except OSError as error:
        raise ConfigError(
            f"This file cannot be written ({error.strerror}).", file=str(path)
        ) from None
    except ConfigError:
        beside.unlink(missing_ok=True)
        raise
