"""`heroterm outbox send`: ends holds and pushes now, in this process or through the carrier."""

from __future__ import annotations

import time
from collections.abc import Sequence

from heroterm.cli.carrying import Rooms, rooms
from heroterm.cli.documents import intent_document
from heroterm.cli.intent_lines import lines_of
from heroterm.cli.invocation import Invocation
from heroterm.domain.outbox import NEEDS_YOU, QUEUED, SENDING, SENT, VERIFY, Intent
from heroterm.errors import Offline, ZendeskError
from heroterm.journal.database import Journal
from heroterm.sync import noted, report

PATIENCE = 30.0
"""Seconds that a push may take: longer than every wait but Zendesk's own Retry-After."""
_MOVING = (QUEUED, SENDING, VERIFY)


def push_now(call: Invocation, ids: Sequence[str], anyway: Sequence[str]) -> int:
    """Release the intents and carry them as far as they go; says where each stands then.

    Exit code 0 when all were sent, 5 offline, 1 when one needs a decision, 4 otherwise.
    """
    with rooms(call) as opened:
        outbox = opened.journal.outbox
        told: list[report.Report] = []
        mine = opened.lock.acquire()
        try:
            if mine:
                outbox.after_crash()
            for id_ in ids:
                outbox.release(id_)
                outbox.again(id_, overrides=tuple(anyway))
            if mine:
                told = _carry(opened, ids)
            else:
                call.say(f"Process {opened.lock.holder() or 'unknown'} carries; it is asked to.")
                _watch(opened.journal, ids)
        finally:
            opened.lock.release()
        intents = [found for id_ in ids if (found := outbox.get(id_)) is not None]
    return _said(call, intents, told)


def _carry(opened: Rooms, ids: Sequence[str]) -> list[report.Report]:
    """Push until none of the intents moves by itself any more, the way is closed, or time is up."""
    told: list[report.Report] = []
    until = time.monotonic() + PATIENCE
    while _moving(opened.journal, ids) and time.monotonic() < until:
        for each in opened.push.steps():
            noted.report(each)
            told.append(each)
            if isinstance(each, report.Offline) or opened.push.paused is not None:
                return told
        if _moving(opened.journal, ids):
            time.sleep(min(opened.push.left() or 0.2, 1.0))
    for ticket_id in {each.ticket_id for each in told if isinstance(each, report.Sent)}:
        _look_again(opened, ticket_id)
    return told


def _look_again(opened: Rooms, ticket_id: int) -> None:
    """Bring the ticket back with what was just sent; the next pass does it where this fails."""
    try:
        opened.pull.thread(ticket_id)
    except ZendeskError:
        return


def _watch(journal: Journal, ids: Sequence[str]) -> None:
    until = time.monotonic() + PATIENCE
    while _moving(journal, ids) and time.monotonic() < until:
        time.sleep(0.2)


def _moving(journal: Journal, ids: Sequence[str]) -> bool:
    found = (journal.outbox.get(id_) for id_ in ids)
    return any(intent is not None and intent.state in _MOVING for intent in found)


def _said(call: Invocation, intents: Sequence[Intent], told: Sequence[report.Report]) -> int:
    offline = any(isinstance(each, report.Offline) for each in told)
    trouble = [each for each in told if isinstance(each, report.Trouble)]
    document = {
        "intents": [intent_document(intent) for intent in intents],
        "offline": offline,
        "trouble": trouble[-1].say if trouble else "",
    }
    lines = list(lines_of(intents, call.clock())) or ["Nothing waited to be sent."]
    if offline:
        lines.append("Zendesk cannot be reached; what waits stays in the outbox.")
    lines += [f"{each.say} {each.remedy}" for each in trouble]
    call.answer(document, lines)
    return _code(intents, offline)


def _code(intents: Sequence[Intent], offline: bool) -> int:
    states = {intent.state for intent in intents}
    if states <= {SENT}:
        return 0
    if offline:
        return Offline.exit_code
    return 1 if NEEDS_YOU in states else ZendeskError.exit_code
