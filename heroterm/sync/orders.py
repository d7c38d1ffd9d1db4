"""What the watching process may ask of the carrier: one JSON object a line."""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.sync.lines import line_of, record_of


@dataclass(frozen=True, slots=True)
class Open:
    """The hero looks at this ticket now (None: at none): keep it fresh."""

    ticket_id: int | None = None


@dataclass(frozen=True, slots=True)
class SyncNow:
    """A pass at once, whatever the rhythm says; also tries a refused sign-in again."""

    full: bool = False


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Many tickets were absent at once, and a person says: take them out of the queue."""


@dataclass(frozen=True, slots=True)
class Push:
    """Something was put into the outbox: look at once."""


@dataclass(frozen=True, slots=True)
class Follow:
    """The team's queues are others now: from now on keep these saved views fresh, and no others.
    The desk's own stands first.
    """

    view_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """The team's files are others now: go by them from the next piece of work on."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Finish the request that is under way, then end."""


Order = Open | SyncNow | TakeOut | Push | Follow | ReadFiles | Stop
_KINDS: dict[str, type[Order]] = {
    kind.__name__: kind for kind in (Open, SyncNow, TakeOut, Push, Follow, ReadFiles, Stop)
}


def to_line(order: Order) -> str:
    """The order as one ASCII line, without its newline."""
    return line_of(order, "order")


def from_line(line: str) -> Order:
    """The order that a line holds. Raises ValueError for anything else."""
    return record_of(line, "order", _KINDS)
