"""Reads one file of a rulebook; every complaint names file, line and what to write instead."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from heroterm.domain import playbook, playbook_file, playbook_lint, reply, team_macro
from heroterm.domain.table_lines import line_of
from heroterm.domain.tables import BadEntry, Table, read
from heroterm.domain.toml_words import in_words, place_in
from heroterm.errors import ConfigError

FILE_LIMIT = 256_000
"""Bytes of one file; a larger one is refused."""
_FENCE = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEPT = 100
"""Files of each kind that are remembered as they were read."""
_T = TypeVar("_T")


def read_data(path: Path, reader: Callable[[Table], _T]) -> _T:
    """A data file made into what `reader` makes of it. Raises ConfigError."""
    text = _text(path)
    try:
        return read(_data(path, text), reader)
    except BadEntry as error:
        raise _complaint(path, text, error) from None


def read_reply(path: Path) -> reply.CannedReply:
    """A canned reply from its Markdown file. Raises ConfigError."""
    text, front, body = _fenced(path, "title and kind")
    try:
        return _reply(path, front, body)
    except BadEntry as error:
        raise _complaint(path, text, error) from None


def read_macro(
    path: Path, replies: Collection[str], playbooks: Collection[str]
) -> team_macro.TeamMacro:
    """A macro of the team from its Markdown file; `replies` and `playbooks` are names that it may
    use. Raises ConfigError.
    """
    text, front, body = _fenced(path, "title and what it does")
    try:
        table = Table(_toml(path, front, lines_above=1))
        made = team_macro.from_file(path.stem, table, body)
        team_macro.check_names(made, table, replies, playbooks)
    except BadEntry as error:
        raise _complaint(path, text, error) from None
    return made


def _fenced(path: Path, entries: str) -> tuple[str, str, str]:
    """The whole text of a file, its front matter, and what stands below it."""
    text = _text(path)
    fence = _FENCE.match(text)
    if fence is None:
        raise ConfigError(
            "The front matter is missing.",
            f"Begin the file with a line +++, then {entries}, then a line +++.",
            file=str(path),
            line=1,
        )
    return text, fence[1], text[fence.end() :]


def read_playbook(path: Path, replies: Mapping[str, reply.CannedReply] | None) -> playbook.Playbook:
    """A playbook from its file; its steps may name only replies that fit (None: any).

    Raises ConfigError.
    """
    text = _text(path)
    try:
        made = _playbook(path, text)
        if replies is not None:
            playbook_lint.check_replies(made, replies)
    except BadEntry as error:
        raise _complaint(path, text, error) from None
    return made


# A process reads the rulebook several times; the same text always says the same.
@lru_cache(maxsize=_KEPT)
def _data(path: Path, text: str) -> Mapping[str, object]:
    return MappingProxyType(_toml(path, text))


@lru_cache(maxsize=_KEPT)
def _reply(path: Path, front: str, body: str) -> reply.CannedReply:
    return reply.from_file(path.stem, Table(_toml(path, front, lines_above=1)), body)


@lru_cache(maxsize=_KEPT)
def _playbook(path: Path, text: str) -> playbook.Playbook:
    return playbook_file.from_file(path.stem, Table(_toml(path, text)), text)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(FILE_LIMIT + 1)
        if len(raw) > FILE_LIMIT:
            raise ConfigError("The file is too large.", "Split it.", file=str(path))
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        say = f"The file cannot be read ({error.strerror or 'unknown reason'})."
        raise ConfigError(say, "Check that it is there and readable.", file=str(path)) from None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigError(
            "The file is not UTF-8.", "Save it as UTF-8.", file=str(path), line=line
        ) from None


def _toml(path: Path, text: str, lines_above: int = 0) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, _ = place_in(error) or (text.count("\n") + 1, 0)
        say = in_words(error).rsplit(" (at ", 1)[0].rstrip(".")
        remedy = "Texts stand in quotes, lists in [brackets]."
        raise ConfigError(
            f"This is not TOML: {say}.", remedy, file=str(path), line=line + lines_above
        ) from None
    except (ValueError, RecursionError):  # a number of a thousand digits, a thousand brackets
        say, remedy = "This TOML is beyond reading.", "Write shorter numbers, fewer brackets."
        raise ConfigError(say, remedy, file=str(path), line=1 + lines_above) from None


def _complaint(path: Path, text: str, error: BadEntry) -> ConfigError:
    return ConfigError(
        f"{error.key} {error.say}",
        error.remedy,
        file=str(path),
        line=line_of(text, error.key),
        key=error.key,
    )
