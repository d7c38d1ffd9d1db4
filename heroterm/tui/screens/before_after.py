"""What a change would do, field by field, before anything is done (features F2).

Two columns, before and after; below them whatever else must be read. `y` is deaf for a moment, as
in every question, and does not exist where nothing can be done. Esc and Enter leave all as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from heroterm.tui.deaf import Deaf, only
from heroterm.tui.lines import TextLines
from heroterm.tui.over import Over
from heroterm.tui.screens.explain import scrolled
from heroterm.tui.text import Part, fit, folded, parts, safe, safe_line

Row = tuple[str, str, str]
"""What changes, its value before, its value after."""
_NAME_CELLS = 16
_HEIGHT = 0.7
"""How much of the screen the box takes at most (desk.tcss); longer words are scrolled."""
_AROUND = 5
"""Lines of the box's frame and of its keys with the blank above them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One change to be looked at."""

    title: str
    rows: Sequence[Row]
    notes: Sequence[Part]
    """Sentences below the columns: what is not done, what stops it."""
    words: str
    """Words that are written along; "" where there are none."""
    yes: str
    """What `y` does; "" where nothing can be done."""


class BeforeAfter(Deaf, Over[bool]):
    """Dismisses with True only after `y`."""

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self._shown = shown
        self._astray = False
        """Whether a key was pressed that is no answer."""

    def compose(self) -> ComposeResult:
        """The columns, and the keys below them."""
        with Vertical(id="box") as box:
            box.border_title = safe_line(self._shown.title)
            yield TextLines(id="columns")
            yield TextLines(id="box-keys", can_focus=False)

    def on_mount(self) -> None:
        """Lay the columns once the width is known; listen after the deaf time."""
        self.query_one("#columns", TextLines).focus()
        self.call_after_refresh(self._lay)

    def on_resize(self) -> None:
        """The columns fit the new width."""
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        pane = self.query_one("#columns", TextLines)
        pane.show(lines(self._shown, max(30, pane.scrollable_content_region.width)))
        told = self._told()
        room = int(self.size.height * _HEIGHT) - _AROUND - len(told)
        pane.styles.height = max(1, min(pane.count, room))
        yes: list[Part | str] = [(" y ", "$accent bold"), f"{self._shown.yes}   "]
        no: list[Part | str] = [(" esc ", "$accent bold"), "leave everything as it is"]
        keys = self.query_one("#box-keys", TextLines)
        width = max(20, keys.scrollable_content_region.width)
        said = folded(parts(*(yes if self._shown.yes else []), *no), width - 1)
        keys.show([Content.assemble(" ", line[1:] if line.plain[:1] == " " else line)
                   for line in [*said, *told]])  # fmt: skip
        keys.styles.height = keys.count

    def _told(self) -> list[Content]:
        answers = only([*(["y"] if self._shown.yes else []), "Esc"])
        return [parts((answers, "$sla-soon bold"))] if self._astray else []

    def on_key(self, event: events.Key) -> None:
        """Scroll, decide, or leave; of anything else it is said once what answers."""
        event.stop()
        if not self.is_current:
            return
        pane = self.query_one("#columns", TextLines)
        if scrolled(pane, event.key):
            return
        if event.key in ("escape", "enter", "n", "q"):
            self.dismiss(False)
        elif self._deaf:
            return
        elif event.key == "y" and self._shown.yes:
            self.dismiss(True)
        elif event.is_printable:
            self._astray = True
            self._lay()


def lines(shown: Shown, width: int) -> list[Content]:
    """The columns in so many cells, the sentences and the words below them."""
    half = max(8, (width - _NAME_CELLS - 4) // 2)
    head = f"{fit('', _NAME_CELLS)}  {fit('before', half)}  after"
    made = [parts((head, "$text-muted"))] if shown.rows else []
    for name, before, after in shown.rows:
        same = before == after
        said = f"{after} (already)" if same else after
        made.append(
            parts(
                (fit(name, _NAME_CELLS), "bold"),
                f"  {fit(before, half)}  ",
                (fit(said, half), "$text-muted" if same else "bold"),
            )
        )
    for words, style in shown.notes:
        made += [Content(""), *parts((words, style)).wrap(width)]
    if shown.words:
        made += [Content(""), *safe(shown.words).wrap(width)]
    return made if shown.rows else made[1:]
