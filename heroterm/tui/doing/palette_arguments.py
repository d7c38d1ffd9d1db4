"""What is typed behind a command's name in `:` is its argument: `remind mon`, `filter acme`.

What Enter would do stands there before it. Words that mean nothing to the command come last, as a
ticket may have them in its subject; and so does what would change a ticket for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from heroterm.domain.ticket_number import number_of
from heroterm.domain.waits import NO_MOMENT
from heroterm.tui.command import Command
from heroterm.tui.doing import enclosing, navigating, searching, tagging, waiting
from heroterm.tui.doing.filtering import keep, narrow
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice

WITH = "with"
"""Before the command's id and its argument in the key of a choice."""
WhyNot = Callable[[OnDesk, Command], str | None]


@dataclass(frozen=True, slots=True)
class Taking:
    """A command that takes an argument, by the names that people type for it."""

    id: str
    names: tuple[str, ...]
    means: Callable[[OnDesk, str], str]
    """What the argument means; "" where it means nothing."""
    deed: Callable[[OnDesk, str], None]
    wrong: str
    changes: bool = False
    """Whether it changes a ticket for everybody: Enter behind the words of a subject must not."""


def filtered(desk: OnDesk, words: str) -> None:
    """Show the queue with only what matches."""
    desk.show_place("queue")
    narrow(desk, words)
    keep(desk)


def _titled(desk: OnDesk, said: str) -> str:
    number = number_of(said)
    row = desk.reading.row(number) if number is not None else None
    return "" if number is None else row.title if row is not None else "is looked for"


TAKES = (
    Taking(
        "review.later", ("send later", "later"),
        enclosing.moment_of, enclosing.send_at, NO_MOMENT,
    ),
    Taking(
        "ticket.wait", ("remind me", "remind", "wait", "snooze", "later"),
        waiting.meaning, waiting.remind, NO_MOMENT,
    ),
    Taking("ticket.tags", ("tags", "tag"), tagging.meaning, tagging.put, "is no tag", True),
    Taking("desk.goto", ("go to", "ticket", "#"), _titled, navigating.go_to, "is no number"),
    Taking("desk.filter", ("filter",), lambda *_: "narrows the queue", filtered, ""),
    Taking("go.search", ("search",), lambda *_: "in everything", searching.search_for, ""),
)  # fmt: skip


def offered(desk: OnDesk, query: str, why_not: WhyNot) -> tuple[list[Choice], list[Choice]]:
    """The choices that a typed line is the name of, or name and argument of: what Enter can do, and
    what it cannot, with the reason.
    """
    can: list[Choice] = []
    cannot: list[Choice] = []
    for taking, argument in _read(query):
        command = desk.parts.keymap.get(taking.id)
        reason = why_not(desk, command)
        means = taking.means(desk, argument) if argument else desk.parts.keymap.route(command)
        made = Choice(
            f"{WITH} {taking.id} {argument}" if argument else f"run {taking.id}",
            f"{command.title}: {argument}" if argument else command.title,
            means or (taking.wrong if argument else ""),
            f"not now: {reason}" if reason else "",
        )
        (can if (means or not argument) and not reason else cannot).append(made)
    return can, cannot


def changes(key: str) -> bool:
    """Whether a choice, by its key, would change a ticket for everybody."""
    with_, _, name = key.partition(" ")
    id_ = name.partition(" ")[0]
    return with_ == WITH and any(taking.changes for taking in TAKES if taking.id == id_)


def do(desk: OnDesk, name: str) -> None:
    """The deed of a choice, by its command's id and the argument."""
    id_, _, argument = name.partition(" ")
    next(taking for taking in TAKES if taking.id == id_).deed(desk, argument)


def _read(query: str) -> Iterator[tuple[Taking, str]]:
    """Commands whose name begins the line, and what stands behind it."""
    line = " ".join(query.split())
    for taking in TAKES:
        for name in taking.names:
            rest = line[len(name) :]
            begins = line[: len(name)].casefold() == name
            if begins and (not rest or rest[0] == " " or not name[-1].isalpha()):
                yield taking, rest.strip()
                break
