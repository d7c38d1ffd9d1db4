"""How a verb's words become an intent in the journal: one path for all that write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from heroterm.cli.conversation import conversation
from heroterm.cli.documents import finding_documents, intent_document
from heroterm.cli.failure import document_of
from heroterm.cli.invocation import Invocation, moment
from heroterm.cli.numbers import MOST_HOLD
from heroterm.cli.reading import Reading
from heroterm.cli.remedies import COMMANDS, Voice, remedy
from heroterm.cli.rules import facts_of, facts_of_none, rulebook
from heroterm.cli.twice import twice
from heroterm.domain.advice import advise, advised_status
from heroterm.domain.deeds import Deed, EnclosedFile
from heroterm.domain.findings import Facts, Finding
from heroterm.domain.outbox import HELD, QUEUED, Changes, Intent, InternalNote, PublicReply
from heroterm.domain.rules import check, objections
from heroterm.domain.ticket import Ticket
from heroterm.errors import RefusedByRule


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written. `hold` in seconds, None for the configured wait; `at` is the moment
    at which it is to be sent instead; `anyway` names questions of the rules that are answered
    with yes; `id` is that of the playbook's step that it does, "" for a new one.
    """

    comment: PublicReply | InternalNote | None = None
    changes: Changes = field(default_factory=Changes)
    deed: Deed | None = None
    files: tuple[EnclosedFile, ...] = ()
    hold: float | None = None
    at: datetime | None = None
    anyway: tuple[str, ...] = ()
    undoes: str = ""
    retire_draft: bool = False
    """The words were a draft here: it goes in the same transaction."""
    voice: Voice = COMMANDS
    id: str = ""


def looked_over(
    call: Invocation, read: Reading, ticket: Ticket, wanted: Wanted
) -> tuple[Sequence[Finding], Facts]:
    """What the rules say about it before anything is kept, advice behind all else, and what they
    went by.
    """
    intent = _intent(call, read, ticket, wanted)
    facts = _facts(call, read, ticket, intent)
    return [*_found(read, intent, facts), *_tone(call, read, intent)], facts


def _found(read: Reading, intent: Intent, facts: Facts) -> list[Finding]:
    """What the rules find, and behind what stops it by them whether it was asked for before."""
    found = check(intent, facts)
    behind = len(objections(found))
    again = [each for each in twice(read, intent) if each.rule not in intent.overrides]
    return [*found[:behind], *again, *found[behind:]]


def _tone(call: Invocation, read: Reading, intent: Intent) -> list[Finding]:
    """What is advised on the tone and status of words, those of a new ticket, too."""
    book = rulebook(call.paths)
    talk = conversation(read.mirror, intent, book) if intent.comment is not None else None
    return advise(intent, talk, book.tone) if talk is not None else []


def advised(call: Invocation, read: Reading, ticket: Ticket, wanted: Wanted) -> str | None:
    """The status that fits these words; None where nothing can be told from them."""
    intent, book = _intent(call, read, ticket, wanted), rulebook(call.paths)
    talk = conversation(read.mirror, intent, book)
    found = advised_status(intent, talk, book.tone) if talk is not None else None
    return found.status if found is not None else None


def put(call: Invocation, read: Reading, ticket: Ticket | None, wanted: Wanted) -> int:
    """Check an intent by the rules and keep it in the outbox; says what became of it.

    Without a ticket it is a deed that belongs to none. Exit code 1 when a rule refuses; nothing
    was kept then.
    """
    intent = _intent(call, read, ticket, wanted)
    facts = _facts(call, read, ticket, intent)
    findings = _found(read, intent, facts)
    if stopping := objections(findings):
        return _refused(call, stopping[0], findings, facts)
    kept = _put(read, intent, wanted)
    findings += _tone(call, read, intent) if wanted.voice.advises else []
    document = {**intent_document(kept), "checks": finding_documents(findings, facts)}
    call.answer(
        document, [*_advice(findings, facts, wanted.voice), _kept(kept, read, wanted.voice)]
    )
    return 0


