"""What a team reads and edits as files, ready for the screen: replies, playbooks, rules' words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from heroterm.domain import lifecycle, reply
from heroterm.domain.advice import AdvisedStatus
from heroterm.domain.calendar import WEEKDAYS, Calendar
from heroterm.domain.findings import Finding
from heroterm.domain.lifecycle import LifecycleNumbers
from heroterm.domain.outbox import Intent
from heroterm.domain.owners import NOBODY_NAMED, Owner, Owners
from heroterm.domain.playbook import Playbook
from heroterm.domain.reply import CannedReply, Filled
from heroterm.domain.reply_rank import Situation, fit, rank
from heroterm.domain.source import SourceRules, Verdict, allows_public_reply
from heroterm.domain.targets import USUAL, Targets
from heroterm.domain.team_macro import TeamMacro
from heroterm.domain.ticket import Person
from heroterm.domain.tiers import HANDBOOK, ORDERS, TierRules
from heroterm.domain.usage import Use
from heroterm.domain.waits import words
from heroterm.domain.watches import Waiting
from heroterm.domain.zone import LOCAL
from heroterm.tui.opened import Opened


@dataclass(frozen=True, slots=True)
class DeskBook:
    """Canned replies, playbooks and the words of the rules. Empty until the files are read."""

    replies: tuple[CannedReply, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    tiers: TierRules = field(default=HANDBOOK)
    targets: Targets = field(default=USUAL)
    hours: Calendar = field(default=WEEKDAYS)
    """In which work time is told beside clock time."""
    sources: SourceRules | None = None
    owners: Owners = field(default=NOBODY_NAMED)
    macro_keys: Mapping[str, str] = field(default_factory=dict)
    """Letters after `m`, each with the title of its macro."""
    macros: tuple[TeamMacro, ...] = ()
    """The team's own macros."""
    numbers: LifecycleNumbers = field(default_factory=LifecycleNumbers)
    advise: Callable[[Intent], Sequence[Finding]] = lambda intent: ()
    """Advice on tone and status: never blocks."""
    advised: Callable[[Intent], AdvisedStatus | None] = lambda intent: None
    """The status that fits an answer."""
    zone: tzinfo = LOCAL
    """The zone whose days and clocks the hero goes by."""
    findings: tuple[str, ...] = ()
    """A sentence for each file that could not be used."""

    @property
    def breach_first(self) -> bool:
        """Whether the policy puts the nearest breach before the tier."""
        return self.tiers.order != ORDERS[0]

    def consequence(self, status: str, now: datetime, *, brief: bool = False) -> str:
        """What a status does to the timers, in words (handbook: Ticket Status)."""
        return lifecycle.consequence(status, now, self.numbers, self.zone, brief=brief)

    def following(self, opened: Opened, now: datetime) -> str:
        """What will happen to the ticket by itself, with its dates."""
        ticket, zone = opened.ticket, self.zone
        return lifecycle.dates(
            ticket.status, ticket.status_since, ticket.updated_at, self.numbers, zone, now
        )

    def waiting(self, waiting: Waiting, now: datetime) -> str:
        """What a ticket waits for, or that the wait is over. `now` is this machine's clock."""
        over = f"no more: {waiting.why}"
        return over if waiting.why else words(waiting.wait.wake, now, self.zone)

    def may_reply(self, opened: Opened) -> Verdict:
        """Whether the ticket may be answered in public from Zendesk."""
        return allows_public_reply(opened.row.source, opened.first_words, self.sources)

    def owner(self, opened: Opened) -> Owner | None:
        """Who owns the feature that the trusted form names; None where it names none."""
        area = opened.footer.target_area if opened.footer.trusted else None
        return self.owners.of(area) if area else None

    def status_elsewhere(self, source: str) -> str:
        """The status that goes with "answered elsewhere"."""
        return self.sources.elsewhere[source] if self.sources is not None else "solved"

    def ranked(
        self, opened: Opened, uses: Mapping[str, Use], query: str = ""
    ) -> Sequence[CannedReply]:
        """The replies that typed letters match: those that fit the ticket, then the most used."""
        counted = {name: use.uses for name, use in uses.items()}
        return rank(self.replies, _situation(opened), counted, query)

    def fitting(self, opened: Opened) -> CannedReply | None:
        """The reply that plainly fits what the customer wrote; None where none stands out so."""
        first = next(iter(self.ranked(opened, {})), None)
        plain = first is not None and fit(first.when, _situation(opened)).plain
        return first if plain else None

    def to_offer(self, opened: Opened) -> CannedReply | None:
        """The reply that plainly fits, unless one of us has said it here, or is about to."""
        found = self.fitting(opened)
        said = found is not None and reply.said_in(found, opened.our_words)
        return None if said else found

    def lifted(self, opened: Opened, one: CannedReply, uses: Mapping[str, Use]) -> str:
        """Why a reply stands where it does: what of the ticket it fits, how often it was used."""
        said = (fit(one.when, _situation(opened)).words, uses.get(one.name, Use()).words)
        return "; ".join(part for part in said if part)

    def filled(self, name: str, opened: Opened, me: Person | None) -> Filled:
        """A reply with what is known about the ticket filled in."""
        chosen = next(one for one in self.replies if one.name == name)
        return self.filled_in(chosen, opened, me)

    def filled_in(self, chosen: CannedReply, opened: Opened, me: Person | None) -> Filled:
        """Words with what is known about the ticket filled in."""
        url, home = self.may_reply(opened).url or "", opened.organization_name
        more = {"question.url": url, "organization.name": home}
        facts = reply.facts_for(opened.ticket, opened.requester, me, opened.organization, more)
        return reply.fill(chosen, facts, opened.row.source)


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """The files of a running desk as they are now."""

    book: DeskBook
    say: str
    """What is other in them, in a sentence."""


def _situation(opened: Opened) -> Situation:
    return Situation(opened.row.source, opened.ticket.tags, opened.customers_words)
