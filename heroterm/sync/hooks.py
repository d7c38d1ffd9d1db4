"""Runs the team's own programs when something happened: beside the carrying, a few at a time.

A hook gets one JSON document on its standard input and so many seconds; then its whole group of
processes is ended. Whatever it does, sending goes on; that it failed is told once, by its name.
"""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from heroterm.domain.view import Row
from heroterm.journal.database import Journal
from heroterm.sync.child import Child, Ended
from heroterm.sync.happened import HOOKS, Event, Happened
from heroterm.sync.report import Report, Trouble
from heroterm.sync.rhythm import Rhythm

SCHEMA = 1
"""Of the document that a hook is given."""
OUTPUT = 16_384
"""Bytes of a hook's output that are kept."""
_PERIOD = 10.0
_AT_ONCE = 4
_MEMO = "hook:"
_log = logging.getLogger("heroterm.hooks")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """In what a hook runs: `seconds` at most, with this environment, in this folder.

    `keep` puts away what a hook printed last and says where it lies.
    """

    seconds: float
    environment: Mapping[str, str]
    folder: Path
    account: str
    keep: Callable[[str, bytes], str]


class Hooks:
    """`commands` are lists of words by the name of their hook; no shell reads them."""

    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        happened: Happened,
        journal: Journal,
        around: Surroundings,
        *,
        clock: Callable[[], datetime],
        ticks: Callable[[], float],
    ) -> None:
        self._commands = {name: tuple(words) for name, words in commands.items() if words}
        self._happened, self._journal, self._around = happened, journal, around
        self._clock, self._ticks = clock, ticks
        self._rhythm = Rhythm(ticks, _PERIOD)
        self._known = False
        self._waiting: deque[Event] = deque()
        self._running: list[tuple[Event, Child]] = []
        self._told: dict[str, str] = {}

    @property
    def busy(self) -> bool:
        """Whether a hook runs or is about to."""
        return bool(self._running or self._waiting)

    def turn(self) -> Iterable[Report]:
        """Look for events now and then, start hooks, look after those that run."""
        if not self._known:
            self._learn()
        told = list(self._looked_after())
        if self._rhythm.due:
            self._rhythm.done()
            self._waiting = deque(self._new())
        while self._waiting and len(self._running) < _AT_ONCE:
            self._start(self._waiting.popleft())
        return told

    def stop(self) -> None:
        """End what runs; those events count as begun."""
        for event, child in self._running:
            child.stop()
            _log.info("%s, ticket %d: ended with heroterm", event.hook, event.ticket_id)
        self._running.clear()
        self._waiting.clear()

    def _learn(self) -> None:
        """A hook that is new in the configuration hears of what happens from now on."""
        marks = self._journal.marks
        for name in HOOKS:
            if name not in self._commands:
                if marks.recall(_MEMO + name):
                    marks.remember(_MEMO + name, "")
            elif not marks.recall(_MEMO + name):
                found = [(each.key, each.ticket_id) for each in self._happened.of(name)]
                self._journal.events.learn(name, found)
                marks.remember(_MEMO + name, self._clock().isoformat())
        self._known = True

    def _new(self) -> Iterator[Event]:
        for name in self._commands:
            begun = self._journal.events.begun(name)
            for event in self._happened.of(name):
                if (event.key, event.ticket_id) not in begun:
                    yield event

    def _start(self, event: Event) -> None:
        if not self._journal.events.begin(event.hook, event.key, event.ticket_id):
            return
        around = self._around
        given = document(self._happened.with_row(event), self._clock(), around.account)
        child = Child(
            self._commands[event.hook],
            (json.dumps(given) + "\n").encode("ascii"),
            seconds=around.seconds,
            environment=around.environment,
            folder=around.folder,
            ticks=self._ticks,
            kept=OUTPUT,
        )
        self._running.append((event, child))

    def _looked_after(self) -> Iterator[Report]:
        for event, child in tuple(self._running):
            ended = child.look()
            if ended is not None:
                self._running.remove((event, child))
                yield from self._over(event, ended)

    def _over(self, event: Event, ended: Ended) -> Iterator[Report]:
        what = ended.why or "done"
        _log.info("%s, ticket %d: %s, %d bytes", event.hook, event.ticket_id, what, len(ended.out))
        where = self._around.keep(event.hook, ended.out)
        before = self._told.get(event.hook, "")
        self._told[event.hook] = ended.why
        if ended.why and ended.why != before:
            say = f"The hook {event.hook} {ended.why}; everything else goes on."
            yield Trouble(say, f"What it printed: {where}" if where and ended.out else "")


def document(event: Event, now: datetime, account: str) -> dict[str, object]:
    """What a hook is given (`heroterm help hooks`): stable keys, moments in ISO-8601 UTC."""
    return {
        "schema": SCHEMA,
        "event": event.hook,
        "at": _iso(now),
        "account": account,
        "say": f"#{event.ticket_id} {event.say}",
        "ticket": _ticket(event.ticket_id, event.row, account),
        **{key: _iso(v) if isinstance(v, datetime) else v for key, v in event.more.items()},
    }


def _ticket(ticket_id: int, row: Row | None, account: str) -> dict[str, object]:
    """The ticket in few words; no title behind a content warning, never a message."""
    told: dict[str, object] = {"id": ticket_id, "url": f"{account}/agent/tickets/{ticket_id}"}
    if row is None:
        return told
    return told | {
        "tier": row.tier,
        "status": row.status,
        "priority": row.priority,
        "source": row.source,
        "title": None if row.content_warning else row.title,
        "content_warning": row.content_warning,
        "organization": row.organization or None,
        "assignee": row.assignee or None,
        "breach_at": None if row.breach_at is None else _iso(row.breach_at),
    }


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
