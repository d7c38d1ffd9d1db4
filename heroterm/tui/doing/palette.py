"""`:`: every command with its key and argument, tickets, people, replies, playbooks, by typing.

It teaches: each command shows its key, and after three uses of one a hint names the key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from heroterm.domain.sieve import Sieve
from heroterm.journal.database import Journal
from heroterm.tui import commands
from heroterm.tui.also import ALSO
from heroterm.tui.commands import Command
from heroterm.tui.doing import palette_arguments, palette_words
from heroterm.tui.doing.showing import places
from heroterm.tui.doing.why_not import why_not as reason
from heroterm.tui.keymap import Keymap
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

DESK_PLACES = (commands.ANYWHERE, commands.TICKET, *commands.PREFIXES)
"""Whose commands the palette offers wherever the hero is."""
_VERBS = (commands.COPY, commands.OPEN, commands.SORT)
_TITLE = "Command, ticket, person, reply or playbook"
_TICKETS = 300
_PEOPLE = 300
_USES = 3
"""After so many uses of one command from here its key is pointed out."""


def show(desk: OnDesk) -> None:
    """Commands first, then their arguments, playbooks, tickets, people and replies."""
    here = places(desk)
    worded, deeds = palette_words.choices(desk)
    choices = [
        *_commands(desk, here), *worded, *_tickets(desk), *_people(desk), *_replies(desk),
    ]  # fmt: skip

    sieve: Sieve[Choice] = Sieve(choices, lambda c: c.words, lambda c: c.hint)

    def find(query: str) -> list[Choice]:
        first, last = palette_arguments.offered(desk, query, lambda d, c: why_not(d, c, here))
        known = {choice.key for choice in (*first, *last)}
        found = [choice for choice in sieve.find(query) if choice.key not in known]
        behind = [c for c in first if found and palette_arguments.changes(c.key)]
        return [*(c for c in first if c not in behind), *found, *behind, *last]

    def chosen(key: str | None) -> None:
        if key is None:
            return
        if key in deeds:
            deeds[key]()
            return
        verb, name = key.split(" ", 1)
        match verb:
            case "run":
                command = desk.parts.keymap.get(name)
                run(desk, command, here)
                _teach(desk, command)
            case "open":
                desk.open_ticket(int(name))
            case "of":
                palette_arguments.filtered(desk, name)
            case palette_arguments.WITH:
                _with_argument(desk, name, here)
            case _:
                desk.reply_chosen(name)

    desk.app.push_screen(Pick(_TITLE, choices, find=find), chosen)


def _with_argument(desk: OnDesk, name: str, here: Sequence[str]) -> None:
    command = desk.parts.keymap.get(name.partition(" ")[0])
    stopped = why_not(desk, command, here)
    if stopped is not None:
        desk.tell(f"{title(command)}: {stopped}")
    else:
        palette_arguments.do(desk, name)


def _commands(desk: OnDesk, here: Sequence[str]) -> list[Choice]:
    keymap = desk.parts.keymap
    wanted = dict.fromkeys((*here, *DESK_PLACES))
    found = [
        command
        for place in wanted
        for command in keymap.of(place)
        if not command.id.startswith("open.link")
    ]
    return [
        Choice(f"run {c.id}", title(c), _hint(keymap, c), _not_now(why_not(desk, c, here)))
        for c in found
    ]


def title(command: Command) -> str:
    """What a command does; its box says for some what is done with the thing that they name."""
    verb = commands.PREFIXES[command.where] if command.where in _VERBS else ""
    return f"{verb}: {command.title}" if verb else command.title


def _hint(keymap: Keymap, command: Command) -> str:
    return "  ".join(filter(None, (keymap.route(command), ALSO.get(command.id, ""))))


def _not_now(reason: str | None) -> str:
    return f"not now: {reason}" if reason else ""


def why_not(desk: OnDesk, command: Command, here: Sequence[str]) -> str | None:
    """Why a command cannot run from where the hero is; None when it can."""
    if command.where not in (*here, *DESK_PLACES):
        return f"it acts in: {desk.parts.keymap.called(command.where)}."
    return reason(command.id, desk)


def run(desk: OnDesk, command: Command, here: Sequence[str]) -> None:
    """Do it, or say why not."""
    stopped = why_not(desk, command, here)
    if stopped is not None:
        desk.tell(f"{title(command)}: {stopped}")
    else:
        desk.action_command(command.id)


def _tickets(desk: OnDesk) -> list[Choice]:
    rows = desk.reading.queue(replace(desk.queue.view, text=""), 0, _TICKETS)
    return [Choice(f"open {row.id}", f"#{row.id} {row.title}", row.organization) for row in rows]


def _people(desk: OnDesk) -> list[Choice]:
    """Requesters of the queue: choosing one narrows the queue to them."""
    rows = desk.reading.queue(replace(desk.queue.view, text=""), 0, _PEOPLE)
    known = dict.fromkeys((row.requester, row.requester_email or "") for row in rows)
    return [Choice(f"of {mail or name}", f"person: {name}", mail) for name, mail in known if name]


def _replies(desk: OnDesk) -> list[Choice]:
    return [Choice(f"use {reply.name}", f"canned: {reply.title}") for reply in desk.book.replies]


def _teach(desk: OnDesk, command: Command) -> None:
    route = desk.parts.keymap.route(command)
    if not route:
        return

    def count(journal: Journal) -> int:
        name = f"palette:{command.id}"
        before = journal.marks.recall(name) or ""
        uses = int(before) + 1 if before.isascii() and before[:9].isdigit() else 1
        journal.marks.remember(name, str(uses))
        return uses

    def said(uses: object) -> None:
        if isinstance(uses, int) and uses % _USES == 0:
            desk.tell(f"{title(command)}: {route} does it without the palette.")

    desk.pen.write(count, said)
