"""What a rule says, for the news line, a question or a box."""

from __future__ import annotations

import re
from dataclasses import replace

from heroterm.domain.findings import Finding
from heroterm.domain.source import Verdict
from heroterm.tui.on_desk import OnDesk

_OF_DESK = re.compile(r"\{(ticket|open|playbook|desk)\.")
"""Names a key that acts at the desk; in the Review the same letter means another thing."""


def sentence(desk: OnDesk, said: Finding | Verdict) -> str:
    """Why not, and what instead, with the hero's keys."""
    return f"{said.say} {desk.filled(said.instead)}".strip()


def from_review(said: Finding) -> Finding:
    """The same as it is said in the Review: where it names keys of the desk alone, Esc goes first.
    A sentence that names keys of the Review as well says where each of them acts.
    """
    if "{review." in said.instead or not _OF_DESK.search(said.instead):
        return said
    return replace(said, instead="{review.leave} first: " + said.instead)
