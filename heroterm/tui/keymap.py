"""The keys as they are in this home: the table of commands with a person's own keys laid over it.

One `Keymap` is made at the start and handed down; whoever looks a key up or shows one asks it.
Ids of commands are stable, so a later default never moves a key that somebody chose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from heroterm.domain.keyed_words import filled
from heroterm.tui.box_commands import BOXES
from heroterm.tui.commands import (
    ANYWHERE,
    COMMANDS,
    COMPOSER,
    FILTER,
    KEY_WORDS,
    LIST,
    PLACES,
    PLAYBOOK,
    PREFIXES,
    QUEUE,
    SIDE,
    THREAD,
    TICKET,
    Command,
)

PREFIX_IDS = {f"prefix.{place}": place for place in PREFIXES}
"""Ids under which the keys that wait for a second one are chosen: `prefix.g` and so on."""
_PANES = (QUEUE, THREAD, SIDE, LIST)
_LETTERS_OFF = (ANYWHERE, TICKET, *_PANES, PLAYBOOK)
_NOTHING: Mapping[str, str] = {}
_ACTS = 3
"""Places that are named for a key that was pressed elsewhere."""
_BOXED = {command.where for command in BOXES}

Keys = Callable[[str], str]
"""The keys of a command by its id, as a sentence names them: `Keymap.key`."""


@dataclass(frozen=True)
class Keymap:
    """Which keys mean what. `prefixes` gives the place of each prefix key."""

    commands: tuple[Command, ...] = COMMANDS
    prefixes: Mapping[str, str] = field(default_factory=lambda: {key: key for key in PREFIXES})
    findings: tuple[str, ...] = ()
    """A sentence for each line of the file that was not taken, with file and line."""

    @cached_property
    def _by_id(self) -> Mapping[str, Command]:
        return {command.id: command for command in self.commands}

    def of(self, place: str) -> tuple[Command, ...]:
        """Commands whose keys act at one place."""
        return tuple(command for command in self.commands if command.where == place)

    def titles(self, place: str) -> Mapping[str, str]:
        """Every key of a place with the title of its command."""
        return {key: command.title for command in self.of(place) for key in command.keys}

    def get(self, id_: str) -> Command:
        """The command of an id. Raises KeyError."""
        return self._by_id[id_]

    def command_for(self, places: Sequence[str], keys: Sequence[str]) -> str | None:
        """The command that a key means in some places, the first place first."""
        for place in places:
            for command in self.of(place):
                if any(key in command.keys for key in keys):
                    return command.id
        return None

    def astray(self, places: Sequence[str], keys: Sequence[str], sign: str) -> str:
        """What a key that means nothing in some places is told: where it acts, if anywhere."""
        others = [place for place in PLACES if place not in (*places, *PREFIXES)]
        found = [place for place in others if self.command_for((place,), keys)]
        acts = ["the desk" if place == ANYWHERE else self.called(place) for place in found]
        where = f" It acts in: {', '.join(acts[:_ACTS])}." if acts else ""
        return f"{sign} means nothing here; {self.key('desk.help')} lists the keys.{where}"

    def key_of(self, place: str) -> str:
        """The prefix key of a place; "" where it has none."""
        return next((key for key, named in self.prefixes.items() if named == place), "")

    def called(self, place: str) -> str:
        """A place in the words of the help, with the key that waits there for a second one."""
        if place not in PREFIXES:
            return PLACES[place]
        prefix = self.prefix_shown(place)
        return f"{prefix} … {PLACES[place].partition(' … ')[2]}".removeprefix(" … ")

    def prefix_shown(self, place: str) -> str:
        """The prefix key of a place as people write it; "" where it has none."""
        key = self.key_of(place)
        return KEY_WORDS.get(key, key)

    def route(self, command: Command) -> str:
        """The keys of a command as a person presses them: `g d`; "" where it has none."""
        prefix = self.prefix_shown(command.where) if command.where in PREFIXES else ""
        if not command.keys or (command.where in PREFIXES and not prefix):
            return ""
        return f"{prefix} {command.shown_key}".strip()

    def key(self, id_: str, word: str = "") -> str:
        """The keys of a command as a sentence names them: `r`, `g d`, `Esc`.

        Where it has none it is named as it is found: `Ctrl+P “Sync now”`, or by `word` in place of
        its title; in a box by the key that lists all that can be done there. Raises KeyError.
        """
        command = self.get(id_)
        if route := self.route(command):
            return " ".join(map(_spelt, route.split()))
        finds = "desk.palette" if command.where not in _BOXED else f"{command.where}.help"
        keys = self.get(finds).keys
        by = next((key for key in keys if not _sign(key)), *keys[:1])
        named = word or "“" + re.split("[:,;]", command.title)[0] + "”"
        return f"{_spelt(by)} {named}".strip()

    @property
    def alt_keys(self) -> frozenset[str]:
        """Keys with Alt that mean something; none of those that are shipped does."""
        keys = {*self.prefixes, *(key for command in self.commands for key in command.keys)}
        return frozenset(key for key in keys if key.startswith("alt+"))

    def told(self, words: str, typed: Mapping[str, str] = _NOTHING) -> str:
        """A sentence of heroterm's own in which `{ticket.reply}` stands for the keys of that
        command. Never anything else: data is put beside it (`domain.keyed_words`).

        `typed` has what is named in the place of some keys, by the ids of their commands.
        """

        def key(id_: str) -> str | None:
            return typed.get(id_) or (self.key(id_) if id_ in self._by_id else None)

        return filled(words, key)

    def for_textual(self) -> dict[str, str]:
        """Keys of the commands that Textual binds itself (composer, boxes), by id."""
        usual = {command.id: command.keys for command in COMMANDS}
        return {c.id: ",".join(c.keys) for c in self.commands if c.keys != usual[c.id]}

    def with_keys(self, own: Mapping[str, tuple[str, ...]]) -> Keymap:
        """The same with other keys for some ids; nothing is checked here."""
        commands = tuple(replace(c, keys=own.get(c.id, c.keys)) for c in self.commands)
        prefixes = {
            key: place
            for id_, place in PREFIX_IDS.items()
            for key in own.get(id_, (self.key_of(place),))
            if key
        }
        return replace(self, commands=commands, prefixes=prefixes)

    def without_letters(self) -> Keymap:
        """The same where no single letter or sign acts outside a box that has the focus.

        Arrows, Enter, Esc, function and control keys stay, and the palette knows everything (WCAG
        2.1.4); so do numbers, which go to a pane and change nothing: a keys.toml may drop them.
        """
        kept = tuple(
            replace(c, keys=tuple(key for key in c.keys if not _sign(key)))
            if c.where in _LETTERS_OFF
            else c
            for c in self.commands
        )
        prefixes = {key: place for key, place in self.prefixes.items() if not _sign(key)}
        return replace(self, commands=kept, prefixes=prefixes)

    def clashes(self) -> list[tuple[str, str, str]]:
        """Every key that two commands share where both could act: key, id, the other id.

        The one check, for the shipped table and for a person's own keys: a pane's own key may not
        hide one that acts anywhere or on a ticket, or that waits for a second one.
        """
        found = []
        shared = {
            key: c.id for where in (ANYWHERE, TICKET) for c in self.of(where) for key in c.keys
        }
        shared |= {key: f"prefix.{place}" for key, place in self.prefixes.items()}
        for where in dict.fromkeys(command.where for command in self.commands):
            seen: dict[str, str] = {}
            for command in self.of(where):
                for key in command.keys:
                    other = seen.get(key) or (shared.get(key) if where in _PANES else None)
                    if where in (ANYWHERE, TICKET) and shared.get(key) != command.id:
                        other = other or shared.get(key)
                    if other:
                        found.append((key, command.id, other))
                    seen[key] = command.id
        return found


SHIPPED = Keymap()
"""The keys as they come."""


def _sign(key: str) -> bool:
    """Whether a key is a single letter or sign; a digit is none."""
    return (len(key) == 1 and not key.isdigit()) or len(KEY_WORDS.get(key, "  ")) == 1


def _spelt(key: str) -> str:
    """A key as it stands in a sentence: `Esc`, `Ctrl+P`, `F5`; a letter or a sign as it is."""
    if len(key) == 1:
        return key
    return "+".join(part[:1].upper() + part[1:] for part in key.split("+"))


def in_text(command: Command, key: str) -> bool:
    """Whether a key of a command would be text where it acts: a printable one in a field."""
    return command.where in (COMPOSER, FILTER) and (len(key) == 1 or _sign(key) or key == "space")
