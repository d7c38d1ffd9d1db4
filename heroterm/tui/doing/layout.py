"""Zoom, sizes, side pane, plain frames, theme: how the desk looks, remembered per size class."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget

from heroterm.tui.arrangement import USUAL, Arrangement, column_of, remembered
from heroterm.tui.guarded import Guarded
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.plain_signs import PlainSigns
from heroterm.tui.screens.pick import Choice, Pick

LOWER = "lower"
"""Name of the border above the lower row."""
DENSE = "dense rows"
"""Under this name the journal remembers that rows have few columns."""
PLAIN = "plain frames"
"""Under this name the journal remembers that frames are drawn in ASCII."""
THEME = "theme"
"""Under this name the journal remembers the theme."""
ZOOM = "-zoom"
"""Class of a desk that shows one pane."""
_STEPS = 18
"""Lines of the lower row while a playbook is played in it, at least."""


def zoom(desk: OnDesk) -> None:
    """`z z`: the focused pane alone between the head and the keys, or all of them again."""
    on = not is_zoomed(desk)
    desk.set_class(on, ZOOM)
    if on:
        follow(desk)


def is_zoomed(desk: OnDesk) -> bool:
    """Whether one pane fills the body."""
    return desk.has_class(ZOOM)


def follow(desk: OnDesk) -> None:
    """While zoomed the pane with the focus is the one that is seen: no key acts out of sight."""
    focused = desk.focused
    if not is_zoomed(desk) or focused is None:
        return
    body = desk.query_one("#body")
    if body in focused.ancestors:
        for pane in body.children:
            pane.set_class(pane in focused.ancestors_with_self, "-zoomed")


def side(desk: OnDesk) -> None:
    """`z s`: the side pane on or off."""
    desk.toggle_class("-no-side")


def plain(desk: OnDesk) -> None:
    """`z p`: frames of plain ASCII and plain signs, for terminals and fonts that draw boxes and
    pictures badly.
    """
    on = not desk.has_class("-plain")
    desk.chosen.add(PLAIN)
    _frame(desk, on)
    desk.pen.write(lambda journal: journal.marks.remember(PLAIN, "1" if on else ""))


def _frame(desk: OnDesk, plain: bool) -> None:
    """Frames in ASCII or not: the panes', their titles', and those of the boxes."""
    desk.set_class(plain, "-plain")
    desk.app.set_class(plain, "-plain")
    if isinstance(desk.app, Guarded):
        desk.app.plain_signs = PlainSigns() if plain else None
        desk.app.refresh_css(animate=False)
    upper = (desk.queue, desk.thread, desk.side)
    for pane in (*upper, desk.replies, desk.playbook, desk.outbox, desk.week):
        pane.reframe()


def size_class(desk: OnDesk) -> str | None:
    """The size class whose panes share the screen; None in a narrow terminal."""
    if is_large(desk):
        return "-large"
    return next((name for name in USUAL if desk.has_class(name)), None)


def is_large(desk: OnDesk) -> bool:
    """Whether there is room for every pane at once."""
    return desk.has_class("-wide") and desk.has_class("-high")


def resize(step: int) -> Callable[[OnDesk], None]:
    """A deed that makes the focused pane bigger (1) or smaller (-1), and remembers it."""

    def deed(desk: OnDesk) -> None:
        here = size_class(desk)
        pane = desk.focused.id if desk.focused is not None else None
        if here is None or pane is None:
            desk.tell(
                "One pane fills this terminal: there is nothing to share. "
                f"{desk.key('layout.zoom')} zooms."
                f" {desk.key('pane.queue')} goes to the queue."
            )
            return
        before = _kept(desk, here)
        column = column_of(pane, here)
        after = before.raised(step) if column is None else before.grown(column, step)
        if after == before:
            desk.tell("It is as far as it goes.")
            return
        _lay(desk, after)
        desk.pen.write(lambda journal: journal.marks.remember(f"layout{here}", after.to_text()))

    return deed


def has_lower(desk: OnDesk) -> bool:
    """Whether the layout has a lower row of its own now."""
    here = size_class(desk)
    composing = desk.has_class("-composing") and here != "-large"
    return here is not None and bool(USUAL[here].lower) and not composing


def drag_column(desk: OnDesk, column: int, share: float) -> None:
    """The right edge of a column stands at a share of the width."""
    _drag(desk, lambda before: before.dragged(column, share))


def drag_row(desk: OnDesk, lines: int) -> None:
    """The lower row has so many lines."""
    _drag(desk, lambda before: before.lowered_to(lines))


def _drag(desk: OnDesk, moved: Callable[[Arrangement], Arrangement]) -> None:
    here = size_class(desk)
    if here is not None:
        before = desk.seeing.dragged or _kept(desk, here)
        after = moved(before)
        if after != before or desk.seeing.dragged is None:
            desk.seeing.dragged = after
            _lay(desk, after)


def keep(desk: OnDesk) -> None:
    """Remember what was dragged, for this size of terminal."""
    here, after = size_class(desk), desk.seeing.dragged
    desk.seeing.dragged = None
    if here is not None and after is not None:
        desk.pen.write(lambda journal: journal.marks.remember(f"layout{here}", after.to_text()))


def density(desk: OnDesk) -> None:
    """`z d`: rows with every column, or with few of them and more of the subject."""
    dense = not desk.queue.dense
    desk.chosen.add(DENSE)
    dress_rows(desk, dense)
    desk.tell("Rows are dense: more subject." if dense else "Rows show every column again.")
    desk.pen.write(lambda journal: journal.marks.remember(DENSE, "1" if dense else ""))


def dress_rows(desk: OnDesk, dense: bool) -> None:
    """Draw the queue's rows so."""
    if desk.queue.dense != dense:
        desk.queue.dense = dense
        desk.queue.relay(desk.queue.count)


