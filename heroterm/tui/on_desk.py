"""What a command may use of the desk: the seam between the table's deeds and the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from textual.app import App
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from heroterm.domain.view import QueueChoice
from heroterm.sync.orders import Order
from heroterm.sync.report import Absent
from heroterm.tui.book import DeskBook
from heroterm.tui.lookups import Lookups
from heroterm.tui.noticed import Noticed
from heroterm.tui.opened import Opened
from heroterm.tui.panes.brief import BriefPane
from heroterm.tui.panes.composer import Composer
from heroterm.tui.panes.outbox import OutboxPane
from heroterm.tui.panes.playbook import PlaybookPane
from heroterm.tui.panes.queue import QueuePane
from heroterm.tui.panes.replies import RepliesPane
from heroterm.tui.panes.run_lines import Rehearsal
from heroterm.tui.panes.side import SidePane
from heroterm.tui.panes.status import Lesson, Line
from heroterm.tui.panes.thread import ThreadPane
from heroterm.tui.panes.typed import TypedField
from heroterm.tui.panes.week import WeekPane
from heroterm.tui.panes.which_key import WhichKey
from heroterm.tui.parts import Parts
from heroterm.tui.pen import Pen
from heroterm.tui.reading import Reading
from heroterm.tui.screens.explain import Explain
from heroterm.tui.seeing import Seeing
from heroterm.tui.verbs import Verbs
from heroterm.tui.waits import Waits


class OnDesk(Protocol):
    """The desk as a deed sees it."""

    parts: Parts
    reading: Reading
    book: DeskBook
    queues: tuple[QueueChoice, ...]
    """The queues that can be chosen by now, the desk's own first."""
    queue: QueuePane
    thread: ThreadPane
    side: SidePane
    replies: RepliesPane
    playbook: PlaybookPane
    outbox: OutboxPane
    week: WeekPane
    composer: Composer
    filter_field: TypedField
    which: WhichKey
    brief: BriefPane
    opened: Opened | None
    seeing: Seeing
    """How the open ticket is looked at."""
    history: list[int]
    head: Line
    news: Line
    keys: Line
    lesson: Lesson
    chosen: set[str]
    """What was chosen at this desk, by the names under which the journal remembers it."""
    served: set[int]
    """Tickets that `n` has opened: answering them is in order."""
    told: str
    """The sentence that was said last, while it is still shown."""
    noticed: Noticed
    """What was said and rung since the desk stands."""
    failed: bool
    """Whether the last ticket could not be read, which is not the same as not being there."""
    last_trouble: str
    """The trouble that was said last, so that it is not said again and again."""
    waits: Waits
    """What the carrier is waiting for, each until its moment."""
    rehearsal: Rehearsal | None
    """The playbook that is being rehearsed, if one is."""
    absent: Absent | None
    """What the carrier asks about: many tickets that Zendesk does not show any more."""

    @property
    def pen(self) -> Pen:
        """The one writer of the journal."""

    @property
    def lookups(self) -> Lookups:
        """Slow questions to the mirror, beside the screen."""

    @property
    def verbs(self) -> Verbs:
        """Verbs of heroterm that run beside the screen."""

    @property
    def app(self) -> App[Any]:
        """The running App."""

    @property
    def target(self) -> Opened | None:
        """The ticket that a ticket action acts on: under the queue's cursor, else the open one."""

    def tell(self, words: str, *, severity: str = "information") -> None:
        """Say a sentence on the news line; where it has no room for it, in a toast. It is said as
        it is: keys are put into it by `key`, so that data in it is never taken for one.
        """

    def key(self, id_: str) -> str:
        """The keys of a command as a sentence names them (`Keymap.key`). Raises KeyError."""

    def filled(self, words: str) -> str:
        """A sentence of heroterm's own, and nothing but that, with the hero's keys in the place of
        `{command.id}` (`Keymap.told`).
        """

    def explain(self, title: str, lines: Sequence[Content], by: int | None = None) -> Explain:
        """Show lines in a box, and give it; what goes on in a line below stands `by` cells in."""

    def ask(
        self, question: str, answers: dict[str, str], then: Callable[[str], None], enter: str = "n"
    ) -> None:
        """Ask; the safe answer `n` leaves everything as it is."""

    def open_ticket(self, ticket_id: int, *, focus: bool = True) -> bool:
        """Show a ticket; False when the mirror does not hold it."""

    def show_place(self, place: str, also: Mapping[str, bool] | None = None) -> None:
        """Show `queue`, `ticket`, `side`, `replies`, `playbook` or `compose` where one has room.

        Classes that change with it cost least when they are changed `also`, in one go.
        """

    def order(self, order: Order) -> bool:
        """Pass an order to the carrier."""

    def refresh_desk(self, *, unasked: bool = False) -> None:
        """Read again whatever is shown; `unasked` leaves the rows while the hero is busy."""

    def refresh_outbox(self) -> None:
        """Boxes that lie open show what has changed."""

    def focus_pane(self, name: str) -> None:
        """Give the focus to a pane by its id."""

    def has_class(self, *class_names: str) -> bool:
        """Whether the layout has given these classes."""

    def set_focus(self, widget: Widget | None) -> None:
        """Give the focus to a widget at once: keys that come next are its own."""

    def action_command(self, id_: str) -> None:
        """Run a command by its id, or say why it cannot run now."""

    def reply_chosen(self, name: str) -> None:
        """Use a canned reply by its name."""

    # What every Textual screen has

    @property
    def size(self) -> Size:
        """Cells of the screen."""

    def query_one(self, selector: str) -> Widget:
        """The one widget that a selector names."""

    @property
    def in_front(self) -> bool:
        """Whether no box lies over it."""

    @property
    def focused(self) -> Widget | None:
        """The widget with the focus."""

    def set_class(self, add: bool, *class_names: str) -> Any:
        """Add or remove a class that the layout looks at."""

    def toggle_class(self, *class_names: str) -> Any:
        """Turn a class over."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Any:
        """Call back once after a delay in seconds."""
