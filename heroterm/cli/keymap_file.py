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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from heroterm.cli.invocation import Invocation
from heroterm.cli.key_spelling import spelled, wrong
from heroterm.domain.toml_places import Place, Places
from heroterm.domain.toml_words import in_words, place_in
from heroterm.tui.commands import BY_ID, KEY_WORDS
from heroterm.tui.keymap import PREFIX_IDS, Keymap, in_text

PRESETS = ("hero-1",)
"""Shipped keys by their version: a later default does not move under a finger that names one."""
_SIZE_CAP = 64 * 1024
_DECIDE = ("review.queue", "bulk.queue", "conflict.send")
_LIKE = '"ticket.reply" = ["r"]'
_FIRST_WORDS = {id_.partition(".")[0] for id_ in (*BY_ID, *PREFIX_IDS)}
_BEGIN = ("ticket.reply", "ticket.note", "ticket.canned", "ticket.fitting", "composer.review")


def load(path: Path, *, letters: bool = True) -> Keymap:
    """The keymap of a home: the shipped one where there is no file. Never fails.

    `letters` False takes single letters and signs away (config `desk.single_letter_keys`).
    """
    keymap, findings = _read(path)
    keymap = replace(keymap, findings=tuple(map(str, findings)))
    return keymap if letters else keymap.without_letters()


def of(call: Invocation) -> Keymap:
    """The keys of the home that a call is about, for sentences that name some."""
    return load(call.paths.keys_file, letters=call.config.desk.single_letter_keys)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A line that is not taken, by its line and column from 1 (0: the whole file)."""

    path: Path
    line: int
    column: int
    why: str
    """The reason, with what to write instead."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else str(self.path)
        return f"{place}: {self.why}"


Wrong = Callable[[str], Mistake]
"""A place in a file; given the reason, the mistake there."""


def mistakes(path: Path) -> list[Mistake]:
    """Each line of a file that is not taken."""
    return _read(path)[1]


def _read(path: Path) -> tuple[Keymap, list[Mistake]]:
    keymap = Keymap()
    if not path.is_file():
        return keymap, []
    try:
        if path.stat().st_size > _SIZE_CAP:
            raise ValueError("larger than 64 kB")
        text = path.read_text(encoding="utf-8-sig")
        told = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        return keymap, [_unread(path, error)]
    where = _Where(path, text)
    findings = list(_of_the_whole(told, where))
    table = told.get("keys", {})
    own: dict[str, tuple[str, ...]] = {}
    for names, value in _flat(table if isinstance(table, dict) else {}):
        id_ = ".".join(names)
        try:
            own[id_] = _keys_of(id_, value)
        except _Untaken as error:
            at = ("keys", *names)
            here = where.name(*at) if error.nth is None else where.value(*at, error.nth)
            findings.append(here(str(error)))
        else:
            where.took(names, list(own[id_]))
    return _without_clashes(keymap, own, where, findings)


class _Untaken(Exception):
    """Why a line is not taken; `nth` is the key of its list that is wrong, None its name."""

    def __init__(self, why: str, nth: int | None = None) -> None:
        super().__init__(why)
        self.nth = nth


