"""Moments as the journal's files keep them: real seconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime

UNTIL_RELEASED = datetime(9000, 1, 1, tzinfo=UTC)
"""`send_after` of an intent that waits for a person's word and not for a moment."""

_LAST = UNTIL_RELEASED.timestamp()


def seconds(moment: datetime) -> float:
    """An aware moment as seconds since 1970, with fractions."""
    return moment.timestamp()


def moment(at: float) -> datetime:
    """Seconds since 1970 as an aware moment in UTC; what no clock could have said becomes the
    nearest moment that one could.
    """
    return datetime.fromtimestamp(min(max(at, 0.0), _LAST), UTC)


def moment_or_none(at: float | None) -> datetime | None:
    """Like `moment`, for what may not have happened; 0 counts as "not set"."""
    return moment(at) if at else None
