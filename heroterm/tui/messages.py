"""What travels up: reports from the carrier, results from the pen, gestures from the panes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

from heroterm.errors import HeroError, StoreError

if TYPE_CHECKING:
    from heroterm.sync.report import Report


@dataclass
class Carried(Message):
    """The carrier reported something; the mirror or the journal may have changed."""

    report: Report


@dataclass
class CarrierGone(Message):
    """The carrier process ended; it is started again after `again_in` seconds."""

    why: str
    again_in: float


@dataclass
class Written(Message):
    """The pen finished a write to the journal, or could not."""

    then: Callable[[Any], None] | None
    result: Any
    error: HeroError | None
    otherwise: Callable[[HeroError], None] | None = None
    decides: bool = False
    """Whether it decided what the next key is for."""


@dataclass
class UndoPressed(Message):
    """The key of undo in a box; it travels behind the keys that were pressed there before."""

    undo: Callable[[], None]


@dataclass
class StoreFailed(Message):
    """The mirror or the journal could not be read just now; what was asked is left undone."""

    error: StoreError


@dataclass
class RunShown(Message):
    """The playbook pane shows a run now, or none any more: other keys make sense in it."""


@dataclass
class BriefLaid(Message):
    """The morning brief was laid over the queue or taken away, or one of them has another size."""


@dataclass
class TicketPicked(Message):
    """A ticket was chosen in a pane and should be opened."""

    ticket_id: int


@dataclass
class CursorMoved(Message):
    """The queue's cursor stands on another ticket (None: on no ticket)."""

    ticket_id: int | None


@dataclass
class CommandClicked(Message):
    """Words that stand for a command were clicked."""

    command: str


@dataclass
class LetterClicked(Message):
    """An entry of the box after a prefix was clicked."""

    key: str


@dataclass
class DraftChanged(Message):
    """The composer's text was changed and then rested; it wants to be kept."""


class InlineWanted(Message):
    """`::` was typed in the text: a canned reply is wanted at the cursor."""


@dataclass
class Remarked(Message):
    """A pane has something to say that the hero should know, as a sentence."""

    words: str


@dataclass
class ReplyPicked(Message):
    """A canned reply was chosen, by its name."""

    name: str
