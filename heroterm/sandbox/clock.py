"""The clock of the practice desk: starts where it is told to, then runs with real time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

DAY = 86_400
HOUR = 3_600
MINUTE = 60


@lru_cache(maxsize=10_000)
def iso(at: int) -> str:
    """Write epoch seconds the way Zendesk does: UTC, one second resolution (api.md, head)."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_or_none(at: int | None) -> str | None:
    """Like `iso`, for moments that may not have come yet."""
    return None if at is None else iso(at)


def epoch(text: str) -> int:
    """Read an ISO-8601 moment as epoch seconds; a missing zone means UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


class Clock:
    """Epoch seconds that run with `now` from a chosen start and can be turned forward."""

    def __init__(self, now: Callable[[], datetime], start: datetime | None = None) -> None:
        self._now = now
        self._offset = 0.0
        if start is not None:
            begin = start if start.tzinfo else start.replace(tzinfo=UTC)
            self._offset = begin.timestamp() - now().timestamp()

    def precise(self) -> float:
        """Seconds since 1970 with fractions."""
        return self._now().timestamp() + self._offset

    def seconds(self) -> int:
        """Whole seconds since 1970: the resolution of every stamp on the desk."""
        return int(self.precise())

    def advance(self, seconds: float) -> None:
        """Turn the clock forward (or, negative, back) by so many seconds."""
        self._offset += seconds

    def http_date(self) -> str:
        """The moment as a Date header writes it."""
        moment = datetime.fromtimestamp(self.seconds(), UTC)
        return format_datetime(moment, usegmt=True)
