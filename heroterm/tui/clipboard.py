"""The clipboard: the system's own where this terminal is local, the terminal's over SSH.

Over SSH the machine's clipboard is the wrong one, and pyperclip would fill it in silence: there
the terminal is asked (OSC 52), which reaches the person's own machine (features O2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

SYSTEM = "to the system clipboard"
_REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


def copier(environ: Mapping[str, str]) -> Callable[[str], str]:
    """A function that copies text and says by which way; "" where only the terminal can."""
    remote = any(environ.get(name) for name in _REMOTE)

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
