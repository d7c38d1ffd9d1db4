"""Canned replies: texts with holes that are filled before they are sent, or not sent at all.

`{{name|there}}` is filled from what is known, else with the words after the bar; without a bar it
becomes `<<name?>>`, which the rules refuse. `$1<what to write>` is a stop for the cursor, in the
order of the numbers, and `$0` the place where the cursor ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from heroterm.domain.tables import Table
from heroterm.domain.text import shown
from heroterm.domain.ticket import WRITABLE_STATUSES, Organization, Person, Ticket

KINDS = ("public_reply", "internal_note")
_HOLE = re.compile(
    r"\{\{ *(?P<name>[a-z_.]+) *(?:\| *(?P<default>[^{}\n]*?) *)?\}\}"
    r"|\$(?P<number>[1-9]\d?)<(?P<label>[^<>\n]*)>|(?P<end>\$0)"
)
_TITLES = ("dr", "mr", "mrs", "ms", "prof")
_NAME_WORDS = 4
_NAME_LIMIT = 30
_VALUE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class When:
    """What makes a reply fit a ticket; each point that holds lifts it in the list."""

    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    """Phrases in the customer's words, case ignored."""


@dataclass(frozen=True, slots=True)
class CannedReply:
    """One file of replies/. `name` is the file's name without its ending."""

    name: str
    title: str
    kind: str
    body: str
    slack: str | None = None
    """Words for a ticket whose answer is read in Slack: shorter, no letter."""
    status: str | None = None
    """The status that usually goes with it; the hero still chooses."""
    subject: str | None = None
    """For a mail of its own to somebody other than the requester."""
    when: When = field(default_factory=When)
    bulk: bool = False
    """The team approved it for many tickets at once; it has nothing to fill in by hand."""
    keys: tuple[str, ...] = ()
    """A few letters each that bring it up first in the picker."""

    def words(self, source: str) -> str:
        """The variant for a ticket of this source."""
        return self.slack if source == "slack" and self.slack is not None else self.body


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to fill in by hand; `start` and `end` are offsets in the filled body."""

    number: int
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A reply ready to be inserted at the cursor."""

    body: str
    """Names that nothing was known for stand in it as `<<name?>>`."""
    stops: tuple[Stop, ...] = ()
    """In the order in which the cursor visits them; `$0` last, with an empty span."""


def from_file(name: str, front: Table, text: str) -> CannedReply:
    """A reply from its front matter and what stands below it. Raises tables.BadEntry."""
    when = front.table("when", needed=False)
    email, slack = variants(front, text)
    made = CannedReply(
        name=name,
        title=front.text("title"),
        kind=front.text("kind", among=KINDS),
        body=email,
        slack=slack,
        status=front.text("status", among=WRITABLE_STATUSES) if front.has("status") else None,
        subject=front.text("subject") if front.has("subject") else None,
        when=When(when.texts("source"), when.texts("tags"), when.texts("text")),
        bulk=front.flag("bulk"),
        keys=tuple(key.casefold() for key in front.texts("keys")),
    )
    if made.bulk and any(hole["number"] for hole in _HOLE.finditer(email + (slack or ""))):
        raise front.bad("bulk", "cannot be: the text has stops to fill in.", "Take them out.")
    when.done()
    front.done()
    return made


def variants(front: Table, text: str) -> tuple[str, str | None]:
    """The e-mail words and, under `## slack`, those for Slack. Raises tables.BadEntry."""
    parts = re.split(r"^## *(email|slack) *$", text.strip(), flags=re.MULTILINE)
    if len(parts) == 1:
        email, slack = parts[0].strip(), None
    else:
        found = {name: words.strip() for name, words in zip(parts[1::2], parts[2::2], strict=True)}
        email, slack = found.get("email", ""), found.get("slack")
        if parts[0].strip():
            raise front.bad("text", "stands above ## email.", "Move it below the heading.")
    if not email:
        raise front.bad("text", "is empty.", "Write the words, below ## email where variants are.")
    if "{{" in _HOLE.sub("", email + (slack or "")):
        raise front.bad("text", "holds a broken {{…}}.", "Write {{name}} or {{name|there}}.")
    return email, slack


