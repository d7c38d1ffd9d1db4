"""A fuzzy list with a preview: letters filter, arrows move, Enter chooses, Esc cancels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from heroterm.domain.sieve import Sieve
from heroterm.tui.compositor import draw_now
from heroterm.tui.line_field import LineField
from heroterm.tui.lines import LinePane, TextLines
from heroterm.tui.over import Over
from heroterm.tui.text import fit_end, parts, safe, safe_line, width_of

Preview = Callable[[str], str]
_AROUND = 6
"""Lines of the box beside its choices: the frame, the field, and a line that says nothing fits."""
_NARROW = 20
"""Cells to which a sentence is wrapped at the least."""
_NOTHING = "Enter has nothing to choose: type other words, or esc leaves."


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick. `key` comes back; `words` and the `hint` beside them are matched; what is
    said `aside`, such as why not now, is not. Words that are `known_by_end`, such as a path, lose
    their beginning where they are too long.
    """

    key: str
    words: str
    hint: str = ""
    aside: str = ""
    known_by_end: bool = False


@dataclass
class Clicked(Message):
    """A line of the list was clicked."""

    at: int


class Choices(LinePane, can_focus=False):
    """The choices that match, best first."""

    def clicked(self, at: int, again: bool) -> None:
        """The box decides what it means."""
        self.post_message(Clicked(at))

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.shown: Sequence[Choice] = ()

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show these, the first one chosen."""
        self.shown = choices
        self.set_reactive(Choices.cursor, 0 if choices else None)
        self.relay(len(choices))
        self.scroll_to(y=0, animate=False, force=True)

    def line(self, y: int, width: int) -> Content:
        """One choice and its hint."""
        choice = self.shown[y]
        beside = "  " + "  ".join(filter(None, (choice.hint, choice.aside)))
        words = choice.words
        if choice.known_by_end:
            words = fit_end(words, max(_NARROW, width - width_of(beside) - 2))
        return parts(f" {words}", (beside, "$text-muted"))


class Pick(Over[str | None]):
    """Dismisses with the key of the choice, or None. `find` gives the choices that typed letters
    match, best first, where their order is not that of the letters alone. `typed` is the hint of
    a line that offers what was typed as it stands, although something matches; `begin` is what
    stands there at first. Tab turns the preview off and on; where there is none and what is typed
    may be the answer, it types out what is chosen; or it is `tab`, called with the line, and
    `tab_says` what it does.
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        preview: Preview | None = None,
        moved: Callable[[str], None] | None = None,
        free: bool = False,
        find: Callable[[str], Sequence[Choice]] | None = None,
        typed_first: bool = False,
        typed: str = "",
        begin: str = "",
        foot: Callable[[], Sequence[str]] | None = None,
        tab: Callable[[str], None] | None = None,
        tab_says: str = "",
    ) -> None:
        """`free`: what matches no choice may be answered, too; `typed_first`: what is typed is the
        answer, and the choices are only examples, until an arrow moves among them.
        """
        super().__init__()
        self._typed_first = typed_first
        self._title, self._choices = title, choices
        self._preview, self._moved = preview, moved
        self._free, self._typed, self._begin = free, typed, begin
        self._find, self._foot = find or self._fuzzy, foot
        self._bounded = preview is None and (find is None or typed_first)
        """Whether the list never grows: its box is no higher than it."""
        self._walked = False
        """Whether an arrow moved last, and not a letter."""
        self._entered = False
        """Whether Enter came last, where it had nothing to choose."""
        self.unmatched = ""
        """What was typed and matched nothing, once it was left."""
        self._own_tab = tab
        told = "tab preview on/off" if preview is not None else tab_says
        self._keys = "  ".join(filter(None, ("enter chooses", told, "esc leaves")))
        self._completes = preview is None and bool(free or typed or find)
        answers = "type it, or choose" if choices or find else "type it"
        self._asks = answers if free or typed or typed_first else "type to filter"

    def compose(self) -> ComposeResult:
        """Input above; list and preview below."""
        with Vertical(id="box") as box:
            box.border_title = safe_line(self._title)
            box.border_subtitle = safe_line(self._keys)
            if self._bounded:
                box.styles.max_height = len(self._choices) + _AROUND
            yield LineField(
                self._begin,
                placeholder=self._asks,
                id="query",
                compact=True,
                max_length=1_000,
                select_on_focus=False,  # letters go on from the folder that was chosen
            )
            with Horizontal():
                yield Choices(id="choices")
                if self._preview is not None:
                    yield TextLines(id="preview")

    def on_mount(self) -> None:
        """Offer everything at first."""
        self._offer(self._begin)
        self.call_after_refresh(self._show)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self._walked = self._entered = False
        self._offer(event.value)

    def _offer(self, query: str) -> None:
        choices, asked = self.query_one(Choices), query.strip()
        choices.offer(self._find(asked))
        self._stand(asked)
        draw_now(choices)
        self._show()

    def _stand(self, asked: str) -> None:
        """Say below the choices what is to be said; what answers Enter is seen whole."""
        choices = self.query_one(Choices)
        foot = [parts((f" {said}", "$text-muted")) for said in self._told(asked)]
        if self._entered and not choices.count:
            width = max(_NARROW, choices.scrollable_content_region.width - 1)
            lines = parts((_NOTHING, "$sla-soon bold")).wrap(width)
            foot += [parts(" ") + line for line in lines]
        choices.stand(foot)

    def _told(self, asked: str) -> Sequence[str]:
        """What stands below the choices: what `find` had to say, or that nothing matches."""
        if self._foot is not None:
            return self._foot()
        missing = asked and not self.query_one(Choices).count and not self._free
        return [f"Nothing here matches “{asked}”."] if missing else []

    def again(self, to: str = "") -> None:
        """Find once more for the same line: more has come. What was chosen stays chosen, but the
        first goes on to the key `to`, since nobody chose it.
        """
        if not self.stands:
            return
        before, chosen, choices = self._at, self._chosen(), self.query_one(Choices)
        self._offer(self.query_one(Input).value)
        keys = [choice.key for choice in choices.shown]
        wanted = to if to in keys and not before else chosen.key if chosen is not None else ""
        if wanted in keys:
            choices.cursor = keys.index(wanted)
            self._show()

    @cached_property
    def _sieve(self) -> Sieve[Choice]:
        return Sieve(self._choices, lambda c: c.words, lambda c: c.hint)

    def _fuzzy(self, query: str) -> Sequence[Choice]:
        found = self._sieve.find(query)
        return self._with_typed(query, found) if query and self._typed else found

    def _with_typed(self, query: str, found: Sequence[Choice]) -> Sequence[Choice]:
        """What was typed as a choice of its own, behind those that it may be the beginning of."""
        begun = [c for c in found if c.words.casefold().startswith(query.casefold())]
        rest = [c for c in found if c not in begun]
        return [*begun, Choice(query, query, self._typed), *rest]

    def _show(self) -> None:
        chosen = self._chosen()
        if self._preview is not None:
            pane = self.query_one("#preview", TextLines)
            width = max(10, pane.scrollable_content_region.width)
            pane.show(safe(self._preview(chosen.key)).wrap(width) if chosen else [])
        if chosen is not None and self._moved is not None:
            self._moved(chosen.key)

    @property
    def _at(self) -> int | None:
        return self.query_one(Choices).cursor

    @property
    def walked(self) -> LinePane | None:
        """The list while arrows move in it: the terminal's cursor stands there then."""
        return self.query_one(Choices) if self._walked else None

    def _chosen(self) -> Choice | None:
        shown, at = self.query_one(Choices).shown, self._at
        return shown[at] if at is not None and at < len(shown) else None

    def on_key(self, event: events.Key) -> None:
        """Arrows move, Enter chooses, Esc cancels; everything else is typing."""
        if not self.is_current:
            event.stop()
            return
        field = self.query_one(Input)
        if event.character and event.is_printable and not field.has_focus:
            event.stop()
            field.insert_text_at_cursor(event.character)
            return
        choices = self.query_one(Choices)
        step = {"down": 1, "ctrl+n": 1, "up": -1, "ctrl+p": -1, "pagedown": 10, "pageup": -10}.get(
            event.key
        )
        if step is not None and choices.shown:
            event.stop()
            self._typed_first, self._walked = False, True
            choices.cursor = max(0, min((choices.cursor or 0) + step, len(choices.shown) - 1))
            self._show()
        elif event.key == "tab":
            event.stop()
            event.prevent_default()
            self._tab(field)
        elif event.key == "escape":
            event.stop()
            self.unmatched = "" if choices.shown else field.value
            self.dismiss(None)

    def _tab(self, field: Input) -> None:
        chosen = self._chosen()
        if self._own_tab is not None:
            self._own_tab(field.value.strip())
        elif self._preview is not None:
            pane = self.query_one("#preview", TextLines)
            pane.display = not pane.display
            self.call_after_refresh(self._show)
        elif self._completes and chosen is not None:
            field.value = chosen.words
            field.cursor_position = len(field.value)

    @on(Clicked)
    def _clicked(self, message: Clicked) -> None:
        """A click is an arrow to the line and Enter on it."""
        choices = self.query_one(Choices)
        if self.is_current and message.at < len(choices.shown):
            self.dismiss(choices.shown[message.at].key)

    @on(Input.Submitted)
    def _choose(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.is_current:
            return
        chosen = self._chosen()
        typed = event.value.strip()
        if typed and self._free and (chosen is None or self._typed_first):
            self.dismiss(typed)
        elif chosen is not None or not typed:
            self.dismiss(chosen.key if chosen is not None else None)
        else:
            self._entered = True
            self._stand(typed)
