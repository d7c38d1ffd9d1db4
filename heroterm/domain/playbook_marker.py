"""A run as a few lines of text at the end of an internal note, so that any desk can go on with it.

Zendesk is the only thing that two desks share (architecture §5). The text is versioned, compact
and checks itself; it counts only where a colleague wrote it for colleagues. What is damaged or
newer than this heroterm is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from heroterm.domain.marker import Marker
from heroterm.domain.playbook_run import WHAT, Event, Evidence, Run, hash_of

MARKER = Marker("heroterm-run:", 1, most=400_000)
"""The text at the end of such a note; a note of Zendesk's holds 64 KB packed."""
_HEAD = 'Playbook "'


@dataclass(frozen=True, slots=True)
class Told:
    """What one note tells of a run: what it is, and a stretch of its events."""

    run_id: str
    playbook: str
    hash: str
    ticket_id: int
    begun_at: datetime
    begun_by: str
    events: tuple[Event, ...]
    definition: str = ""
    """The file's text; the first note of a run carries it."""


def marker(run: Run, events: Sequence[Event], *, whole: bool) -> str:
    """The text for these events; `whole` puts the definition in, too."""
    kept = {
        "run": run.id,
        "playbook": run.playbook.name,
        "hash": run.hash,
        "ticket": run.ticket_id,
        "at": _seconds(run.begun_at),
        "by": run.begun_by,
        "events": [_packed(event) for event in events],
    }
    if whole:
        kept["definition"] = run.definition
    return MARKER.text(kept)


def told(body: str) -> Told | None:
    """What a note's marker tells; None without one at its end, or with one that cannot be read.

    A note of ours begins with the playbook's name and names the version that the marker names:
    words of a customer that were pasted into another note are none.
    """
    kept = MARKER.read(body) if body.startswith(_HEAD) else None
    if kept is None:
        return None
    try:
        made = _told(kept)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        return None
    named = made is not None and f" {made.hash[:12]})" in body.partition("\n")[0]
    return made if named else None


def harmless(text: str) -> str:
    """A stranger's words as they may stand in a note: no marker, nothing that Zendesk fills in."""
    spaced = text.replace(MARKER.sign, f"{MARKER.sign[:-1]};")
    spaced = spaced.replace("{{", "{ {").replace("<<", "< <")
    return re.sub(r"\$(\d)", r"$ \1", spaced)


def _told(kept: dict[str, Any]) -> Told | None:
    definition = str(kept.get("definition", ""))
    if definition and hash_of(definition) != kept["hash"]:
        return None
    return Told(
        run_id=str(kept["run"]),
        playbook=str(kept["playbook"]),
        hash=str(kept["hash"]),
        ticket_id=int(kept["ticket"]),
        begun_at=_moment(kept["at"]),
        begun_by=str(kept["by"]),
        events=tuple(_event(each) for each in kept["events"]),
        definition=definition,
    )


_SHORT = {
    "value": "v", "intent_id": "i", "ticket_id": "t", "until": "u", "evidence": "e", "seen": "w",
}  # fmt: skip


def event_values(event: Event) -> dict[str, Any]:
    """What an event holds beside its number, as JSON takes it; only what is said."""
    proof = event.evidence
    kept: dict[str, Any] = {
        "value": event.value,
        "intent_id": event.intent_id,
        "ticket_id": event.ticket_id,
        "until": None if event.until is None else _seconds(event.until),
        "seen": event.seen,
        "evidence": proof and _proof(proof),
    }
    return {name: value for name, value in kept.items() if value not in ("", None)}


def _proof(proof: Evidence) -> list[Any]:
    told = [proof.ticket_id, proof.comment_id, proof.address, _seconds(proof.at), proof.line]
    return [*told, proof.newest] if proof.newest else told


def event_of(n: int, at: datetime, by: str, what: str, step: str, values: dict[str, Any]) -> Event:
    """An event from what `event_values` gave. Raises KeyError, TypeError or ValueError."""
    if what not in WHAT:
        raise ValueError(f"{what} is nothing that happens to a run")
    kept = dict(values)
    proof, until = kept.pop("evidence", None), kept.pop("until", None)
    evidence = None
    if proof is not None:
        ticket_id, comment_id, address, written, line, *more = proof
        newest = int(more[0]) if more else 0
        evidence = Evidence(
            int(ticket_id), int(comment_id), str(address), _moment(written), str(line), newest
        )
    return Event(
        n,
        at,
        by,
        what,
        step,
        str(kept.pop("value", "")),
        str(kept.pop("intent_id", "")),
        _ticket(kept.pop("ticket_id", None)),
        None if until is None else _moment(until),
        evidence,
        str(kept.pop("seen", "")),
    )


def _ticket(number: object) -> int | None:
    if number is not None and (not isinstance(number, int) or not 0 <= number < 2**63):
        raise ValueError("no ticket")
    return number


def _packed(event: Event) -> list[Any]:
    values = {_SHORT[name]: value for name, value in event_values(event).items()}
    return [event.n, _seconds(event.at), event.by, WHAT.index(event.what), event.step, values]


def _event(row: list[Any]) -> Event:
    n, at, by, what, step, values = row
    if int(n) < 1 or int(what) < 0:
        raise ValueError("no event")
    long = {short: name for name, short in _SHORT.items()}
    named = {long[short]: value for short, value in values.items()}
    return event_of(int(n), _moment(at), str(by), WHAT[int(what)], str(step), named)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
