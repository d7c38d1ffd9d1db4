"""The search language: words, "exact words", and key:value with Zendesk's operators (api.md §5).

What a line means to the mirror is `mirror.filters`; what is wrong with it whatever the mirror
holds is told here, so that a query in a file can be judged where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.query_elsewhere import elsewhere as _elsewhere
from heroterm.domain.ticket import PRIORITIES, STATUSES, UNSOLVED_STATUSES

TEXT_KEYS = ("subject", "comment", "description")
"""Keys that search words in one part of a ticket."""
SCALES = {"status": STATUSES, "priority": PRIORITIES, "tier": tuple("123456789")}
"""Keys whose values have an order, from low to high; of the tiers the first is the most urgent."""
DAYS = ("created", "updated", "solved")
"""Keys whose value is a day in UTC (2026-03-04), a moment (2026-03-04T10:00:00Z) or a span that
lies back from now (4hours)."""
KINDS = ("incident", "problem", "question", "task")
"""What `ticket_type` can be."""


@dataclass(frozen=True, slots=True)
class Life:
    """A key that asks how long something has been so, or how soon something happens by itself."""

    statuses: tuple[str, ...]
    """Only tickets of these have it; empty: all."""
    moment: str
    """Which moment is compared: `since` (of its status), `created`, `updated`, `breach`."""
    left: bool = False
    """Asks how soon; otherwise how long."""
    after: str = ""
    """The number of days (LifecycleNumbers) that lie between `since` and what happens."""


LIFE = {
    "onhold": Life(("hold",), "since"),
    "pending": Life(("pending",), "since"),
    "autosolve": Life(("pending",), "since", left=True, after="auto_solve_days"),
    "csat": Life(("solved",), "since", left=True, after="csat_days"),
    "reopen": Life(("solved",), "since", left=True, after="reopen_days"),
    "due": Life(("new", "open"), "breach", left=True),
    "age": Life((), "created"),
    "idle": Life((), "updated"),
}
"""Keys whose value is a span, as in onhold:>7d, autosolve:<1d (domain.lifecycle_query)."""
SPAN = re.compile(r"(<=|>=|<|>)?(\d{1,4})([mhdw])")
AGO = re.compile(r"(\d{1,4}) ?(?:([mhdw])|(minute|hour|day|week)s?)", re.IGNORECASE)
"""A span of DAYS, as Zendesk writes it (4hours, 2days) or as LIFE does (4h)."""
NAMED_KEYS = tuple(
    "# id ticket_id org organization group assignee requester tag tags type ticket_type via".split()
)
"""Keys whose values have no order."""
FILTER_KEYS = frozenset((*NAMED_KEYS, *SCALES, *DAYS, *LIFE))
"""Keys that filter by a field."""
_ASKED = FILTER_KEYS.union(TEXT_KEYS)
_EITHER = _ASKED.difference(LIFE, ("#",))
MOST_WORDS, MOST_TEXT = 16, 1_000
"""Parts and characters of a line that count: each part is a condition, and SQLite takes neither a
thousand of them nor a megabyte."""

_SAME = {"org": "organization", "tag": "tags", "ticket_id": "id"}
"""Keys that are another's second name."""

TERM = re.compile(
    r"""(?P<minus>-?)
        (?: (?P<key>[A-Za-z_]+(?:_\d+)?)(?P<operator>:|<=|>=|<|>)(?P<value>"[^"]*"?|\S*)
          | "(?P<exact>[^"]*)"?
          | (?P<word>\S+) )""",
    re.VERBOSE,
)
_NUMBER = re.compile(r"\#\d+")


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a search line."""

    raw: str
    """As it was typed."""
    value: str
    key: str = ""
    """Lower case; "" for words, "#" for a ticket's number."""
    operator: str = ":"
    exact: bool = False
    """Written in quotes: the words must follow each other."""
    negative: bool = False
    """A minus before it: tickets with this are left out."""

    @property
    def searchable(self) -> bool:
        """Whether there is a letter or digit in it; the index knows nothing else."""
        return any(character.isalnum() for character in self.value)

    @property
    def beginning(self) -> bool:
        """Whether it may stand for longer words; one plain letter would stand for half of all."""
        return not self.exact and (len(self.value) > 1 or not self.value.isascii())

    @property
    def meant(self) -> tuple[str, ...]:
        """The values of an ordered key that it asks for; empty where its value is none of them."""
        order = SCALES.get(self.key, ())
        value = self.value.lower()
        if value not in order:
            return ()
        at = order.index(value)
        return {
            ":": order[at : at + 1],
            "<": order[:at],
            "<=": order[: at + 1],
            ">": order[at + 1 :],
            ">=": order[at:],
        }[self.operator]

    @property
    def day(self) -> datetime | None:
        """The day that it names, or the moment; None when it names none."""
        try:
            return datetime.fromisoformat(self.value)
        except ValueError:
            return None

    @property
    def whole_day(self) -> bool:
        """Whether its day is meant from beginning to end, since no hour is named."""
        return self.day is not None and ":" not in self.value and "T" not in self.value.upper()


def terms(query: str) -> tuple[Term, ...]:
    """The parts of a search line, in order. Never fails: an open quote ends with the line."""
    return tuple(_term(found) for found in TERM.finditer(query))


def grouped(found: Sequence[Term]) -> list[tuple[Term, ...]]:
    """Terms of which one must hold, in each group: as in Zendesk, the same key twice means "or".

    Words, comparisons, spans and what is left out stand alone: each of them must hold.
    """
    groups: dict[str, list[Term]] = {}
    for place, term in enumerate(found):
        either = term.key in _EITHER and term.operator == ":" and term.value and not term.negative
        name = _SAME.get(term.key, term.key) if either else f"{place}"
        groups.setdefault(name, []).append(term)
    return [tuple(group) for group in groups.values()]


