"""What the screen reads: the mirror and the journal, on connections of its own.

One `Reading` belongs to the App. It answers from the databases each time it is asked, so a pane
is never older than the last message; it opens the mirror late, because on the first start there
is none until the carrier has made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from heroterm.domain.freshness import PROMISE
from heroterm.domain.view import Overlay, QueueChoice, QueueCounts, Row, SyncState, View
from heroterm.domain.zone import LOCAL
from heroterm.errors import StoreError
from heroterm.journal.connection import GLANCE_SECONDS, IN_VAIN_SECONDS
from heroterm.journal.database import Journal, OpenJournal
from heroterm.mirror.queues import Queues
from heroterm.tui import meant

if TYPE_CHECKING:
    from heroterm.domain.calendar import Calendar
    from heroterm.domain.lifecycle import LifecycleNumbers
    from heroterm.domain.outbox import Intent
    from heroterm.domain.priority import Skip
    from heroterm.domain.ticket import Person
    from heroterm.domain.watches import Waiting
    from heroterm.mirror.reader import Mirror
    from heroterm.tui.today import Done

Store = TypeVar("Store", bound=Queues)
Known = TypeVar("Known")
QUEUE = "queue"
"""Name under which the journal remembers the queue that was shown last."""
_PAUSES = 3
"""As many times as long as it took to see that the journal is locked it is left alone."""


class Reading:
    """The screen's eyes. `trouble` holds the sentence of a mirror that cannot be read."""

    def __init__(
        self,
        open_queues: Callable[[], Queues],
        open_mirror: Callable[[], Mirror],
        open_journal: OpenJournal,
        clock: Callable[[], datetime],
        promise: timedelta = PROMISE,
    ) -> None:
        self.breach_first = False
        """Whether the policy puts the nearest breach before the tier."""
        self.numbers: LifecycleNumbers | None = None
        """Days after which Zendesk acts by itself, once the files are read."""
        self.hours: Calendar | None = None
        """In which work time counts, once the files are read."""
        self.promise = promise
        """How old an unsolved ticket's data may be before its age is shown."""
        self._open_queues, self._open_mirror = open_queues, open_mirror
        self._open_journal = open_journal
        self._clock = clock
        self._queues: Queues | None = None
        self._mirror: Mirror | None = None
        self._journal: Journal | None = None
        self._shut_until = datetime.min.replace(tzinfo=UTC)
        self._state: SyncState | None = None
        self._overlay = Overlay()
        self._done: Done | None = None
        self._skips: Mapping[int, Skip] = {}
        self._waits: Mapping[int, Waiting] = {}
        self._fresh: set[str] = set()
        self.trouble: StoreError | None = None
        self.journal_trouble: StoreError | None = None
        """Until `Rereading.once_well` finds it over and has all of it read again."""

    @property
    def queues(self) -> Queues | None:
        """The mirror's queues, which can be read before the rest of it is loaded."""
        if self._queues is None:
            self._queues = self._opened(self._open_queues)
        return self._queues

    @property
    def mirror(self) -> Mirror | None:
        """The mirror, or None while there is none or it cannot be read (see `trouble`)."""
        if self._mirror is None:
            self._mirror = self._opened(self._open_mirror)
            if self._mirror is not None:
                self._let_go(self._queues)
                self._queues = self._mirror
        return self._mirror

    def _opened(self, way: Callable[[], Store]) -> Store | None:
        try:
            store = way()
        except StoreError as error:
            self.trouble = error
            return None
        self.trouble = None
        return store

    @property
    def journal(self) -> Journal | None:
        """The journal on the screen's own connection, or None (see `journal_trouble`). One that is
        kept locked is waited for a moment, and hardly at all after that was in vain, since nothing
        is drawn meanwhile. Where it took long all the same, that is not done again at once.
        """
        began = self._clock()
        if self._journal is None and began >= self._shut_until:
            in_vain = self.journal_trouble is not None
            try:
                patience = IN_VAIN_SECONDS if in_vain else GLANCE_SECONDS
                self._journal = self._open_journal(patience=patience)
                self._journal.hasty()
            except StoreError as error:
                self.journal_trouble, ended = error, self._clock()
                self._shut_until = ended + _PAUSES * (ended - began)
        return self._journal

    def now(self) -> datetime:
        """The present moment by the server's clock, as far as it is known; aware, UTC."""
        return self._clock() + timedelta(seconds=self.state.clock_offset)

    def local_now(self) -> datetime:
        """The present moment by this machine's clock: what holds and drafts are timed with."""
        return self._clock()

    @property
    def state(self) -> SyncState:
        """What the mirror says about itself; empty while there is no mirror."""
        if self._state is None:
            queues = self.queues
            try:
                self._state = queues.state() if queues is not None else SyncState()
            except StoreError as error:
                self.trouble, self._state = error, SyncState()
        return self._state

    @property
    def me(self) -> Person | None:
        """The signed-in person, as far as the mirror knows."""
        from heroterm.domain.ticket import Person  # not needed for the first painted queue

        state = self.state
        return Person(state.user_id, state.user_name, role=state.role) if state.user_id else None

    @property
    def overlay(self) -> Overlay:
        """Marks and waiting intents of this machine."""
        self._overlay = self._asked("overlay", self._ask_overlay, self._overlay)
        return self._overlay

    def _ask_overlay(self, journal: Journal) -> Overlay:
        parts = journal.outbox.overlay_parts() if journal.intents_wait() else ({}, {})
        return Overlay(journal.marks.tier1(), *parts)

    @property
    def skipped(self) -> Mapping[int, Skip]:
        """Tickets left out of `n`, by the server's clock: skipped, waiting, or passed on."""
        self._skips = self._asked("skips", self._ask_skips, self._skips)
        return self._skips

    def _ask_skips(self, journal: Journal) -> Mapping[int, Skip]:
        if not any((journal.marks.skips(), journal.week.passed(), self.waits)):
            return {}
        from heroterm.sync.waking import passed_over  # the first paint mostly does without it

        now = self.local_now()
        return passed_over(journal, self.waits, now, self.offset, LOCAL)

    @property
    def waits(self) -> Mapping[int, Waiting]:
        """The hero's reminders by ticket, and why each that is over is over."""
        self._waits = self._asked("waits", self._ask_waits, self._waits)
        return self._waits

    def _ask_waits(self, journal: Journal) -> Mapping[int, Waiting]:
        if not journal.waits.list() or self.mirror is None:
            return {}
        from heroterm.sync.waking import waits

        # Here it is the mirror that fails: the queue says so, and replies can be kept all the same.
        with suppress(StoreError):
            return waits(journal, self.mirror, self.local_now(), self.offset)
        return self._waits

    def _asked(self, name: str, ask: Callable[[Journal], Known], last: Known) -> Known:
        """What the journal says, asked once until something changes. While it cannot be read, which
        `journal_trouble` says, what it said last: rows ask for this while they are drawn.
        """
        if name in self._fresh or (journal := self.journal) is None:
            return last
        self._fresh.add(name)
        try:
            last = ask(journal)
        except StoreError as error:
            self.journal_trouble = error
        return last

    @property
    def offset(self) -> timedelta:
        """What the server's clock is ahead of this machine's, as far as it is known."""
        return timedelta(seconds=self.state.clock_offset)

    def tick(self) -> None:
        """Time has passed: waits may be over, and the day."""
        self._done = None
        self._fresh -= {"skips", "waits"}

    def forget(self) -> None:
        """Something was written: ask the databases again."""
        self._state = None
        self._fresh.clear()
        self.tick()

    def intents(self) -> list[Intent]:
        """Intents that the server has not yet been seen to hold, oldest first."""
        journal = self.journal
        return journal.outbox.unfinished() if journal is not None and journal.intents_wait() else []

    def done(self) -> Done:
        """What was done here today and this week."""
        if self._done is None:
            from heroterm.tui.today import done  # the first paint does without it

            self._done = done(self.journal, self.mirror, self.local_now())
        return self._done

    def counts_down(self) -> bool:
        """Whether an intent goes within the hour; False while the journal cannot be read, which is
        said where the outbox is drawn.
        """
        with suppress(StoreError):
            if intents := self.intents():
                from heroterm.tui import intent_words  # the first paint mostly does without it

                now = self.local_now()
                return any(intent_words.counts_down(intent, now) for intent in intents)
        return False

    def queue(self, view: View, offset: int, limit: int) -> list[Row]:
        """Rows of a queue in its order; StoreError when the mirror fails."""
        queues, asked = self.queues, self._meant(view)
        return queues.queue(asked, self.overlay, offset=offset, limit=limit) if queues else []

    def _meant(self, view: View) -> View:
        return meant.view(view, self.breach_first, self.dated)

    def dated(self, query: str) -> str:
        """A search line whose spans (`onhold:>7d`) are moments, counted from this minute."""
        return meant.dated(query, self.now, self.numbers)

    def counts(self, view: View) -> QueueCounts:
        """Numbers of a queue at the present moment."""
        if self.queues is None:
            return QueueCounts()
        now = self.now()
        return self.queues.counts(self._meant(view), self.overlay, now=now)

    def explained(self, view: View) -> tuple[str, ...]:
        """What of a queue cannot be known here, in sentences."""
        asked = self._meant(view)
        return self.queues.explained(asked) if self.queues is not None else ()

    def among(self, view: View, ids: Iterable[int]) -> frozenset[int]:
        """Those of the tickets that stand in a queue."""
        if self.queues is None:
            return frozenset()
        return self.queues.among(self._meant(view), self.overlay, ids)

    def position(self, view: View, ticket_id: int) -> int | None:
        """How many tickets stand before one; None when the queue does not hold it."""
        queues, asked = self.queues, self._meant(view)
        return queues.position(asked, self.overlay, ticket_id) if queues is not None else None

    def row(self, ticket_id: int) -> Row | None:
        """One ticket as a queue row, wherever it stands."""
        return self.queues.row(ticket_id, self.overlay) if self.queues is not None else None

    def chosen_last(self, queues: Sequence[QueueChoice]) -> QueueChoice:
        """The queue in which the hero left the desk, if the team still has it; else the first."""
        own = queues[0] if queues else QueueChoice("queue", own_groups=True)
        try:
            name = self.journal.marks.recall(QUEUE) if self.journal is not None else None
        except StoreError:
            return own
        return next((choice for choice in queues if choice.name == name), own)

    def close(self) -> None:
        """Let both databases go."""
        for store in (self._queues, self._journal):
            self._let_go(store)
        self._queues = self._mirror = self._journal = None

    def _let_go(self, store: Queues | Journal | None) -> None:
        with suppress(StoreError):
            if store is not None:
                store.close()
