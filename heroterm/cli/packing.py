"""The handover pack out of one home: for the verb, for the screen, for whoever takes over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

from heroterm.cli.invocation import Invocation
from heroterm.cli.playbook_documents import standing
from heroterm.cli.queue import rows_of
from heroterm.cli.reading import Reading, view_of
from heroterm.cli.rules import rulebook
from heroterm.cli.words import zone_of
from heroterm.domain.ages import clock_day
from heroterm.domain.handover import AMBER, GREEN, KEPT, LEARNED, REMARKS, Check, Item, check
from heroterm.domain.outbox import NEEDS_YOU
from heroterm.domain.pack import Entry, Pack
from heroterm.domain.playbook_run import Run
from heroterm.domain.playbook_standing import untold
from heroterm.domain.priority import by_server
from heroterm.domain.promises import promises
from heroterm.domain.rotation import turn_document
from heroterm.domain.rotation import words as said_of_rota
from heroterm.domain.tiers import TierRules
from heroterm.domain.view import OUT_OF_QUEUE, Overlay, Row
from heroterm.domain.waits import exact, words
from heroterm.domain.watches import since
from heroterm.mirror.last_answers import answered_by, last_answers
from heroterm.rulebook import Rulebook, local_zone
from heroterm.sync.tallied import requests
from heroterm.sync.waking import waits

_LOOKED_BACK = timedelta(days=21)
"""How long ago a reply may be in which a promise of ours is looked for, once it is solved."""


def judged(call: Invocation, read: Reading, rules: TierRules) -> Check:
    """May the week end? Tickets count as Zendesk has them, with the marks of tier 1.

    A ticket that is marked by hand is an item wherever it stands, also in another team's queue.
    """
    journal = read.journal
    seen = Overlay(tier1=journal.marks.tier1())
    rows = rows_of(read, view_of(call, read, None), overlay=seen)
    there = {row.id for row in rows}
    for ticket_id in sorted(seen.tier1 - there):
        row = read.mirror.row(ticket_id, seen)
        if row is not None and row.section != OUT_OF_QUEUE:
            rows.append(row)
    passed = journal.week.passed()
    named = {each.intent_id for each in passed.values() if each.intent_id}
    states = {id_: found.state for id_ in named if (found := journal.outbox.get(id_)) is not None}
    on_way = {each.ticket_id: each.state for each in journal.outbox.unfinished()}
    return check(rows, passed, states, on_way, read.state, read.now, rules)


def pack_of(call: Invocation, read: Reading, book: Rulebook | None = None) -> Pack:
    """Everything that the next hero must know, by a rulebook; None: by the files as they are now.
    Raises StoreError.
    """
    rules = (book or rulebook(call.paths)).tiers
    found, zone = judged(call, read, rules), local_zone()
    red = len(found.red)
    say = found.doubt or (f"{red} to be resolved or passed on" if red else "nothing is left")
    marks = read.journal.marks
    drafts = read.journal.drafts.list()
    return Pack(
        made_at=read.now,
        day=clock_day(read.now, zone),
        hero=read.state.user_name,
        account=read.state.account,
        policy=rules.preset,
        rotation=_rota(read, zone),
        green=found.green,
        say=say,
        sections={
            **_judged_sections(read, found, zone),
            "waits": tuple(_waits(call, read, zone)),
            "runs": tuple(_runs(read)),
            "promises": tuple(_promises(read, found, zone)),
            "outbox": tuple(stopped(read)),
            "drafts": tuple(
                entry_of(read, draft.ticket_id, draft.kind.replace("_", " ")) for draft in drafts
            ),
            "skips": tuple(_skips(read)),
            "features": tuple(_features(read)),
        },
        learnings=marks.recall(LEARNED) or "",
        remarks=marks.recall_words(REMARKS),
    )


def _rota(read: Reading, zone: tzinfo) -> dict[str, Any] | None:
    """Who is hero and who comes next, as the rota was read last; None without one."""
    rota = read.state.rota
    if rota is None:
        return None
    here, then = rota.now(read.now), rota.next(read.now)
    return {
        "now": here and turn_document(here),
        "next": then and turn_document(then),
        "read_at": rota.read_at,
        "say": said_of_rota(rota, read.now, zone),
    }


def _judged_sections(read: Reading, found: Check, zone: tzinfo) -> dict[str, tuple[Entry, ...]]:
    held = sorted((i for i in found.items if i.row.section == 2), key=lambda i: since(i.row))
    amber = [i for i in found.items if i.colour == AMBER and i.row.section != 2]
    return {
        "red": tuple(_item(read, item) for item in found.red),
        "passed": tuple(_item(read, item) for item in found.items if item.colour == GREEN),
        "on_hold": tuple(
            of_row(item.row, f"since {clock_day(since(item.row), zone)}") for item in held
        ),
        "other": tuple(_item(read, item) for item in amber),
    }


def _item(read: Reading, item: Item) -> Entry:
    link = read.journal.marks.tier1_link(item.row.id) if item.row.tier == 1 else ""
    return of_row(item.row, item.say, link)


def of_row(row: Row, say: str, link: str = "") -> Entry:
    """One line on a ticket that stands in the mirror."""
    return Entry(row.id, row.title, say, row.tier, row.status, row.organization, link=link)


def entry_of(read: Reading, ticket_id: int, say: str) -> Entry:
    """One line on a ticket, wherever it stands."""
    row = read.mirror.row(ticket_id, read.overlay)
    return of_row(row, say) if row is not None else Entry(ticket_id, "not in the mirror", say)


def _waits(call: Invocation, read: Reading, zone: tzinfo) -> Iterator[Entry]:
    now, offset = call.clock(), timedelta(seconds=read.state.clock_offset)
    for ticket_id, waiting in waits(read.journal, read.mirror, now, offset).items():
        wake = waiting.wait.wake
        entry = entry_of(read, ticket_id, waiting.why or words(wake, now, zone))
        yield replace(entry, due=wake.until, on_reply=wake.on_reply)


def _skips(read: Reading) -> Iterator[Entry]:
    """What `n` leaves out until something changes on it."""
    offset = timedelta(seconds=read.state.clock_offset)
    for ticket_id, skip in by_server(read.journal.marks.skips(), offset).items():
        row = read.mirror.row(ticket_id, read.overlay)
        if row is None or (row.section != OUT_OF_QUEUE and skip.covers(row)):
            yield entry_of(read, ticket_id, skip.reason)


def _runs(read: Reading) -> Iterator[Entry]:
    """Playbooks under way; also those that nobody can go on with here, for they are work, too."""
    for run in read.journal.runs.under_way():
        yield _run(read, run)
    for torn in read.journal.runs.unreadable():
        say = (
            f"CANNOT BE READ here: {torn.playbook} (run {torn.run_id}), damaged or of a newer "
            "heroterm. Where this pack was made, a newer heroterm may read it, and `heroterm "
            f"playbook give-up {torn.ticket_id} --reason WORDS` ends it; until then the ticket "
            "stays unsolved."
        )
        yield entry_of(read, torn.ticket_id, say)


def _run(read: Reading, run: Run) -> Entry:
    stands = f"{run.playbook.title}, {standing(run, read.now)}"
    why = untold(run)
    return entry_of(read, run.ticket_id, f"{why}: {stands}" if why else stands)


def _promises(read: Reading, found: Check, zone: tzinfo) -> Iterator[Entry]:
    return promised(read, {item.row.id for item in found.items}, zone)


def promised(read: Reading, ids: set[int], zone: tzinfo) -> Iterator[Entry]:
    """What customers were promised in these tickets, and in those that the hero answered lately."""
    me = read.state.user_id
    if me is not None:
        ids = ids | set(answered_by(read.mirror, me, read.now - _LOOKED_BACK))
    for answer in last_answers(read.mirror, sorted(ids)):
        ours = frozenset({answer.author_id} if answer.author_id is not None else ())
        ticket = read.mirror.ticket(answer.ticket_id)
        reader = ticket.requester_id if ticket is not None else None
        person = read.mirror.person(reader) if reader is not None else None
        for made in promises([answer], ours, zone, zone_of(person)):
            if str(made.comment_id) in read.journal.marks.ticks(made.ticket_id, KEPT):
                continue
            say = f"{made.said}{_due(made.due, read, zone)}"
            entry = entry_of(read, made.ticket_id, say)
            yield replace(entry, due=made.due, comment=made.comment_id)


def _due(due: datetime | None, read: Reading, zone: tzinfo) -> str:
    if due is None:
        return ""
    over = ", OVERDUE" if due < read.now else ""
    return f" (due {exact(due, read.now, zone)}{over})"


def stopped(read: Reading) -> Iterator[Entry]:
    """What waits in the outbox for a decision of the hero."""
    for intent in read.journal.outbox.unfinished():
        if intent.state == NEEDS_YOU:
            yield entry_of(read, intent.ticket_id, intent.why or "needs a decision")


def _features(read: Reading) -> Iterator[Entry]:
    """Feature requests of the last weeks, for Customer Success (`heroterm tally` says more)."""
    for asked in requests(read.mirror, read.journal, read.now - _LOOKED_BACK):
        facts = [asked.plan, f"MRR {asked.mrr}" if asked.mrr else ""]
        plan = ", ".join(fact for fact in facts if fact) or "plan not known"
        told = ", Customer Success was told" if asked.told else ""
        say = f"{asked.organization or 'no organization'} ({plan}){told}"
        yield replace(entry_of(read, asked.tickets[-1], say), link=asked.issue)
