"""A mistake in a file that a person edits is named with file, line and column."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli import keymap_file
from heroterm.config.reading import load, mistakes
from heroterm.domain.toml_places import Places
from heroterm.errors import ConfigError
from tests.house.source import PROJECT

CONFIG = [
    ("[desk]\nhold_second = 3\n", (2, 1), "desk.hold_second is not known"),
    ("[desk]\n  hold_seconds = 'x' # 3\n", (2, 18), "desk.hold_seconds cannot be used"),
    ("# a = 1\n\n[ dsk ]\n", (3, 3), "dsk is not known"),
    ("desk.hold_seconds = true\n", (1, 21), "desk.hold_seconds cannot be used"),
    ("desk . hold = 1\n", (1, 8), "desk.hold is not known"),
    ("desk = { theme = 'nord', hold_seconds = -1 }\n", (1, 41), "desk.hold_seconds cannot"),
    ('"desk" = 3\n', (1, 10), "desk cannot be used"),
    ("[account]\n\"token\" = 'abc'\n", (2, 1), "account.token is a secret"),
    ('[hooks]\non_sent = [\n  "notify", # [x]\n  7,\n]\n', (4, 3), "hooks.on_sent"),
    ("[[view]]\nname = 'a'\n[[view]]\nname = 'b'\nqery = 'x'\n", (5, 1), "view.qery is not known"),
    ("[[view]]\nname = 'a'\nzendesk = 'x'\n", (3, 11), "view.zendesk cannot be used"),
    ("[desk]\ntheme = \n", (2, 9), "This is not valid TOML"),
]
KEYS = [
    ('[keys]\n"ticket.replay" = ["r"]\n', (2, 1), "there is no command"),
    ("[keys]\nticket.reply = 7\n", (2, 16), "write a list of keys"),
    ("[keys.ticket]\nreply = [\n  'f5', 3]\n", (3, 9), "write a list of keys"),
    ("[keys]\n'ticket.note' = ['f5', 'ctrl+m'] # no\n", (2, 24), "Enter"),
    ('[keys]\n"desk.next" = ["f5", "i"]\n', (2, 22), "is the key of ticket.note already"),
    ("[keys]\ndesk.palette = []\n", (2, 16), "desk.palette needs a key"),
    ("[kees]\n", (1, 2), "no section [kees] is known"),
    ("preset = 'hero-9'\n", (1, 10), "there are no shipped keys"),
]


@pytest.mark.parametrize(("text", "at", "said"), CONFIG)
def test_a_mistake_of_the_configuration(
    text: str, at: tuple[int, int], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"\ufeff{text}", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path)
    found = mistakes(path, caught.value)[0]
    assert str(found).startswith(f"{path}:{at[0]}:{at[1]}: {said}"), str(found)


@pytest.mark.parametrize(("text", "at", "said"), KEYS)
def test_a_mistake_of_the_keys(text: str, at: tuple[int, int], said: str, tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(text, encoding="utf-8")
    (finding,) = keymap_file.load(path).findings
    assert finding.startswith(f"{path}:{at[0]}:{at[1]}: ") and said in finding, finding


HARD = r'''# [not.a.table]
a."b.c" . d = 'its'   # "open
"quoted \" \u00e9 \\ key" = """
[no]
x = 1"""""
list = [ # ]
  [1, "],"], { y = [2, 3], z.q = "}" },
  1979-05-27T07:32:00, 0x1f, inf,
]
[t]
x = true
[[t.rows]]
v = 1
[[t.rows]]
v = 2
[t.rows.inner]
w = 3
[[t.rows]]
'''


def leaves(told: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Any]]:
    if isinstance(told, dict | list):
        for key, each in told.items() if isinstance(told, dict) else enumerate(told):
            yield from leaves(each, (*path, key))
    else:
        yield path, told


FILES = sorted(PROJECT.glob("heroterm/data/*.toml"))


@pytest.mark.parametrize("text", [HARD, *(path.read_text("utf-8") for path in FILES)])
def test_every_value_of_a_file_is_found_where_it_stands(text: str) -> None:
    lines, places = text.split("\n"), Places(text)
    for path, value in leaves(tomllib.loads(text)):
        place = places.value(*path)
        assert place is not None
        rest = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
        assert begins(rest[:2000], value), (path, place)


def begins(text: str, value: Any) -> bool:
    """Whether TOML reads this value from the beginning of a text."""
    for end in range(1, len(text) + 1):
        try:
            if tomllib.loads(f"x = {text[:end]}") == {"x": value}:
                return True
        except tomllib.TOMLDecodeError:
            continue
    return False
