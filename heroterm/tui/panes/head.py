"""The line at the top: program, hero, day | tiers, how the mirror stands, what waits to be sent.

Honest or silent: "online" is said only after an answer, "offline" with the moment since when, and
a wait with what it is for. What has no room is left out, the least needed first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from heroterm.domain.ages import short, span
from heroterm.domain.intent_states import HELD, NEEDS_YOU
from heroterm.domain.view import LIGHT, QueueCounts, SyncState
from heroterm.tui.text import Part, fit, parts, width_of

if TYPE_CHECKING:
    from heroterm.domain.outbox import Intent
    from heroterm.tui.today import Done

_WAYS = {"agent": ("list", "agent list"), "admin": ("export", "admin export")}
"""How this sign-in is synced, in short and in full; a light agent's is said by its badge."""
_MEDIUM, _WIDE, _LARGE = 100, 120, 160


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of the right half. Where the room ends the highest `dropped` goes first; 0 stays."""

    part: Part
    dropped: int = 0
    before: str = " | "


@dataclass(frozen=True, slots=True)
class Head:
    """What the top line says. `waiting` is what everything waits for, in words, or ""."""

    state: SyncState
    counts: QueueCounts
    now: datetime
    name: str
    box: Part
    waiting: str = ""
    read_only: bool = False
    left: tuple[int, int] | None = None
    """Requests left, of how many a minute."""
    done: Done | None = None
    """What was done from here today; None: not asked."""

    def line(self, width: int) -> Content:
        """As much of it as there is room for."""
        left = self._left(width)
        pieces = self._pieces(width, whole=width >= _WIDE)
        if _cells(pieces) + width_of(left) > width:
            # The way of syncing takes its short word before any number goes.
            pieces = self._pieces(width, whole=False)
        while _cells(pieces) + width_of(left) > width and any(piece.dropped for piece in pieces):
            pieces.remove(max(pieces, key=lambda piece: piece.dropped))
        room = max(1, width - _cells(pieces))
        said = [part for piece in pieces for part in (piece.before, piece.part)]
        return parts((fit(left, room), "bold"), " ", *said[1:], " ")

    def _pieces(self, width: int, *, whole: bool) -> list[_Piece]:
        """All that the right half may say; `whole`: the way of syncing in its full words."""
        numbers = [*self._badges(), *self._numbers(width)]
        return [*numbers, *self._link(whole=whole), *self._account(width), _Piece(self.box)]

    def _left(self, width: int) -> str:
        local = self.now.astimezone()
        day = f"{local:%a %H:%M}"
        if width >= _LARGE:
            day += f"  week {int(f'{local:%V}')} day {local:%u}"
        who = hero(self.state, self.now, wide=width >= _WIDE)
        return f" {self.name}  {who}  {day}" if who else f" {self.name}  {day}"

    def _badges(self) -> list[_Piece]:
        sealed = _Piece(("READ ONLY", "$sla-breached bold reverse"))
        light = _Piece(("LIGHT AGENT", "$sla-soon bold reverse"))
        return [sealed] * self.read_only + [light] * (self.state.role == LIGHT)

    def _numbers(self, width: int) -> list[_Piece]:
        """Tickets to answer by tier, how many are late or soon will be, what was done today."""
        tiers = "  ".join(f"T{n} {has}" for n, has in enumerate(self.counts.tiers, 1) if has)
        late = self.counts.breached if width >= _WIDE else 0
        numbers = [_Piece((tiers, ""), 3)] if tiers and width >= _MEDIUM else []
        numbers += [_Piece((f"breached {late}", "$sla-breached"), 4)] if late else []
        if (soon := self.counts.soon) and width >= _LARGE:
            part = (f"<1h {soon}", "$sla-soon")
            numbers.append(_Piece(part, 5, before=", " if late else " | "))
        if self.done is not None and width >= _LARGE:
            numbers += _today(self.done)
        return numbers

    def _account(self, width: int) -> list[_Piece]:
        """What may still be asked of the account, where there is much room."""
        if self.left is None or width < _LARGE:
            return []
        few, of = self.left
        low = "$sla-soon" if few * 10 < of else "$text-muted"
        return [_Piece((f"api {few}/{of}", low), 2)]

    def _link(self, *, whole: bool) -> list[_Piece]:
        """How the mirror stands to the server, and the way in which it is synced."""
        few, full = _WAYS.get(self.state.strategy, ("", ""))
        link = _Piece(connection(self.state, self.now, self.waiting))
        if not few or not link.part[0].startswith("ONLINE"):
            return [link]
        way = f"by {full if whole else few}"
        return [link, _Piece((way, "$text-muted"), 1, before=" ")]


def _today(done: Done) -> list[_Piece]:
    """How many tickets were answered, and how long the middle one waited for its first answer."""
    pieces = [_Piece((f"answered today {done.answered}", "$text-muted"), 6)]
    if done.waited is not None:
        hours, minutes = divmod(int(done.waited.total_seconds()) // 60, 60)
        words = f"first reply {hours}:{minutes:02}"
        pieces.append(_Piece((words, "$text-muted"), 7, before=", "))
    return pieces


def _cells(pieces: Sequence[_Piece]) -> int:
    """With what stands between them, and a cell at either end."""
    inside = sum(width_of(piece.part[0]) for piece in pieces)
    return inside + sum(len(piece.before) for piece in pieces[1:]) + 2


def connection(state: SyncState, now: datetime, waiting: str) -> Part:
    """The word for how the mirror stands to the server."""
    if waiting:
        return (waiting, "$sla-soon bold")
    if state.offline_since is not None:
        since = state.offline_since.astimezone().strftime("%H:%M")
        return (f"OFFLINE since {since}", "$offline bold")
    if state.synced_at is None:
        return ("not synced yet", "$sla-soon bold")
    past = now - state.synced_at
    fresh = "now" if past < timedelta(minutes=1) else f"{span(past)} ago"
    return (f"ONLINE synced {fresh}", "$sla-ok")


def outbox_words(intents: Sequence[Intent], shows: str, *, broken: bool) -> Part:
    """How many intents wait, the urgent kind first; a journal that fails is not an empty one.
    `shows` is the key that shows them.
    """
    if broken:
        return ("outbox CANNOT BE READ", "$sla-breached bold")
    if not intents:
        return ("outbox empty", "$text-muted")
    needing = sum(intent.state == NEEDS_YOU for intent in intents)
    if needing:
        return (f"outbox {len(intents)}, {needing} NEEDS YOU ({shows})", "$sla-breached bold")
    held = sum(intent.state == HELD for intent in intents)
    word = f"{held} held" if held == len(intents) else f"{len(intents)} waiting"
    return (f"outbox {word}", "$held bold")


def hero(state: SyncState, now: datetime, *, wide: bool) -> str:
    """Who is hero by the rota, and from when who is next; without a rota, who is signed in."""
    rota = state.rota
    if rota is None or not rota.turns:
        return f"hero: {_first(state.user_name)}" if state.user_name else ""
    from heroterm.domain.rotation import OLD  # most teams keep none

    here, then = rota.now(now), rota.next(now)
    told = f"hero: {_first(here.who) if here else 'nobody'}"
    if wide and then is not None:
        told += f", then {_first(then.who)} {then.begins.astimezone():%a}"
    old = rota.read_at is not None and now - rota.read_at > OLD
    return f"{told} @{short(now - rota.read_at)}" if old and rota.read_at else told


def _first(name: str) -> str:
    return name.split(" ")[0]
