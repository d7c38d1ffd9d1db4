"""Whether it was reported before: tickets alike, and the issues on GitHub that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from heroterm.domain.playbook_values import KINDS
from heroterm.domain.view import Overlay
from heroterm.mirror.alike import alike
from heroterm.mirror.past import outcome
from heroterm.mirror.reader import Mirror

_ISSUE = KINDS["issue"].pattern
_TITLE = re.compile(r"(?:Re: )?\[([\w.-]+/[\w.-]+)\] .* \((?:Issue )?#(\d{1,9})\)", re.DOTALL)
"""How GitHub names an issue in the subject of its mail."""
_BEHIND = "[CW]"
"""Stands for the words of a ticket that lies behind a content warning."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A ticket alike."""

    ticket_id: int
    title: str
    shared: tuple[str, ...]
    """The rare words that both have."""
    issues: tuple[str, ...] = ()
    """Addresses of issues on GitHub that were named in it."""


def reported(mirror: Mirror, words: str, *, but: int, limit: int = 5) -> list[Reported]:
    """Tickets like a text, those that name an issue first. Raises StoreError."""
    hits = alike(mirror, words, but=but, limit=limit)
    found = [_one(mirror, hit.id, hit.subject, hit.shared) for hit in hits]
    return sorted(found, key=lambda each: not each.issues)


def issues_of(found: Sequence[Reported]) -> list[tuple[str, Reported]]:
    """Every issue once, with the first ticket that names it."""
    seen: dict[str, Reported] = {}
    for each in found:
        for url in each.issues:
            seen.setdefault(url, each)
    return list(seen.items())


def _one(mirror: Mirror, ticket_id: int, subject: str, shared: tuple[str, ...]) -> Reported:
    row = mirror.row(ticket_id, Overlay())
    if row is not None and row.content_warning:
        return Reported(ticket_id, _BEHIND, shared)
    named = (url.split("#")[0].split("?")[0] for url in outcome(mirror, ticket_id).issues)
    title = row.title if row is not None else subject
    own = _of_its_own(title) if row is not None and row.source == "github" else []
    issues = tuple(dict.fromkeys(url for url in (*own, *named) if _ISSUE.fullmatch(url)))
    return Reported(ticket_id, title, shared, issues)


def _of_its_own(title: str) -> list[str]:
    """The issue that a ticket from GitHub is about, by its title: its words may not be here yet."""
    told = _TITLE.fullmatch(title)
    return [f"https://github.com/{told[1]}/issues/{told[2]}"] if told else []
