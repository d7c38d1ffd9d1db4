"""Where somebody stands in the lessons of the practice shift, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from textual.content import Content

from heroterm.domain.lessons import Lesson, LessonStep
from heroterm.tui.keymap import Keymap
from heroterm.tui.text import Part, parts

_DONE = (
    "That was the practice shift: everything here goes on as long as you like. {app.quit} leaves."
)
_WANTED = (" >  ", "$accent bold")


@dataclass
class Course:
    """The lessons in order. `behind` of them are learned; `keep` is told when one more is."""

    lessons: Sequence[Lesson]
    behind: int
    keep: Callable[[int], None]
    step: int = 0
    learned: str = ""
    """What the last step taught, with its keys."""
    did: set[str] = field(default_factory=set)
    """Commands that were run since the step began."""
    known: frozenset[str] = frozenset()
    """Intents that were there when the step began."""
    recalled: frozenset[str] = frozenset()
    """Those of them that had been taken back."""
    astray: bool = False
    """Whether something was done that leads past what the step teaches."""

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that goes on; None when all are learned."""
        return self.lessons[self.behind] if self.behind < len(self.lessons) else None

    @property
    def now(self) -> LessonStep | None:
        """The step that goes on."""
        return self.lesson.steps[self.step] if self.lesson is not None else None

    def passed(self, keymap: Keymap) -> None:
        """The step worked: say its keys, and go on to the next one."""
        if self.lesson is None or self.now is None:
            return
        self.learned, self.did, self.astray = keymap.told(self.now.learned), set(), False
        self.step += 1
        if self.step == len(self.lesson.steps):
            self.step = 0
            self.behind += 1
            self.keep(self.behind)

    def said(self, width: int, keymap: Keymap) -> list[Content]:
        """The lesson, what the last step taught, what to do now; wrapped to so many cells."""
        lines: list[Content] = []
        lesson = self.lesson
        if lesson is not None:
            at = f" LESSON {self.behind + 1}/{len(self.lessons)} "
            step = f"  step {self.step + 1} of {len(lesson.steps)}" if len(lesson.steps) > 1 else ""
            lines.append(parts((at, "$accent bold reverse"), (f" {lesson.title}", "bold"), step))
        if self.learned:
            lines += _hung((" ok ", "$sla-ok bold"), parts(self.learned), width)
        return [*lines, *_hung(_WANTED, parts((self._wanted(keymap), "bold")), width)]

    def said_shortly(self, width: int, keymap: Keymap) -> Content:
        """What to do now, in one line."""
        words = parts((self._wanted(keymap), "bold")).truncate(
            width - len(_WANTED[0]), ellipsis=True
        )
        return parts(_WANTED) + words

    def _wanted(self, keymap: Keymap) -> str:
        now = self.now
        if now is None:
            return keymap.told(_DONE)
        return keymap.told(now.still) if self.astray else now.hint


def _hung(mark: Part, words: Content, width: int) -> list[Content]:
    """Words behind a mark, the lines after the first under them."""
    first, *more = words.wrap(width - len(mark[0]))
    blank = " " * len(mark[0])
    return [parts(mark) + first, *(Content(blank) + line for line in more)]
