"""How a verb's words become an intent in the journal: one path for reply, note and set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from heroterm.cli.documents import finding_documents, intent_document
from heroterm.cli.failure import document_of
from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import Reading
from heroterm.cli.remedies import remedy
from heroterm.cli.rules import facts_of, rulebook
from heroterm.domain.findings import Facts, Finding
from heroterm.domain.outbox import HELD, QUEUED, Changes, Intent, InternalNote, PublicReply
from heroterm.domain.rules import check
from heroterm.domain.ticket import Ticket
from heroterm.errors import RefusedByRule


def put(
    call: Invocation,
    read: Reading,
    ticket: Ticket,
    *,
    comment: PublicReply | InternalNote | None = None,
    changes: Changes,
    hold: float | None = None,
    anyway: Sequence[str] = (),
) -> int:
    """Check an intent by the rules and keep it in the outbox; says what became of it.

    `hold` in seconds, None for the configured wait; `anyway` names questions of the rules that
    are answered with yes. Exit code 1 when a rule refuses; nothing was kept then.
    """
    intent = _intent(call, read, ticket, comment, changes, hold, tuple(anyway))
    own = (call.config.account.email,) if call.config.account.email else ()
    book = rulebook(call.paths)
    steps = read.journal.runs.open_steps(ticket.id, intent)
    facts = facts_of(read.mirror, ticket, book, read.now, own, intent=intent, open_steps=steps)
    findings = check(intent, facts)
    stopping = [each for each in findings if each.level != "advice"]
    if stopping:
        return _refused(call, stopping[0], findings, facts)
    kept = read.journal.outbox.put(intent, retire_draft=False)
    document = {**intent_document(kept), "checks": finding_documents(findings, facts)}
    call.answer(document, [*_advice(findings, facts), _kept(kept, read)])
    return 0


def _intent(
    call: Invocation,
    read: Reading,
    ticket: Ticket,
    comment: PublicReply | InternalNote | None,
    changes: Changes,
    hold: float | None,
    anyway: tuple[str, ...],
) -> Intent:
    now = call.clock()
    seconds = call.config.desk.hold_seconds if hold is None else hold
    comments = read.mirror.thread(ticket.id).comments
    return Intent(
        id=call.new_id(),
        ticket_id=ticket.id,
        created_at=now,
        send_after=now + timedelta(seconds=seconds),
        comment=comment,
        changes=changes,
        base_stamp=ticket.updated_stamp,
        seen_comment_id=comments[-1].id if comments else None,
        state=HELD if seconds > 0 else QUEUED,
        overrides=anyway,
    )


def _refused(call: Invocation, first: Finding, findings: Sequence[Finding], facts: Facts) -> int:
    error = RefusedByRule(first.say, remedy(first, facts), rule=first.rule)
    if not call.as_json:
        raise error
    checks = finding_documents(findings, facts)
    told = document_of(error)
    call.answer({"intent": None, "state": "refused", "checks": checks, "error": told}, [])
    return error.exit_code


def _advice(findings: Sequence[Finding], facts: Facts) -> list[str]:
    return [f"{each.say} {remedy(each, facts)}" for each in findings]


def _kept(intent: Intent, read: Reading) -> str:
    what = {"public_reply": "Reply", "internal_note": "Note"}.get(intent.kind, "Change")
    short = intent.id[:8]
    before = len(read.journal.outbox.of_ticket(intent.ticket_id)) - 1
    after = f" after {before} of yours before it" if before else ""
    if intent.state == HELD:
        seconds = (intent.send_after - intent.created_at).total_seconds()
        when = f"held for {seconds:g} s{after}; `heroterm outbox recall {short}` takes it back"
    else:
        when = f"waits to be sent{after}"
    return (
        f"{what} for #{intent.ticket_id} {when}. A running heroterm or `heroterm sync` carries it."
    )
