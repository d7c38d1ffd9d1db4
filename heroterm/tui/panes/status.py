"""The lines below the panes: how far a fill is, what is held, what needs the hero, which keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from heroterm.domain.ages import span
from heroterm.domain.intent_states import HELD, NEEDS_YOU, QUEUED, STATE_WORDS
from heroterm.domain.view import SyncState
from heroterm.tui.command import KEY_WORDS, Command
from heroterm.tui.kept import changed
from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.messages import CommandClicked
from heroterm.tui.text import COMMAND, parts, pressed, width_of

if TYPE_CHECKING:
    from heroterm.domain.outbox import Intent

_PARTS = ("open", "pending", "on-hold", "solved")
_ALWAYS = (".palette", ".help")
_FAR = timedelta(hours=1)
_ONWARD = "desk.next"
NOTHING: Mapping[str, str] = MappingProxyType({})
_MOST_SKEW = 120.0
"""Seconds; what is due goes by the server's clock, so that less is no matter (faults 67)."""


class Line(Static):
    """A line or two that only ever shows `Content`."""

    _said: Content | None = None

    def on_click(self, event: events.Click) -> None:
        """A click on the words of a command runs it."""
        if (command := event.style.meta.get(COMMAND)) is not None:
            self.post_message(CommandClicked(command))

    def say(self, content: Content) -> None:
        """Show this instead; only the cells that look otherwise are drawn."""
        before, self._said = self._said or Content(""), content
        if content.is_same(before):
            return
        if not (before.plain + content.plain).isprintable():
            self.refresh()  # more lines than one
            return
        start, end = changed(before, content, self.size.width)
        self.refresh(Region(start, 0, end - start, 1))

    def render(self) -> RenderResult:
        """What was said last, else what it was made with."""
        return super().render() if self._said is None else self._said


class Lesson(Line):
    """As many lines as the lesson of a practice shift takes; hidden at work."""

    def say_all(self, content: Content) -> None:
        """Show this instead, and take the room for it."""
        self._said = None
        self.update(content)
        self.display = True


def filled(state: SyncState) -> str:
    """How far a first fill has come, by part where Zendesk said how many there are."""
    if not (state.fill_of and state.mirrored):
        return f"{state.tickets} tickets so far"
    both = zip(_PARTS, state.mirrored, state.fill_of, strict=False)
    return ", ".join(f"{part} {min(has, of):,}/{of:,}" for part, has, of in both if of)


def skew(offset: float) -> str:
    """What to say of this machine's clock, `offset` seconds behind the server's; mostly nothing."""
    if abs(offset) <= _MOST_SKEW:
        return ""
    way = "behind" if offset > 0 else "ahead of"
    return f"this machine's clock is {span(timedelta(seconds=abs(offset)))} {way} Zendesk's"


def hold_line(
    intents: Sequence[Intent],
    now: datetime,
    undo: str = "u",
    outbox: str = "6",
    send: str = "!",
    *,
    brief: bool = False,
    offline: bool = False,
) -> Content | None:
    """The countdown of what is held, nearest first; None when nothing is. `undo` and `outbox` are
    the keys that recall it and show it from where the hero is; "" where no key shows it; `send` is
    the one that sends it there. `brief` leaves out what is held: something else was said in the
    same line, in which the key must be seen. While `offline` what was held waits on, and can be
    recalled as before.
    """
    held = [i for i in intents if i.state == HELD and (i.send_after > now or offline)]
    held += [i for i in intents if i.state == QUEUED and offline]
    if not held:
        return None
    from heroterm.tui import intent_words  # the first paint mostly does without it

    held.sort(key=lambda i: i.send_after)
    first = held[0]
    what = "" if brief else f": {intent_words.subject(first)} {intent_words.kind(first)}"
    more = f" and {len(held) - 1} more" if len(held) > 1 else ""
    if intent_words.by_hand(first):
        sends = f"{outbox} then {send} sends" if outbox else "waits for you"
        words = f" held{what}{more} - {sends}, "
    else:
        going = intent_words.when(first, now, send, offline=offline)
        soon = going.removeprefix(intent_words.SENDS_IN)
        short = brief and soon != going
        words = f" held {soon}{more} - " if short else f" held{what}, {going}{more} - "
    style = "$held bold"
    return parts((words, style)) + pressed(parts((f"{undo} recalls", style)), "desk.undo")


