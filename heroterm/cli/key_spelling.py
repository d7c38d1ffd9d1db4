"""Names of keys as people write them, and as the screen knows them; what no terminal sends."""

from __future__ import annotations

from difflib import get_close_matches

from heroterm.tui.commands import KEY_WORDS

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
_BARE = ("enter", "tab", "escape", "backspace")
_MODIFIERS = ("ctrl", "alt", "shift", "ctrl+shift")
_NAMES = (
    "enter escape tab space backspace delete insert home end pageup pagedown up down left right"
).split()
_FUNCTIONS = [f"f{n}" for n in range(1, 13)]
_BY_SIGN = {sign: name for name, sign in KEY_WORDS.items() if len(sign) == 1}
_UNDER_CTRL = {**_BY_SIGN, "_": "underscore", "^": "circumflex_accent", " ": "space"}
_ALSO = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown",
    "page_up": "pageup", "page_down": "pagedown", "del": "delete", "ins": "insert",
    "bs": "backspace", "spacebar": "space", "control": "ctrl", "option": "alt", "meta": "alt",
}  # fmt: skip
"""Other names in use, this program's own on the screen and in the README among them."""


def spelled(key: str) -> str:
    """A key by its name on the screen, however it is written: `Esc`, `PgDn`, `Ctrl+T`, `?`.

    What is no name of a key comes back in small letters, for `wrong` to say so.
    """
    if len(key) == 1:
        return str(_BY_SIGN.get(key, key))
    begun, plus, last = key.rpartition("+")
    if begun.endswith("+") and not last:  # ctrl++
        begun, plus, last = begun[:-1], "+", "+"
    before = [_ALSO.get(word, word) for word in begun.casefold().split("+") if word]
    if len(last) == 1:
        last = _UNDER_CTRL.get(last, last.lower() if "ctrl" in before else last)
    else:
        last = last.casefold().replace(" ", "_")
        last = _ALSO.get(last, last)
    order = sorted(before, key=lambda word: (word not in _MODIFIERS, word))
    return "+".join([*order, last]) if plus else last


def wrong(key: str, as_written: str) -> str:
    """Why a key, as `spelled` gives it, cannot be chosen, and what to do; "" where it can."""
    if not key:
        return "an empty text is no key; [] takes every key away."
    if why := unsendable(key):
        return f"{as_written} cannot be used: {why}. Choose another key."
    return "" if _known(key) else f"{as_written!a} is no key that terminals send; {_remedy(key)}"


def unsendable(key: str) -> str:
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
        return key.isalnum()  # another sign arrives under a name
    modifier, _, last = key.rpartition("+")
    named = last in _NAMES or last in _FUNCTIONS or last in KEY_WORDS
    if modifier:
        return modifier in _MODIFIERS and (named or len(last) == 1 or last in _UNDER_CTRL.values())
    return named


def _remedy(key: str) -> str:
    modifier, _, last = key.rpartition("+")
    if modifier and modifier not in _MODIFIERS:
        return "before a key only ctrl, alt, shift or ctrl+shift are sent."
    near = get_close_matches(last, [*_NAMES, *_FUNCTIONS], 1)
    return f"did you mean {near[0]!a}?" if near else "`heroterm keys probe` names what arrives."
