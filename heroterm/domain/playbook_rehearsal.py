"""A made-up ticket to rehearse a playbook on: nothing of it is anybody's, nothing leaves.

People of the rehearsal answer when they are told to; whose words count is judged by the very rules
that judge real ones (features G13).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_known import Known
from heroterm.domain.playbook_run import Run, put_steps
from heroterm.domain.ticket import Comment, Group, Organization, Person, Ticket

TICKET, MADE = 1, 2
KIM = Person(11, "Kim Cove", "kim@cove.example", organization_id=21)
SAM = Person(12, "Sam Cove", "sam@cove.example", organization_id=21)
TWIN = Person(13, "Sam Cove", "sam@c0ve.example")
HERO = Person(14, "You", "you@desk.example", "agent")
COVE = Organization(21, "Cove Ltd", ("cove.example",), plan="scale")
VOICES = {"requester": KIM, "owner": SAM, "look-alike": TWIN}
"""Who may be told to write: `/owner Yes, please.`"""
_WORDS = "This is a rehearsal: a ticket that nobody wrote, from people who are made up."
_REHEARSED = "made up for the rehearsal"
_KNOWN: Mapping[str, str] = {
    "ticket_id": str(TICKET),
    "region": "EU",
    "project_id": "4411",
    "organization_id": "0b0b0b0b-2222-4333-a444-555555555555",
    "footer_organization": COVE.name,
    "organization": COVE.name,
    "requester_address": str(KIM.email),
    "requester_name": KIM.name,
    "priority": "normal",
    "source": "mail",
    "seat": "agent",
    "question": "https://posthog.com/questions/rehearsal",
}


def case_of(by: str, now: datetime) -> Case:
    """The made-up case at its beginning."""
    begun = now - timedelta(hours=1)
    ticket = Ticket(
        id=TICKET,
        subject="Please remove my second factor",
        status="open",
        created_at=begun,
        updated_at=begun,
        updated_stamp="rehearsal",
        description=_WORDS,
        priority="normal",
        channel="email",
        requester_id=KIM.id,
        organization_id=COVE.id,
    )
    first = Comment(1, TICKET, KIM.id, True, _WORDS, begun, "email", KIM.email)
    return Case(
        ticket=ticket,
        now=now,
        by=by,
        known={name: Known(value, _REHEARSED) for name, value in _KNOWN.items()},
        requester=KIM,
        me=replace(HERO, name=by),
        organization=COVE,
        homes=(COVE,),
        tickets={TICKET: ticket},
        threads={TICKET: (first,)},
        people={person.id: person for person in (KIM, SAM, TWIN, HERO)},
        groups=(Group(31, "Support"),),
        age=timedelta(0),
    )


def after(case: Case, run: Run) -> Case:
    """The case once the tickets are made that the run has put."""
    for event in put_steps(run):
        step = run.playbook.step(event.step)
        if step is None or step.kind != "new_ticket" or event.step in case.made:
            continue
        number = MADE + len(case.made)
        owner = run.fact(step.to)
        reader = next((p for p in VOICES.values() if owner and p.email == owner.value), SAM)
        made = replace(case.ticket, id=number, created_at=event.at, requester_id=reader.id)
        opening = Comment(number * 100, number, HERO.id, True, "(our mail)", event.at, "web")
        case = replace(
            case,
            made={**case.made, event.step: number},
            tickets={**case.tickets, number: made},
            threads={**case.threads, number: (opening,)},
        )
    return case


def said(case: Case, voice: str, words: str) -> Case:
    """Somebody writes: in the newest ticket of the run, a minute later."""
    person, ticket_id = VOICES[voice], max(case.tickets)
    now = case.now + timedelta(minutes=1)
    thread = case.threads[ticket_id]
    fresh = Comment(
        thread[-1].id + 1, ticket_id, person.id, True, words, now, "email", person.email
    )
    return replace(case, now=now, threads={**case.threads, ticket_id: (*thread, fresh)})


def later(case: Case, days: int) -> Case:
    """So many days pass."""
    return replace(case, now=case.now + timedelta(days=days))
