"""The end of a hero's week: what must be resolved or passed on, and whether it is.

Handbook: "At the end of your rotation you need to ensure that any items in 1-4 are resolved or
passed to the next Support Hero as a minimum." An item of tier 1 is one until it is solved, whatever
its status, since Customer Success asked for it; of the other tiers those are items that are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from heroterm.domain.outbox import NOBODY, SENT, STATE_WORDS, Changes
from heroterm.domain.priority import rule_of, why
from heroterm.domain.tiers import TierRules
from heroterm.domain.view import Row, SyncState

LEARNED, REMARKS = "handover_learnings", "handover_remarks"
"""Names under which the journal keeps the hero's own words: what was learned, by section."""
KEPT = "promise"
"""Name under which it keeps ticks of promises that were kept by other means."""
NOTE, TOLD = "note", "told"
RED, AMBER, GREEN = "red", "amber", "green"
_FAR = datetime.max.replace(tzinfo=UTC)
FRESH = timedelta(minutes=10)
"""A mirror that is older than this cannot say that nothing is left."""


@dataclass(frozen=True, slots=True)
class Passing:
    """A ticket that is the next hero's from `at` on."""

    name: str
    """To whom."""
    how: str
    """`note`: with an internal note, which counts once it is sent; `told`: by word of mouth."""
    at: datetime
    person_id: int | None = None
    intent_id: str | None = None
    """The intent that carries the note."""


def passing_words(name: str, say: str = "") -> str:
    """The internal note with which a ticket is passed on (handbook: "make sure the other
    person/team knows about it by leaving an internal note on the ticket").
    """
    more = f"\n\n{say.strip()}" if say.strip() else ""
    return f"Passed on to {name}: this one is yours from now on.{more}"


def passing_changes(assignee_id: int | None, me: int | None) -> Changes:
    """What else changes: a ticket left on whoever goes vanishes from the team's own queue."""
    return Changes(assignee_id=NOBODY) if me is not None and assignee_id == me else Changes()


@dataclass(frozen=True, slots=True)
class Item:
    """One ticket that is not solved. Red keeps the week from ending."""

    row: Row
    colour: str
    say: str


@dataclass(frozen=True, slots=True)
class Check:
    """May the week end?"""

    items: tuple[Item, ...]
    doubt: str = ""
    """Why nothing can be said for sure, if so: the mirror is old or not whole."""

    @property
    def green(self) -> bool:
        """Whether every item is resolved or passed on, as far as is surely known."""
        return not self.doubt and not any(item.colour == RED for item in self.items)

    @property
    def red(self) -> tuple[Item, ...]:
        """What is left to do."""
        return tuple(item for item in self.items if item.colour == RED)


def check(
    rows: Iterable[Row],
    passed: Mapping[int, Passing],
    intents: Mapping[str, str],
    on_way: Mapping[int, str],
    state: SyncState,
    now: datetime,
    rules: TierRules,
) -> Check:
    """Judge unsolved tickets as Zendesk has them, not as the outbox will make them.

    `intents` are states of intents by their id, `on_way` states of unfinished ones by ticket.
    """
    items = tuple(
        _item(row, passed.get(row.id), intents, on_way.get(row.id), now, rules)
        for row in rows
        if not row.missing
    )
    order = {RED: 0, AMBER: 1, GREEN: 2}

    def rank(item: Item) -> tuple[int, int, datetime, int]:
        row = item.row
        breach = row.breach_at if row.stage != "paused" else None
        return (order[item.colour], row.tier, breach or _FAR, row.id)

    return Check(tuple(sorted(items, key=rank)), doubt(state, now))


def doubt(state: SyncState, now: datetime) -> str:
    """Why the mirror cannot vouch for what is open; "" when it can."""
    if not state.first_fill_done or state.synced_at is None:
        return "The mirror has not been filled yet."
    if now - state.synced_at > FRESH:
        minutes = int((now - state.synced_at).total_seconds() // 60)
        return f"The mirror is {minutes} min old: sync first."
    return ""


def _item(
    row: Row,
    passing: Passing | None,
    intents: Mapping[str, str],
    on_way: str | None,
    now: datetime,
    rules: TierRules,
) -> Item:
    rule = rule_of(row, rules)
    marked = row.tier == 1 and rule.tier != 1
    is_item = row.tier == 1 or row.section == 0
    if not is_item or not rules.owes(rule, row.breach_at, now, marked=marked):
        return Item(row, AMBER, f"{row.status}, not owed")
    if on_way is not None:
        return Item(row, RED, f"{STATE_WORDS[on_way]} in the outbox: Zendesk has it as it was")
    if passing is not None and (
        passing.how == TOLD or intents.get(passing.intent_id or "") == SENT
    ):
        return Item(row, GREEN, f"passed on to {passing.name}")
    return Item(row, RED, why(row, now, rules))