def lay(desk: OnDesk) -> None:
    """Put the remembered sizes on; called when the size class or what is shown has changed."""
    here = size_class(desk)
    body = desk.query_one("#body")
    if here is None:
        _forget(body, "grid_columns", "grid_rows")
        return
    _lay(desk, _kept(desk, here))


def _kept(desk: OnDesk, here: str) -> Arrangement:
    journal = desk.reading.journal
    return remembered(journal.marks.recall(f"layout{here}") if journal else None, here)


def _lay(desk: OnDesk, arrangement: Arrangement) -> None:
    body = desk.query_one("#body")
    body.styles.grid_columns = " ".join(f"{n}fr" for n in arrangement.columns)
    if is_large(desk):
        body.styles.grid_rows = f"{_upper_rows(desk)} {arrangement.lower}"
    elif arrangement.lower and not desk.has_class("-composing") and not desk.has_class("-short"):
        steps = _STEPS if desk.has_class("-playbook") else 0
        body.styles.grid_rows = f"1fr {max(arrangement.lower, steps)}"
    else:
        _forget(body, "grid_rows")


def _forget(body: Widget, *rules: str) -> None:
    """Go back to the style sheet's own sizes, and lay out again where that changes any."""
    for rule in rules:
        if body.styles.inline.has_rule(rule):
            setattr(body.styles, rule, None)


def _upper_rows(desk: OnDesk) -> str:
    """Ticket and side above composer and playbook: what is done gets the more room."""
    if desk.has_class("-composing"):
        return "1fr 1fr"
    return "2fr 3fr" if desk.has_class("-playbook") else "3fr 2fr"


def recall(desk: OnDesk) -> None:
    """What was chosen at an earlier start: sizes and frames."""
    journal = desk.reading.journal
    kept = journal.marks.recall(PLAIN) if journal is not None else None
    plain = desk.parts.terminal().plain if kept is None else bool(kept)
    if plain != desk.has_class("-plain"):
        _frame(desk, plain)
    dress_rows(desk, bool(journal and journal.marks.recall(DENSE)))
    lay(desk)


def theme(desk: OnDesk) -> None:
    """`z t`: choose a theme; each is tried on while it is under the cursor."""
    app = desk.app
    before = app.theme
    # What is under the cursor is worn: what is worn already stands there first.
    choices = [
        Choice(name, name, "dark" if theme.dark else "light")
        for name, theme in sorted(
            app.available_themes.items(), key=lambda each: (each[0] != before, each[0])
        )
        if name in themes_of(desk)
    ]
    failed = {str(each.path): each for each in getattr(app, "failed_themes", ())}
    choices += [
        Choice(key, each.path.stem, f"cannot be used: {each.why}") for key, each in failed.items()
    ]

    def try_on(name: str) -> None:
        app.theme = before if name in failed else name

    def chosen(name: str | None) -> None:
        if name in failed:
            desk.tell(str(failed[name]), severity="warning")
        if name is None or name in failed:
            app.theme = before
        else:
            wear(desk, name)

    desk.app.push_screen(Pick("Theme", choices, moved=try_on), chosen)


def themes_of(desk: OnDesk) -> tuple[str, ...]:
    """Names of the themes that can be used."""
    return tuple(sorted(getattr(desk.app, "own_themes", ())))


def wear(desk: OnDesk, name: str) -> None:
    """Put a theme on, and again at the next start."""
    desk.app.theme = name
    desk.chosen.add(THEME)
    desk.pen.write(lambda journal: journal.marks.remember(THEME, name))
