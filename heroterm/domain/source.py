"""Where a ticket came from, and what that allows.

Handbook: three sources (in-app, community, Slack) and GitHub issues; anything else is mail. The
one that matters for safety is the community question: "Important: Don't reply to community
questions directly from Zendesk." It is therefore recognised first, by its tag or by the link to
the question in the first comment, and nothing that an asker can write takes that away: neither a
forged in-app block nor another source's link. Only tags, which are set on Zendesk's side, do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from heroterm.domain.keyed_words import literal
from heroterm.domain.patterns import needed
from heroterm.domain.quotes import fold_quotes
from heroterm.domain.tables import Table
from heroterm.domain.ticket import Comment, Ticket

Source = Literal["app", "community", "slack", "github", "mail"]
_ELSEWHERE = "answered_elsewhere"
_AFTER = ("open", "pending", "solved")
BADGES = {"app": "APP", "community": "COMM", "slack": "SLACK", "github": "GH", "mail": "MAIL"}
"""Words for the queue's column, at most five cells."""


@dataclass(frozen=True, slots=True)
class SourceRule:
    """What tells one source. Any of the tags, channels or patterns will do."""

    name: Source
    tags: tuple[str, ...] = ()
    """A tag ending in `*` stands for every tag that begins so."""
    channels: tuple[str, ...] = ()
    body: re.Pattern[str] | None = None
    subject: re.Pattern[str] | None = None
    body_needs: str = ""
    """What the pattern of the body cannot do without (patterns.needed)."""


@dataclass(frozen=True, slots=True)
class SourceRules:
    """How sources are told apart (data/sources.toml)."""

    community_tags: tuple[str, ...]
    question: re.Pattern[str]
    """The address of a community question."""
    not_community_tags: tuple[str, ...]
    """Tags that only Zendesk's side sets; with one, a question's link is a mention."""
    mail_channels: tuple[str, ...]
    """Channels in which a question's link counts only as the last line: people quote links."""
    others: tuple[SourceRule, ...]
    """The other sources; the first that holds decides."""
    free_mail: re.Pattern[str]
    """Name of an organization that stands in for a free mail provider (handbook: Temp orgs)."""
    content_warning_tag: str
    elsewhere: Mapping[str, str]
    """Status that goes with the note that an answer was given elsewhere, by source."""
    self_hosted: re.Pattern[str]
    """Words of somebody who runs the product on machines of their own."""
    question_needs: str = ""
    """What `question` cannot do without (patterns.needed)."""

    def is_placeholder(self, organization: str) -> bool:
        """Whether an organization's name stands for a provider of free mail: it is nobody's."""
        return bool(self.free_mail.search(organization))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may be done; if not, why, and what to do instead."""

    ok: bool
    say: str = ""
    instead: str = ""
    url: str | None = None
    """Where it is done instead: the question's own page, when it was found."""


def from_table(table: Table) -> SourceRules:
    """The rules of a sources.toml. Raises tables.BadEntry."""
    community = table.table("community")
    marks = table.table("marks")
    # A team's own file from before it was known says nothing of it.
    status = table.table(_ELSEWHERE) if table.has(_ELSEWHERE) else None
    question = community.pattern("question")
    rules = SourceRules(
        community_tags=community.texts("tags"),
        question=question,
        not_community_tags=community.texts("not_with_tags"),
        mail_channels=community.texts("mail_channels"),
        others=tuple(_source(row) for row in table.tables("source")),
        free_mail=marks.pattern("free_mail_organization"),
        content_warning_tag=marks.text("content_warning_tag"),
        elsewhere={
            name: status.text(name, "solved", among=_AFTER) if status is not None else "solved"
            for name in BADGES
        },
        self_hosted=marks.pattern("self_hosted"),
        question_needs=needed(question),
    )
    community.done()
    marks.done()
    if status is not None:
        status.done()
    return rules


def opening(ticket: Ticket, comments: Sequence[Comment], *, complete: bool) -> str:
    """What the ticket began with: its footer and its question's link can only stand here.

    `comments` are oldest first. Unless they are `complete` the oldest one may be any later message,
    in which anybody can mention a link; then the description stands, which Zendesk keeps as it was.
    """
    return comments[0].body if complete and comments else ticket.description


_NAMES: dict[str, Source] = {"app": "app", "slack": "slack", "github": "github", "mail": "mail"}


