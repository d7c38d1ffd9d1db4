"""`e`: another team gets the ticket with a note on what was tried, status Open, in one update
(features H5, D18).
"""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain.outbox import NOBODY, Changes
from heroterm.domain.owners import Owner
from heroterm.tui.doing import answering, changing, writing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.panes.composer import NOTE
from heroterm.tui.screens.pick import Choice, Pick

TEMPLATE = "escalation-short"
"""Name of the canned note that is filled in; a team's own file of the name takes its place."""
_BARE = "Escalating to $1<team>.\n\nWhat I tried: $2<steps>\nWhat is needed: $3<next step>"
_TEAM = "$1<team>"


def escalate(desk: OnDesk) -> None:
    """Choose the group, then write the note."""
    opened = desk.target
    if opened is None:
        return
    owner = desk.book.owner(opened)
    choices = _owner_first(changing.group_choices(desk, opened.ticket.group_id), owner)
    if not choices:
        desk.tell(f"No group is known yet ({desk.key('desk.sync')} syncs).")
        return
    names = {choice.key: choice.words for choice in choices}

    def picked(key: str | None) -> None:
        if key is not None:
            _note(desk, opened, int(key), _named(names[key], owner))

    desk.app.push_screen(Pick(f"Escalate #{opened.ticket.id} to", choices), picked)


def _owner_first(choices: Sequence[Choice], owner: Owner | None) -> list[Choice]:
    """The group of the feature's owner before the others; the rest as they were."""
    if owner is None:
        return list(choices)
    theirs = [c for c in choices if c.words.casefold() == owner.team.casefold()]
    hint = f"owns it, {owner.channel}"
    first = [Choice(c.key, c.words, f"{hint}; {c.hint}" if c.hint else hint) for c in theirs]
    return [*first, *(c for c in choices if c not in theirs)]


def _named(name: str, owner: Owner | None) -> str:
    """A group in the note, with its channel where that is known."""
    known = owner is not None and owner.team.casefold() == name.casefold()
    return f"{name} ({owner.channel})" if known and owner is not None else name


def _note(desk: OnDesk, opened: Opened, group_id: int, name: str) -> None:
    known = {reply.name for reply in desk.book.replies}
    words = _BARE
    if TEMPLATE in known:
        words = desk.book.filled(TEMPLATE, opened, answering.me(desk)).body
    taken = NOBODY if opened.ticket.assignee_id is not None else None
    writing.begin(
        desk,
        NOTE,
        opened,
        draft=opened.draft(NOTE),
        status="open",
        insert=words.replace(_TEAM, name),
        changes=Changes(group_id=group_id, assignee_id=taken),
    )
    desk.tell(f"The note goes with the ticket to {name}, status Open, in one update.")
