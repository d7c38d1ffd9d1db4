"""A talk with the person at this terminal: lines out, lines in, nothing redrawn."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from heroterm.domain.text import shown

_LONGEST = 8_192


@dataclass(frozen=True, slots=True)
class Talk:
    """The way to a person and back. `ask` and `secret` give None when nobody answers any more."""

    say: Callable[[str], None]
    ask: Callable[[str], str | None]
    secret: Callable[[str], str | None]


def talk_here() -> Talk:
    """The person at this terminal."""
    return Talk(_say, _ask, _secret)


def _say(words: str) -> None:
    print(_wrapped(words), flush=True)


def _wrapped(words: str) -> str:
    width = max(40, shutil.get_terminal_size().columns)
    lines: list[str] = []
    for line in words.splitlines() or [""]:
        safe = shown(line)
        begins = " " * (len(safe) - len(safe.lstrip()))
        # An address or a path that is broken in two cannot be copied.
        told = textwrap.wrap(
            safe,
            width,
            subsequent_indent=begins,
            break_long_words=False,
            break_on_hyphens=False,
            drop_whitespace=True,
            replace_whitespace=False,
        )
        lines += told or [""]
    return "\n".join(lines)


def _ask(prompt: str) -> str | None:
    print(f"{_wrapped(prompt)} ", end="", flush=True)
    line = sys.stdin.readline(_LONGEST)
    return line.strip() if line else None


def _secret(prompt: str) -> str | None:
    import getpass

    try:
        return getpass.getpass(f"{prompt} ").strip()
    except EOFError:
        return None
