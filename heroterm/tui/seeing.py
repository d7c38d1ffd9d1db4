"""How the open ticket is looked at: what was seen of it, what stands before it, what is beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.content_gate import Gate
from heroterm.domain.view import QueueChoice
from heroterm.domain.waits import Wait
from heroterm.tui.arrangement import Arrangement
from heroterm.tui.beside import Beside
from heroterm.tui.looked import Looked


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that was set or ended at this desk, to be taken back."""

    ticket_id: int
    at: datetime
    before: Wait | None
    """What waited on the ticket until then."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A queue that was taken out of config.toml at this desk, to be kept again."""

    queue: QueueChoice
    at: datetime


@dataclass(slots=True)
class Seeing:
    """The desk's own; it changes as tickets come up and as the hero answers."""

    looked: Looked | None = None
    """What the hero has seen of the open ticket."""
    events: bool = False
    """Whether threads show what happened between their messages."""
    gate: Gate | None = None
    """The content warning that stands before the open ticket, while it was not answered."""
    deaf: bool = False
    """Whether the gate came up so shortly ago that no key answers it."""
    once: int | None = None
    """The ticket whose gate was opened for this once."""
    dragged: Arrangement | None = None
    """Where a border stands that is being dragged; None: none is."""
    beside: Beside | None = None
    """What the mirror knows around the open ticket; None while it is being asked."""
    reminded: Reminded | None = None
    """The newest change of a reminder that can be undone."""
    forgotten: Forgotten | None = None
    """The queue that was taken out last and can be kept again."""
    followed: frozenset[int] | None = None
    """Saved views whose tickets the carrier brings by itself; None: those of its start."""
    focus: str = ""
    """What on the desk had the focus last, by its id; "": nothing yet."""
