"""keys.toml: a person's own keys by the ids of commands; each bad line is named and left out.

```toml
preset = "hero-1"                 # the shipped keys that the lines below are laid over

[keys]
"ticket.reply" = ["r", "f5"]      # every key that shall mean it; an empty list takes all away
"prefix.g" = ["comma"]            # the key that waits for a second one
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from heroterm.tui.commands import BY_ID, KEY_WORDS
from heroterm.tui.keymap import PREFIX_IDS, Keymap, in_text

UNSENDABLE = {
    "ctrl+m": "terminals send it as Enter",
    "ctrl+i": "terminals send it as Tab",
    "ctrl+h": "terminals send it as Backspace",
    "ctrl+left_square_bracket": "terminals send it as Esc",
    "ctrl+j": "some multiplexers turn it into Enter",
    "alt+enter": "it arrives as a plain Enter, which must stay the safe answer",
    "ctrl+space": "it arrives under another name in every terminal",
    "ctrl+at": "it arrives under another name in every terminal",
    "ctrl+slash": "it arrives under another name in every terminal",
    "ctrl+underscore": "it arrives under another name in every terminal",
    "ctrl+z": "it suspends the program, and undoes typing in a text",
    "ctrl+c": "it copies what is selected",
    "ctrl+q": "it always quits; flow control may swallow it elsewhere",
    **{f"alt+{n}": "it arrives as another sign" for n in range(10)},
}
"""Keys that no terminal, or not every one, can send as themselves (measured with Textual 8)."""
PRESETS = ("hero-1",)
"""Shipped keys by their version: a later default does not move under a finger that names one."""
_BARE = ("enter", "tab", "escape", "backspace")
_BY_SIGN = {sign: name for name, sign in KEY_WORDS.items() if len(sign) == 1}
_SIZE_CAP = 64 * 1024
_NAMES = frozenset(
    "enter escape tab shift+tab space backspace delete insert home end pageup pagedown "
    "up down left right".split()
)


def load(path: Path, *, letters: bool = True) -> Keymap:
    """The keymap of a home: the shipped one where there is no file. Never fails.

    `letters` False takes single letters and signs away (config `desk.single_letter_keys`).
    """
    keymap = Keymap()
    if path.is_file():
        keymap = _laid_over(keymap, path)
    return keymap if letters else keymap.without_letters()


def _laid_over(keymap: Keymap, path: Path) -> Keymap:
    try:
        if path.stat().st_size > _SIZE_CAP:
            raise ValueError("larger than 64 kB")
        text = path.read_text(encoding="utf-8-sig")
        told = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        return _found(keymap, [f"{path}: {error}; the shipped keys are used."])
    findings = [
        f"{_where(path, text, key)}: no section [{key}] is known; write [keys]."
        for key in told
        if key not in ("keys", "preset")
    ]
    if told.get("preset", PRESETS[0]) not in PRESETS:
        findings.append(
            f"{_where(path, text, 'preset')}: there are no shipped keys {told['preset']!a}; write "
            f'preset = "{PRESETS[-1]}".'
        )
    table = told.get("keys", {})
    own: dict[str, tuple[str, ...]] = {}
    for id_, value in (table if isinstance(table, dict) else {}).items():
        keys, why = _keys_of(id_, value)
        if why:
            findings.append(f"{_where(path, text, id_)}: {why}")
        else:
            own[id_] = keys
    return _without_clashes(keymap, own, path, text, findings)


def _found(keymap: Keymap, findings: list[str]) -> Keymap:
    return Keymap(keymap.commands, keymap.prefixes, tuple(findings))


def _keys_of(id_: str, value: Any) -> tuple[tuple[str, ...], str]:
    """The keys of one line by Textual's names, or why the line is not taken."""
    if id_ not in BY_ID and id_ not in PREFIX_IDS:
        near = get_close_matches(id_, [*BY_ID, *PREFIX_IDS], n=1)
        remedy = f"nearest is {near[0]!r}" if near else "`heroterm keys list` names them"
        return (), f"there is no command {id_!a}; {remedy}."
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
        return (), f'{id_}: write a list of keys, like ["r", "f5"].'
    keys = tuple(str(_BY_SIGN.get(key, key)) for key in listed)
    for key in keys:
        if why := _unsendable(key):
            return (), f"{id_}: {key} cannot be used: {why}. Choose another key."
        if not _known(key):
            return (), f"{id_}: {key!a} is no key that terminals send; try `heroterm keys probe`."
        if id_ in BY_ID and in_text(BY_ID[id_], key):
            return (), f"{id_}: {key} is text while you write. Choose a function or control key."
    if id_ == "desk.palette" and not keys:
        return (), "desk.palette needs a key: everything is reached through it."
    return keys, ""


def _unsendable(key: str) -> str:
    """Why a key does not arrive as itself from every terminal; "" where it does."""
    modifier, _, last = key.rpartition("+")
    if modifier == "ctrl+shift" and len(last) == 1:
        return f"terminals send it as ctrl+{last.lower()}"
    if modifier == "shift" and len(last) == 1:
        return f"terminals send it as {last.upper()}, so write that"
    if modifier.startswith("ctrl") and last in _BARE:
        return f"many terminals send it as {last}"
    if modifier == "ctrl" and last.isdigit():
        return "terminals have no control sign for a digit"
    return UNSENDABLE.get(key, "")


def _known(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable()
    modifier, _, last = key.rpartition("+")
    if modifier in ("ctrl", "alt", "shift", "ctrl+shift") and last:
        return len(last) == 1 or last in _NAMES or _function(last) or last in KEY_WORDS
    return key in _NAMES or key in KEY_WORDS or key == "comma" or _function(key)


def _function(key: str) -> bool:
    return key in {f"f{n}" for n in range(1, 13)}


def _without_clashes(
    keymap: Keymap, own: Mapping[str, tuple[str, ...]], path: Path, text: str, findings: list[str]
) -> Keymap:
    """Lay the good lines over; those that clash are taken out again, one by one."""
    kept = dict(own)
    while True:
        made = keymap.with_keys(kept)
        clash = next(((key, a, b) for key, a, b in made.clashes() if a in kept or b in kept), None)
        if clash is None:
            return _found(made, findings)
        key, one, other = clash
        mine, theirs = (one, other) if one in kept else (other, one)
        shown = KEY_WORDS.get(key, key)
        findings.append(
            f"{_where(path, text, mine)}: {shown} of {mine} is the key of {theirs} already; "
            f"give {theirs} another key, or choose one that is free."
        )
        del kept[mine]


def _where(path: Path, text: str, key: str) -> str:
    """File and line of a key; tomllib tells no lines, so the key is looked for as it is written."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().strip("[").startswith((f'"{key}"', f"'{key}'", key)):
            return f"{path}:{number}"
    return str(path)
