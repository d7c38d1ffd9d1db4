"""The world of the practice desk: everything that is true, and the ways to find it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from heroterm.sandbox.clock import Clock
from heroterm.sandbox.records import Attachment, Group, Json, Organization, Thread, Ticket, User

USER_BASE = 9_100_000_000_000
ORGANIZATION_BASE = 9_200_000_000_000
GROUP_BASE = 9_300_000_000_000
EVENT_BASE = 30_000_000_000_000
EVENTS_PER_TICKET = 100_000
PEEKED = 1_000
"""Threads that are kept at most between two changes, though nobody has opened them."""

Writer = Callable[["World", Ticket], Thread]
SortKey = tuple[int | str, int]


@dataclass
class World:
    """Records by id, kept in the order in which they were made.

    `lock` is held for the length of one request. `version` counts changes, so that sorted
    lists can be kept until something moves. `named` finds scripted tickets by their name.
    `gone` holds deleted tickets, which only exports still show; `log` the (moment, audit, ticket)
    of every audit since somebody last took it.
    """

    clock: Clock
    seed: int
    subdomain: str
    writer: Writer
    users: dict[int, User] = field(default_factory=dict)
    organizations: dict[int, Organization] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    gone: dict[int, Ticket] = field(default_factory=dict)
    log: list[tuple[int, int, int]] = field(default_factory=list)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    deleted: list[Json] = field(default_factory=list)
    activities: list[Json] = field(default_factory=list)
    uploads: dict[str, list[Attachment]] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)
    by_email: dict[str, int] = field(default_factory=dict)
    hero_id: int = 0
    last_number: int = 16_499
    version: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)
    _sorted: dict[str, tuple[int, list[SortKey]]] = field(default_factory=dict)
    _peeked: tuple[int, dict[int, Thread]] = field(default_factory=lambda: (-1, {}))

    @property
    def hero(self) -> User:
        """The agent whose week it is: the one who signs in."""
        return self.users[self.hero_id]

    @property
    def automation(self) -> User:
        """The account in whose name triggers and automations write."""
        return next(user for user in self.users.values() if user.job == "Automation")

    def add_user(self, user: User) -> User:
        """Keep a user and make the address findable."""
        self.users[user.id] = user
        self.by_email[user.email.lower()] = user.id
        return user

    def next_user_id(self) -> int:
        """The id that the next user gets."""
        return USER_BASE + len(self.users) * 7 + 1

    def thread(self, ticket: Ticket) -> Thread:
        """What happened to a ticket, written on first use."""
        if ticket.thread is None:
            ticket.thread = self.writer(self, ticket)
        return ticket.thread

    def peek(self, ticket: Ticket) -> Thread:
        """Like `thread`, but what nobody has opened yet is kept until something changes only."""
        if ticket.thread is not None:
            return ticket.thread
        version, seen = self._peeked
        if version != self.version or len(seen) >= PEEKED:
            seen = {}
            self._peeked = (self.version, seen)
        if ticket.id not in seen:
            seen[ticket.id] = self.writer(self, ticket)
        return seen[ticket.id]

    def any_ticket(self, ticket_id: int) -> Ticket:
        """A ticket that is or was there. Raises KeyError."""
        return self.tickets[ticket_id] if ticket_id in self.tickets else self.gone[ticket_id]

    def serial(self, ticket: Ticket, thread: Thread) -> int:
        """A fresh id for a comment, an audit or an event of this ticket."""
        thread.serial += 1
        return EVENT_BASE + ticket.id * EVENTS_PER_TICKET + thread.serial

    def touched(self, ticket: Ticket, at: int) -> None:
        """A ticket event happened: move updated_at and forget sorted lists."""
        ticket.updated_at = max(at, ticket.updated_at)
        self.version += 1

    def touched_by_system(self, ticket: Ticket) -> None:
        """Something moved without a ticket event: only generated_timestamp shows it."""
        ticket.system_at = self.clock.seconds()
        self.version += 1

    def live(self) -> Iterator[Ticket]:
        """The tickets that lists and views show: all but archived ones."""
        return (ticket for ticket in self.tickets.values() if not ticket.archived)

    def agents(self) -> Iterator[User]:
        """Everybody who works at the desk, light agents and automations included."""
        return (user for user in self.users.values() if user.role != "end-user")

    def ordered(self, name: str, key: Callable[[Ticket], int | str]) -> list[SortKey]:
        """(key, id) of every live ticket, ascending; sorted again only after a change."""
        return self._ordered(name, lambda: [(key(ticket), ticket.id) for ticket in self.live()])

    def exported(self) -> list[SortKey]:
        """(generated_at, id) of every ticket, archived and deleted ones included, ascending."""
        return self._ordered("exported", self._all_generated)

    def _all_generated(self) -> list[SortKey]:
        everything = (*self.tickets.values(), *self.gone.values())
        return [(ticket.generated_at, ticket.id) for ticket in everything]

    def _ordered(self, name: str, rows: Callable[[], list[SortKey]]) -> list[SortKey]:
        kept = self._sorted.get(name)
        if kept is None or kept[0] != self.version:
            kept = self._sorted[name] = (self.version, sorted(rows()))
        return kept[1]
