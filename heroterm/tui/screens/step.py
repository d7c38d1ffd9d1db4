"""A box that asks for one answer: read what there is, then a letter, or words in a field.

Letters are deaf for a moment after the box opened, as in every question; Esc changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from heroterm.tui.deaf import Deaf, only
from heroterm.tui.line_field import LineField
from heroterm.tui.lines import TextLines
from heroterm.tui.over import Over
from heroterm.tui.text import parts, safe_line

_AROUND = 4
"""Rows that a box leaves of the screen: its frame, and one row above and below."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered: a value, and which of the numbered things was chosen (from 1; 0: none)."""

    value: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked. Either `letters` (key → what comes back, its words) or a `field`."""

    title: str
    lines: Sequence[Content]
    letters: Mapping[str, tuple[str, str]]
    field: str | None = None
    """What stands in the field at first; None: there is no field."""
    hint: str = ""
    """What stands in a field with nothing in it: an instruction, which nobody takes for words that
    are in it already.
    """
    numbers: int = 0
    """How many numbered things there are among which one is chosen."""
    chosen: int = 0
    judge: Callable[[Said], str] = lambda said: ""
    """Why an answer cannot stand, with what to do instead; "" lets it out of the box."""


class StepBox(Deaf, Over[Said | None]):
    """Dismisses with what was answered, or None."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._asked = asked
        self._chosen = asked.chosen
        self._refused = ""

    def compose(self) -> ComposeResult:
        """What there is to read, the field if there is one, the keys."""
        with Vertical(id="box") as box:
            box.border_title = safe_line(self._asked.title)
            yield TextLines(id="told", can_focus=self._asked.field is None)
            if self._asked.field is not None:
                yield LineField(self._asked.field, placeholder=self._asked.hint, compact=True)
            yield TextLines(id="refused", can_focus=False)
            yield TextLines(id="box-keys", can_focus=False)

    def on_mount(self) -> None:
        """The field has the focus, its words are chosen, so that typing replaces them."""
        if self._asked.field is not None:
            field = self.query_one(Input)
            field.focus()
        else:
            self.query_one("#told", TextLines).focus()
        self.call_after_refresh(self._lay)

    def on_resize(self) -> None:
        """Wrap again."""
        self.call_after_refresh(self._lay)

    def _lay(self) -> None:
        told, keys = self.query_one("#told", TextLines), self.query_one("#box-keys", TextLines)
        width = max(20, told.scrollable_content_region.width)
        told.show([piece for line in self._asked.lines for piece in line.wrap(width)])
        refused, loud = self.query_one("#refused", TextLines), (self._refused, "$sla-breached bold")
        refused.show(list(parts(loud).wrap(width)) if self._refused else [])
        refused.styles.height = len(refused.lines)
        said = [((f" {key} ", "$accent bold"), words) for key, (_, words) in self._letters()]
        if self._asked.numbers > 1:
            said.append(((self._numbers, "$accent bold"), f" message {self._chosen}"))
        if self._asked.field is not None:
            said.append(((" enter ", "$accent bold"), "this is it"))
        said.append(((" esc ", "$accent bold"), "leave it"))
        keys.show([piece for key, words in said for piece in parts(key, words).wrap(width)])
        keys.styles.height = len(keys.lines)
        below = len(refused.lines) + len(keys.lines) + 2 * (self._asked.field is not None)
        told.styles.height = min(len(told.lines), max(3, self.size.height - _AROUND - below))

    @property
    def _numbers(self) -> str:
        return f"1-{self._asked.numbers}"

    def _letters(self) -> Sequence[tuple[str, tuple[str, str]]]:
        return tuple(self._asked.letters.items())

    def on_key(self, event: events.Key) -> None:
        """A letter answers, a number chooses, arrows scroll, Esc leaves."""
        if not self.is_current:
            event.stop()
            return
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif self._asked.field is None:
            event.stop()
            self._press(event.key, event.is_printable or event.key == "enter")

    def _press(self, key: str, sign: bool) -> None:
        told = self.query_one("#told", TextLines)
        if key in self._asked.letters:
            if not self._deaf:
                self._say(self._asked.letters[key][0])
        elif key.isdigit() and 0 < int(key) <= self._asked.numbers:
            self._chosen = int(key)
            self._lay()
        elif key in ("j", "down", "k", "up"):
            told.scroll_relative(y=1 if key in ("j", "down") else -1, animate=False)
        elif key in ("pagedown", "space"):
            told.scroll_page_down(animate=False)
        elif key == "pageup":
            told.scroll_page_up(animate=False)
        elif sign and not self._deaf:
            numbers = [self._numbers] if self._asked.numbers > 1 else []
            self._refused = only([*self._asked.letters, *numbers, "Esc"])
            self._lay()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.is_current:
            self._say(event.value)

    def _say(self, value: str) -> None:
        """An answer; one that cannot stand is refused here, and the box stays open."""
        said = Said(value, self._chosen)
        self._refused = self._asked.judge(said)
        if self._refused:
            self._lay()
        else:
            self.dismiss(said)


def letters_for(answers: Sequence[str]) -> dict[str, tuple[str, str]]:
    """A letter for each answer, of its own words where that is free; else a digit.

    Never one that scrolls or undoes, which mean the same in every box.
    """
    found: dict[str, tuple[str, str]] = {}
    for number, answer in enumerate(answers, 1):
        own = (c for c in answer.casefold() if c.isascii() and c.isalpha())
        key = next((c for c in own if c not in found and c not in "jku"), str(number))
        found[key] = (answer, answer)
    return found
