"""keys.toml: a person's own keys by the ids of commands; each bad line is named and left out.

```toml
preset = "hero-1"                 # the shipped keys that the lines below are laid over

[keys]
"ticket.reply" = ["r", "f5"]      # every key that shall mean it; an empty list takes all away
"prefix.g" = ["comma"]            # the key that waits for a second one
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from heroterm.cli.key_spelling import spelled, wrong
from heroterm.domain.toml_words import in_words
from heroterm.tui.commands import BY_ID, KEY_WORDS
from heroterm.tui.keymap import PREFIX_IDS, Keymap, in_text

PRESETS = ("hero-1",)
"""Shipped keys by their version: a later default does not move under a finger that names one."""
_SIZE_CAP = 64 * 1024
_DECIDE = ("review.queue", "bulk.queue", "conflict.send")
_FIRST_WORDS = {id_.partition(".")[0] for id_ in (*BY_ID, *PREFIX_IDS)}
_BEGIN = ("ticket.reply", "ticket.note", "ticket.canned", "composer.review")


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
        return _found(keymap, [_unread(path, error)])
    findings = list(_of_the_whole(told, path, text))
    table = told.get("keys", {})
    own: dict[str, tuple[str, ...]] = {}
    for id_, value in _flat(table if isinstance(table, dict) else {}):
        keys, why = _keys_of(id_, value)
        if why:
            findings.append(f"{_where(path, text, id_)}: {why}")
        else:
            own[id_] = keys
    return _without_clashes(keymap, own, path, text, findings)


def _unread(path: Path, error: Exception) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        return f"{where}: {in_words(error)}; the shipped keys are used."
    said = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
    return f"{path}: {said}; the shipped keys are used."


def _of_the_whole(told: Mapping[str, Any], path: Path, text: str) -> Iterator[str]:
    """What is wrong outside of the single lines."""
    for id_, value in _flat(told):
        where = f"{_where(path, text, id_)}:"
        if id_ in BY_ID or id_ in PREFIX_IDS:
            yield f"{where} {id_} stands above [keys]; put the line [keys] before it."
        elif id_ == "keys" and not isinstance(value, dict):
            yield f'{where} keys is a section; write [keys], and below it "ticket.reply" = ["r"].'
    for key in told:
        if key not in ("keys", "preset", *BY_ID, *PREFIX_IDS, *_FIRST_WORDS):
            yield f"{_where(path, text, key)}: no section [{key}] is known; write [keys]."
    if told.get("preset", PRESETS[0]) not in PRESETS:
        yield (
            f"{_where(path, text, 'preset')}: there are no shipped keys {told['preset']!a}; write "
            f'preset = "{PRESETS[-1]}".'
        )


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The lines of a table by their ids: `ticket.reply = "r"` means what it means in quotes."""
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


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
    keys = {spelled(key): key for key in listed}
    for key, as_written in keys.items():
        if why := wrong(key, as_written):
            return (), f"{id_}: {why}"
        if id_ in BY_ID and in_text(BY_ID[id_], key):
            return (), f"{id_}: {key} is text while you write. Choose a function or control key."
    if id_ == "desk.palette" and not keys:
        return (), "desk.palette needs a key: everything is reached through it."
    return tuple(keys), ""


def _without_clashes(
    keymap: Keymap, own: Mapping[str, tuple[str, ...]], path: Path, text: str, findings: list[str]
) -> Keymap:
    """Lay the good lines over; those that clash are taken out again, one by one."""
    kept = dict(own)
    while True:
        made = keymap.with_keys(kept)
        clash = next(((key, a, b) for key, a, b in made.clashes() if a in kept or b in kept), None)
        if clash is None and (hasty := _hasty(made, kept)) is not None:
            key, mine = hasty
            findings.append(
                f"{_where(path, text, mine)}: {KEY_WORDS.get(key, key)} cannot be the key of "
                f"{mine}: what decides is never Enter, nor a key that begins or ends a text."
            )
        elif clash is None:
            return _found(made, findings)
        else:
            key, one, other = clash
            mine, theirs = (one, other) if one in kept else (other, one)
            findings.append(
                f"{_where(path, text, mine)}: {KEY_WORDS.get(key, key)} of {mine} is the key of "
                f"{theirs} already; give {theirs} another key, or choose one that is free."
            )
        del kept[mine]


def _hasty(keymap: Keymap, own: Mapping[str, tuple[str, ...]]) -> tuple[str, str] | None:
    """A key that would decide by a second press of the one before it (keys: rule 3), and the id of
    the own line that makes it so.
    """
    begin = {key: id_ for id_ in _BEGIN for key in keymap.get(id_).keys}
    for id_ in _DECIDE:
        for key in keymap.get(id_).keys:
            if key == "enter" or key in begin:
                return key, id_ if id_ in own else begin.get(key, id_)
    return None


def _where(path: Path, text: str, id_: str) -> str:
    """File and line of a key; tomllib tells no lines, so the key is looked for as it is written:
    whole, or its last word in a section of its own.
    """
    for key in dict.fromkeys((id_, id_.rpartition(".")[2])):
        written = re.compile(rf"""\s*\[{{0,2}}\s*["']?{re.escape(key)}["']?\s*[\]=.]""")
        for number, line in enumerate(text.splitlines(), 1):
            if written.match(line):
                return f"{path}:{number}"
    return str(path)
