"""A queue: which tickets it holds, one row of it, and where a row is placed.

Order is never a matter of taste (handbook: How do I prioritize?, "avoid cherry-picking"): first
the section (to answer, pending, on-hold), then the tier, then the moment of the next breach with
tickets without a target last, then the ticket's number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from heroterm.domain.record import record

if TYPE_CHECKING:
    from heroterm.domain.rotation import Rota  # most teams keep none

_SECTION_OF = {"new": 0, "open": 0, "pending": 1, "hold": 2}
"""The three parts of a queue: to answer, pending, on-hold."""
OUT_OF_QUEUE = 9
"""Section of tickets that no queue shows: solved, closed, deleted."""


def section(status: str) -> int:
    """Section number of a status; an unknown status counts as one to answer, never as gone."""
    if status in ("solved", "closed", "deleted"):
        return OUT_OF_QUEUE
    return _SECTION_OF.get(status, 0)


@record(frozen=True, slots=True)
class Placement:
    """What the rules say of a ticket once, when it is mirrored."""

    tier: int
    """From 1 (handbook: How do I prioritize?)."""
    source: str
    """`app`, `community`, `slack`, `github` or `mail` (handbook: three sources; Pylon; GitHub)."""
    title: str
    """A useful title: for in-app tickets the first line of the words, not the generic subject."""
    content_warning: bool = False
    free_mail_organization: bool = False
    """The organization is one of the free-mail placeholders (handbook: Temp orgs)."""


POLICY, BREACH = "policy", "breach"
ORDERS = {
    POLICY: "tier, then nearest breach",
    BREACH: "nearest breach, any tier",
    "oldest": "oldest first",
    "newest": "newest first",
    "updated": "changed last first",
}
"""How the parts of a queue may be ordered; every order but the policy's is to be said aloud."""


SINCE = "since"
"""The order of those that have had their status longest; for parts of a queue, not for a hero."""


@record(frozen=True, slots=True)
class View:
    """Which tickets a queue holds. Empty tuples and None do not restrict."""

    name: str = "queue"
    group_ids: tuple[int, ...] = ()
    zendesk_view_id: int | None = None
    sections: tuple[int, ...] = (0, 1, 2)
    only_me_and_unassigned: int | None = None
    """A user id: only tickets of that person or of nobody."""
    text: str = ""
    """Typed filter: every word must occur in number, title, requester, organization or tags.
    What filters by a field in it is for `query` (query.parted)."""
    query: str = ""
    """A line of the search language (domain.query) that every ticket must meet."""
    kept: str = ""
    """Words of a filter that is the queue's own: asked for as `text` is, and never taken off."""
    order: str = POLICY
    """One of ORDERS, or SINCE."""
    since_before: datetime | None = None
    """Only tickets that have had their status since before this moment."""
    but: tuple[int, ...] = ()
    """Tickets that are left out."""


OWN = "queue"
"""Name of the desk's own queue."""
LONGEST_NAME = 40
"""Characters of a queue's name, which stands above it."""


def is_name(name: str) -> bool:
    """Whether a queue can be called so: one line that is seen."""
    return bool(name.strip()) and len(name) <= LONGEST_NAME and name.isprintable()


def is_letter(key: str) -> bool:
    """Whether a key can be the one that switches to a queue."""
    return len(key) == 1 and key.isascii() and key.isalpha()


@record(frozen=True, slots=True)
class QueueChoice:
    """One of the queues that a team chose by name: a saved view of Zendesk, a search, a filter.

    All that it says must hold; with none of them it holds every unsolved ticket.
    """

    name: str
    key: str = ""
    """The letter that switches to it; "" without one."""
    zendesk_view_id: int | None = None
    query: str = ""
    own_groups: bool = False
    """Whether it holds tickets of the hero's groups only, as the desk's own queue does."""
    kept: str = ""
    """Words of a filter (View.kept)."""
    in_config: bool = False
    """Whether config.toml names it; the usual queues and the desk's own are always there."""

    def view(self, group_ids: tuple[int, ...] = ()) -> View:
        """The queue itself; `group_ids` are the hero's."""
        groups = group_ids if self.own_groups else ()
        return View(self.name, groups, self.zendesk_view_id, query=self.query, kept=self.kept)


