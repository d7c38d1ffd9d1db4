"""Changes the file of its owner: one change at a time, nothing else in it, or nothing at all."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

from heroterm.config.reading import load, parsed
from heroterm.config.writing import fresh, replace
from heroterm.errors import ConfigError

_MARK = "\ufeff"
"""What some editors begin a file with."""


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Write the file as `change` makes its text, which may raise ConfigError; where there is no
    file, of a fresh one.

    Raises ConfigError for a file that is damaged, read-only or changed by another program at this
    moment, and for what would be no configuration; it is as it was then.
    """
    _writable(path)
    load(path)
    before = _bytes(path)
    text = fresh() if before is None else before.decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    after = change(text.removeprefix(mark))
    _look(after, path)
    if _bytes(path) != before:
        raise ConfigError(
            "Another program changed this file at this moment, so it was left alone.",
            "Try again: it is read anew then.",
            file=str(path),
        )
    replace(path, mark + after)


def _look(text: str, path: Path) -> None:
    """Raise what is wrong with the file as it would be, without the lines that it has not yet."""
    try:
        tomllib.loads(text)
        parsed(text, path)
    except tomllib.TOMLDecodeError:
        raise ConfigError(
            "This file writes its queues in a way that nothing can be added to.",
            "Write each as a table, [[view]], with `heroterm config edit`.",
            file=str(path),
        ) from None
    except ConfigError as error:
        raise ConfigError(error.say, error.remedy, file=str(path), key=error.key) from None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(
            f"This file cannot be read ({error.strerror}).",
            "Mend its owner or mode.",
            file=str(path),
        ) from None


def _writable(path: Path) -> None:
    """Whoever made the file read-only meant it, although a swap would get round that."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return  # not there yet, or reading says why it cannot be used
    if mode & 0o222 and os.access(path, os.W_OK):
        return
    raise ConfigError(
        "This file is read-only, so it was left as it is.",
        f"`chmod u+w {path}` lets heroterm write it.",
        file=str(path),
    )
