"""The handover pack: what the next hero must know, as one document and as Markdown.

The document is versioned and stable: `version` rises when a key changes its meaning or goes, and
every entry of every section has the same keys. It is read again by the next hero's heroterm, on
another machine, so nothing in it is trusted: what does not fit is refused with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from heroterm.domain.text import storable

KIND = "heroterm-handover"
VERSION = 1
SECTIONS = {
    "red": "To be resolved or passed on",
    "passed": "Passed on",
    "waits": "Waits",
    "runs": "Running playbooks",
    "promises": "Promises made to customers",
    "outbox": "Outbox: needs you",
    "drafts": "Drafts",
    "skips": "Skipped",
    "on_hold": "On-Hold",
    "features": "Feature requests, for Customer Success",
    "other": "Other tickets that wait for somebody",
}
"""Keys of the document and their headings, in the order of the page."""
MOST = 2_000
"""Entries of a section that are read of somebody else's document."""
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a section."""

    ticket: int
    title: str = ""
    say: str = ""
    """Why it stands there, for a person."""
    tier: int | None = None
    status: str = ""
    organization: str = ""
    due: datetime | None = None
    """When a wait is over, a promise is due."""
    on_reply: bool = False
    """A wait that an answer ends, too."""
    link: str = ""
    """Where Customer Success asked (Slack); the issue of a feature request."""
    comment: int | None = None
    """The message in which a promise was made."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A hero's week at its end."""

    made_at: datetime
    day: str
    """The day in words, in the hero's zone."""
    hero: str
    account: str
    policy: str
    """Which order of tiers it was judged by."""
    green: bool
    """Whether the week may end."""
    say: str
    sections: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    learnings: str = ""
    rotation: Mapping[str, Any] | None = None
    """Who is hero and who comes next by the rota, and `say`, the same in words; None without."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """What the hero adds to a section, by its key."""

    def of(self, section: str) -> tuple[Entry, ...]:
        """Entries of one section."""
        return self.sections.get(section, ())

    @property
    def open_work(self) -> tuple[Entry, ...]:
        """What the next hero takes over: what is left, and what was passed on."""
        return tuple(sorted((*self.of("red"), *self.of("passed")), key=_rank))


def _rank(entry: Entry) -> tuple[int, int]:
    return (entry.tier or 9, entry.ticket)


def document(pack: Pack) -> dict[str, Any]:
    """The pack with stable keys; moments stay moments."""
    head = {
        "kind": KIND,
        "version": VERSION,
        "made_at": pack.made_at,
        "day": pack.day,
        "hero": pack.hero,
        "account": pack.account,
        "policy": pack.policy,
        "rotation": pack.rotation,
        "green": pack.green,
        "say": pack.say,
    }
    rows = {key: [asdict(entry) for entry in pack.of(key)] for key in SECTIONS}
    return {**head, **rows, "learnings": pack.learnings, "remarks": dict(pack.remarks)}


def markdown(pack: Pack) -> Iterator[str]:
    """The pack as lines of Markdown; an empty section says "none"."""
    yield f"# Handover of {_plain(pack.hero) or 'the hero'}, {pack.day}"
    if pack.rotation is not None:
        yield ""
        yield f"Rota: {_plain(str(pack.rotation['say']))}"
    yield ""
    yield f"**{'May end' if pack.green else 'May not end yet'}**: {pack.say}"
    for key, heading in SECTIONS.items():
        yield from _section(heading, pack.of(key), pack.remarks.get(key, ""))
    yield from ("", "## Learnings", "", pack.learnings or "none")


def line(entry: Entry) -> str:
    """One entry in words."""
    tier = f"T{entry.tier} " if entry.tier else ""
    link = f" ({entry.link})" if entry.link else ""
    return f"{tier}#{entry.ticket} {entry.title}: {entry.say}{link}"


def _section(heading: str, entries: Sequence[Entry], remark: str) -> Iterator[str]:
    yield from ("", f"## {heading} ({len(entries)})", "")
    if not entries:
        yield "none"
    for entry in entries:
        tier = f"T{entry.tier} " if entry.tier else ""
        link = f" ({entry.link})" if entry.link else ""
        yield f"- {tier}#{entry.ticket} {_plain(entry.title)}: {_plain(entry.say)}{link}"
    if remark:
        yield from ("", remark)


def _plain(text: str) -> str:
    """Words of a ticket as plain text: on one line, with nothing that Markdown would act on."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in " ".join(text.split()))


class Unreadable(Exception):
    """Why a document is no pack, as a sentence."""


def read(found: object) -> Pack:
    """A pack out of somebody's document. Raises Unreadable with the place that does not fit."""
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise Unreadable('It is no handover pack: it has no "kind": "heroterm-handover".')
    if found.get("version") != VERSION:
        raise Unreadable(f"It is of version {found.get('version')!a}; known here is {VERSION}.")
    remarks, rota = found.get("remarks", {}), found.get("rotation")
    if not isinstance(remarks, dict) or not isinstance(rota, dict | None):
        raise Unreadable("remarks, rotation: one is no table.")
    return Pack(
        made_at=_moment(found, "made_at") or datetime.fromtimestamp(0, UTC),
        day=_text(found, "day"),
        hero=_text(found, "hero"),
        account=_text(found, "account"),
        policy=_text(found, "policy"),
        green=found.get("green") is True,
        say=_text(found, "say"),
        sections={key: _entries(found, key) for key in SECTIONS},
        learnings=_text(found, "learnings"),
        rotation={"say": _text(rota, "say", "rotation")} if rota is not None else None,
        remarks={key: _text(remarks, key) for key in SECTIONS if key in remarks},
    )


def _entries(found: Mapping[str, Any], key: str) -> tuple[Entry, ...]:
    rows = found.get(key, [])
    if not isinstance(rows, list) or len(rows) > MOST:
        raise Unreadable(f"{key}: it is no list of at most {MOST} entries.")
    return tuple(_entry(row, f"{key}[{at}]") for at, row in enumerate(rows))


def _entry(row: object, where: str) -> Entry:
    if not isinstance(row, dict):
        raise Unreadable(f"{where}: it is no table.")
    ticket, tier, comment = row.get("ticket"), row.get("tier"), row.get("comment")
    if ticket is None or not all(n is None or _whole(n) for n in (ticket, tier, comment)):
        raise Unreadable(f"{where}: ticket, tier and comment must be whole numbers.")
    return Entry(
        ticket=ticket,
        title=_text(row, "title", where),
        say=_text(row, "say", where),
        tier=tier,
        status=_text(row, "status", where),
        organization=_text(row, "organization", where),
        due=_moment(row, "due", where),
        on_reply=row.get("on_reply") is True,
        link=_text(row, "link", where),
        comment=comment,
    )


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62


def _text(row: Mapping[str, Any], key: str, where: str = "") -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise Unreadable(f"{where}{'.' if where else ''}{key}: it is no text.")
    return storable(value, _LONGEST)


def _moment(row: Mapping[str, Any], key: str, where: str = "") -> datetime | None:
    value = row.get(key)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except (TypeError, ValueError, OverflowError):
        raise Unreadable(f"{where}{'.' if where else ''}{key}: it is no moment.") from None