def _put(read: Reading, intent: Intent, wanted: Wanted) -> Intent:
    """Put it, together with the step of a playbook that it does, if it does one."""
    by = read.state.user_name or "you"
    if wanted.id and read.journal.runs.put(intent, at=read.now, by=by):
        return read.journal.outbox.get(intent.id) or intent
    return read.journal.outbox.put(intent, retire_draft=wanted.retire_draft)


def kept(call: Invocation, read: Reading, ticket: Ticket, wanted: Wanted) -> Intent:
    """Check an intent by the rules and keep it, without a word. Raises RefusedByRule."""
    intent = _intent(call, read, ticket, wanted)
    facts = _facts(call, read, ticket, intent)
    if stopping := objections(check(intent, facts)):
        first = stopping[0]
        raise RefusedByRule(f"#{ticket.id}: {first.say}", remedy(first, facts), rule=first.rule)
    return read.journal.outbox.put(intent, retire_draft=False)


def _facts(call: Invocation, read: Reading, ticket: Ticket | None, intent: Intent) -> Facts:
    own = (call.config.account.email,) if call.config.account.email else ()
    book = rulebook(call.paths)
    if ticket is None:
        return facts_of_none(read.mirror, book, read.now, own, intent)
    return facts_of(read.mirror, ticket, book, read.now, own, intent=intent, journal=read.journal)


def _intent(call: Invocation, read: Reading, ticket: Ticket | None, wanted: Wanted) -> Intent:
    now = call.clock()
    seconds = call.config.desk.hold_seconds if wanted.hold is None else wanted.hold
    comments = read.mirror.thread(ticket.id).comments if ticket is not None else ()
    send_after = wanted.at or now + timedelta(seconds=seconds)
    return Intent(
        id=wanted.id or call.new_id(),
        ticket_id=ticket.id if ticket is not None else 0,
        created_at=now,
        send_after=send_after,
        comment=wanted.comment,
        changes=wanted.changes,
        base_stamp=ticket.updated_stamp if ticket is not None else None,
        seen_comment_id=comments[-1].id if comments else None,
        state=HELD if send_after > now else QUEUED,
        overrides=wanted.anyway,
        deed=wanted.deed,
        files=wanted.files,
        undoes=wanted.undoes,
    )


def _refused(call: Invocation, first: Finding, findings: Sequence[Finding], facts: Facts) -> int:
    error = RefusedByRule(first.say, remedy(first, facts), rule=first.rule)
    if not call.as_json:
        raise error
    checks = finding_documents(findings, facts)
    told = document_of(error)
    call.answer({"intent": None, "state": "refused", "checks": checks, "error": told}, [])
    return error.exit_code


def _advice(findings: Sequence[Finding], facts: Facts, voice: Voice) -> list[str]:
    told = findings if voice.advises else ()
    return [f"{each.say} {remedy(each, facts, voice)}" for each in told]


_WHAT = {
    "public_reply": "Reply",
    "internal_note": "Note",
    "new_ticket": "New ticket",
    "person_organization": "Organization",
    "organization_text": "Organization's text",
}


def _kept(intent: Intent, read: Reading, voice: Voice) -> str:
    short = intent.id[:8]
    where = f" for #{intent.ticket_id}" if intent.ticket_id else ""
    before = len(read.journal.outbox.of_ticket(intent.ticket_id)) - 1 if intent.ticket_id else 0
    after = f" after {before} of yours before it" if before else ""
    if intent.state == HELD:
        seconds = (intent.send_after - intent.created_at).total_seconds()
        until = f"held until {moment(intent.send_after)}"
        held = f"held for {seconds:g} s" if seconds <= MOST_HOLD else until
        when = f"{held}{after}; {voice.recall.format(short=short)}"
    else:
        when = f"waits to be sent{after}"
    what = _WHAT.get(intent.kind, "Change")
    return f"{what}{where} {when}.{voice.carried}"
