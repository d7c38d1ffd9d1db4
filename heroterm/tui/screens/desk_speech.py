"""What the desk says to the hero: a sentence, a box of lines, a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.content import Content
from textual.timer import Timer

from heroterm.tui import garbage
from heroterm.tui.doing import saying
from heroterm.tui.messages import Remarked
from heroterm.tui.screens.ask import Ask
from heroterm.tui.screens.desk_mouse import MouseDesk
from heroterm.tui.screens.explain import Explain

_AFTER_A_BOX = 2.0
"""Seconds in which boxes that follow it open and close, and keys after the last one are drawn."""


class SpeakingDesk(MouseDesk):
    """A desk that is heard: what is said under a box is said again behind it."""

    _lets_go: Timer | None = None

    def on_screen_resume(self) -> None:
        """The box over the desk is gone, and in a moment all that was in it; rows that were held
        back while it was read may move.
        """
        self.call_after_refresh(self._desk.queue.catch_up)
        saying.heard(self._desk)
        if self._lets_go is None:
            self._lets_go = self.set_timer(_AFTER_A_BOX, self._let_go)

    def _let_go(self) -> None:
        self._lets_go = None
        garbage.let_go()

    @on(Remarked)
    def _remarked(self, message: Remarked) -> None:
        self.tell(message.words, severity="warning")

    def tell(self, words: str, *, severity: str = "information") -> None:
        """Say a sentence on the news line; where it has no room, in a toast."""
        saying.tell(self._desk, words, severity)

    def key(self, id_: str) -> str:
        """The keys of a command as a sentence names them."""
        return self._desk.parts.keymap.key(id_)

    def filled(self, words: str) -> str:
        """A sentence of heroterm's own with the hero's keys in the place of `{command.id}`."""
        return self._desk.parts.keymap.told(words)

    def explain(self, title: str, lines: Sequence[Content], by: int | None = None) -> Explain:
        """Show lines in a box."""
        box = Explain(title, lines, by)
        self.app.push_screen(box)
        return box

    def ask(
        self, question: str, answers: dict[str, str], then: Callable[[str], None], enter: str = "n"
    ) -> None:
        """Ask; Esc means `n`, Enter means `enter`."""
        self.app.push_screen(Ask(question, answers, enter), lambda said: then(said or "n"))
