"""What may be answered to a step, by its kind of value, and what may be put into a link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from heroterm.domain.rules_of_recipients import ADDRESS
from heroterm.domain.text import shown

HOLE = re.compile(r"\{([a-z_]+)\}")
LONGEST = 400
"""Characters of one answer."""
_EMPTY = frozenset(
    "ok okay k done yes y yep x ja checked check fine good sure true right same . - + * # !".split()
)
"""Words that say that somebody was there, and not what was seen (features G3)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How an answer must look."""

    pattern: re.Pattern[str]
    say: str
    """What is wanted, for the complaint."""


KINDS: dict[str, Kind] = {
    "text": Kind(re.compile(r"[^\n]{1,400}"), "words that say what you saw"),
    "region": Kind(re.compile(r"US|EU"), "US or EU"),
    "address": Kind(ADDRESS, "a whole address: name@example.com"),
    "project_id": Kind(re.compile(r"[1-9]\d{0,11}"), "the number of the project"),
    "number": Kind(re.compile(r"\d{1,12}"), "a number"),
    "date": Kind(re.compile(r"\d{4}-(?:0\d|1[0-2])-[0-3]\d"), "a date such as 2026-03-31"),
    "date_or_never": Kind(
        re.compile(r"\d{4}-(?:0\d|1[0-2])-[0-3]\d|never"), "a date such as 2026-03-31, or never"
    ),
    "issue": Kind(
        re.compile(r"https://github\.com/[\w.-]{1,60}/[\w.-]{1,60}/(?:issues|pull)/\d{1,9}"),
        "the issue's address: https://github.com/…/issues/…",
    ),
    "question": Kind(
        re.compile(r"https://posthog\.com/questions/[\w./#-]{1,200}"),
        "the question's address: https://posthog.com/questions/…",
    ),
    "url": Kind(re.compile(r"https://[^\s<>\"]{4,390}"), "an address that begins with https://"),
}
"""Kinds of values by name."""

NEVER = "never"
DATES = ("date", "date_or_never")
"""Kinds that are a day of the calendar; `date_or_never` is one that has been."""

VALUES = {
    "project_id": KINDS["project_id"].pattern,
    "organization_id": re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "ticket_id": re.compile(r"\d{1,18}"),
    "requester_address": re.compile(r"[^\s/?#@]{1,64}@[\w.-]{1,190}"),
    "owner_address": re.compile(r"[^\s/?#@]{1,64}@[\w.-]{1,190}"),
    "question": KINDS["question"].pattern,
    "issue": KINDS["issue"].pattern,
}
"""What may be put into a link, and how it must look."""


_QUOTED = 80
"""So many letters of what was typed are told again."""


def tidy(raw: str) -> str:
    """An answer on one line without blanks around it; what cannot be seen is gone."""
    return shown(raw, single_line=True, limit=LONGEST).strip()


def quoted(value: str) -> str:
    """What was typed, for a sentence: look-alike letters by their numbers, its beginning alone."""
    return f"{value!a}" if len(value) <= _QUOTED else f"{value[:_QUOTED]!a}…"


def complaint(kind: str, value: str) -> str:
    """What is wrong with a typed answer, as a sentence; "" when it can stand."""
    wanted = KINDS[kind]
    if not value:
        return f"Nothing was answered. Wanted: {wanted.say}."
    if kind == "text" and value.casefold().strip(" .!") in _EMPTY:
        return f"{quoted(value)} says that you looked, not what you saw. Wanted: {wanted.say}."
    if not wanted.pattern.fullmatch(value) or (kind in DATES and not _in_a_calendar(value)):
        return f"{quoted(value)} is not what is wanted here: {wanted.say}."
    return ""


def _in_a_calendar(value: str) -> bool:
    return value == NEVER or day_of(value) is not None


def day_of(value: str) -> datetime | None:
    """The beginning of a day that was written down, in UTC; None where it is none."""
    try:
        return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
