"""What the App is handed: every way out of the process, so that tests can hand in their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from heroterm.domain.record import record
from heroterm.errors import StoreError
from heroterm.tui.keymap import Keymap
from heroterm.tui.own_children import OwnChildren
from heroterm.tui.read_only import ReadOnly

if TYPE_CHECKING:
    from heroterm.domain.brief import Brief
    from heroterm.domain.findings import Finding
    from heroterm.domain.outbox import Intent
    from heroterm.domain.pack import Pack
    from heroterm.domain.stats import Week
    from heroterm.domain.takeover import Compared
    from heroterm.domain.terminal import Terminal
    from heroterm.domain.view import QueueChoice
    from heroterm.journal.database import OpenJournal
    from heroterm.mirror.queues import Queues
    from heroterm.mirror.reader import Mirror
    from heroterm.tui.book import DeskBook, ReadAgain
    from heroterm.tui.edited import Edited
    from heroterm.tui.lessons import Course


@record(frozen=True, slots=True)
class DeskSettings:
    """The slice of the configuration that the screen needs. Times in seconds."""

    account_url: str = ""
    hold_seconds: float = 15.0
    promise_seconds: float = 300.0
    """How old an unsolved ticket's data may be before its age is shown."""
    training_sends: int = 0
    """How many of the first sends ever wait for `!`."""
    theme: str = "heroterm-dark"
    queues: tuple[QueueChoice, ...] = ()
    """The queues that the team chose, the desk's own first."""
    findings: tuple[str, ...] = ()
    """A sentence for each queue that has no letter because the prefix uses it itself."""
    demo: bool = False
    show_cursor: bool = False
    """Whether the terminal's own cursor is seen, at the focus."""
    notify: str = "auto"
    """How the hero is called: `auto`, `bell`, `off`, or the number of an OSC."""
    notify_words: bool = False
    """Whether a notice may carry the ticket's title."""
    claim: str = "assignee"
    """How a soft claim is made: `assignee` or `tag`."""
    breach_first: bool = False
    """Whether the configuration puts the nearest breach before the tier."""
    brief: bool = False
    """Whether the brief shows itself on the first start of a day."""
    no_color: bool = False
    """NO_COLOR is set: the grey theme is worn, whatever was chosen, and colours are taken out."""


def no_week(mirror: Mirror, now: datetime, days: int) -> Week:
    """Where nobody counts: raises StoreError."""
    raise StoreError("Nothing counts the week here.")


def no_pack(mirror: Mirror) -> Pack:
    """Where nobody packs: raises StoreError."""
    raise StoreError("Nothing packs the week here.")


def no_brief(mirror: Mirror) -> Brief:
    """Where nobody briefs: raises StoreError."""
    raise StoreError("Nothing tells the morning here.")


def no_pack_at(path: str) -> Pack:
    """Where no pack can be read: raises StoreError."""
    raise StoreError("No pack can be read here.")


def no_comparison(mirror: Mirror, pack: Pack) -> Compared:
    """Where nobody compares: raises StoreError."""
    raise StoreError("Nothing compares packs here.")


class FileRead(Protocol):
    """A file as it is attached."""

    @property
    def name(self) -> str:
        """Its base name."""

    @property
    def content_type(self) -> str:
        """Its media type."""

    @property
    def content(self) -> bytes:
        """All of it."""


def no_file(path: str) -> FileRead:
    """Where no file can be read: raises StoreError."""
    raise StoreError("No file can be read here.")


def nothing_to_read() -> ReadAgain:
    """Where there are no files: raises StoreError."""
    raise StoreError("No files of a team are read here.")


def no_queues(_: object) -> tuple[QueueChoice, ...]:
    """Where there is no configuration: raises StoreError."""
    raise StoreError("Nothing keeps queues here.")


def unknown_terminal() -> Terminal:
    """A terminal of which nothing is known."""
    from heroterm.domain.terminal import Terminal  # not needed for the first painted queue

    return Terminal()


