"""What the carrier waits for, in words, each until its moment comes; and what it may still ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from heroterm.sync.report import Allowance, Waiting

_SHORTEST = 3.0
"""Seconds; a shorter wait is over before it is read."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait. `whole`: nothing at all is asked of Zendesk meanwhile. `counts`: the hero has an
    eye on it, for everything stands still or a write of theirs; else the hour says enough.
    """

    words: str
    until: datetime
    whole: bool
    short: str
    counts: bool

    def says(self, now: datetime) -> str:
        """How long it goes on."""
        if self.counts:
            return f"waits {clock(self.until, now)}"
        return f"waits until {_minute_after(self.until).astimezone():%H:%M}"


class Waits:
    """The waits that are not over yet. Moments are this machine's."""

    def __init__(self) -> None:
        self._waits: dict[str, Wait] = {}
        self.standing = ""
        """What keeps the carrier from working without an end that is known; usually empty."""
        self.left_of: tuple[int, int] | None = None
        """Of how many requests a minute how many are left, as the carrier said last."""

    def allowed(self, told: Allowance) -> None:
        """The carrier said what is left."""
        self.left_of = (told.left, told.of)

    def note(self, told: Waiting, now: datetime) -> None:
        """The carrier said that it waits."""
        key = told.intent_id or told.what
        self._waits.pop(key, None)
        if told.seconds >= _SHORTEST and told.what:
            about = f"#{told.ticket_id}: " if told.ticket_id is not None else ""
            until = now + timedelta(seconds=told.seconds)
            counts = told.whole or bool(told.intent_id)
            self._waits[key] = Wait(about + told.what, until, told.whole, told.short, counts)

    def over(self, intent_id: str) -> None:
        """What was waited for with an intent has come."""
        self._waits.pop(intent_id, None)

    def answered(self) -> None:
        """Zendesk is asked again: nothing waits as a whole any more."""
        self._waits = {key: wait for key, wait in self._waits.items() if not wait.whole}
        self.standing = ""

    def left(self, now: datetime) -> list[Wait]:
        """The waits that go on, those of everything first, then the nearest to its end."""
        self._waits = {key: wait for key, wait in self._waits.items() if wait.until > now}
        return sorted(self._waits.values(), key=lambda wait: (not wait.whole, wait.until))

    def counts_down(self, now: datetime) -> bool:
        """Whether seconds are shown of any that goes on."""
        return any(wait.counts for wait in self.left(now))

    def short(self, now: datetime) -> str:
        """For the connection: only what keeps everything from being asked."""
        first = next(iter(self.left(now)), None)
        if first is None or not first.whole:
            return self.standing
        about = f": {first.short}" if first.short else ""
        return f"{first.says(now)}{about}"

    def words(self, now: datetime) -> str:
        """What is waited for first and how long, and how many more; empty without any."""
        waits = self.left(now)
        if not waits:
            return ""
        more = f" (and {len(waits) - 1} more)" if len(waits) > 1 else ""
        return f"{waits[0].says(now)}: {waits[0].words}{more}"


def _minute_after(moment: datetime) -> datetime:
    """The first full minute that is not before it: what is said of a clock without seconds."""
    return (moment + timedelta(seconds=59.999)).replace(second=0, microsecond=0)


def clock(until: datetime, now: datetime) -> str:
    """What is left, as minutes and seconds."""
    seconds = max(0, int((until - now).total_seconds() + 0.999))
    return f"{seconds // 60}:{seconds % 60:02}"
