"""Holds a mirror against what the practice desk's world truly holds; every difference is a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from heroterm.domain.ticket import UNSOLVED_STATUSES, Ticket
from heroterm.domain.view import Overlay, View
from heroterm.mirror.reader import Mirror

PLAIN = (
    "subject status priority type requester_id submitter_id assignee_id group_id organization_id "
    "custom_status_id description"
).split()
Truth = Mapping[str, Any]


def differences(
    mirror: Mirror, truth: Truth, *, archive: bool = False, every: bool = False
) -> list[str]:
    """Where the mirror and the world disagree. `archive`: archived tickets must be there, too,
    and so must what moves no `updated_at` and what is promised (exports alone show these, api.md
    §11). `every`: so must the thread of every ticket that is held, and not only of unsolved ones.
    """
    truth = _storable(truth)
    return [
        *_of_tickets(mirror, truth, archive, every),
        *_of_queue(mirror, truth),
        *_of_deleted(mirror, truth),
        *_of_people(mirror, truth),
        *(_of_targets(mirror, truth) if archive else ()),
    ]


def _storable(value: Any) -> Any:
    """The truth with what no file can hold as the mirror writes it (faults 28, 29)."""
    if isinstance(value, str):
        return (
            value.encode("utf-16", "surrogatepass")
            .decode("utf-16", "replace")
            .replace("\0", "\u2400")
        )
    if isinstance(value, Mapping):
        return {key: _storable(each) for key, each in value.items()}
    return [_storable(each) for each in value] if isinstance(value, list) else value


def broken_promises(mirror: Mirror, truth: Truth) -> tuple[list[str], int]:
    """Threads that pass for fresh and are not what was said, at any moment; how many pass for it.

    A thread's promise goes as far as the ticket's last change that is known here.
    """
    found: list[str] = []
    fresh = 0
    for true in _storable(truth)["tickets"]:
        row = mirror.row(true["id"], Overlay())
        changed = _moment(true["updated_at"])
        if row is None or row.updated_at != changed or row.fetched_at <= changed:
            continue
        if mirror.thread(true["id"]).fresh:
            fresh += 1
            found += _of_thread(mirror, true)
    return found, fresh


def _of_tickets(mirror: Mirror, truth: Truth, archive: bool, every: bool) -> Iterator[str]:
    for true in truth["tickets"]:
        held = mirror.ticket(true["id"])
        if held is None:
            if archive or not true["archived"]:
                yield f"#{true['id']} is not there"
            continue
        yield from _of_fields(held, true, archive)
        if every or true["status"] in UNSOLVED_STATUSES:
            yield from _of_thread(mirror, true)


def _of_fields(held: Ticket, true: Truth, whole: bool) -> Iterator[str]:
    wanted = {name: true[name] for name in PLAIN} | {
        "tags": tuple(true["tags"]),
        "email_cc_ids": tuple(true["email_cc_ids"]),
        "custom_fields": _values(true["custom_fields"]),
        "created_at": _moment(true["created_at"]),
        "updated_at": _moment(true["updated_at"]),
        "comment_count": len(true["comments"]),
        "via_followup_source_id": true["followup_source_id"],
    }
    if whole:
        wanted |= {
            "followup_ids": tuple(true["followup_ids"]),
            "generated_timestamp": true["generated_timestamp"],
        }
    for name, value in wanted.items():
        if (got := getattr(held, name)) != value:
            yield f"#{true['id']} {name}: {got!r}, but truly {value!r}"


def _of_thread(mirror: Mirror, true: Truth) -> Iterator[str]:
    thread = mirror.thread(true["id"])
    if not thread.fresh:
        yield f"#{true['id']} has no whole thread that is fresh"
    held = [
        (c.id, c.public, c.author_id, _words(c.body), c.created_at, [a.id for a in c.attachments])
        for c in thread.comments
    ]
    wanted = [
        (
            *(c["id"], c["public"], c["author_id"], _words(c["body"])),
            *(_moment(c["created_at"]), c["attachments"]),
        )
        for c in true["comments"]
    ]
    if held != wanted:
        ids = ([each[0] for each in held], [each[0] for each in wanted])
        first = next((pair for pair in zip(held, wanted, strict=False) if pair[0] != pair[1]), ids)
        yield f"#{true['id']} comments: {first[0]!r}, but truly {first[1]!r}"


def _of_queue(mirror: Mirror, truth: Truth) -> Iterator[str]:
    shown = {row.id for row in mirror.queue(View(), Overlay(), limit=100_000)}
    unsolved = {t["id"] for t in truth["tickets"] if t["status"] in UNSOLVED_STATUSES}
    for id_ in sorted(shown ^ unsolved):
        yield f"#{id_} is {'in' if id_ in shown else 'not in'} the queue"


def _of_deleted(mirror: Mirror, truth: Truth) -> Iterator[str]:
    for true in truth["deleted"]:
        row = mirror.row(true["id"], Overlay())
        if row is not None and not row.missing:
            yield f"#{true['id']} was deleted and is not marked"


def _of_people(mirror: Mirror, truth: Truth) -> Iterator[str]:
    """Who asks, and for whom, in the working set."""
    people = {user["id"]: user for user in truth["users"]}
    companies = {each["id"]: each for each in truth["organizations"]}
    for true in truth["tickets"]:
        if true["status"] not in UNSOLVED_STATUSES:
            continue
        user, held = people[true["requester_id"]], mirror.person(true["requester_id"])
        name = None if held is None else (held.name, held.email, held.organization_id)
        if name != (user["name"], user["email"], user["organization_id"]):
            yield f"#{true['id']} requester: {name!r}, but truly {user['name']!r}"
        company = companies.get(true["organization_id"] or 0)
        kept = mirror.organization(true["organization_id"] or 0)
        if company is not None and (kept is None or kept.name != company["name"]):
            yield f"#{true['id']} organization: {kept!r}, but truly {company['name']!r}"


def _of_targets(mirror: Mirror, truth: Truth) -> Iterator[str]:
    """The policy and the target of the reply that somebody waits for."""
    for true in truth["tickets"]:
        if true["status"] not in UNSOLVED_STATUSES or true["awaited"] is None:
            continue
        ticket, wanted = mirror.ticket(true["id"]), true["awaited"]
        clocks = ticket.slas if ticket is not None else None
        held = {clock.metric: (clock.policy, clock.target_seconds) for clock in clocks or ()}
        got = held.get(wanted["metric"])
        if got != (wanted["policy"], wanted["target_in_seconds"]):
            yield f"#{true['id']} {wanted['metric']}: {got!r}, but truly {wanted!r}"


def _values(fields: list[dict[str, Any]]) -> tuple[tuple[int, str], ...]:
    named = ((field["id"], field["value"]) for field in fields)
    return tuple((key, _text(value)) for key, value in named if value not in (None, "", []))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words(body: str) -> str:
    """What was said, however its lines were broken."""
    return " ".join(body.split())


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