def parted(line: str) -> tuple[str, str]:
    """A typed filter in two: the words to look for, and what filters by a field (`onhold:>7d`)."""
    found = terms(line)
    asked = [term for term in found if (term.key in _ASKED or elsewhere(term)) and term.key != "#"]
    if not asked:
        return line, ""
    rest = [term for term in found if term not in asked]
    return " ".join(term.raw for term in rest), " ".join(term.raw for term in asked)


def _term(found: re.Match[str]) -> Term:
    raw, negative = found[0], bool(found["minus"])
    if found["key"] is not None:
        value = found["value"].strip('"')
        return Term(raw, value, found["key"].lower(), found["operator"], negative=negative)
    if found["exact"] is not None:
        return Term(raw, found["exact"], exact=True, negative=negative)
    if _NUMBER.fullmatch(found["word"]):
        return Term(raw, found["word"][1:], "#", negative=negative)
    return Term(raw, found["word"], negative=negative)


def trouble(term: Term) -> str:
    """What cannot be understood of a term that filters or searches; "" when it is in order."""
    if term.key in FILTER_KEYS and not term.value:
        return f"{term.raw}: nothing follows, so it does not restrict."
    if term.key in NAMED_KEYS and term.operator != ":":
        return f"{term.raw}: {term.key} has no order; write {term.key}:{term.value}."
    if term.key in SCALES and term.value.lower() not in SCALES[term.key] and not _is_none(term):
        return f"{term.raw}: {term.key} is one of {', '.join(SCALES[term.key])}."
    if term.key in LIFE and not (SPAN.fullmatch(term.value) or _is_moment(term)):
        return f"{term.raw}: write a span, as in {term.key}:<1d (m, h, d or w)."
    if term.key in DAYS and term.day is None:
        return _no_day(term)
    if term.key == "type" and term.value.lower() != "ticket":
        kind = term.value.lower() if term.value.lower() in KINDS else KINDS[0]
        return f"{term.raw}: only tickets are searched; what kind of them is ticket_type:{kind}."
    if term.key == "ticket_type" and term.value.lower() not in (*KINDS, "none"):
        return f"{term.raw}: ticket_type is one of {', '.join(KINDS)}."
    if term.key not in FILTER_KEYS and not term.searchable:
        return f"{term.raw}: there is no letter or digit in it to search for."
    return ""


def _is_none(term: Term) -> bool:
    return (term.key, term.operator, term.value.lower()) == ("priority", ":", "none")


def _no_day(term: Term) -> str:
    if AGO.fullmatch(term.value):
        if term.operator != ":":
            return ""
        since, before = (f"{term.key}{sign}{term.value}" for sign in "><")
        return f"{term.raw}: write {since} (since then) or {before} (before)."
    return (
        f"{term.raw}: write a day as 2026-03-04, "
        f"or a span as in {term.key}>4hours (minutes, hours, days or weeks)."
    )


def _is_moment(term: Term) -> bool:
    return term.day is not None and term.day.tzinfo is not None


def elsewhere(term: Term) -> str:
    """What to write instead of a key that Zendesk's search has and this one has not; else ""."""
    return _elsewhere(term.raw, term.key)


def asks_span(query: str) -> bool:
    """Whether a line may ask for a span, so that the present moment matters. Cheap."""
    return any(key in query.casefold() for key in (*LIFE, *DAYS))


def unfit(query: str) -> tuple[str, str]:
    """Why a line cannot be a queue of its own, and what to do; two empty texts where it can."""
    found = terms(query)
    if not found:
        return "it asks for nothing", 'Write what its tickets have: "priority:high tag:billing".'
    if len(found) > MOST_WORDS or len(query) > MOST_TEXT:
        return "it is too long", f"Use at most {MOST_WORDS} parts and {MOST_TEXT} characters."
    for term in found:
        if say := elsewhere(term):
            what, _, remedy = say.partition(": ")
            return f"{what} is not understood", f"{remedy[:1].upper()}{remedy[1:]}"
        if term.key and term.key not in FILTER_KEYS and term.key not in TEXT_KEYS:
            known = ", ".join(sorted((*FILTER_KEYS - {"#"}, *TEXT_KEYS)))
            return f"{term.raw}: {term.key} is no filter", f"Known are: {known}."
        if say := trouble(term):
            what, _, remedy = say.partition(": ")
            return f"{what} is not understood", f"{remedy[:1].upper()}{remedy[1:]}"
    for group in grouped(found):
        if not any(map(_leaves_work, group)):
            return (
                f"{group[0].raw} leaves nothing, since a queue holds unsolved tickets only",
                f"Ask for some of {', '.join(UNSOLVED_STATUSES)}; `heroterm search` finds solved.",
            )
    return "", ""


def unkept(words: str) -> tuple[str, str]:
    """Why words cannot be a filter that a queue keeps, and what to do; as `unfit` has it."""
    plain, of_fields = parted(words)
    if of_fields:
        return f"{of_fields} asks for a field", "What asks for a field is a query's."
    if not 0 < len(plain.split()) <= MOST_WORDS or len(plain) > MOST_TEXT:
        return "it is no filter", f"Use 1 to {MOST_WORDS} words."
    return "", ""


def _leaves_work(term: Term) -> bool:
    if term.key == "status":
        left = set(UNSOLVED_STATUSES)
        return bool(left.difference(term.meant) if term.negative else left.intersection(term.meant))
    solved = term.key in LIFE and LIFE[term.key].statuses == ("solved",)
    return term.negative or not (solved or term.key == "solved")
