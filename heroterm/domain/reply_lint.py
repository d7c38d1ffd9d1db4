"""What is wrong with canned replies that can be read: found before a customer is written to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heroterm.domain.reply import CannedReply, placeholder_names
from heroterm.domain.source import BADGES

KNOWN = (
    "name",
    "requester.name",
    "requester.email",
    "organization.name",
    "ticket.id",
    "ticket.subject",
    "me.name",
    "me.first_name",
    "question.url",
)
"""Placeholders that a ticket can fill in (reply.facts_for)."""
_HERE = "Known are: " + ", ".join(KNOWN) + "."


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in one reply. `line` is 1-based."""

    reply: CannedReply
    line: int
    say: str
    remedy: str


def lint(replies: Sequence[tuple[CannedReply, str]]) -> Iterator[Fault]:
    """Every mistake of the replies; each comes with the whole text of its file."""
    titles: dict[str, CannedReply] = {}
    keys: dict[str, CannedReply] = {}
    for reply, text in replies:
        yield from _placeholders(reply, text)
        yield from _when(reply, text)
        yield from _variants(reply, text)
        other = titles.setdefault(reply.title.casefold(), reply)
        if other is not reply:
            say = f'"{other.name}" has the same title.'
            yield Fault(reply, _line(text, "title"), say, "Give each a title of its own.")
        for key in reply.keys:
            other = keys.setdefault(key, reply)
            if other is not reply:
                say = f'"{other.name}" has the key "{key}", too.'
                yield Fault(reply, _line(text, "keys"), say, "Give each keys of its own.")


def _placeholders(reply: CannedReply, text: str) -> Iterator[Fault]:
    asked = [*placeholder_names(reply), *placeholder_names(reply, "slack")]
    for name in dict.fromkeys(asked):
        if name not in KNOWN:
            at = _line(text, rf".*\{{\{{ *{re.escape(name)}\b")
            yield Fault(reply, at, f"{{{{{name}}}}} is no placeholder.", _HERE)


def _when(reply: CannedReply, text: str) -> Iterator[Fault]:
    """Suggestions that can never come up."""
    for source in reply.when.sources:
        if source not in BADGES:
            say = f'No ticket comes from "{source}": this is never suggested for it.'
            yield Fault(reply, _line(text, "source"), say, f"Use some of: {', '.join(BADGES)}.")
    for tag in reply.when.tags:
        if tag != tag.lower() or " " in tag:
            say = f'Zendesk writes no tag as "{tag}": this is never suggested for it.'
            yield Fault(reply, _line(text, "tags"), say, "Tags are small letters without blanks.")
    if reply.kind == "public_reply" and reply.when.sources == ("community",):
        say = "A community question is never answered in public from here."
        yield Fault(reply, _line(text, "source"), say, 'Make its kind "internal_note".')


def _variants(reply: CannedReply, text: str) -> Iterator[Fault]:
    if reply.slack is not None and not reply.slack.strip():
        yield Fault(reply, _line(text, "## *slack"), "## slack is empty.", "Write it or remove it.")
    if reply.slack is not None and reply.kind != "public_reply":
        say = "Nobody reads a note in Slack."
        yield Fault(reply, _line(text, "## *slack"), say, "Remove ## slack.")


def _line(text: str, start: str) -> int:
    """The first line that begins so."""
    found = re.search(rf"^{start}", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