@record(frozen=True, slots=True)
class Parts:
    """Everything that the App uses and does not make itself."""

    open_queues: Callable[[], Queues]
    """Opens the mirror's queues, which load faster than all of it; raises as `open_mirror`."""
    open_mirror: Callable[[], Mirror]
    """Opens the mirror for reading; raises StoreError when there is none yet."""
    open_journal: OpenJournal
    """Opens the journal; called once on the screen's thread and once on the pen's."""
    book: Callable[[], DeskBook]
    """Reads canned replies, playbooks and rules; called after the first paint."""
    check: Callable[[Intent], Sequence[Finding]]
    """The one list of rules, applied to an intent before it is put."""
    settings: DeskSettings
    themes: Sequence[Path]
    """Folders with theme files, later ones win."""
    clock: Callable[[], datetime]
    """The present moment, aware, UTC, by the local clock."""
    new_id: Callable[[], str]
    """A fresh id for an intent."""
    copy: Callable[[str], str]
    """Puts text on the clipboard and says by which way; "" where only the terminal can."""
    browse: Callable[[str], bool]
    """Opens a web address; False when no browser can be started here."""
    edit: Callable[[str], Edited]
    """Lets the hero's editor change a text."""
    read_again: Callable[[], ReadAgain] = nothing_to_read
    """Reads the files of `book` again while the desk stands, on any thread; raises HeroError, and
    what was read before holds."""
    newer_replies: Callable[[], ReadAgain | None] = lambda: None
    """The same of canned replies alone; None where no file of theirs is newer than what was
    read."""
    terminal: Callable[[], Terminal] = unknown_terminal
    """What the terminal around the screen can do; asked when it is first needed."""
    paths_like: Callable[[str], Sequence[tuple[str, int | None]]] = lambda typed: ()
    """Paths of this machine that begin so, with their size in bytes; None for a folder."""
    read_file: Callable[[str], FileRead] = no_file
    """A file that is to be attached; raises HeroError."""
    week: Callable[[Mirror, datetime, int], Week] = no_week
    """Numbers of the last days, by the zone of the moment that is handed in; on any thread, with
    its own mirror."""
    pack: Callable[[Mirror], Pack] = no_pack
    """The handover pack of this home as it stands now; on any thread, with its own mirror."""
    write_pack: Callable[[Pack], Sequence[str]] = lambda pack: ()
    """Writes the pack's files and gives their paths; raises HeroError."""
    brief: Callable[[Mirror], Brief] = no_brief
    """What to know this morning; on any thread, with its own mirror."""
    read_pack: Callable[[str], Pack] = no_pack_at
    """A colleague's pack at a path; raises HeroError."""
    compared: Callable[[Mirror, Pack], Compared] = no_comparison
    """A colleague's pack against now; on any thread, with its own mirror."""
    keep_queue: Callable[[QueueChoice], tuple[QueueChoice, ...]] = no_queues
    """Writes a queue into the configuration, and gives every one as it is then; raises HeroError,
    and nothing was written."""
    forget_queue: Callable[[str], tuple[QueueChoice, ...]] = no_queues
    """Takes a queue out of the configuration by its name, and gives every one as it is then; raises
    HeroError, and nothing was written."""
    course: Course | None = None
    """Lessons of a practice shift; None at work."""
    read_only: ReadOnly = field(default_factory=ReadOnly)
    """Whether nothing may be queued; `:ro` turns it."""
    keymap: Keymap = field(default_factory=Keymap)
    """Which keys mean what in this home."""
    carrier: Sequence[str] = ()
    """Command line of the carrier process; empty runs the desk without one."""
    verb: Sequence[str] = ()
    """Command line of heroterm itself on this home, to which a verb and its words are added."""
    children: OwnChildren = field(default_factory=OwnChildren)
    """What both are started with."""
    log_crash: Callable[[BaseException], str] = lambda error: ""
    """Writes a crash report without locals or ticket text; returns the path of it."""
    note: Callable[[str], None] = lambda line: None
    """Leaves a line in the log; never words of a ticket."""
