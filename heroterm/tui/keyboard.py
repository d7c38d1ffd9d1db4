"""Keys before anything else sees them: prefixes in order, and words typed into the wrong place.

Textual hands a key to the focused widget and goes on to the next one; fast fingers would press
the second key before the first has opened its composer or its box. So the desk's keys are looked
up here, where they arrive one by one, and each command has run before the next key is looked at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from heroterm.tui.commands import FILTER
from heroterm.tui.keymap import Keymap

_WINDOW_SECONDS = 1.0
_LETTERS = 9
_PAUSE_SECONDS = 0.7


WHILE_TYPING = {"ctrl+p": "desk.palette", "f1": "desk.help"}
"""Keys that are no text and mean the same in a text field."""


class Burst(Enum):
    """What a letter outside of a text field turned out to be."""

    KEY = "a key"
    BEGINS = "the first letter that is ignored"
    IGNORED = "one more"


class Keyed(Protocol):
    """What the keyboard needs of the desk."""

    @property
    def typing(self) -> bool:
        """Whether a text field has the focus: letters are text."""

    @property
    def hidden(self) -> bool:
        """Whether the terminal is too small to show what a key would do."""

    @property
    def filtering(self) -> bool:
        """Whether the filter is being typed."""

    def owns(self, key: str) -> bool:
        """Whether a key is an answer to what is being asked, so that it begins no prefix."""

    @property
    def prefix(self) -> str | None:
        """The prefix that waits for its second key."""

    def begin_prefix(self, key: str) -> None:
        """Wait for the key after this one; an empty key: wait no more."""

    def second_key(self, key: str) -> None:
        """The key after the prefix."""

    @property
    def places(self) -> Sequence[str]:
        """Places of the table of commands whose keys act with the present focus."""

    def action_command(self, id_: str) -> None:
        """Run a command by its id."""

    def tell(self, words: str, *, severity: str = "information") -> None:
        """Say a sentence."""


class Bursts:
    """Tells typing from keys: more than eight different letters a second are no commands.

    A held key repeats one letter and is none of that (keys: rule 1). Times are seconds of
    whichever clock stamps the keys.
    """

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=_LETTERS)
        self._last_letter = ""
        self._last_at = 0.0
        self._frozen = False

    def take(self, letter: str, at: float) -> Burst:
        """What this letter is; after a pause every letter is a key again."""
        if self._frozen and at - self._last_at < _PAUSE_SECONDS:
            self._last_at = at
            return Burst.IGNORED
        if self._frozen:
            self._frozen = False
            self._times.clear()
        self._last_at = at
        if letter != self._last_letter:
            self._times.append(at)
        self._last_letter = letter
        if len(self._times) == _LETTERS and at - self._times[0] < _WINDOW_SECONDS:
            self._frozen = True
            return Burst.BEGINS
        return Burst.KEY


class Keyboard:
    """Looks at every key that arrives while the desk is in front."""

    def __init__(self, keymap: Keymap) -> None:
        self._keymap = keymap
        self._bursts = Bursts()

    def takes(self, desk: Keyed, keys: Sequence[str], character: str, at: float) -> bool:
        """Whether the key was dealt with here; otherwise it goes its usual way.

        `keys` are its names, the usual one first. In a text field it takes no letter: those
        are the field's, and `InOrder` keeps them and all other keys in their order.
        """
        key = keys[0]
        if desk.hidden:
            return key not in ("ctrl+q", "ctrl+c")
        if desk.typing:
            own = self._keymap.command_for((FILTER,), keys) if desk.filtering else None
            meant = own or WHILE_TYPING.get(key)
            if meant is not None:
                desk.action_command(meant)
            return meant is not None
        if character.isalpha() and self._is_typed(desk, character, at):
            return True
        if desk.prefix is not None:
            desk.second_key(key)
            return True
        place = self._keymap.prefixes.get(key)
        if place is not None and not desk.owns(key):
            desk.begin_prefix(place)
            return True
        id_ = self._keymap.command_for(desk.places, keys)
        if id_ is not None:
            desk.action_command(id_)
        elif character.isprintable() and character.strip():
            desk.tell(self._keymap.astray(desk.places, keys, character))
        return id_ is not None

    def _is_typed(self, desk: Keyed, letter: str, at: float) -> bool:
        """Whether a letter is one of words that are typed into nothing; the first is told of."""
        burst = self._bursts.take(letter, at)
        if burst is Burst.BEGINS:
            desk.begin_prefix("")
            reply, note = (self._keymap.key(f"ticket.{kind}") for kind in ("reply", "note"))
            desk.tell(
                "Typing here? Letters are ignored until you pause; "
                f"{reply} or {note} opens a field."
            )
        return burst is not Burst.KEY
