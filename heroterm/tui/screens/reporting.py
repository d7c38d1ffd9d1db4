"""What the issue composer is handed: the issue, what may be done with it, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.bug_report import Issue
from heroterm.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class Brought:
    """What stands in the field for the issue's address, whole or not."""

    address: str = ""
    existing: bool = False
    """Whether it is that of an issue that was there before."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """What the box shows and what it may do."""

    ticket_id: int
    issue: Issue
    words: str
    """What the words are at first: the issue's own text, or what was made of it before."""
    low: bool
    """Whether the priority asks for no issue: the user is given the link to the forms."""
    head: Sequence[Content]
    objection: Callable[[Issue], Finding | None]
    opens: Callable[[Issue], str]
    """Opens the form; what was done, as a sentence."""
    known: Callable[[str], str]
    """Opens an issue that is there and copies the comment for it; what was done, as a sentence."""
    search: Callable[[], None]
    """Opens the search of issues on GitHub."""
    keeps: Callable[[str, Brought], None]
    """Keeps the words and the address, so that leaving the box loses nothing."""
    brought: Brought
