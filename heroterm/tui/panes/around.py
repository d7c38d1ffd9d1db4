"""The card's lines about other tickets; Enter on one opens it."""

from __future__ import annotations

from heroterm.domain.ages import ago
from heroterm.domain.view import Row
from heroterm.tui.beside import Beside, Similar
from heroterm.tui.opened import Opened
from heroterm.tui.panes.card import Fact, Line, Told
from heroterm.tui.panes.queue_row import STATUS_LETTERS

_MOST_OPEN = 8
_MOST_ISSUES = 2
_SHARED = 3
LINK_WORDS = {
    "merged into": "merged into",
    "merged from": "merged from",
    "follow-up of": "follow-up of",
    "followed up by": "goes on as",
}
"""What a linked ticket is to this one."""
_LATE = ("follow-up of", "followed up by")


def around(opened: Opened, told: Told) -> list[Fact]:
    """Open tickets of the same person and organization, linked, similar and past ones."""
    beside = told.beside
    facts = _open(opened, f"{told.keys('pane.side')} {told.keys('side.open')}")
    if beside is None:
        return [*facts, Fact([("looking for what came before …", "$text-muted")])]
    if beside.trouble:
        return [*facts, Fact([(beside.trouble, "$sla-soon")])]
    linked, same = _linked(beside, told.reopen_days), _same(opened, beside)
    return [*linked, *facts, *same, *_similar(beside), *_past(opened, beside)]


def _open(opened: Opened, looks: str) -> list[Fact]:
    """What else is open; `looks` are the keys that look into it."""
    if not opened.others:
        return []
    person = opened.ticket.requester_id
    theirs = sum(row.requester_email == _address(opened) for row in opened.others) if person else 0
    words, all_theirs = f"{len(opened.others)} more open", theirs == len(opened.others)
    some = f", {theirs} of them from this person" if theirs else ", from the same organization"
    words += " from this person" if all_theirs else some
    facts = [Fact([(f"-- {words} ({looks})", "$text-muted")])]
    facts += map(_row, opened.others[:_MOST_OPEN])
    left = len(opened.others) - _MOST_OPEN
    return facts + ([Fact([(f"   and {left} more", "$text-muted")])] if left > 0 else [])


def _address(opened: Opened) -> str | None:
    return opened.requester.email if opened.requester is not None else ""


def _row(row: Row) -> Fact:
    letters = STATUS_LETTERS.get(row.status, row.status[:3])
    line: Line = [(f"#{row.id} ", "$accent"), (f"{letters} T{row.tier} ", ""), row.title]
    return Fact(line, row.id)


def _same(opened: Opened, beside: Beside) -> list[Fact]:
    """Open tickets of other customers with the same subject: perhaps one trouble."""
    known = {row.id for row in opened.others}
    rows = [row for row in beside.same if row.id not in known]
    if not rows:
        return []
    words = f"-- {len(rows)} more open with the same subject "
    return [Fact([(words, "$sla-soon")]), *map(_row, rows)]


def _linked(beside: Beside, reopen_days: int) -> list[Fact]:
    """What belongs together, and why a late answer became a ticket of its own."""
    facts = []
    for link in beside.linked:
        line: Line = [(f"{LINK_WORDS.get(link.kind, link.kind)} ", "$sla-soon bold")]
        line.append(f"#{link.ticket_id}")
        if link.kind in _LATE:
            line.append((f"  closed by then: {reopen_days} days passed", "$text-muted"))
        facts.append(Fact(line, link.ticket_id))
    return facts


def _similar(beside: Beside) -> list[Fact]:
    if not beside.similar:
        return []
    facts = [Fact([("-- similar, solved ", "$text-muted")])]
    for each in beside.similar:
        facts += _one_similar(each)
    return facts


def _one_similar(each: Similar) -> list[Fact]:
    found, id_ = each.found, each.found.id
    shared = ", ".join(found.shared[:_SHARED])
    title = "[CW]" if each.warned else found.subject
    facts = [Fact([(f"#{id_} ", "$accent"), title], id_)]
    facts.append(Fact([(f"   shares {shared}", "$text-muted")]))
    if each.outcome.answer:
        facts.append(Fact([("   answered: ", "$text-muted"), each.outcome.answer]))
    facts += [Fact([("   ", ""), url]) for url in each.outcome.issues[:_MOST_ISSUES]]
    return facts


def _past(opened: Opened, beside: Beside) -> list[Fact]:
    if not beside.past:
        return [Fact([("no earlier ticket of this person or organization here", "$text-muted")])]
    facts = [Fact([(f"-- last {len(beside.past)} of person and organization ", "$text-muted")])]
    for one in beside.past:
        whose = "" if one.same_person else " org"
        told = f"{one.outcome} {ago(one.at, opened.read_at)}{whose}  "
        facts.append(Fact([(f"#{one.id} ", "$accent"), (told, "$text-muted"), one.title], one.id))
    return facts
