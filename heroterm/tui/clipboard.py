"""The clipboard: the system's own where this terminal is local, the terminal's over SSH.

Over SSH the machine's clipboard is the wrong one, and pyperclip would fill it in silence: there
the terminal is asked (OSC 52), which reaches the person's own machine (features O2). Where it
cannot be asked either, nothing is said to be copied: the words are shown, to be copied by hand.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

from heroterm.domain.terminal import ASK, NO, REMOTE, UNKNOWN, Terminal, wrapped

SYSTEM = "to the system clipboard"
MOST_BYTES = 74_000
"""Of what is copied: terminals take 100,000 signs of base64, and drop what is longer in silence."""


def copier(environ: Mapping[str, str]) -> Callable[[str], str]:
    """A function that copies text and says by which way; "" where only the terminal can."""
    remote = any(environ.get(name) for name in REMOTE)

    def copy(text: str) -> str:
        if remote:
            return ""
        import pyperclip

        try:
            pyperclip.copy(text)
        except (pyperclip.PyperclipException, OSError):
            return ""
        return SYSTEM

    return copy


def sequence(text: str, terminal: Terminal) -> str:
    """What asks the terminal to copy text; "" where it would get nowhere (`obstacle` says why)."""
    if obstacle(text, terminal):
        return ""
    asked = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"
    return asked if terminal.tmux_clipboard else wrapped(asked, terminal)


def obstacle(text: str, terminal: Terminal) -> str:
    """Why the terminal cannot be asked, as a sentence; "" when it can."""
    if len(text.encode()) > MOST_BYTES:
        return f"It is longer than the {MOST_BYTES // 1000} kB that terminals take."
    if terminal.kept_back:
        return "tmux keeps it back: `set -s set-clipboard on` lets it out."
    if terminal.clipboard == NO:
        return f"{terminal.name} takes nothing to copy."
    return ""


def way(terminal: Terminal, shows: str) -> str:
    """How the terminal was asked, in words, and what is not certain of it; `shows` is the key by
    which what was copied is shown.
    """
    through = "through tmux and the terminal" if terminal.tmux else "through the terminal"
    if terminal.clipboard == ASK:
        return f"{through} (OSC 52), if {terminal.name} is set to allow it ({shows} shows it)"
    if terminal.clipboard == UNKNOWN:
        return f"{through} (OSC 52); nothing there? {shows} shows it"
    return f"{through} (OSC 52)"
