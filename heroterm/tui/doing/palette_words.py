"""What `:` finds besides commands and tickets: playbooks, and commands with their argument.

`status solved` and `theme nord` are choices of their own: what Enter does stands there before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from heroterm.domain.outbox import Changes
from heroterm.domain.ticket import PRIORITIES, TYPES
from heroterm.tui.doing import beginning, changing, layout, macros, opening, switching, visiting
from heroterm.tui.doing.aiming import aim
from heroterm.tui.doing.why_not import why_not
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice

Deed = Callable[[], None]
Said = tuple[str, str, str, Deed]
"""Command that it stands for, words, what stands beside them, and what Enter does."""


def choices(desk: OnDesk) -> tuple[list[Choice], dict[str, Deed]]:
    """What can be chosen, and what each does by the key of its choice."""
    found: list[Choice] = []
    deeds: dict[str, Deed] = {}
    reasons: dict[str, str | None] = {}
    for number, (id_, words, hint, deed) in enumerate(_all(desk)):
        reason = reasons.setdefault(id_, why_not(id_, desk))
        key = f"word {number}"
        found.append(Choice(key, words, hint, f"not now: {reason}" if reason else ""))
        deeds[key] = partial(desk.tell, f"{words}: {reason}") if reason else deed
    return found, deeds


def _all(desk: OnDesk) -> Iterator[Said]:
    now = desk.reading.now()
    for value, word in changing.STATUSES:
        change = partial(_put, desk, Changes(status=value))
        yield "ticket.status", f"status {word.lower()}", desk.book.consequence(value, now), change
    for value in reversed(PRIORITIES):
        change = partial(_put, desk, Changes(priority=value))
        yield "ticket.priority", f"priority {value}", "", change
    for value in TYPES:
        yield "assign.type", f"type {value}", "", partial(_put, desk, Changes(type=value))
    yield from _assigning(desk)
    there = partial(opening.open_("open.ticket"), desk)
    yield "open.ticket", "side conversation, in Zendesk", desk.key("open.ticket"), there
    for queue in desk.queues:
        yield "views.own", f"view {queue.name}", "a queue", partial(switching.show, desk, queue)
    for name in layout.themes_of(desk):
        yield "layout.theme", f"theme {name}", "", partial(layout.wear, desk, name)
    for playbook in desk.book.playbooks:
        begin = partial(beginning.choose_named, desk, playbook.name)
        yield "ticket.playbook", f"playbook: {playbook.title}", playbook.name, begin
    for one in macros.every(desk):
        keys = macros.keys(desk, one)
        yield "macro.list", f"macro: {one.title}", keys, partial(macros.use, desk, one)
    for saved in visiting.saved(desk):
        there = partial(switching.show, desk, saved)
        yield "views.list", f"view {saved.name}", visiting.SAVED, there


def _assigning(desk: OnDesk) -> Iterator[Said]:
    yield "assign.me", "assign me", "", partial(changing.to_me, desk)
    yield "assign.nobody", "assign nobody", "back to the group", partial(changing.unassign, desk)
    mirror = desk.reading.mirror
    for person in mirror.staff() if mirror is not None else ():
        change = partial(_put, desk, Changes(assignee_id=person.id))
        yield "assign.person", f"assign {person.name}", person.email or "", change


def _put(desk: OnDesk, changes: Changes) -> None:
    aimed = aim(desk)
    if aimed is not None:
        changing.put(desk, aimed, changes)