def fill(reply: CannedReply, facts: Mapping[str, str], source: str = "mail") -> Filled:
    """The reply's words with everything known put in, in one pass: values are never expanded.

    `facts` are names and values as `facts_for` gives them; values may be hostile and are made
    harmless on one line.
    """
    template = reply.words(source)
    body, stops = "", []
    at = 0
    for hole in _HOLE.finditer(template):
        body += template[at : hole.start()]
        at = hole.end()
        if hole["end"]:
            stops.append(Stop(0, len(body), len(body), ""))
        elif hole["number"]:
            stops.append(
                Stop(int(hole["number"]), len(body), len(body) + len(hole[0]), hole["label"])
            )
            body += hole[0]
        else:
            known = _value(facts, hole["name"]) or hole["default"]
            body += known or f"<<{hole['name']}?>>"
    ordered = sorted(stops, key=lambda stop: (stop.number == 0, stop.number, stop.start))
    return Filled(body + template[at:], tuple(ordered))


def placeholder_names(reply: CannedReply, source: str = "mail") -> tuple[str, ...]:
    """The names that a reply's words ask for, each once, in order; stops are not among them."""
    found = (hole["name"] for hole in _HOLE.finditer(reply.words(source)))
    return tuple(dict.fromkeys(name for name in found if name))


def labels(reply: CannedReply) -> tuple[str, ...]:
    """What its stops ask to be filled in, each once; of every variant."""
    words = reply.body + (reply.slack or "")
    found = (hole["label"] for hole in _HOLE.finditer(words) if hole["number"])
    return tuple(dict.fromkeys(found))


_FRAGMENT = 12


def made_from(replies: Sequence[CannedReply], body: str) -> CannedReply | None:
    """The canned reply that a text was made from: all of its fixed words stand there, in order.

    The longest counts where several do. Fragments too short to tell one text from another are
    not looked for; a reply that has no longer one is never found.
    """
    said = " ".join(body.split())
    found = [reply for reply in replies if _stands_in(reply, said)]
    return max(found, key=lambda reply: len(reply.body), default=None)


def said_in(reply: CannedReply, bodies: Iterable[str]) -> bool:
    """Whether one of these texts has the longest of the reply's fixed words: it was sent before,
    whatever was changed around them.
    """
    longest = [max(fixed, key=len) for fixed in _fixed(reply) if fixed]
    texts = [" ".join(body.split()) for body in bodies] if longest else []
    return any(words in text for words in longest for text in texts)


def _fixed(reply: CannedReply) -> Iterator[list[str]]:
    """What stands between the holes of each variant, without fragments that tell nothing."""
    for template in filter(None, (reply.body, reply.slack)):
        texts = (" ".join(text.split()) for text in _HOLE.sub("\0", template).split("\0"))
        yield [text for text in texts if len(text) >= _FRAGMENT]


def _stands_in(reply: CannedReply, said: str) -> bool:
    for fixed in _fixed(reply):
        at = 0
        for text in fixed:
            at = said.find(text, at) + len(text)
            if at < len(text):
                break
        else:
            if fixed:
                return True
    return False


def _value(facts: Mapping[str, str], name: str) -> str:
    return shown(facts.get(name, ""), single_line=True, limit=_VALUE_LIMIT)


def greeting_name(name: str) -> str:
    """The name to greet with; empty when the field holds an address, a number or a sentence."""
    words = shown(name, single_line=True).split()
    if len(words) == 2 and words[0].endswith(","):  # as directories write it: Cove, Kim
        words.reverse()
    if len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES:
        del words[0]
    if not 0 < len(words) <= _NAME_WORDS or any(c in name for c in "@/<>{}$\\"):
        return ""
    first = words[0].strip(",")
    return first if len(first) <= _NAME_LIMIT and first[:1].isalpha() else ""


def facts_for(
    ticket: Ticket,
    requester: Person | None,
    me: Person | None,
    organization: Organization | None = None,
    more: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The values that placeholders may name; `more` adds some ("question.url")."""
    mine = me.name if me else ""
    return {
        "name": greeting_name(requester.name) if requester else "",
        "requester.name": requester.name if requester else "",
        "requester.email": (requester.email or "") if requester else "",
        "organization.name": organization.name if organization else "",
        "ticket.id": str(ticket.id),
        "ticket.subject": ticket.subject,
        "me.name": mine,
        "me.first_name": greeting_name(mine),
        **(more or {}),
    }
