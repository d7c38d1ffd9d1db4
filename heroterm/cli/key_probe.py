"""Reads single keys from the terminal and says what they are called and what they do."""

from __future__ import annotations

import os
import select
import sys
import termios
import tty
from pathlib import Path

from heroterm.cli import keymap_file
from heroterm.cli.key_spelling import unsendable
from heroterm.tui.key_names import KeyNames
from heroterm.tui.keymap import PREFIX_IDS, Keymap

_ESCAPE_SECONDS = 0.1
_HEAD = "Press keys; each is named as keys.toml takes it. q q ends."


class Probe:
    """A short talk with a person at a terminal; the terminal is left as it was found."""

    def __init__(self, keys_file: Path) -> None:
        self._keymap = keymap_file.load(keys_file)
        self._names = KeyNames()

    def run(self) -> list[str]:
        """The names of the keys that arrived, in order, until `q` came twice in a row."""
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        found: list[str] = []
        print(_HEAD, file=sys.stderr)
        try:
            tty.setcbreak(descriptor)
            while found[-2:] != ["q", "q"]:
                for name in self._next(descriptor):
                    found.append(name)
                    print(f"  {name:24} {meaning(self._keymap, name)}", file=sys.stderr)
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        return found

    def _next(self, descriptor: int) -> list[str]:
        data = os.read(descriptor, 1024)
        while select.select([descriptor], [], [], _ESCAPE_SECONDS)[0]:
            data += os.read(descriptor, 1024)
        return self._names.read(data)


def meaning(keymap: Keymap, key: str) -> str:
    """What a key does where it does anything, and why it cannot be chosen."""
    if why := unsendable(key):
        return f"cannot be used: {why}"
    does = [f"{c.where}: {c.title}" for c in keymap.commands if key in c.keys]
    does += [f"begins {place} …" for place in PREFIX_IDS.values() if keymap.key_of(place) == key]
    return "; ".join(does[:3]) or "free"
