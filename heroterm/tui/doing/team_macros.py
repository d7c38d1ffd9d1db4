"""The team's own macros at the desk: found by letter, and what one would do to a ticket."""

from __future__ import annotations

from dataclasses import replace

from heroterm.domain.macro import Hero, Proposal
from heroterm.domain.reply import CannedReply
from heroterm.domain.team_macro import TeamMacro, proposal
from heroterm.tui.doing import answering
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import PUBLIC


def of_letter(desk: OnDesk, letter: str) -> TeamMacro | None:
    """The macro that the team gave a letter after `m`."""
    return next((one for one in desk.book.macros if one.key == letter), None)


def words_of(desk: OnDesk, team: TeamMacro) -> CannedReply | None:
    """The words that a macro writes: its own, or those of the canned reply that it names."""
    canned = (one for one in desk.book.replies if one.name == team.canned)
    return team.own or next(canned, None)


def proposed(desk: OnDesk, opened: Opened, team: TeamMacro) -> Proposal:
    """What it would do to a ticket, filled in with what is known. Raises StoreError."""
    state, mirror = desk.reading.state, desk.reading.mirror
    written = words_of(desk, team)
    words = None
    if written is not None:
        filled = desk.book.filled_in(written, opened, answering.me(desk))
        words = (filled.body, written.kind == PUBLIC)
        team = replace(team, status=team.status or written.status)
    return proposal(
        team,
        opened.ticket,
        Hero(state.user_id, state.group_ids),
        mirror.groups() if mirror is not None and team.group else (),
        mirror.staff() if mirror is not None and team.assignee else (),
        words,
    )
