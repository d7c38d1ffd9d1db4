"""A view as SQL: which tickets, in the order of domain.view, without sorting the mirror.

Tickets that this machine says nothing about are walked along the index `queue_order`. The few
that it does are placed anew, sorted, and merged in. Both halves give (id, section, tier, due),
and `rank` where an order of the hero's own asks for it; that one is sorted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from heroterm.domain.record import record
from heroterm.domain.text import storable
from heroterm.domain.view import POLICY, SINCE, View
from heroterm.mirror.encoding import LARGEST, epoch, packed
from heroterm.mirror.overlay import SECTION, TIER

if TYPE_CHECKING:
    from heroterm.mirror.filters import Condition

_WALKED = (
    "select t.id as id, t.section as section, t.tier as tier, t.due as due{rank} "
    "from ticket t indexed by {index} where t.section < 9 and t.section between ? and ?"
)
_PLACED = (
    f"select t.id as id, {SECTION} as section, {TIER} as tier, t.due as due%s "
    "from temp.overlay o cross join ticket t on t.id = o.ticket_id where true"
)
_AS_SHOWN = {"t.status ": "ifnull(o.status, t.status) ", "t.tier ": f"{TIER} "}
"""Of an overlaid ticket the status that waits, and the tier that the hero gave it, are asked about,
since that is what is shown.
"""
_FILTERED = "t.folded <> '' and instr(t.folded, ?) > 0"
_FILTERED_AS_SHOWN = (
    _FILTERED,
    "instr(case when t.folded <> '' then t.folded else (select fold('#' || t.id || ' ' || "
    "w.subject || ' ' || w.requester || ' ' || w.organization || ' ' || w.tags) from words w "
    "where w.ticket_id = t.id) end, ?) > 0",
)
"""An overlaid ticket may be one that no queue shows otherwise: see indexing.filtered."""
_SINCE = "ifnull(t.status_since, t.updated_at)"
_RANKS = {
    SINCE: _SINCE,
    "oldest": "t.created_at",
    "newest": "-t.created_at",
    "updated": "-t.updated_at",
}
"""What an order that is not kept in an index sorts by, as a column `rank`."""
_KEYS = {POLICY: ("tier", "due"), "breach": ("due", "tier")}


@record(frozen=True, slots=True)
class Half:
    """One SELECT of (id, section, tier, due), not yet ordered."""

    sql: str
    values: tuple[object, ...]
    walked: bool
    """Whether it walks the table `ticket t`, so that a key can be compared inside its WHERE."""


@record(frozen=True, slots=True)
class Query:
    """The halves of a queue; the second is there only while the overlay holds something."""

    halves: tuple[Half, ...]
    keys: tuple[str, ...] = ("section", "tier", "due", "id")
    """Columns that order the halves, each from small to large."""

    @property
    def values(self) -> tuple[object, ...]:
        """Values for the marks of all halves, in order."""
        return tuple(value for half in self.halves for value in half.values)

    def ordered(self, *, offset: int, limit: int) -> tuple[str, tuple[object, ...]]:
        """The queue from one place on."""
        union = " union all ".join(half.sql for half in self.halves)
        order = ", ".join(self.keys)
        return f"{union} order by {order} limit ? offset ?", (*self.values, limit, offset)

    def below(self, half: Half) -> str:
        """How many of a half stand before a key, whose values come in the order of `keys`."""
        keys, marks = ", ".join(self.keys), ", ".join("?" for _ in self.keys)
        if half.walked and "rank" not in self.keys:
            own = ", ".join(f"t.{key}" for key in self.keys)
            return f"select count(*) from ({half.sql} and ({own}) < ({marks}))"
        return f"select count(*) from ({half.sql}) where ({keys}) < ({marks})"


def query(view: View, more: Sequence[Condition], *, overlaid: bool) -> Query:
    """The view's tickets. `overlaid`: temp.overlay holds rows, which replace the mirror's.

    `more` is what the view's own query asks (asked.conditions).
    """
    where, values = _conditions(view, more)
    low, high = min(view.sections, default=0), max(view.sections, default=-1)
    apart = " and t.id not in (select ticket_id from temp.overlay)" if overlaid else ""
    sections = packed(view.sections)
    gap = set(range(low, high + 1)) != set(view.sections)
    only = " and +t.section in (select value from json_each(?))" if gap else ""
    rank = f", {_RANKS[view.order]} as rank" if view.order in _RANKS else ""
    keys = ("section", *_KEYS.get(view.order, ("rank",)), "id")
    index = "queue_words" if _words_of(view) else "queue_order"
    start = _WALKED.format(index=index, rank=rank)
    bounds = (low, high, *([sections] if gap else ()))
    walked = Half(start + only + where + apart, (*bounds, *values), walked=True)
    if not overlaid:
        return Query((walked,), keys)
    placed = Half(
        f"select * from ({_PLACED % rank}"
        f"{_as_shown(where)}) "
        "where section in (select value from json_each(?))",
        (*values, sections),
        walked=False,
    )
    return Query((walked, placed), keys)


def _as_shown(where: str) -> str:
    for kept, shown in (*_AS_SHOWN.items(), _FILTERED_AS_SHOWN):
        where = where.replace(kept, shown)
    return where


def filter_words(text: str) -> tuple[str, ...]:
    """The words of a typed filter that are looked for, each once; what is beyond is left out."""
    if not text:
        return ()
    from heroterm.domain.query import MOST_TEXT, MOST_WORDS  # the first paint does without it

    words = storable(text, MOST_TEXT).casefold().split()
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def _words_of(view: View) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*filter_words(view.kept), *filter_words(view.text))))


def _conditions(view: View, more: Sequence[Condition]) -> tuple[str, tuple[object, ...]]:
    """What the view asks of a ticket `t`, after an `and`. The `+` keeps other indexes out."""
    parts: list[str] = []
    values: list[object] = []
    if view.group_ids:
        parts.append("+t.group_id in (select value from json_each(?))")
        values.append(packed(view.group_ids))
    if view.zendesk_view_id is not None:
        parts.append(
            "exists (select 1 from view_member m where m.view_id = ? and m.ticket_id = t.id)"
        )
        values.append(min(view.zendesk_view_id, LARGEST))
    if view.only_me_and_unassigned is not None:
        parts.append("(+t.assignee_id = ? or +t.assignee_id is null)")
        values.append(min(view.only_me_and_unassigned, LARGEST))
    for word in _words_of(view):
        parts.append(_FILTERED)
        values.append(word)
    if view.since_before is not None:
        parts.append(f"{_SINCE} <= ?")
        values.append(epoch(view.since_before))
    if view.but:
        parts.append("t.id not in (select value from json_each(?))")
        values.append(packed(view.but))
    for condition in more:
        parts.append(f"({condition.sql})")
        values += condition.values
    return "".join(f" and {part}" for part in parts), tuple(values)


def counted(half: Half) -> str:
    """Per section and tier: how many, how many that have breached by the first mark's moment, and
    how many more will have before the second's.
    """
    return (
        "select section, tier, count(*) as many, sum(due <= ?1) as breached, "
        "sum(due > ?1 and due < ?2) as soon "
        f"from ({half.sql}) group by section, tier"
    )