class _Where:
    """What is written where in a file that was read: makes a mistake of the reason for it."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._places = path, Places(text)
        self._lines: dict[str, tuple[tuple[str, ...], list[str]]] = {}
        """How the id of each line that was taken is written, and its keys in their order."""

    def took(self, names: tuple[str, ...], keys: list[str]) -> None:
        """A line of [keys] was taken."""
        self._lines[".".join(names)] = names, keys

    def name(self, *names: str) -> Wrong:
        """A mistake where a name stands."""
        return self._at(self._places.key(*names))

    def value(self, *names: str | int) -> Wrong:
        """A mistake where a value begins; a number leads into a list."""
        return self._at(self._places.value(*names))

    def key(self, id_: str, key: str) -> Wrong:
        """A mistake where a key stands in the line of an id."""
        names, keys = self._lines[id_]
        return self.value("keys", *names, keys.index(key) if key in keys else 0)

    def _at(self, place: Place | None) -> Wrong:
        line, column = (place.line, place.column) if place is not None else (0, 0)
        return partial(Mistake, self._path, line, column)


def _unread(path: Path, error: Exception) -> Mistake:
    line, column, said = 0, 0, str(error)
    if isinstance(error, tomllib.TOMLDecodeError):
        (line, column), said = place_in(error) or (0, 0), in_words(error)
    elif isinstance(error, UnicodeDecodeError):
        said = "not UTF-8 text"
    return Mistake(path, line, column, f"{said}; the shipped keys are used.")


def _of_the_whole(told: Mapping[str, Any], where: _Where) -> Iterator[Mistake]:
    """What is wrong outside of the single lines."""
    for names, value in _flat(told):
        id_, here = ".".join(names), where.name(*names)
        if id_ in BY_ID or id_ in PREFIX_IDS:
            yield here(f'{id_} does not stand below [keys]; write it there, as "{id_}" = ["f5"].')
        elif names[0] in _FIRST_WORDS and names[0] not in ("keys", "preset"):
            yield here(f"[{names[0]}] is no section; write [keys], and below it {_LIKE}.")
        elif id_ == "keys" and not isinstance(value, dict):
            yield here(f"keys is a section; write [keys], and below it {_LIKE}.")
    for key in told:
        if key not in ("keys", "preset", *BY_ID, *PREFIX_IDS, *_FIRST_WORDS):
            yield where.name(key)(f"no section [{key}] is known; write [keys].")
    if told.get("preset", PRESETS[0]) not in PRESETS:
        yield where.value("preset")(
            f'there are no shipped keys {told["preset"]!a}; write preset = "{PRESETS[-1]}".'
        )


def _flat(
    table: Mapping[str, Any], before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The lines of a table by the names as they are written: `ticket.reply = "r"` means what it
    means in quotes.
    """
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, (*before, key))
        else:
            yield (*before, key), value


def _keys_of(id_: str, value: Any) -> tuple[str, ...]:
    """The keys of one line by Textual's names. Raises _Untaken."""
    if id_ not in BY_ID and id_ not in PREFIX_IDS:
        near = get_close_matches(id_, [*BY_ID, *PREFIX_IDS], n=1)
        remedy = f"nearest is {near[0]!r}" if near else "`heroterm keys list` names them"
        raise _Untaken(f"there is no command {id_!a}; {remedy}.")
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list):
        raise _Untaken(f'{id_}: write a list of keys, like ["r", "f5"].', 0)
    for nth, written in enumerate(listed):
        if not isinstance(written, str):
            raise _Untaken(f'{id_}: write a list of keys, like ["r", "f5"].', nth)
        key = spelled(written)
        if why := wrong(key, written):
            raise _Untaken(f"{id_}: {why}", nth)
        if id_ in BY_ID and in_text(BY_ID[id_], key):
            why = f"{key} is text while you write. Choose a function or control key."
            raise _Untaken(f"{id_}: {why}", nth)
    if id_ == "desk.palette" and not listed:
        raise _Untaken("desk.palette needs a key: everything is reached through it.", 0)
    return tuple(dict.fromkeys(spelled(key) for key in listed))


def _without_clashes(
    keymap: Keymap, own: Mapping[str, tuple[str, ...]], where: _Where, findings: list[Mistake]
) -> tuple[Keymap, list[Mistake]]:
    """Lay the good lines over; those that clash are taken out again, one by one."""
    kept = dict(own)
    while True:
        made = keymap.with_keys(kept)
        clash = next(((key, a, b) for key, a, b in made.clashes() if a in kept or b in kept), None)
        if clash is None and (hasty := _hasty(made, kept)) is not None:
            key, mine = hasty
            findings.append(
                where.key(mine, key)(
                    f"{KEY_WORDS.get(key, key)} cannot be the key of {mine}: what decides is never "
                    "Enter, nor a key that begins or ends a text."
                )
            )
        elif clash is None:
            return made, findings
        else:
            key, one, other = clash
            mine, theirs = (one, other) if one in kept else (other, one)
            findings.append(
                where.key(mine, key)(
                    f"{KEY_WORDS.get(key, key)} of {mine} is the key of {theirs} already; give "
                    f"{theirs} another key, or choose one that is free."
                )
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
