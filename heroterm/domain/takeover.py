"""Taking over: a colleague's pack held against what stands now, ticked line by line, signed.

The next hero shares nothing with the last one but Zendesk and this document. So what lies only in
the last one's home comes along: marks of tier 1 with their links, and waits that are still to come.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from heroterm.domain.pack import Entry, Pack, Unreadable, document, line, read
from heroterm.domain.view import OUT_OF_QUEUE, Row

MEMO = "takeover"
"""Name under which the journal keeps the take-over that is under way."""


@dataclass(frozen=True, slots=True)
class Takeover:
    """A pack that is being taken over."""

    pack: Pack
    ticks: Mapping[int, datetime] = field(default_factory=dict)
    """Tickets that the next hero has looked at and takes, and when."""
    signed_at: datetime | None = None

    def tick(self, ticket_id: int, at: datetime) -> Takeover:
        """With one more ticket taken."""
        return replace(self, ticks={**self.ticks, ticket_id: at})

    def untick(self, ticket_id: int) -> Takeover:
        """With one ticket fewer."""
        return replace(self, ticks={k: v for k, v in self.ticks.items() if k != ticket_id})


@dataclass(frozen=True, slots=True)
class Difference:
    """One ticket of the pack's open work, as it was and as it stands now."""

    entry: Entry
    now: str
    """What has become of it, in words."""
    over: bool
    """Nothing is left to take: it is solved."""
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The pack against now."""

    differences: tuple[Difference, ...]
    fresh: tuple[Row, ...]
    """Owed tickets of now that the pack does not name."""

    def left(self, ticks: Mapping[int, datetime]) -> tuple[Difference, ...]:
        """What must still be ticked before it can be signed."""
        return tuple(d for d in self.differences if not d.over and d.entry.ticket not in ticks)

    def to_note(self, ticks: Mapping[int, datetime]) -> tuple[int, ...]:
        """Tickets that were ticked, on which a note can say so: still open, and mirrored here."""
        open_ = (d for d in self.differences if not d.over and d.row is not None)
        return tuple(d.entry.ticket for d in open_ if d.entry.ticket in ticks)


def compare(pack: Pack, held: Mapping[int, Row], owed: Iterable[Row]) -> Compared:
    """`held` are the pack's tickets as the mirror has them, `owed` what is owed here now."""
    named = {entry.ticket for entry in pack.open_work}
    differences = tuple(_difference(entry, held.get(entry.ticket)) for entry in pack.open_work)
    fresh = sorted((row for row in owed if row.id not in named), key=lambda r: (r.tier, r.id))
    return Compared(differences, tuple(fresh))


def _difference(entry: Entry, row: Row | None) -> Difference:
    if row is None:
        return Difference(entry, "not in this mirror: a sync (`heroterm sync`) asks for it", False)
    if row.missing:
        return Difference(entry, "Zendesk does not show it any more", True, row)
    if row.section == OUT_OF_QUEUE:
        return Difference(entry, f"{row.status} since", True, row)
    told = []
    if row.status != entry.status:
        told.append(f"was {entry.status}, is {row.status}")
    if entry.tier == 1 and row.tier != 1:
        told.append("T1 by the last hero's own mark, which comes along when it is ticked")
    elif entry.tier is not None and row.tier != entry.tier:
        told.append(f"was T{entry.tier}, is T{row.tier}")
    return Difference(entry, "; ".join(told) or "as it was", False, row)


def sign_off(taken: Takeover, compared: Compared, name: str, day: str) -> Iterator[str]:
    """The result as Markdown: for Slack, for a note, for the team's own page."""
    pack, left = taken.pack, compared.left(taken.ticks)
    yield f"# Take-over by {name or 'the next hero'} from {pack.hero or 'the last hero'}, {day}"
    yield ""
    state = "signed" if taken.signed_at is not None else f"not signed: {len(left)} to be ticked"
    yield f"Pack of {pack.day}, {state}."
    yield ""
    for each in compared.differences:
        mark = "x" if each.over or each.entry.ticket in taken.ticks else " "
        yield f"- [{mark}] {line(each.entry)} -> {each.now}"
    if not compared.differences:
        yield "none"
    yield from ("", f"## New since ({len(compared.fresh)})", "")
    for row in compared.fresh:
        yield f"- T{row.tier} #{row.id} {row.title}: {row.status}"
    if not compared.fresh:
        yield "none"


def taking_words(hero: str, name: str) -> str:
    """The internal note on a ticket that was taken over."""
    return f"Taken over by {name or 'the next hero'} from {hero or 'the last hero'}."


# What the journal keeps


def text(taken: Takeover) -> str:
    """The take-over as one line of text."""
    ticks = {str(ticket_id): at.isoformat() for ticket_id, at in taken.ticks.items()}
    signed = taken.signed_at.isoformat() if taken.signed_at is not None else None
    whole = {"pack": document(taken.pack), "ticks": ticks, "signed_at": signed}
    return json.dumps(whole, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a pack")


def kept(words: str | None) -> Takeover | None:
    """A take-over out of the journal; None where there is none that can be read."""
    try:
        found: dict[str, Any] = json.loads(words or "null") or {}
        ticks = {int(k): datetime.fromisoformat(v) for k, v in found.get("ticks", {}).items()}
        signed = found.get("signed_at")
        pack = read(found["pack"])
    except (ValueError, KeyError, TypeError, AttributeError, Unreadable):
        return None
    return Takeover(pack, ticks, datetime.fromisoformat(signed) if signed else None)


def begun(pack: Pack, before: Takeover | None) -> Takeover:
    """A take-over of a pack; ticks of an older pack of the same week stay as they are.

    What is signed stays so when its own pack is read again; a later pack begins anew.
    """
    if before is None or _of(before.pack) != _of(pack):
        return Takeover(pack)
    goes_on = before.signed_at is None or before.pack.made_at == pack.made_at
    return replace(before, pack=pack) if goes_on else Takeover(pack)


def signed_words(taken: Takeover) -> str:
    """Why a take-over is changed no more; "" while it may be."""
    whose = taken.pack.hero or "the last hero"
    return f"The week of {whose} is signed off already." if taken.signed_at is not None else ""


def _of(pack: Pack) -> tuple[str, str]:
    return (pack.account, pack.hero)
