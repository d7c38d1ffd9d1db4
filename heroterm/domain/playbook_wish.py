"""What a step would put into the outbox: words, recipient, fields; shown before it is queued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from heroterm.domain.deeds import (
    CONTENT_WARNING,
    Deed,
    NewTicket,
    OrganizationText,
    PersonOrganization,
)
from heroterm.domain.findings import Finding
from heroterm.domain.keyed_words import literal
from heroterm.domain.outbox import HELD, NOBODY, QUEUED, Changes, Intent, InternalNote, PublicReply
from heroterm.domain.playbook import Step
from heroterm.domain.playbook_case import Case, fact, filled, ticket_of, values
from heroterm.domain.playbook_checks import no
from heroterm.domain.playbook_run import Run, intent_id, tag_of
from heroterm.domain.playbook_since import unread
from heroterm.domain.playbook_values import HOLE
from heroterm.domain.playbook_way import lines
from heroterm.domain.reply import CannedReply, Filled, facts_for, fill
from heroterm.domain.undo import in_words


@dataclass(frozen=True, slots=True)
class Wish:
    """A write that a step would make, before anybody said yes."""

    step: Step
    ticket_id: int
    """The ticket that is written to, or in whose line a new ticket waits."""
    comment: PublicReply | InternalNote | None = None
    changes: Changes = field(default_factory=Changes)
    deed: Deed | None = None
    to: str = ""
    """Who will read it, in words."""
    say: str = ""
    """What it is, in a few words: "reply + pending"."""

    @property
    def body(self) -> str:
        """Its words; "" where it has none."""
        return self.comment.body if self.comment is not None else ""

    def saying(self, body: str) -> Wish:
        """The same with other words; an exact one stays as it is."""
        if self.comment is None or self.step.exact:
            return self
        return replace(self, comment=type(self.comment)(body))


def wish(run: Run, step: Step, case: Case, replies: Sequence[CannedReply]) -> Wish | Finding:
    """What a step would put now, or why it cannot."""
    ticket_id = ticket_of(run, case, step.on) if step.on else case.ticket.id
    if ticket_id is None or ticket_id not in case.tickets:
        return no(
            "ticket-not-here",
            "The ticket that the run made is not in the mirror yet.",
            "Sync, then again.",
        )
    if since := unread(run, case, step):
        return since
    match step.kind:
        case "set":
            return _setting(run, step, case, ticket_id)
        case "new_ticket":
            return _new_ticket(run, step, case, replies)
    canned = _named(replies, step.reply)
    if canned is None:
        return _no_reply(step)
    changes = _changes(run, step, case)
    if isinstance(changes, Finding):
        return changes
    body = _words(run, step, case, canned, ticket_id)
    with_it = "".join(f" + {one}" for one in in_words(changes))
    if step.kind == "note":
        note = InternalNote(body)
        return Wish(step, ticket_id, note, changes, to="colleagues only", say=f"note{with_it}")
    reader = case.people.get(case.tickets[ticket_id].requester_id or 0)
    name = reader.name if reader else "the requester"
    to = f"{name} <{reader.email}>" if reader and reader.email else name
    return Wish(step, ticket_id, PublicReply(body), changes, to=to, say=f"reply{with_it}")


def intent_of(run: Run, wanted: Wish, case: Case, now: datetime, hold: float) -> Intent:
    """The intent that a wish becomes. `now` is this machine's moment; `hold` in seconds."""
    ticket = case.tickets.get(wanted.ticket_id)
    thread = case.threads.get(wanted.ticket_id, ())
    return Intent(
        id=intent_id(run, wanted.step.id),
        ticket_id=wanted.ticket_id,
        created_at=now,
        send_after=now + timedelta(seconds=hold),
        comment=wanted.comment,
        changes=wanted.changes,
        base_stamp=ticket.updated_stamp if ticket is not None else None,
        seen_comment_id=thread[-1].id if thread else None,
        state=HELD if hold > 0 else QUEUED,
        deed=wanted.deed,
    )


def _new_ticket(run: Run, step: Step, case: Case, replies: Sequence[CannedReply]) -> Wish | Finding:
    canned, to = _named(replies, step.reply), fact(run, case, step.to)
    if canned is None or not canned.subject:
        return _no_reply(step)
    if to is None:
        return no("no-recipient", "The address is not known.", "Do the step that asks for it.")
    name = fact(run, case, "owner_name")
    body = _words(run, step, case, canned, case.ticket.id)
    changes = Changes(
        status=step.status or None,
        group_id=case.ticket.group_id,
        add_tags=(tag_of(run, step.id),),
    )
    deed = NewTicket(to.value, name.value if name else to.value, canned.subject)
    return Wish(
        step, case.ticket.id, PublicReply(body), changes, deed, to=to.value, say="ticket of its own"
    )


