"""The time zone of this machine, in which a person reads clocks and days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


class _Local(tzinfo):
    """As the system tells it for each moment, so that what lies on the other side of a change to
    summer time is told as clocks showed it then.
    """

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """What the clock on the wall was ahead of UTC when it showed this."""
        return None if dt is None else dt.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, dt: datetime | None) -> timedelta | None:
        """Not told: nobody asks."""
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        """What the zone was called then."""
        return None if dt is None else dt.replace(tzinfo=None).astimezone().tzname()

    def __repr__(self) -> str:
        """The same in every process."""
        return "the zone of this machine"

    def fromutc(self, dt: datetime) -> datetime:
        """What the clock on the wall shows; of the hour that comes twice it is told which one."""
        told = dt.replace(tzinfo=UTC).astimezone()
        here = told.replace(tzinfo=self)
        return here if here.utcoffset() == told.utcoffset() else here.replace(fold=1)


LOCAL: tzinfo = _Local()
"""The zone that holds here, with its summer time."""
