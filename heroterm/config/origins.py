"""Where each value of the configuration comes from: a default, a line of the file, a variable."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from heroterm.config.complaints import line_of
from heroterm.config.values import VIEWS, Config, defaults

USUAL, FILE, ENVIRONMENT = "default", "file", "environment"
VARIABLES = {
    "HEROTERM_HOME": "folders of this home",
    "HEROTERM_TOKEN": "the sign-in's token",
    "NO_COLOR": "no colours, whatever the theme",
    "VISUAL": "the editor",
    "EDITOR": "the editor, where VISUAL names none",
}
"""What of the environment decides something, and what that is."""
_HIDDEN = ("HEROTERM_TOKEN",)
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that holds now. `line` counts from 1; 0 where the line is not found."""

    section: str
    key: str
    value: object
    origin: str
    line: int = 0
    nth: int = 0
    """Of several tables of one name which, from 0."""


def settings(config: Config, text: str) -> Iterator[Setting]:
    """Every value in the order of the file; `text` is the file's, and in order."""
    written = tomllib.loads(text)
    for section, usual in defaults().items():
        values = {key: getattr(getattr(config, section), key) for key in usual}
        yield from _of_table(section, values, written.get(section, {}), text)
    for nth, view in enumerate(config.view):
        yield from _of_table(VIEWS, asdict(view), written[VIEWS][nth], text, nth)


def _of_table(
    section: str, values: Values, written: Values, text: str, nth: int = 0
) -> Iterator[Setting]:
    for key, value in values.items():
        if key in written:
            yield Setting(section, key, value, FILE, line_of(text, section, key, nth=nth), nth)
        else:
            yield Setting(section, key, value, USUAL, nth=nth)


def of_environment(environ: Mapping[str, str]) -> Iterator[Setting]:
    """What variables decide at this moment; a token is never shown."""
    for name, decides in VARIABLES.items():
        if value := environ.get(name):
            yield Setting(decides, name, "(set)" if name in _HIDDEN else value, ENVIRONMENT)
