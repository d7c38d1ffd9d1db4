"""What the terminal can do, as far as its name tells: clipboard, links, notices.

Names come from the environment, from the terminal's own answer, or from tmux, which knows what it
runs in. What is unknown stays unknown: nothing is written to a terminal that may show it as
rubbish.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from heroterm.domain.tables import Table

YES, ASK, NO, UNKNOWN = "yes", "ask", "no", "unknown"
NOTICES = ("9", "777", "99")
REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
"""Set where this machine is reached over SSH."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One terminal of terminals.toml."""

    name: str
    marks: tuple[str, ...]
    answers: str
    clipboard: str
    links: bool
    notify: str
    reorders: bool
    plain: bool


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the person sits. An empty name: not known."""

    name: str = ""
    clipboard: str = UNKNOWN
    """`yes`, `no`, `ask` (its owner must allow it first) or `unknown`: OSC 52."""
    links: bool = False
    """Whether it makes addresses clickable: OSC 8."""
    notify: str = ""
    """Which OSC shows a notice on the desktop; empty: the bell alone."""
    reorders: bool = False
    """Whether it turns right-to-left text round by itself, and columns with it."""
    plain: bool = False
    """Whether its font lacks what frames and signs are drawn with."""
    tmux: bool = False
    passthrough: bool = False
    """Whether tmux hands through what is meant for the terminal around it."""
    tmux_clipboard: bool = False
    """Whether tmux takes text to copy and hands it on (`set-clipboard on`)."""
    remote: bool = False
    """Whether this machine is reached over SSH."""

    @property
    def kept_back(self) -> bool:
        """Whether tmux lets nothing out that is to be copied."""
        return self.tmux and not (self.tmux_clipboard or self.passthrough)

    @property
    def reached(self) -> bool:
        """Whether a sequence gets to the terminal itself."""
        return self.passthrough or not self.tmux


def kinds_from(table: Table) -> tuple[Kind, ...]:
    """The terminals of a terminals.toml, in its order. Raises tables.BadEntry."""
    return tuple(_kind(each) for each in table.tables("terminal"))


def _kind(table: Table) -> Kind:
    made = Kind(
        table.text("name"),
        table.texts("marks"),
        table.text("answers", ""),
        table.text("clipboard", NO, among=(YES, ASK, NO)),
        table.flag("links"),
        table.text("notify", "", among=NOTICES),
        table.flag("reorders"),
        table.flag("plain"),
    )
    table.done()
    return made


@dataclass(frozen=True, slots=True)
class Tmux:
    """What tmux says of itself and of what it runs in; empty words: it does not say."""

    term: str = ""
    """TERM of the terminal around it."""
    version: str = ""
    """What that terminal answers when it is asked for its version."""
    passthrough: bool = False
    clipboard: bool = False


def known(
    kinds: Sequence[Kind],
    environ: Mapping[str, str],
    *,
    answer: str = "",
    tmux: Tmux | None = None,
) -> Terminal:
    """The terminal by its own answer, else by the environment; inside tmux by what tmux says.

    The environment inside tmux is that of whoever started it, often another terminal long ago.
    """
    remote = any(environ.get(name) for name in REMOTE)
    if tmux is None:
        kind = _answering(kinds, answer) or _marked(kinds, environ)
        return replace(_of(kind), remote=remote)
    kind = _answering(kinds, tmux.version) or _marked(kinds, {"TERM": tmux.term})
    return replace(
        _of(kind),
        remote=remote,
        tmux=True,
        passthrough=tmux.passthrough,
        tmux_clipboard=tmux.clipboard,
    )


def _of(kind: Kind | None) -> Terminal:
    if kind is None:
        return Terminal()
    return Terminal(kind.name, kind.clipboard, kind.links, kind.notify, kind.reorders, kind.plain)


def _answering(kinds: Sequence[Kind], answer: str) -> Kind | None:
    said = answer.casefold()
    return next((k for k in kinds if k.answers and said.startswith(k.answers.casefold())), None)


def _marked(kinds: Sequence[Kind], environ: Mapping[str, str]) -> Kind | None:
    return next((k for k in kinds if any(_found(mark, environ) for mark in k.marks)), None)


def _found(mark: str, environ: Mapping[str, str]) -> bool:
    name, given, begins = mark.partition("=")
    value = environ.get(name, "")
    return value.startswith(begins) if given else bool(value)


def wrapped(sequence: str, terminal: Terminal) -> str:
    """A sequence as it reaches the terminal: inside tmux in an envelope that tmux opens."""
    if not (terminal.tmux and terminal.passthrough):
        return sequence
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