def views_to_bring(choices: Iterable[QueueChoice]) -> tuple[int, ...]:
    """Numbers of the saved views whose tickets must be known, in the order of the queues."""
    numbers = (choice.zendesk_view_id for choice in choices)
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


@record(frozen=True, slots=True)
class Overlay:
    """What this machine knows beyond the mirror: marks and what waits in the outbox.

    The screen shows mirror ⊕ overlay (outbox.md §1), so a ticket with a held "Pending" already
    stands where it will be.
    """

    tier1: frozenset[int] = frozenset()
    """Tickets marked by hand as tagged by Customer Success (handbook tier 1)."""
    status: Mapping[int, str] = field(default_factory=dict)
    """Status that an intent on its way will set, by ticket id."""
    intent: Mapping[int, str] = field(default_factory=dict)
    """State of the newest unfinished intent, by ticket id."""


@record(frozen=True, slots=True)
class Row:
    """One line of a queue, ready to be drawn with the present moment."""

    id: int
    tier: int
    section: int
    status: str
    """The status shown: the overlay's where there is one."""
    priority: str | None
    source: str
    title: str
    subject: str
    requester: str
    requester_email: str | None
    organization: str
    organization_id: int | None
    assignee: str
    assignee_id: int | None
    group: str
    tags: tuple[str, ...]
    metric: str | None
    """The clock that breaches next, as Zendesk names it."""
    stage: str | None
    breach_at: datetime | None
    never_answered: bool | None
    """True when no human has replied in public yet; None when not known (features A11)."""
    content_warning: bool
    free_mail_organization: bool
    created_at: datetime
    updated_at: datetime
    fetched_at: datetime
    """When the server was last asked about this ticket (server time)."""
    comment_count: int | None = None
    plan: str | None = None
    mrr: str | None = None
    waiting: str | None = None
    """State of an unfinished intent on this ticket, for the "held" mark."""
    missing: bool = False
    """The server no longer shows this ticket: deleted, or no access."""
    organization_tags: tuple[str, ...] = ()
    estimated: bool = False
    """The clock was worked out here by the team's own table; Zendesk gives none (`est`)."""
    status_since: datetime | None = None
    """Since when Zendesk has it in its status; None where that is not known."""
    unsent: bool = False
    """Whether its status waits to be sent: Zendesk has another one still, and no clock of this."""


@record(frozen=True, slots=True)
class QueueCounts:
    """Numbers for a queue's title and the top line, counted at a given moment."""

    to_answer: int = 0
    pending: int = 0
    hold: int = 0
    breached: int = 0
    soon: int = 0
    """Clocks that run out within the hour (sla.SOON)."""
    tiers: tuple[int, ...] = (0, 0, 0, 0)
    """Tickets to answer by tier, from tier 1 on; four tiers at least."""


LIGHT = "light"
"""The role under which a light agent's seat is known."""


@record(frozen=True, slots=True)
class SyncState:
    """What the mirror knows about itself: shown in the status line, never guessed.

    `first_fill_done` False with no tickets means "not filled yet", which is not "empty".
    """

    account: str = ""
    user_id: int | None = None
    user_name: str = ""
    role: str = ""
    strategy: str = ""
    synced_at: datetime | None = None
    """Server time of the last pass that came through whole."""
    offline_since: datetime | None = None
    trouble: str = ""
    first_fill_done: bool = False
    clock_offset: float = 0.0
    """Seconds to add to the local clock to get the server's (from its `Date` header)."""
    tickets: int = 0
    mirrored: tuple[int, ...] = ()
    """Tickets held by part (to answer, pending, on-hold, solved); only while the fill goes on."""
    fill_of: tuple[int, ...] = ()
    """How many of each part Zendesk has, as it said at the beginning of the fill; () unknown."""
    group_ids: tuple[int, ...] = ()
    """Groups of the signed-in person."""
    sla_source: str = ""
    """Where SLA clocks and targets come from (domain.sla_policy); "" while none has come."""
    refused: int = 0
    """Tickets of the last whole pass that could not be understood and were left out."""
    not_allowed: tuple[str, ...] = ()
    """What the role was not let read, in words: `history`, `macros`, …"""
    rota: Rota | None = None
    """Whose week it is, as it was read last; None where no rota is configured."""
