"""The doctor's look at the terminal and the programs around it; nothing here is required."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping

from heroterm.cli.check import Check
from heroterm.cli.invocation import Invocation
from heroterm.cli.preflight import SMALLEST
from heroterm.domain.terminal import REMOTE

Which = Callable[[str], str | None]
_COPIERS = {
    "wl-copy": "WAYLAND_DISPLAY",
    "xclip": "DISPLAY",
    "xsel": "DISPLAY",
    "pbcopy": "",
    "clip.exe": "",
}
"""Programs that fill the clipboard, and what must be set for them to find it."""


def terminal(_call: Invocation) -> Iterator[Check]:
    """Kind, size, colours, encoding, tmux, SSH, clipboard, editor and browser."""
    yield from looked_at(os.environ, _size(), sys.platform, shutil.which)


def looked_at(
    environ: Mapping[str, str], size: tuple[int, int] | None, platform: str, which: Which
) -> Iterator[Check]:
    """The same for a given surrounding. `size` in columns and rows; None: not a terminal."""
    term = environ.get("TERM", "")
    yield Check("terminal", term not in ("dumb", ""), term or "TERM is unset", "Set TERM.")
    yield _fits(size)
    yield Check("colours", True, _colours(environ))
    yield Check("UTF-8", True, _encoding(environ, platform))
    yield Check("tmux", True, _tmux(environ))
    remote = any(environ.get(name) for name in REMOTE)
    yield Check("SSH", True, "this is a remote machine" if remote else "no, this machine is yours")
    yield Check("clipboard", True, _clipboard(environ, remote, which))
    yield _editor(environ, which)
    yield Check("browser", True, _browser(environ, platform))


def _size() -> tuple[int, int] | None:
    try:
        found = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        return None
    return found.columns, found.lines


def _fits(size: tuple[int, int] | None) -> Check:
    if size is None:
        return Check("size", True, "not known: the output is no terminal")
    columns, rows = size
    fits = columns >= SMALLEST[0] and rows >= SMALLEST[1]
    need = f"heroterm needs {SMALLEST[0]} columns and {SMALLEST[1]} rows: enlarge the window."
    return Check("size", fits, f"{columns} columns, {rows} rows", need)


def _colours(environ: Mapping[str, str]) -> str:
    if environ.get("NO_COLOR"):
        return "none, because NO_COLOR is set"
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million"
    if "256" in environ.get("TERM", ""):
        return "256; where the terminal knows more, COLORTERM=truecolor says so"
    return "few: themes are drawn with the nearest ones"


def _encoding(environ: Mapping[str, str], platform: str) -> str:
    said = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if platform == "darwin" or "utf-8" in said.lower() or "utf8" in said.lower():
        return "yes"
    return f"not announced (locale {said or 'unset'}): if lines look broken, set LC_ALL=C.UTF-8"


def _tmux(environ: Mapping[str, str]) -> str:
    if not environ.get("TMUX"):
        return "not inside tmux"
    return "inside tmux: copying needs `set -s set-clipboard on` there"


def _clipboard(environ: Mapping[str, str], remote: bool, which: Which) -> str:
    there = [name for name in _COPIERS if which(name)]
    works = [name for name in there if not (_COPIERS[name] and not environ.get(_COPIERS[name]))]
    if works and not remote:
        return f"by {works[0]}"
    blind = f"{there[0]} finds no display here" if there else "no clipboard program was found"
    why = "over SSH" if remote else blind
    return f"through the terminal (OSC 52), {why}; some terminals must be told to allow it"


def _editor(environ: Mapping[str, str], which: Which) -> Check:
    said = environ.get("VISUAL") or environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(said)
    except ValueError:
        words = []
    if words and which(words[0]):
        return Check("editor", True, said)
    # The built-in one is always there; a name that was set and is wrong is worth a step.
    chosen = bool(environ.get("VISUAL") or environ.get("EDITOR"))
    say = f"{said} was not found; replies are written in heroterm itself"
    return Check("editor", not chosen, say, "Set VISUAL or EDITOR to a program that is here.")


def _browser(environ: Mapping[str, str], platform: str) -> str:
    from heroterm.cli.oauth_sign_in import must_paste

    if must_paste(environ, platform=platform, attended=True):
        return "none reaches you from here: addresses are shown, to be opened where you sit"
    return environ.get("BROWSER") or "the system's own"
