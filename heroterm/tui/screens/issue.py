"""The composer of a bug report or feature request: what was reported before, and what goes out.

An issue is public, so the words that will stand in it stand here whole, the first line as its
title. heroterm opens GitHub's form with them; the hero submits it there, and brings its address
back. Tab goes on from the tickets alike to the words, the form, and the address.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Button, Input, TextArea

from heroterm.domain.bug_report import CALLED, Issue
from heroterm.domain.playbook_filing import Filed
from heroterm.domain.playbook_values import complaint
from heroterm.mirror.reported import Reported, issues_of
from heroterm.tui.deaf import Deaf
from heroterm.tui.line_field import LineField
from heroterm.tui.lines import TextLines
from heroterm.tui.marked_button import MarkedButton
from heroterm.tui.over import Over
from heroterm.tui.panes.issue_lines import MOST, alike, keys, verdict
from heroterm.tui.screens.reporting import Brought, Reporting
from heroterm.tui.text import safe_line

OTHER, LINK = "other", "link"
"""What else may come back: make it the other kind of issue; give only the link to the forms."""
_ORDER = ("told", "text", "open", "issue")
_STANDS = "The address stands in its field, as you left it."
_REST_SECONDS = 0.4
_ROOMY = 32
"""Lines of a terminal in which everything has room at once; below, the words go first."""


class IssueBox(Deaf, Over[Filed | str | None]):
    """Dismisses with the issue that was filed, OTHER, LINK, or None."""

    def __init__(self, reporting: Reporting) -> None:
        super().__init__()
        self._reporting = reporting
        self._found: Sequence[Reported] | None = None
        self._trouble = ""
        self._done = _STANDS if reporting.brought.address else ""
        self._existing = reporting.brought.existing
        self.brought = reporting.brought
        """The address as it was kept last."""
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """What is known above, the words, and below them what they would become."""
        reporting = self._reporting
        with Vertical(id="box", classes="-low" if reporting.low else "") as box:
            box.border_title = safe_line(
                f"{CALLED[reporting.issue.kind].capitalize()} about #{reporting.ticket_id}"
            )
            yield TextLines(id="told")
            if not reporting.low:
                yield TextArea(
                    reporting.words, id="text", soft_wrap=True, show_line_numbers=False,
                    compact=True,
                )  # fmt: skip
                yield TextLines(id="verdict", can_focus=False)
                with Horizontal(id="row"):
                    yield MarkedButton("OPEN THE FORM", id="open")
                    yield LineField(
                        reporting.brought.address, placeholder="paste the issue's address here",
                        id="issue", compact=True, max_length=400, select_on_focus=False,
                    )  # fmt: skip
            yield TextLines(id="box-keys", can_focus=False)

    def on_mount(self) -> None:
        """The tickets alike have the focus: look there first."""
        if not self._reporting.low:
            self.query_one("#text", TextArea).cursor_blink = False
        self.query_one("#told", TextLines).focus()
        self.call_after_refresh(self._lay)

    def on_resize(self) -> None:
        """Wrap again."""
        self.call_after_refresh(self._lay)

    def on_descendant_focus(self) -> None:
        """The key line is that of whatever has the focus."""
        self.call_after_refresh(self._lay)

    def know(self, found: Sequence[Reported]) -> None:
        """What the mirror found that is alike."""
        self._found = found
        self._lay()

    def fail(self, trouble: str) -> None:
        """The mirror could not be asked: that is not the same as nothing alike."""
        self._trouble = trouble
        self._lay()

    # Lines

    def _lay(self) -> None:
        if not self.stands:
            return
        told = self.query_one("#told", TextLines)
        width = max(20, told.scrollable_content_region.width)
        low, small = self._reporting.low, self.size.height < _ROOMY
        here = self.focused.id if self.focused is not None else "told"
        lines = [*self._reporting.head, *([] if low else alike(self._found, self._trouble))]
        _fill(told, lines, width, 1 if small and here != "told" else max(3, self.size.height // 3))
        some = bool(issues_of(self._found or ()))
        said = keys(here or "told", self._reporting.issue.kind, low=low, issues=some)
        foot = self.query_one("#box-keys", TextLines)
        _fill(foot, [said], max(20, foot.scrollable_content_region.width), 3)
        if not low:
            issue = self._issue
            said_of = verdict(issue, self._reporting.objection(issue), self._done)
            most = 2 if small and here in ("told", "text") else 8
            _fill(self.query_one("#verdict", TextLines), said_of, width, most)

    @property
    def _issue(self) -> Issue:
        """The issue as its words stand now."""
        return self._reporting.issue.edited(self.query_one("#text", TextArea).text)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Esc leaves, Tab goes on; letters answer while the tickets alike have the focus."""
        if not self.is_current:
            event.stop()
        elif event.key == "escape":
            event.stop()
            self._keep()
            self.dismiss(None)
        elif event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            self._turn(1 if event.key == "tab" else -1)
        elif self.focused is not None and self.focused.id == "told":
            event.stop()
            self._press(event.key)

    def _turn(self, by: int) -> None:
        if self._reporting.low:
            return
        here = self.focused.id if self.focused is not None else "told"
        at = _ORDER.index(here) if here in _ORDER else 0
        self.query_one(f"#{_ORDER[(at + by) % len(_ORDER)]}").focus()

    def _press(self, key: str) -> None:
        told = self.query_one("#told", TextLines)
        if key in ("j", "down", "up"):
            told.scroll_relative(y=-1 if key == "up" else 1, animate=False)
        elif self._deaf:
            return
        elif key == "f":
            self._keep()
            self.dismiss(OTHER)
        elif self._reporting.low:
            if key == "enter":
                self.dismiss(LINK)
        elif key == "enter":
            self._turn(1)
        elif key == "o":
            self._reporting.search()
        elif key == "k":
            self._take("")
        elif key.isdigit():
            issues = issues_of(self._found or ())[:MOST]
            if 0 < int(key) <= len(issues):
                self._take(issues[int(key) - 1][0])

    def _take(self, url: str) -> None:
        """It is known already: the comment for it is copied, its address asked for."""
        self._existing = True
        self._done = self._reporting.known(url)
        field = self.query_one("#issue", Input)
        field.value = url
        field.cursor_position = len(url)
        field.focus()
        self._lay()

    @on(Button.Pressed)
    def _open(self, event: Button.Pressed) -> None:
        event.stop()
        issue = self._issue
        self._keep()
        if self._reporting.objection(issue) is None:
            self._existing = False
            self._done = self._reporting.opens(issue)
            self.query_one("#issue", Input).focus()
        self._lay()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        value = event.value.strip().split("#")[0].split("?")[0]
        wrong = complaint("issue", value)
        if wrong:
            self._done = wrong
            self._lay()
        elif self.is_current:
            self._keep()
            self.dismiss(Filed(value, self._existing))

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted outside of the two fields is the address of an issue that is there."""
        elsewhere = self.focused is None or self.focused.id not in ("text", "issue")
        if elsewhere and event.text.strip() and not self._reporting.low:
            event.stop()
            field = self.query_one("#issue", Input)
            field.value = event.text.strip().partition("\n")[0]
            field.cursor_position = len(field.value)  # what is typed next goes behind it
            field.focus()

    # Keeping the words

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self) -> None:
        if self._rest is None:
            self._rest = self.set_timer(_REST_SECONDS, self._rested)

    def _rested(self) -> None:
        self._rest = None
        self._keep()
        self._lay()

    def _keep(self) -> None:
        if not self._reporting.low:
            words = self.query_one("#text", TextArea).text
            address = self.query_one("#issue", Input).value.strip()
            self.brought = Brought(address, self._existing)
            kept = "" if words == self._reporting.issue.text else words
            self._reporting.keeps(kept, self.brought)


def _fill(pane: TextLines, lines: Sequence[Content], width: int, most: int) -> None:
    """Wrap lines into a pane, which becomes as high as they are, at most so many."""
    pane.show([piece for line in lines for piece in (line.wrap(width) or [line])])
    pane.styles.height = min(len(pane.lines), most)