def far_off(intents: Sequence[Intent], now: datetime) -> bool:
    """Whether all that is held has its moment, and none of it within the hour: what is said just
    now need not stand back for it.
    """
    held = [i for i in intents if i.state == HELD]
    from heroterm.tui import intent_words

    timed = held and not any(intent_words.by_hand(i) for i in held)
    return bool(timed) and min(i.send_after for i in held) - now > _FAR


def stays(intents: Sequence[Intent], now: datetime) -> bool:
    """Whether nothing that is held goes within the hour: it has its moment, or waits for a word."""
    from heroterm.tui import intent_words

    return not any(intent_words.counts_down(each, now) for each in intents)


def needs_line(intents: Sequence[Intent], outbox: str) -> Content | None:
    """What the hero must decide, oldest first; None when nothing waits for a decision. `outbox` is
    the key that shows it.
    """
    for intent in intents:
        if intent.state == NEEDS_YOU:
            what = f" #{intent.ticket_id} {STATE_WORDS[NEEDS_YOU]}: {intent.why}"
            told = parts((f"{what}  ({outbox} shows it)", "$sla-breached bold"))
            return pressed(told, "pane.outbox")
    return None


def key_line(
    places: Sequence[str],
    width: int,
    rows: int,
    keymap: Keymap = SHIPPED,
    without: Collection[str] = (),
    behind: Mapping[str, str] = NOTHING,
) -> Content:
    """Keys of the focused pane, as many as fit into some rows; no key is parted from its word. The
    palette and the help stand at the end whatever else has no room: they lead to all the others.

    `without` names commands that make no sense at this moment, `behind` gives keys that act here
    besides those of the places, with the ids of their commands.
    """
    acting = _acting(places, keymap, without)
    acting += [(key, keymap.get(id_)) for key, id_ in behind.items()]
    pieces = [(_KeyWord(key, command), command.id.endswith(_ALWAYS)) for key, command in acting]
    ends = [piece for piece, always in pieces if always]
    room = sum(piece.width for piece in ends)
    lines: list[list[_KeyWord]] = [[]]
    for piece in [piece for piece, always in pieces if not always]:
        last = len(lines) == rows
        if _width(lines[-1]) + piece.width > width - (room if last else 0):
            if last:
                break
            lines.append([])
        lines[-1].append(piece)
    if len(lines) < rows and _width(lines[-1]) + room > width:
        lines.append([])
    lines[-1] += ends
    return Content("\n").join([Content("").join([p.made for p in line]) for line in lines])


def _acting(
    places: Sequence[str], keymap: Keymap, without: Collection[str]
) -> list[tuple[str, Command]]:
    """Commands with a word for the line and the key that each is shown by. A key means what it
    means in the nearest place, and is named once. The way to the next ticket follows what is done
    to this one, before the pane's own keys: it has room on a narrow terminal, too.
    """
    taken, found = set[str](), []
    for command in (c for place in places for c in keymap.of(place) if c.keys):
        if command.short and command.id not in without and command.keys[0] not in taken:
            found.append((command.keys[0], command))
        taken.update(command.keys)
    dealt = [at for at, (_, command) in enumerate(found) if command.id.startswith("ticket.")]
    onward = next((at for at, (_, command) in enumerate(found) if command.id == _ONWARD), 0)
    if dealt and onward > dealt[-1]:
        found.insert(dealt[-1] + 1, found.pop(onward))
    return found


class _KeyWord:
    """One key and its word as the line shows them; a click on it runs the command."""

    def __init__(self, key: str, command: Command) -> None:
        shown_key, word = f" {KEY_WORDS.get(key, key)} ", f"{command.short} "
        self.width = width_of(shown_key) + width_of(word)
        made = parts((shown_key, "$accent bold"), (word, "$text-muted"))
        self.made = pressed(made, command.id)


def _width(line: Sequence[_KeyWord]) -> int:
    return sum(piece.width for piece in line)
