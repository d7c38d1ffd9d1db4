"""What was said and rung on this desk since it stands, so that it can be read again later."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.terminal import Terminal, wrapped
from heroterm.domain.text import shown
from heroterm.sync.report import Alert

_MOST = 300
_LONGEST = 120
AUTO, BELL, OFF = "auto", "bell", "off"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the hero was called for."""

    at: datetime
    ticket_id: int
    say: str
    """What happened, without words of the ticket."""
    rang: bool
    """Whether the bell rang; in quiet hours it does not."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the desk's."""

    at: datetime
    words: str
    severity: str


class Noticed:
    """Lists, the newest last; what is older than the newest few hundred is let go."""

    def __init__(self) -> None:
        self.notices: deque[Notice] = deque(maxlen=_MOST)
        self.said: deque[Said] = deque(maxlen=_MOST)
        self.unheard: Said | None = None
        """A warning that came while a box lay over the desk: it is said again behind it."""
        self.tier1: frozenset[int] | None = None
        """Tickets of tier 1 that were there at the last look; None before the first."""
        self.copied = ""
        """What was copied last."""
        self.pressed = 0
        """Keys since the last time that they were counted."""
        self.waiting: list[str] = []
        """What rings in a moment, so that many at once ring once."""
        self.near: list[Alert] = []
        """Warnings that are said in a moment, together."""


def in_short(says: Sequence[str]) -> str:
    """Several notices as one line."""
    more = f" and {len(says) - 1} more" if len(says) > 1 else ""
    return f"{says[0]}{more}"


def ringing(words: str, how: str, terminal: Terminal) -> str:
    """The bell, and before it what shows a notice on the desktop where the terminal can.

    `how` is `auto` (as the terminal is known to), `bell`, `off`, or the number of an OSC.
    """
    if how == OFF:
        return ""
    number = "" if how == BELL else terminal.notify if how == AUTO else how
    if not number or not terminal.reached:
        return "\x07"
    line = shown(words, single_line=True, limit=_LONGEST).replace(";", ",")
    asked = {
        "9": f"\x1b]9;{line}\x07",
        "777": f"\x1b]777;notify;heroterm;{line}\x07",
        "99": f"\x1b]99;;heroterm: {line}\x1b\\",
    }[number]
    return wrapped(asked, terminal) + "\x07"