def _source(row: Table) -> SourceRule:
    body = row.pattern("body") if row.has("body") else None
    made = SourceRule(
        name=_NAMES[row.text("name", among=tuple(_NAMES))],
        tags=row.texts("tags"),
        channels=row.texts("channels"),
        body=body,
        subject=row.pattern("subject") if row.has("subject") else None,
        body_needs=needed(body) if body is not None else "",
    )
    row.done()
    return made


def source(ticket: Ticket, rules: SourceRules, first_comment: str | None = None) -> Source:
    """The source of a ticket. `first_comment` is its body; without it the description is read."""
    body = ticket.description if first_comment is None else first_comment
    low = body.lower() if body.isascii() else None
    if _is_community(ticket, rules, body, low):
        return "community"
    for rule in rules.others:
        if _holds(rule, ticket, body, low):
            return rule.name
    return "mail"


def _is_community(ticket: Ticket, rules: SourceRules, body: str, low: str | None) -> bool:
    if _tagged(ticket.tags, rules.community_tags):
        return True
    if _tagged(ticket.tags, rules.not_community_tags):
        return False
    if _lacks(low, rules.question_needs) or not rules.question.search(body):
        return False
    if ticket.channel in rules.mail_channels:
        lines = [line.strip() for line in body.strip().split("\n")]
        match = rules.question.search(lines[-1])
        return match is not None and match.end() == len(lines[-1])
    return True


def _holds(rule: SourceRule, ticket: Ticket, body: str, low: str | None) -> bool:
    return bool(
        _tagged(ticket.tags, rule.tags)
        or ticket.channel in rule.channels
        or (rule.body and not _lacks(low, rule.body_needs) and rule.body.search(body))
        or (rule.subject and rule.subject.search(ticket.subject))
    )


def _lacks(low: str | None, needs: str) -> bool:
    """Whether a body, in lower case if it is ASCII and else None, cannot hold what is looked for:
    seen in a tenth of the time that searching a text line by line takes.
    """
    return low is not None and needs not in low


def _tagged(tags: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if not tags or not wanted:
        return False
    exact, starts = _split(wanted)
    if not exact.isdisjoint(tags):
        return True
    if starts:
        for tag in tags:
            if tag.startswith(starts):
                return True
    return False


@cache
def _split(wanted: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole tags, and what tags may begin with; the same for each of a hundred thousand tickets."""
    exact = frozenset(tag for tag in wanted if not tag.endswith("*"))
    return exact, tuple(tag[:-1] for tag in wanted if tag.endswith("*"))


def community_url(body: str, rules: SourceRules) -> str | None:
    """The question's address in a first comment; the last one, which the website appended.

    Quoted lines count, too: the address is only ever shown and opened, never trusted.
    """
    found = None
    for block in fold_quotes(body):
        for match in rules.question.finditer(block.text):
            found = match[0].rstrip(".,;:!?)>]'\"")
    return found


ALLOWS: dict[str, tuple[str, str]] = {
    "community": (
        "community question: ",
        "answer it on the page ({open.community}), then {ticket.elsewhere} records it",
    ),
    "slack": (
        "Slack, ",
        "two-way: here or in the thread ({open.slack}), short, without a letter's style",
    ),
    "github": (
        "GitHub issue: ",
        "answer it there ({open.github}), then {ticket.elsewhere} records it; a reply goes by mail",
    ),
}
"""What a source allows, in words for the card; mail and in-app tickets are answered here. Ids of
commands in {braces} stand for the keys that they have.
"""


_ON_ITS_PAGE = "Answer on the question's page ({open.community})"
_THEN_RECORD = ", then press {ticket.elsewhere}: an internal note that says so, with the status."


def allows_public_reply(
    source: str, first_comment: str = "", rules: SourceRules | None = None
) -> Verdict:
    """Whether a ticket of this source may be answered in public from Zendesk."""
    if source != "community":
        return Verdict(True)
    url = community_url(first_comment, rules) if rules else None
    place = f"Answer at {literal(url)} ({{open.community}})" if url else _ON_ITS_PAGE
    return Verdict(
        False,
        "Handbook, community questions: \"Important: Don't reply to community questions directly "
        'from Zendesk."',
        place + _THEN_RECORD,
        url,
    )
