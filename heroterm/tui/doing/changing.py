"""Status, priority, type, assignee, group: chosen for one ticket, or for every marked row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heroterm.domain.outbox import NOBODY, Changes
from heroterm.domain.ticket import PRIORITIES, TYPES, Person, Ticket
from heroterm.tui.doing import answering, bulk
from heroterm.tui.doing.aiming import Aim, aim
from heroterm.tui.naming import Names
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

STATUSES = (("open", "Open"), ("pending", "Pending"), ("hold", "On-hold"), ("solved", "Solved"))
"""What a hero can choose, and its word."""


def put(desk: OnDesk, aimed: Aim, changes: Changes) -> None:
    """Queue a change of one ticket; of several after a look at each."""
    if aimed.opened is not None:
        answering.put_changes(desk, aimed.opened, changes)
    else:
        what = ", ".join(Names(desk.reading.mirror).said(changes))
        bulk.changes(desk, aimed.ids, lambda ticket: changes, what)


def _chosen(
    desk: OnDesk,
    title: str,
    choices: Callable[[Aim], Sequence[Choice]],
    made: Callable[[str], Changes],
) -> None:
    """Let one of some choices be picked, and queue what it means."""
    aimed = aim(desk)
    if aimed is None:
        return

    def picked(key: str | None) -> None:
        if key is not None:
            put(desk, aimed, made(key))

    desk.app.push_screen(Pick(f"{title} of {aimed.words}", choices(aimed)), picked)


def status(desk: OnDesk) -> None:
    """`s`: choose a status and read what it does to the timers."""
    now = desk.reading.now()

    def choices(aimed: Aim) -> list[Choice]:
        here = aimed.opened.row.status if aimed.opened is not None else ""
        return [
            Choice(value, word, desk.book.consequence(value, now, brief=True))
            for value, word in STATUSES
            if value != here
        ]

    _chosen(desk, "Status", choices, lambda value: Changes(status=value))


def priority(desk: OnDesk) -> None:
    """`!`: choose a priority; Zendesk never takes it back to none."""
    words = tuple(reversed(PRIORITIES))
    _word(desk, words, lambda now: now.priority, "Priority", lambda word: Changes(priority=word))


def kind(desk: OnDesk) -> None:
    """`a t`: choose the type."""
    _word(desk, TYPES, lambda now: now.type, "Type", lambda word: Changes(type=word))


def _word(
    desk: OnDesk,
    words: Sequence[str],
    held: Callable[[Ticket], str | None],
    title: str,
    made: Callable[[str], Changes],
) -> None:
    """Choose one of a field's few words; the one that a ticket has is said."""

    def choices(aimed: Aim) -> list[Choice]:
        here = held(aimed.opened.ticket) if aimed.opened is not None else None
        return [
            Choice(word, word.capitalize(), "as it is now" if word == here else "")
            for word in words
        ]

    _chosen(desk, title, choices, made)


def to_me(desk: OnDesk) -> None:
    """`a m`: assign to whoever is signed in."""
    state, aimed = desk.reading.state, aim(desk)
    if aimed is None:
        return
    if state.user_id is None or state.role == "light":
        light = "A light agent cannot be assigned: ask for a full seat for your week."
        desk.tell(
            light
            if state.role == "light"
            else f"It is not known yet who you are ({desk.key('desk.sync')} syncs)."
        )
    elif aimed.opened is not None and aimed.opened.ticket.assignee_id == state.user_id:
        desk.tell(f"{aimed.words} is assigned to you already.")
    else:
        put(desk, aimed, Changes(assignee_id=state.user_id))


def to_person(desk: OnDesk) -> None:
    """`a p`: assign to a colleague."""
    mirror, me = desk.reading.mirror, desk.reading.state.user_id
    staff = mirror.staff() if mirror is not None else []
    if not staff:
        desk.tell(f"No colleague is known yet ({desk.key('desk.sync')} syncs).")
        return

    teams = mirror.teams() if mirror is not None else {}

    def told(person: Person) -> str:
        return ", ".join(group.name for group in teams.get(person.id, ())) or person.email or ""

    def choices(aimed: Aim) -> list[Choice]:
        here = aimed.opened.ticket.assignee_id if aimed.opened is not None else None
        hint = {me: "you", here: "as it is now"}
        return [Choice(str(p.id), p.name, hint.get(p.id) or told(p)) for p in staff]

    _chosen(desk, "Assignee", choices, lambda key: Changes(assignee_id=int(key)))


def group_choices(desk: OnDesk, here: int | None) -> list[Choice]:
    """Every group, with the one that has the ticket now said."""
    mirror, mine = desk.reading.mirror, desk.reading.state.group_ids
    groups = mirror.groups() if mirror is not None else []
    hints = dict.fromkeys(mine, "yours") | {here: "as it is now"}
    return [Choice(str(g.id), g.name, hints.get(g.id, "")) for g in groups]


def to_group(desk: OnDesk) -> None:
    """`a g`: give to a group; whoever has it now has it no more."""

    def choices(aimed: Aim) -> list[Choice]:
        return group_choices(desk, aimed.opened.ticket.group_id if aimed.opened else None)

    _chosen(desk, "Group", choices, lambda key: Changes(group_id=int(key), assignee_id=NOBODY))


def unassign(desk: OnDesk) -> None:
    """`a u`: back to the group."""
    aimed = aim(desk)
    if aimed is None:
        return
    if aimed.opened is not None and aimed.opened.ticket.assignee_id is None:
        desk.tell(f"{aimed.words} is assigned to nobody already.")
        return
    put(desk, aimed, Changes(assignee_id=NOBODY))
