"""An App that begins in a theme of its own, instead of changing into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import App
from textual.theme import Theme

from heroterm.tui import themes

DEFAULT_THEME = "heroterm-dark"
FEW_COLOURS = "-few-colours"
"""Class of an App in a terminal of eight or sixteen colours, or of none."""
_FEW = (None, "standard", "windows")


class Wearing(App[None]):
    """Knows the desk's own words for colours, and puts on its first theme without a change."""

    own_themes: tuple[str, ...] = ()
    """Names of the themes that the files gave."""
    failed_themes: tuple[themes.Failed, ...] = ()
    missing_theme = ""
    """The name that was wished for at the start, where no file has a theme of it."""
    _worn = False

    def on_load(self) -> None:
        """Where no background can be told from another the cursor is drawn without one."""
        few = self.console.color_system in _FEW and not self.is_headless
        self.set_class(few, FEW_COLOURS, update=False)

    def get_css_variables(self) -> dict[str, str]:
        """None before a theme is worn: Textual works out a theme of its own while it is made."""
        if not self._worn:
            return {}
        self.theme_variables = themes.resolved(super().get_css_variables())
        return self.theme_variables

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The desk's own words for themes that lack them."""
        return themes.FALLBACK

    def wear_first(self, name: str, folders: Sequence[Path]) -> None:
        """Begin in one theme by its name, else in the usual one, reading no other file; the rest is
        read later.
        """
        theme = themes.find(folders, name)
        if theme is None:
            self.missing_theme = name
            theme = themes.find(folders, DEFAULT_THEME)
        self.begin_in(theme or self.current_theme)

    def begin_in(self, theme: Theme) -> None:
        """Wear a theme before anything is drawn.

        `theme = …` would have Textual read every style sheet a second time, a tenth of its start.
        """
        self._worn = True
        self.register_theme(theme)
        self.set_reactive(Wearing.theme, theme.name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.add_class(f"-theme-{theme.name}", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def know_themes(self, folders: Sequence[Path]) -> None:
        """Read every theme there is, for the hero to choose from."""
        loaded = themes.load(folders)
        self.own_themes, self.failed_themes = tuple(t.name for t in loaded.themes), loaded.failed
        for theme in loaded.themes:
            self.register_theme(theme)
