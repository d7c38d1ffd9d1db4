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

Writer = Callable[["World", Ticket], Thread]
SortKey = tuple[int | str, int]


@dataclass
class World:
    """Records by id, kept in the order in which they were made.

    `lock` is held for the length of one request. `version` counts changes, so that sorted
    lists can be kept until something moves. `named` finds scripted tickets by their name.
    """

    clock: Clock
    seed: int
    subdomain: str
    writer: Writer
    users: dict[int, User] = field(default_factory=dict)
    organizations: dict[int, Organization] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    deleted: list[Json] = field(default_factory=list)
    activities: list[Json] = field(default_factory=list)
    uploads: dict[str, list[Attachment]] = field(default_factory=dict)
    named: dict[str, int] = field(default_factory=dict)
    by_email: dict[str, int] = field(default_factory=dict)
    hero_id: int = 0
    version: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)
    _sorted: dict[str, tuple[int, list[SortKey]]] = field(default_factory=dict)

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

    def serial(self, ticket: Ticket, thread: Thread) -> int:
        """A fresh id for a comment, an audit or an event of this ticket."""
        thread.serial += 1
        return EVENT_BASE + ticket.id * EVENTS_PER_TICKET + thread.serial

    def touched(self, ticket: Ticket, at: int) -> None:
        """A ticket event happened: move updated_at and forget sorted lists."""
        ticket.updated_at = max(at, ticket.updated_at)
        self.version += 1

    def agents(self) -> Iterator[User]:
        """Everybody who works at the desk, light agents and automations included."""
        return (user for user in self.users.values() if user.role != "end-user")

    def ordered(self, name: str, key: Callable[[Ticket], int | str]) -> list[SortKey]:
        """(key, id) of every ticket, ascending; sorted again only after a change."""
        kept = self._sorted.get(name)
        if kept is None or kept[0] != self.version:
            rows = sorted((key(ticket), ticket.id) for ticket in self.tickets.values())
            kept = self._sorted[name] = (self.version, rows)
        return kept[1]
