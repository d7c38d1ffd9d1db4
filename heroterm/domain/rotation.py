"""The rota: whose week it is, and whose comes next. Read, never changed.

A rota is a row of turns as PagerDuty or a calendar gives them; which of them holds is a matter of
the moment, so what was read last goes on being true without a network, for as far as it reaches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

from heroterm.domain.ages import ago, clock_day
from heroterm.domain.text import storable

SWAPS = "Swap by an override in PagerDuty, in advance; do not change the rotation's order."
"""Handbook, When is my turn: a changed order shifts the weeks of everybody."""
OLD = timedelta(days=1)
"""Of an older rota the age is told."""
MOST = 500
"""Turns of one rota; nobody changes more often than that in two months."""
_MOST_NAME = 80


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of one person, from `begins` up to and without `ends`; both aware."""

    who: str
    begins: datetime
    ends: datetime
    swapped: bool = False
    """It stands there by an override or as an exception of its series."""


@dataclass(frozen=True, slots=True)
class Rota:
    """What was read of a rota. `trouble` says why the last look at it failed, if it did."""

    source: str
    turns: tuple[Turn, ...] = ()
    """In order; they do not overlap."""
    read_at: datetime | None = None
    trouble: str = ""

    def now(self, moment: datetime) -> Turn | None:
        """Whose turn it is; None: nobody's, or none that was read reaches so far."""
        return next((turn for turn in self.turns if turn.begins <= moment < turn.ends), None)

    def next(self, moment: datetime) -> Turn | None:
        """The first turn to come of somebody else than who has it now."""
        here = self.now(moment)
        who = here.who if here is not None else None
        coming = (turn for turn in self.turns if turn.begins > moment)
        return next((turn for turn in coming if turn.who != who), None)

    def until(self, moment: datetime) -> datetime | None:
        """When who has it now gives it away; turns of theirs that touch count as one."""
        here = self.now(moment)
        if here is None:
            return None
        end = here.ends
        for turn in self.turns:
            if turn.who == here.who and turn.begins <= end < turn.ends:
                end = turn.ends
        return end


def in_order(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Turns made fit for a Rota: named, in order, the first `MOST`; where two overlap an override
    wins, else the one that begins later (it was put over the other).
    """
    wanted = sorted(
        (t for t in map(_named, turns) if t.who and t.begins < t.ends), key=lambda t: t.begins
    )[:MOST]
    edges = sorted({edge for t in wanted for edge in (t.begins, t.ends)})
    made: list[Turn] = []
    for begins, ends in pairwise(edges):
        here = [t for t in wanted if t.begins <= begins and ends <= t.ends]
        if not here:
            continue
        top = max(here, key=lambda t: (t.swapped, t.begins, -t.ends.timestamp(), t.who))
        last = made[-1] if made else None
        if last and (last.who, last.swapped, last.ends) == (top.who, top.swapped, begins):
            made[-1] = Turn(last.who, last.begins, ends, last.swapped)
        else:
            made.append(Turn(top.who, begins, ends, top.swapped))
    return tuple(made)


def _named(turn: Turn) -> Turn:
    name = " ".join(storable(turn.who).split())[:_MOST_NAME]
    return Turn(name, turn.begins, turn.ends, turn.swapped)


def words(rota: Rota, moment: datetime, zone: tzinfo) -> str:
    """One line: who, until when, who then; with the age of a rota that is old."""
    here, then = rota.now(moment), rota.next(moment)
    until = rota.until(moment)
    swapped = ", by an override" if here and here.swapped else ""
    told = f"{here.who} until {clock_day(until, zone)}{swapped}" if here and until else "nobody now"
    if then is not None:
        told += f", then {then.who} from {clock_day(then.begins, zone)}"
    return f"{told}{age(rota, moment)}"


def age(rota: Rota, moment: datetime) -> str:
    """When it was read, where that is long ago or the last look failed; else nothing."""
    if rota.read_at is None:
        return " (never read)"
    if rota.trouble or moment - rota.read_at > OLD:
        return f" (as of {ago(rota.read_at, moment)})"
    return ""


def document(rota: Rota) -> dict[str, Any]:
    """The rota as plain values, moments in ISO-8601 UTC; `from_document` reads it again."""
    return {
        "source": rota.source,
        "read_at": None if rota.read_at is None else _iso(rota.read_at),
        "trouble": rota.trouble,
        "turns": [turn_document(turn) for turn in rota.turns],
    }


def turn_document(turn: Turn) -> dict[str, Any]:
    """One turn as plain values."""
    told = {"who": turn.who, "from": _iso(turn.begins), "until": _iso(turn.ends)}
    return {**told, "swapped": turn.swapped}


def from_document(told: Mapping[str, Any]) -> Rota:
    """The rota of a document. Raises KeyError, TypeError, ValueError for what is none."""
    read_at = told["read_at"]
    turns = tuple(
        Turn(str(each["who"]), _moment(each["from"]), _moment(each["until"]), bool(each["swapped"]))
        for each in told["turns"][:MOST]
    )
    read = None if read_at is None else _moment(read_at)
    return Rota(str(told["source"]), turns, read, str(told["trouble"]))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _moment(text: Any) -> datetime:
    found = datetime.fromisoformat(str(text))
    if found.tzinfo is None:
        raise ValueError("a moment without a zone")
    return found.astimezone(UTC)
