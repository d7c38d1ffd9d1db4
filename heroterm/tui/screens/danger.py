"""A danger step: what will be gone and what must remain, in words; typed, and never by one key.

The screen is deaf for three seconds. Letters go into the field; Enter there only says where to
go. Tab leads to CANCEL, where the focus begins, and once more to CONFIRM. heroterm does nothing
itself: the confirmed step opens the page on which the hero acts (keys: Danger, security.md §4).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input

from heroterm.tui.deaf import Deaf
from heroterm.tui.line_field import LineField
from heroterm.tui.lines import TextLines
from heroterm.tui.marked_button import MarkedButton
from heroterm.tui.over import Over
from heroterm.tui.text import Part, parts, safe_line

_HEIGHT = 0.94
"""How much of the screen the box takes at most (desk.tcss); of more steps the one is in sight."""
_AROUND = 8
"""Lines of both frames, the field with the blank below it, the buttons and the keys."""
_ORDER = ("field", "cancel", "confirm")
_ESC = (" esc ", "$accent bold")
_ENTER = "Enter does nothing here: tab twice to CONFIRM, then enter; esc cancels."
_TYPE = "Nothing was pasted: type it, letter by letter, and read it while you do."


@dataclass(frozen=True, slots=True)
class Feared:
    """What the screen says. Every text has its facts filled in."""

    title: str
    steps: Sequence[Content]
    text: str
    warning: str
    gone: str
    remains: str
    wanted: str
    """What has to be typed."""
    judge: Callable[[str], str]
    """Why what was typed does not arm the step, with what to do instead; "" arms it."""
    doubts: Sequence[str]
    """Answers on which it stands and which a trusted source contradicts."""


class TypedWords(LineField):
    """A field in which words are typed: what is pasted was not read."""

    class Pasted(Message):
        """Something was pasted, and left out."""

    def on_paste(self, event: events.Paste) -> None:
        """Say that it was left out."""
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted())


class DangerScreen(Deaf, Over[str | None]):
    """Dismisses with what was typed, once CONFIRM is pressed on it; else None."""

    deaf_seconds = 3.0

    def __init__(self, feared: Feared) -> None:
        super().__init__()
        self._feared, self._trouble = feared, ""

    def compose(self) -> ComposeResult:
        """The steps above, the danger below."""
        with Vertical(id="box") as box:
            box.border_title = safe_line(self._feared.title)
            yield TextLines(id="steps", can_focus=False)
            with Vertical(id="danger") as danger:
                danger.border_title = "DANGER"
                yield TextLines(id="told", can_focus=False)
                yield TypedWords(id="field", compact=True, max_length=400, select_on_focus=False)
                with Horizontal(id="buttons"):
                    yield MarkedButton("CANCEL", id="cancel")
                    yield MarkedButton("CONFIRM", id="confirm")
            yield TextLines(id="box-keys", can_focus=False)

    def on_mount(self) -> None:
        """The focus is on CANCEL, and nothing is heard yet."""
        self.query_one("#cancel", Button).focus()
        self.call_after_refresh(self._lay, "")

    def _hear(self) -> None:
        super()._hear()
        self._lay("")

    def on_resize(self) -> None:
        """Wrap again."""
        self.call_after_refresh(lambda: self._lay(self._trouble))

    def _lay(self, trouble: str) -> None:
        self._trouble = trouble
        feared, told = self._feared, self.query_one("#told", TextLines)
        width = max(20, told.scrollable_content_region.width)
        lines = [
            parts((feared.text, "bold")),
            parts((feared.warning, "$sla-breached bold")),
            *(parts((doubt, "$sla-breached bold")) for doubt in feared.doubts),
            Content(""),
            parts(("What will be gone:  ", "$text-muted"), (feared.gone, "bold")),
            parts(("What must remain:   ", "$text-muted"), (feared.remains, "bold")),
            Content(""),
            parts("Type ", (feared.wanted, "$accent bold"), " to go on:"),
        ]
        if trouble:
            lines.append(parts((trouble, "$sla-breached bold")))
        room = max(1, int(self.size.height * _HEIGHT) - _AROUND)
        wrapped = [piece for line in lines for piece in (line.wrap(width) or [line])]
        if len(wrapped) >= room:
            wrapped = [piece for piece in wrapped if piece.plain.strip()]
        told.show(wrapped)
        told.styles.height = min(told.count, room)
        self.call_after_refresh(told.scroll_end, animate=False, force=True)
        steps = self.query_one("#steps", TextLines)
        steps.show(self._feared.steps)
        height = max(0, min(steps.count, room - told.count))
        steps.display, steps.styles.height = height > 0, height
        stands = (n for n, line in enumerate(self._feared.steps) if line.plain.startswith(">"))
        at = max(0, next(stands, 0) + 2 - height)
        self.call_after_refresh(steps.scroll_to, y=at, animate=False, force=True)
        tab: list[Part | str] = [(" tab ", "$accent bold"), "to the buttons  "]
        keys = [*(["Keys are read in 3 s.  "] if self._deaf else tab), _ESC, "cancel"]
        self.query_one("#box-keys", TextLines).show([parts(*keys)])

    def on_key(self, event: events.Key) -> None:
        """Esc always cancels; nothing else is heard before its time."""
        if event.key == "escape":
            event.stop()
            if self.is_current:
                self.dismiss(None)
        elif self._deaf or not self.is_current:
            event.stop()
            event.prevent_default()
        elif event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            self._turn(1 if event.key == "tab" else -1)
        elif not (field := self.query_one(Input)).has_focus:
            if event.key == "backspace":
                event.stop()
                field.focus()
                field.action_delete_left()
            elif event.is_printable and event.character:
                event.stop()
                field.focus()
                field.insert_text_at_cursor(event.character)

    @on(TypedWords.Pasted)
    def _left_out(self) -> None:
        self._lay(_TYPE)

    def on_paste(self, event: events.Paste) -> None:
        """A paste anywhere else on the screen is left out, too."""
        event.stop()
        self._lay("" if self._deaf else _TYPE)

    def _turn(self, by: int) -> None:
        here = self.focused.id if self.focused is not None else "field"
        at = _ORDER.index(here) if here in _ORDER else 0
        self.query_one(f"#{_ORDER[(at + by) % len(_ORDER)]}").focus()

    @on(Input.Submitted)
    def _nothing(self, event: Input.Submitted) -> None:
        """Enter does nothing in the field, and says so."""
        event.stop()
        if self.is_current:
            self._lay(_ENTER)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if self._deaf or not self.is_current:
            return
        typed = self.query_one(Input).value.strip()
        if event.button.id == "cancel":
            self.dismiss(None)
        elif refused := self._feared.judge(typed):
            self._lay(refused)
        else:
            self.dismiss(typed)
