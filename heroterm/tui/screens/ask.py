"""A question with a safe answer, which Enter gives until Tab has gone to another (keys: rule 3)."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from heroterm.tui.deaf import Deaf, only
from heroterm.tui.over import Over
from heroterm.tui.text import COMMAND, parts, pressed, safe


class Ask(Deaf, Over[str]):
    """Dismisses with the key that was chosen; Esc always means `n`, Enter the one that is said, or
    the one to which Tab went: what a hand does by habit stays safe, and no letter is needed.

    `again` gives question and answers as they are by now, where they may change meanwhile.
    """

    def __init__(
        self,
        question: str,
        answers: dict[str, str],
        enter: str = "n",
        again: Callable[[], tuple[str, dict[str, str]]] | None = None,
    ) -> None:
        super().__init__()
        self._again = again
        self._question = question
        self._answers = answers
        self._enter = enter
        self._tabbed = ""
        """The answer to which Tab went."""
        self._astray = False
        """Whether a key was pressed that is no answer."""

    def compose(self) -> ComposeResult:
        """The question, and every answer with its key."""
        with Vertical(id="box"):
            yield Static(safe(self._question), id="question")
            yield Static(Content("\n").join(self._lines()), id="answers")

    def _lines(self) -> list[Content]:
        lines = [
            pressed(
                parts(
                    (f"{self._mark(key)}{key} ", "$accent bold"),
                    words,
                    (self._also(key), "$text-muted"),
                ),
                key,
            )
            for key, words in self._answers.items()
        ]
        answers = (only([*self._answers, "Enter", "Esc"]), "$sla-soon bold")
        told = [Content(""), parts(answers)] if self._astray else []
        return [Content(""), *lines, *told]

    def renew(self) -> None:
        """Ask what is true by now."""
        if self._again is None or self._again() == (self._question, self._answers):
            return
        self._question, self._answers = self._again()
        self._tabbed = self._tabbed if self._tabbed in self._answers else ""
        self.query_one("#question", Static).update(safe(self._question))
        self._show()

    def _show(self) -> None:
        self.query_one("#answers", Static).update(Content("\n").join(self._lines()))

    def _tab(self, step: int) -> None:
        """Go to the next answer, from the safe one on."""
        keys = list(self._answers)
        here = self._tabbed or self._enter
        self._tabbed = keys[(keys.index(here) + step) % len(keys)] if here in keys else keys[0]
        self._show()

    def on_click(self, event: events.Click) -> None:
        """An answer that is clicked is given, once the box listens."""
        answer = event.style.meta.get(COMMAND)
        if answer in self._answers and not self._deaf and self.is_current:
            self.dismiss(answer)

    def _mark(self, key: str) -> str:
        return ">" if key == self._tabbed else " "

    def _also(self, key: str) -> str:
        enter = self._tabbed or self._enter
        also = [word for word, meant in (("Enter", enter), ("Esc", "n")) if meant == key]
        return f"  ({', '.join(also)})" if also else ""

    def on_key(self, event: events.Key) -> None:
        """Take a key that is an answer; anything else changes nothing, and is told so."""
        event.stop()
        if not self.is_current:
            return
        if event.key == "escape":
            self.dismiss("n")
        elif event.key == "enter":
            self.dismiss(self._tabbed or self._enter)
        elif event.key in ("tab", "shift+tab"):
            event.prevent_default()
            if not self._deaf:
                self._tab(1 if event.key == "tab" else -1)
        elif self._deaf:
            return
        elif event.character in self._answers:
            self.dismiss(event.character)
        elif event.is_printable and not self._astray:
            self._astray = True
            self._show()
