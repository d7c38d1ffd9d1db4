"""Which tickets a parsed query means."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any

from heroterm.sandbox.clock import DAY, HOUR, MINUTE, epoch
from heroterm.sandbox.query import Term, grouped
from heroterm.sandbox.records import PRIORITIES, STATUSES, Ticket, User
from heroterm.sandbox.refusal import Refusal
from heroterm.sandbox.world import World

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ":": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
RELATIVE = re.compile(r"(\d+)(minute|hour|day|week)s?")
UNITS = {"minute": MINUTE, "hour": HOUR, "day": DAY, "week": 7 * DAY}
TIMES = {"created": "created_at", "updated": "updated_at", "solved": "solved_at"}
NOT_FILTERS = frozenset({"type", "order_by", "sort"})


class Matcher:
    """Decides for one query, as one agent asks it at one moment."""

    def __init__(self, world: World, user: User, terms: list[Term]) -> None:
        self.world, self.user = world, user
        self.groups = grouped([term for term in terms if term.key not in NOT_FILTERS])
        self.now = world.clock.seconds()

    def meets(self, ticket: Ticket) -> bool:
        """Whether the ticket meets one term of every group."""
        return all(
            any(self._holds(ticket, term) != term.negated for term in group)
            for group in self.groups
        )

    def _holds(self, ticket: Ticket, term: Term) -> bool:
        key, value = term.key, term.value
        if not key:
            return self._mentions(ticket, value)
        if key in TIMES:
            return self._when(getattr(ticket, TIMES[key]), term)
        if key in ("status", "priority"):
            return _ranked(getattr(ticket, key), term, STATUSES if key == "status" else PRIORITIES)
        if key == "tags":
            return value.lower() in ticket.tags or (value == "none" and not ticket.tags)
        if key in ("assignee", "requester"):
            return self._person(getattr(ticket, f"{key}_id"), value)
        if key in ("group", "organization"):
            return self._place(key, getattr(ticket, f"{key}_id"), value)
        if key.startswith("custom_field_"):
            return str(ticket.custom.get(int(key.removeprefix("custom_field_")))) == value
        if key == "via":
            return ticket.via.channel == value
        if key == "ticket_type":
            return (ticket.type or "none") == value
        if key == "external_id":
            return ticket.external_id == value
        return self._says(ticket, key, value)

    def _mentions(self, ticket: Ticket, word: str) -> bool:
        if word.lstrip("#").isdigit() and int(word.lstrip("#")) == ticket.id:
            return True
        return _has(ticket.subject, word) or self._says(ticket, "comment", word)

    def _says(self, ticket: Ticket, key: str, word: str) -> bool:
        if key == "subject":
            return _has(ticket.subject, word)
        if _has(ticket.description, word):
            return True
        # Threads that nobody opened yet hold stock phrases only; they are not worth writing.
        thread = ticket.thread
        return thread is not None and any(_has(each.body, word) for each in thread.comments)

    def _person(self, key: int | None, value: str) -> bool:
        if value == "none":
            return key is None
        if value == "me":
            return key == self.user.id
        user = self.world.users.get(key or 0)
        return user is not None and (
            value.lower() in (user.email.lower(), str(user.id)) or _has(user.name, value)
        )

    def _place(self, kind: str, key: int | None, value: str) -> bool:
        if value == "none":
            return key is None
        known: Any = self.world.groups if kind == "group" else self.world.organizations
        row = known.get(key or 0)
        return row is not None and (value == str(row.id) or _has(row.name, value))

    def _when(self, at: int | None, term: Term) -> bool:
        if at is None:
            return False
        relative = RELATIVE.fullmatch(term.value)
        if relative:
            moment = self.now - int(relative.group(1)) * UNITS[relative.group(2)]
            return COMPARE[term.op](at, moment)
        first = _moment(term.value)
        # A day without an hour is meant from its beginning to its end.
        last = first if "T" in term.value else first + DAY - 1
        if term.op == ":":
            return first <= at <= last
        return COMPARE[term.op](at, last if term.op in (">", "<=") else first)


def _moment(value: str) -> int:
    try:
        return epoch(value)
    except ValueError as error:
        text = f"Invalid search: {value} is not a date"
        raise Refusal(422, {"error": "invalid", "description": text}) from error


def _ranked(have: str | None, term: Term, scale: tuple[str, ...]) -> bool:
    if term.value not in scale:
        return term.value == "none" and have is None
    return have is not None and COMPARE[term.op](scale.index(have), scale.index(term.value))


def _has(text: str, word: str) -> bool:
    return word.lower().rstrip("*") in text.lower()
