"""Zoom, side pane, theme."""

from __future__ import annotations

from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick


def zoom(desk: OnDesk) -> None:
    """`z z`: the focused pane alone, or all of them again."""
    if desk.maximized is not None:
        desk.minimize()
    elif desk.focused is not None:
        desk.maximize(desk.focused)


def side(desk: OnDesk) -> None:
    """`z s`: the side pane on or off."""
    desk.toggle_class("-no-side")


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
