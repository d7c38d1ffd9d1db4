"""What a rule says, for the news line, a question or a box."""

from __future__ import annotations

from heroterm.domain.findings import Finding
from heroterm.domain.source import Verdict
from heroterm.tui.on_desk import OnDesk


def sentence(desk: OnDesk, said: Finding | Verdict) -> str:
    """Why not, and what instead, with the hero's keys."""
    return f"{said.say} {desk.filled(said.instead)}".strip()
