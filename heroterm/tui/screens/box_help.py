"""`?` in a box: everything that its keys do there, to be searched; Enter does what is chosen.

So that a box needs no letter either: arrows, a function key and Enter reach all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from textual import events
from textual.screen import Screen

from heroterm.tui.commands import KEY_WORDS
from heroterm.tui.keymap import Keymap
from heroterm.tui.screens.pick import Choice, Pick

_KEYS_WIDTH = 10


def show(
    box: Screen[None],
    place: str,
    act: Callable[[str], None],
    keymap: Keymap,
    idle: Collection[str] = (),
) -> None:
    """List the commands of a place but those of `idle`, which can do nothing at this moment; `act`
    gets the id of the one that is chosen.
    """
    here = [c for c in keymap.of(place) if c.id != f"{place}.help" and c.id not in idle]
    choices = [
        Choice(c.id, f"{_keys(c.keys):{_KEYS_WIDTH}} {c.title}", keymap.told(c.help)) for c in here
    ]

    def chosen(id_: str | None) -> None:
        if id_ is not None:
            act(id_)

    box.app.push_screen(
        Pick(f"{keymap.called(place)}: type to find, Enter does it", choices), chosen
    )


def astray(box: Screen[None], place: str, event: events.Key, keymap: Keymap) -> str:
    """What is said of a letter that means nothing in a box whose keys are those of a place; "" for
    any other key, and while the box is deaf.
    """
    deaf = getattr(box, "_deaf", False) or not event.is_printable
    means = keymap.command_for((place,), [event.key, *event.aliases]) is not None
    if deaf or means or event.key in box.active_bindings:
        return ""
    return f"{event.character} does nothing here; {keymap.key(f'{place}.help')} lists what does."


def _keys(keys: Collection[str]) -> str:
    return " ".join(KEY_WORDS.get(key, key) for key in keys)
