"""What a rule is asked about, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from heroterm.domain.outbox import Intent
from heroterm.domain.ticket import Ticket

Level = Literal["refuse", "ask", "advice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule has to say about an intent. `rule` is its stable name."""

    rule: str
    level: Level
    say: str
    """What is wrong, with the handbook's words where it is the handbook that says so."""
    instead: str = ""
    """What to do now; `{command.id}` in it stands for the keys that the hero has for it."""
    at: str = ""
    """The words of the text that it is about, as they stand there; "" where it is about none."""


@dataclass(frozen=True, slots=True)
class Question:
    """A community question that a new ticket has to do with: on which it was decided, or which it
    follows up.
    """

    ticket_id: int
    url: str | None
    """The question's own page, where it is known."""
    askers: frozenset[str]
    """Every address by which whoever asked it is known, folded for comparing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need to know of the world at the moment `now`."""

    ticket: Ticket
    """The ticket that is written to, or on which a deed was decided."""
    now: datetime
    source: str = "mail"
    question_url: str | None = None
    """The community question's own page (source.community_url)."""
    light_agent: bool = False
    """My seat allows internal notes only (features H6)."""
    last_public_by_staff_at: datetime | None = None
    last_public_by_requester_at: datetime | None = None
    asked_since: bool = False
    """Whether the customer wrote in public after what the hero had on the screen."""
    recorded_at: datetime | None = None
    """When a note on the ticket, or one that waits to be sent, last said that it was answered
    outside of Zendesk; looked for on community questions.
    """
    custom_status: str | None = None
    """What the account's own status that is to be set stands for; None: not known, or none."""
    open_required_steps: tuple[str, ...] = ()
    """Required steps of a running playbook that are not done, as they are titled."""
    content_warning: bool = False
    requester_address: str | None = None
    own_addresses: tuple[str, ...] = ()
    """Addresses of the account and of me: an answer to one of them goes in a circle."""
    own_host: str = ""
    """Host of the account, where every address is one of its own; "" where it is no such host."""
    questions: tuple[Question, ...] = ()
    """Community questions that a new ticket has to do with."""
    other_customers: tuple[str, ...] = ()
    """Names of other customers' organizations that stand in the words (features D15)."""


Rule = Callable[[Intent, Facts], Iterator[Finding]]

_ASKED = re.compile(r" \[asks: ([a-z-]+)\]\Z")


def answered(intent: Intent, findings: Sequence[Finding]) -> Intent:
    """The intent with a yes to each question among the findings, which the hero has read."""
    asks = [finding.rule for finding in findings if finding.level == "ask"]
    return replace(intent, overrides=tuple(dict.fromkeys((*intent.overrides, *asks))))


def as_reason(finding: Finding) -> str:
    """The finding as the reason for which an intent stops; a question keeps its rule's name."""
    return finding.say + (f" [asks: {finding.rule}]" if finding.level == "ask" else "")


def asked_by(reason: str) -> tuple[str, ...]:
    """Names of the rules to whose question a reason of `as_reason` waits for an answer."""
    return tuple(_ASKED.findall(reason))
