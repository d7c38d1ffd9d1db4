"""Zoom, sizes, side pane, plain frames, theme: how the desk looks, remembered per size class."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.tui.arrangement import USUAL, Arrangement, column_of, remembered
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

PLAIN = "plain frames"
"""Under this name the journal remembers that frames are drawn in ASCII."""
_STEPS = 18
"""Lines of the lower row while a playbook is played in it, at least."""


def zoom(desk: OnDesk) -> None:
    """`z z`: the focused pane alone, or all of them again."""
    if desk.maximized is not None:
        desk.minimize()
    elif desk.focused is not None:
        desk.maximize(desk.focused)


def side(desk: OnDesk) -> None:
    """`z s`: the side pane on or off."""
    desk.toggle_class("-no-side")


def plain(desk: OnDesk) -> None:
    """`z p`: frames of plain ASCII, for terminals and fonts that draw boxes badly."""
    desk.toggle_class("-plain")
    on = desk.has_class("-plain")
    desk.pen.write(lambda journal: journal.marks.remember(PLAIN, "1" if on else ""))


def size_class(desk: OnDesk) -> str | None:
    """The size class whose panes share the screen; None in a narrow terminal."""
    return next((name for name in USUAL if desk.has_class(name)), None)


def resize(step: int) -> Callable[[OnDesk], None]:
    """A deed that makes the focused pane bigger (1) or smaller (-1), and remembers it."""

    def deed(desk: OnDesk) -> None:
        here = size_class(desk)
        pane = desk.focused.id if desk.focused is not None else None
        if here is None or pane is None:
            desk.tell("One pane fills this terminal: there is nothing to share. z z zooms, 1-6 go.")
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


def lay(desk: OnDesk) -> None:
    """Put the remembered sizes on; called when the size class or what is shown has changed."""
    here = size_class(desk)
    body = desk.query_one("#body")
    if here is None:
        body.styles.clear_rule("grid_columns")
        body.styles.clear_rule("grid_rows")
        return
    _lay(desk, _kept(desk, here))


def _kept(desk: OnDesk, here: str) -> Arrangement:
    journal = desk.reading.journal
    return remembered(journal.marks.recall(f"layout{here}") if journal else None, here)


def _lay(desk: OnDesk, arrangement: Arrangement) -> None:
    body = desk.query_one("#body")
    body.styles.grid_columns = " ".join(f"{n}fr" for n in arrangement.columns)
    if arrangement.lower and not desk.has_class("-composing") and not desk.has_class("-short"):
        steps = _STEPS if desk.has_class("-playbook") else 0
        body.styles.grid_rows = f"1fr {max(arrangement.lower, steps)}"
    else:
        body.styles.clear_rule("grid_rows")


def recall(desk: OnDesk) -> None:
    """What was chosen at an earlier start: sizes and frames."""
    journal = desk.reading.journal
    desk.set_class(bool(journal and journal.marks.recall(PLAIN)), "-plain")
    lay(desk)


def theme(desk: OnDesk) -> None:
    """`z t`: choose a theme; each is tried on while it is under the cursor."""
    app = desk.app
    before = app.theme
    choices = [
        Choice(name, name, "dark" if theme.dark else "light")
        for name, theme in sorted(app.available_themes.items())
        if name in getattr(app, "own_themes", ())
    ]

    def try_on(name: str) -> None:
        app.theme = name

    def chosen(name: str | None) -> None:
        app.theme = name or before
        if name is not None:
            desk.pen.write(lambda journal: journal.marks.remember("theme", name))

    desk.app.push_screen(Pick("Theme", choices, moved=try_on), chosen)
