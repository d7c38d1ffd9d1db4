"""A change of many tickets, ticket by ticket, before any of it is queued (features A8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.counted import counted
from heroterm.domain.outbox import Intent
from heroterm.tui.binding import bindings
from heroterm.tui.commands import BULK
from heroterm.tui.deaf import Deaf
from heroterm.tui.keymap import Keymap
from heroterm.tui.screens.listing import Listed, Listing
from heroterm.tui.text import fit, parts, safe


@dataclass(frozen=True, slots=True)
class Planned:
    """One ticket of a bulk change. Without an intent it is left out, and `why` says why."""

    ticket_id: int
    title: str
    said: str
    """What would change, in words."""
    intent: Intent | None
    why: str = ""


_TITLE = 34
"""Columns that the number and the beginning of the title have at least."""


class BulkScreen(Deaf, Listing[Planned]):
    """The preview. `y` is deaf for a moment, as in every question."""

    BINDINGS = bindings(BULK)

    def action_command(self, id_: str) -> None:
        """As in every list, once it listens."""
        if not (self._deaf and id_ == "bulk.queue"):
            super().action_command(id_)


def title(planned: Sequence[Planned], what: str) -> str:
    """How many, what happens to them, and how many of them are left out."""
    going = [one for one in planned if one.intent is not None]
    said = {one.said for one in going}
    what = said.pop() if len(said) == 1 else what
    left = f", {len(planned) - len(going)} left out" if len(going) < len(planned) else ""
    tickets = counted(len(going), "ticket")
    return f"{tickets}: {what}{left}" if going else "No ticket can be changed so"


def _line(one: Planned, width: int) -> Content:
    number = fit(f" #{one.ticket_id}", 9)
    if one.intent is None:
        return parts(number, ("LEFT OUT  ", "$sla-soon bold"), (f"{one.why}  ", ""), one.title)
    return parts(number, (fit(one.said, min(48, width - _TITLE)) + " ", "$held"), one.title)


def _detail(one: Planned, width: int) -> list[Content]:
    lines = parts((one.title, "bold")).wrap(width)
    lines += parts(one.why or one.said).wrap(width)
    if one.intent is not None and one.intent.comment is not None:
        lines += safe(one.intent.comment.body).wrap(width)
    return lines


def listed(
    planned: Callable[[], Sequence[Planned]],
    what: str,
    act: Callable[[str, Planned | None], bool],
    keymap: Keymap,
) -> Listed[Planned]:
    """The preview as what a box lists."""
    return Listed(
        title=title(planned(), what),
        place=BULK,
        items=lambda: tuple(planned()),  # the list itself shrinks under the cursor of the box
        key=lambda one: one.ticket_id,
        line=_line,
        detail=_detail,
        act=act,
        empty=" Nothing is left of it.",
        keymap=keymap,
        retitled=lambda left: title(left, what),
    )
