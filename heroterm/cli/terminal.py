"""The terminal that this process runs in, by what can be found out without asking it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping

from heroterm.domain.terminal import Kind, Terminal, Tmux, kinds_from, known
from heroterm.errors import ConfigError
from heroterm.rulebook import SHIPPED, read_data

_SECONDS = 1.0
_ASKED = "#{client_termname}\t#{client_termtype}\t#{allow-passthrough}\t#{set-clipboard}"


def kinds() -> tuple[Kind, ...]:
    """The terminals that heroterm knows."""
    try:
        return read_data(SHIPPED / "data" / "terminals.toml", kinds_from)
    except ConfigError:
        return ()


def terminal(environ: Mapping[str, str] = os.environ, answer: str = "") -> Terminal:
    """Where the person sits; `answer` is what the terminal said of its version, if it was asked."""
    tmux = ask_tmux(environ) if environ.get("TMUX") else None
    return known(kinds(), environ, answer=answer, tmux=tmux)


def ask_tmux(environ: Mapping[str, str]) -> Tmux:
    """What tmux says; nothing of it where there is no tmux to ask."""
    pane = environ.get("TMUX_PANE", "")
    words = ["tmux", "display-message", "-p", *(["-t", pane] if pane else []), _ASKED]
    try:
        told = subprocess.run(
            words, capture_output=True, text=True, timeout=_SECONDS, check=True
        ).stdout
    except (OSError, ValueError, subprocess.SubprocessError):
        return Tmux()
    term, version, through, clipboard = (told.rstrip("\n").split("\t") + [""] * 4)[:4]
    return Tmux(term, version, through in ("1", "on", "all"), clipboard in ("1", "on"))
