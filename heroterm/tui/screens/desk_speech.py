"""What the desk says to the hero: a sentence, a box of lines, a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.content import Content

from heroterm.tui.doing import saying
from heroterm.tui.messages import Remarked
from heroterm.tui.screens.ask import Ask
from heroterm.tui.screens.desk_mouse import MouseDesk
from heroterm.tui.screens.explain import Explain


class SpeakingDesk(MouseDesk):
    """A desk that is heard: what is said under a box is said again behind it."""

    def on_screen_resume(self) -> None:
        """The box over the desk is gone."""
        saying.heard(self._desk)

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

    def explain(self, title: str, lines: Sequence[Content], by: int | None = None) -> None:
        """Show lines in a box."""
        self.app.push_screen(Explain(title, lines, by))

    def ask(
        self, question: str, answers: dict[str, str], then: Callable[[str], None], enter: str = "n"
    ) -> None:
        """Ask; Esc means `n`, Enter means `enter`."""
        self.app.push_screen(Ask(question, answers, enter), lambda said: then(said or "n"))