def _setting(run: Run, step: Step, case: Case, ticket_id: int) -> Wish | Finding:
    wanted = step.settings
    if wanted.organization:
        return _right_organization(step, case, ticket_id)
    if wanted.content_warning:
        return _warning(run, step, case, ticket_id)
    changes = _changes(run, step, case)
    if isinstance(changes, Finding):
        return changes
    say = ", ".join(in_words(changes))
    return Wish(step, ticket_id, None, changes, to=f"#{ticket_id}", say=say)


def _changes(run: Run, step: Step, case: Case) -> Changes | Finding:
    """The fields that a step sets beside its words."""
    wanted, group_id = step.settings, None
    if wanted.group:
        named = fact(run, case, wanted.group)
        group_id = next((g.id for g in case.groups if named and g.name == named.value), None)
        if group_id is None:
            known = ", ".join(group.name for group in case.groups)
            return no(
                "no-such-group", "There is no group of that name.", f"Known are: {literal(known)}."
            )
    return Changes(
        status=step.status or None,
        group_id=group_id,
        assignee_id=NOBODY if wanted.unassign else None,
        add_tags=wanted.add_tags,
        remove_tags=wanted.remove_tags,
    )


def _right_organization(step: Step, case: Case, ticket_id: int) -> Wish | Finding:
    """The requester into the organization that the Admin line names."""
    named = case.known.get("footer_organization")
    if named is None or case.requester is None:
        why = " ".join(case.doubts) or "No trusted Admin line names an organization."
        return no("not-known", why, "Find it in the admin panel, and change it in Zendesk.")
    if len(case.homes) != 1:
        count = "No organization" if not case.homes else f"{len(case.homes)} organizations"
        return no(
            "organization-not-one",
            f"{count} in Zendesk, as far as it is mirrored, is called {named.value!a}.",
            "Change it in Zendesk by hand, and skip this step with that reason.",
        )
    home, person = case.homes[0], case.requester
    deed = PersonOrganization(person.id, home.id, person.organization_id)
    was = case.organization.name if case.organization else "none"
    say = f"organization of {person.name}: {was} -> {home.name}"
    return Wish(step, ticket_id, deed=deed, to=person.name, say=say)


def _warning(run: Run, step: Step, case: Case, ticket_id: int) -> Wish | Finding:
    text, organization = fact(run, case, step.settings.content_warning), case.organization
    if organization is None or text is None:
        return no("not-known", "The ticket has no organization in Zendesk.", "Set it first.")
    before = organization.content_warning or ""
    deed = OrganizationText(organization.id, CONTENT_WARNING, text.value, before)
    say = f"content warning of {organization.name}: {before or 'empty'} -> {text.value}"
    return Wish(step, ticket_id, deed=deed, to=organization.name, say=say)


def _words(run: Run, step: Step, case: Case, canned: CannedReply, ticket_id: int) -> str:
    """The canned words with everything known put in; what is left open stays to be filled."""
    ticket = case.tickets[ticket_id]
    reader = case.people.get(ticket.requester_id or 0)
    known = values(run, case)
    home = known.get("organization") or known.get("footer_organization", "")
    more = {"question.url": known.get("question", ""), "organization.name": home}
    facts = facts_for(ticket, reader, case.me, case.organization, more)
    answered = _answered(run, step, case)
    into = answered | {label: known[name] for label, name in step.fill if known.get(name)}
    return _with_stops(fill(canned, facts, case.source), into)


def _answered(run: Run, step: Step, case: Case) -> dict[str, str]:
    """Blanks that the answers so far fill, where all that the words name is known."""
    on_way = {one.step.id for one in lines(run) if not one.off}
    said = [
        (label, filled(words, run, case))
        for label, where, answer, words in step.fill_if
        if where in on_way and run.answers.get(where) == answer
    ]
    return {label: words for label, words in said if not HOLE.search(words)}


def _with_stops(made: Filled, into: Mapping[str, str]) -> str:
    body = made.body
    for stop in sorted(made.stops, key=lambda each: each.start, reverse=True):
        value = into.get(stop.label, "")
        if value:
            body = body[: stop.start] + value + body[stop.end :]
    return body.strip()


def _named(replies: Sequence[CannedReply], name: str) -> CannedReply | None:
    return next((each for each in replies if each.name == name), None)


def _no_reply(step: Step) -> Finding:
    say = f"The canned reply {step.reply!a} is not there any more, or lacks what it needs."
    return no("no-canned-reply", say, "`heroterm playbook lint` says what is wrong.")
