"""What a week looked like, in numbers that can be worked out from the mirror and the trail.

Pure: counted values come in, a `Week` goes out. What is not known is None and is said so; a
solved ticket counts as open until it was last changed, because that is all the mirror knows of
every ticket (features L1, L2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from heroterm.domain.outbox import SENT, Intent, PublicReply
from heroterm.domain.phrases import has, prose

TIERS = 4
"""Tiers of the handbook's order; other orders have more."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day at its end (for today: now), by the account's tickets and this desk's trail."""

    day: date
    open_by_tier: tuple[int, ...]
    """Tickets that waited for an answer or a customer at the day's end, from tier 1 on."""
    created: int = 0
    first_replies: int = 0
    sent: int = 0
    """Replies and notes that left this desk."""
    breached: int = 0
    """Targets that ran out in it and are not met yet, and answers that came after theirs."""
    solved: int = 0
    """Tickets that were solved in it and still are."""
    out_of_order: int = 0
    """Picks of this desk that were not the next one."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What the hero of this desk did in these days; it is counted here and goes nowhere."""

    solved: int = 0
    """Tickets that left here as Solved."""
    tickets: int = 0
    """Tickets to which anything went from here."""
    taken_back: int = 0
    """Changes that were taken back after they had been sent."""
    first_reply_median: timedelta | None = None
    """As that of all, of the tickets that the hero was the first to answer; None without any."""
    merch: int = 0
    """Tickets whose customer was offered or given a credit for merch."""


@dataclass(frozen=True, slots=True)
class Week:
    """The days, oldest first, and what is told of all of them together."""

    days: tuple[Day, ...]
    breached_now: int
    first_reply_median: timedelta | None
    """From a ticket's creation to the first public answer of a human; None without any."""
    out_of_order: int
    skipped: int
    recalled: int
    satisfaction: tuple[int, int] = (0, 0)
    """Good and bad ratings of tickets that changed in these days."""
    keys: int = 0
    """Keys pressed on this desk."""
    mine: Mine = Mine()

    @property
    def sent(self) -> int:
        """What left this desk in all the days."""
        return sum(day.sent for day in self.days)

    @property
    def keys_each(self) -> int | None:
        """Keys for each ticket to which anything went, rounded; None where none did, or none is
        known.
        """
        return round(self.keys / self.mine.tickets) if self.mine.tickets and self.keys else None


@dataclass(frozen=True, slots=True)
class Said:
    """What the trail tells of one thing that happened: when, and its few words."""

    at: datetime
    what: str


def keys_of(day: date) -> str:
    """Under which name the journal remembers how many keys were pressed on a day."""
    return f"keys {day.isoformat()}"


def day_ends(now: datetime, days: int) -> list[datetime]:
    """The end of each of the last days in the zone of `now`, oldest first; today ends now."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return [*(midnight - timedelta(days=n) for n in range(days - 2, -1, -1)), now]


def week(
    ends: Sequence[datetime],
    open_by_tier: Sequence[Mapping[int, int]],
    created: Sequence[int],
    first_replies: Iterable[tuple[datetime, datetime]],
    trail: Iterable[Said],
    *,
    breached_now: int = 0,
    breaches: Iterable[datetime] = (),
    solved: Iterable[datetime] = (),
    satisfaction: tuple[int, int] = (0, 0),
    keys: int = 0,
    mine: Mine | None = None,
    last: int = TIERS,
) -> Week:
    """Put it together. `first_replies` are pairs of creation and first public answer, `breaches`
    and `solved` the moments of each; `last` is the policy's last tier, as which whatever is beyond
    it counts.
    """
    starts = [ends[0] - timedelta(days=1), *ends[:-1]]
    spans = list(zip(starts, ends, strict=True))
    replies = [(born, at) for born, at in first_replies if spans[0][0] < at <= ends[-1]]
    told = [said for said in trail if spans[0][0] < said.at <= ends[-1]]
    counted = (
        _daily((at for _, at in replies), spans),
        _daily((said.at for said in told if said.what.endswith("-> sent")), spans),
        _daily(breaches, spans),
        _daily(solved, spans),
        _daily((said.at for said in told if said.what == OUT_OF_ORDER), spans),
    )
    tiers = [_by_tier(each, last) for each in open_by_tier]
    return Week(
        tuple(_day(*each) for each in zip(spans, tiers, created, *counted, strict=True)),
        breached_now,
        median_wait(replies),
        sum(said.what == OUT_OF_ORDER for said in told),
        sum(said.what == "skipped" for said in told),
        sum(said.what.endswith("-> recalled") for said in told),
        satisfaction=satisfaction,
        keys=keys,
        mine=mine or Mine(),
    )


def _day(span: tuple[datetime, datetime], tiers: tuple[int, ...], born: int, *counts: int) -> Day:
    start, end = span
    return Day((start + (end - start) / 2).date(), tiers, born, *counts)


def mine(
    intents: Iterable[Intent],
    first_replies: Iterable[tuple[datetime, datetime]],
    start: datetime,
    end: datetime,
    merch: tuple[str, ...] = (),
) -> Mine:
    """What went out between two moments, from the outbox; `first_replies` are those by the hero,
    `merch` the words by which a credit is known.
    """
    sent = [
        each
        for each in intents
        if each.state == SENT and each.finished_at is not None and start < each.finished_at <= end
    ]
    return Mine(
        len({each.ticket_id for each in sent if each.changes.status == "solved"}),
        len({each.ticket_id for each in sent if each.ticket_id}),
        sum(bool(each.undoes) for each in sent),
        median_wait((born, at) for born, at in first_replies if start < at <= end),
        len({each.ticket_id for each in sent if _says(each, merch)}),
    )


def _says(intent: Intent, phrases: tuple[str, ...]) -> bool:
    comment = intent.comment
    return isinstance(comment, PublicReply) and has(prose(comment.body), phrases) is not None


def median_wait(replies: Iterable[tuple[datetime, datetime]]) -> timedelta | None:
    """The median from creation to answer; None without any."""
    waits = [(at - born).total_seconds() for born, at in replies]
    return timedelta(seconds=median(waits)) if waits else None


def _daily(moments: Iterable[datetime], spans: Sequence[tuple[datetime, datetime]]) -> list[int]:
    """How many of some moments lie in each span, its end included."""
    known = list(moments)
    return [sum(start < at <= end for at in known) for start, end in spans]


def _by_tier(tiers: Mapping[int, int], last: int) -> tuple[int, ...]:
    found = [tiers.get(tier, 0) for tier in range(1, last)]
    return (*found, sum(many for tier, many in tiers.items() if tier >= last))


OUT_OF_ORDER = "picked out of order"
"""Words of the trail for a ticket opened for an answer that was not the next one (features A3)."""
SERVED = "given as next"
"""Words of the trail for a ticket that `n` opened: picking it is in order from then on."""
