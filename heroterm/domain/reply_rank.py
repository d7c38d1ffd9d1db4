"""Which canned replies stand first for a ticket, and why (features E7)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from heroterm.domain.reply import CannedReply, When

_LONG = 10
"""Letters of a phrase that hardly stands in a message by chance."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of the ticket that a reply is looked for."""

    source: str = ""
    tags: tuple[str, ...] = ()
    text: str = ""
    """The customer's words: the subject, what they began with, what they wrote last."""


def rank(
    replies: Sequence[CannedReply],
    facts: Situation,
    uses: Mapping[str, int] | None = None,
    query: str = "",
) -> list[CannedReply]:
    """The replies that match the typed letters; those that fit the ticket and are used first.

    Letters that only come in this order somewhere count where nothing matches better.
    """
    counted = uses or {}
    scored = []
    for reply in replies:
        hit = match(reply, query)
        if hit:
            points = fit(reply.when, facts).points
            scored.append((-hit, -points, -counted.get(reply.name, 0), reply.title, reply))
    scored.sort(key=lambda entry: entry[:-1])
    least = min(2, -scored[0][0]) if scored else 0
    return [entry[-1] for entry in scored if -entry[0] >= least]


def match(reply: CannedReply, query: str) -> int:
    """How well typed letters match: as in `matching`, and 4 for one of its keys."""
    if query.strip().casefold() in reply.keys:
        return 4
    return matching(" ".join((reply.title, reply.name, *reply.keys)), query)


def matching(text: str, query: str) -> int:
    """How well typed letters match a text: 0 not at all, 1 in order, 2 inside, 3 begin words."""
    wanted = query.casefold().split()
    where = text.casefold()
    words = re.split(r"[^\w]+", where)
    if all(any(word.startswith(one) for word in words) for one in wanted):
        return 3
    if all(one in where for one in wanted):
        return 2
    letters = iter(where)
    return int(all(c in letters for one in wanted for c in one))


@dataclass(frozen=True, slots=True)
class Fit:
    """What of a ticket makes a reply fit it: why it stands where it does in the list."""

    said: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""

    @property
    def points(self) -> int:
        """More stands higher: the customer's words most, long phrases before short ones."""
        said = sorted((3 + 2 * (len(phrase) >= _LONG) for phrase in self.said), reverse=True)
        return bool(self.source) + 2 * bool(self.tags) + sum(said[:3])

    @property
    def plain(self) -> bool:
        """Whether the customer said a whole phrase of it, more than a word in passing."""
        return any(len(phrase) >= _LONG for phrase in self.said)

    @property
    def words(self) -> str:
        """For a person: `says “bug”, tag plan_free, from app`; "" where nothing fits."""
        said = [f"says “{phrase}”" for phrase in self.said[:3]]
        source = [f"from {self.source}"] if self.source else []
        return ", ".join([*said, *(f"tag {tag}" for tag in self.tags), *source])


def fit(when: When, facts: Situation) -> Fit:
    """What of a reply's `[when]` holds for a ticket."""
    words = facts.text.casefold()
    return Fit(
        tuple(phrase for phrase in when.text if _begins_word(phrase.casefold(), words)),
        tuple(tag for tag in when.tags if tag in facts.tags),
        facts.source if facts.source in when.sources else "",
    )


def _begins_word(phrase: str, words: str) -> bool:
    """Whether a phrase stands there from the beginning of a word on: no "bug" in "debug"."""
    return phrase in words and re.search(rf"(?<!\w){re.escape(phrase)}", words) is not None
