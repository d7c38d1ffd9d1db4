"""`heroterm config edit`: the file in the hero's own editor, looked at before it takes its place.

What is refused is kept beside the file, and the next edit goes on with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from heroterm.cli.editor import edit
from heroterm.config import load
from heroterm.config.writing import fresh, replace
from heroterm.errors import ConfigError, UsageError
from heroterm.paths import Paths

_NEXT_START = "A desk that runs takes it up at its next start."


def edited(where: Paths, environ: Mapping[str, str], *, attended: bool) -> tuple[bool, str]:
    """Whether the file is another one now, and a sentence.

    Raises ConfigError for what cannot be used: the old file stays, and what was written is kept.
    """
    if not attended and not (environ.get("VISUAL") or environ.get("EDITOR")):
        raise UsageError(
            "There is no terminal for an editor here.",
            "Set VISUAL or EDITOR to a program that needs none, or edit the file itself.",
        )
    file, refused = where.config_file, refused_of(where.config_file)
    before = _text(file)
    begun = _text(refused) or before or fresh()
    came = edit(begun, environ, where.state, name=file.name)
    if came.text is None and (came.say or begun == (before or fresh())):
        if came.say:
            raise ConfigError(came.say, "The file was left as it was.", file=str(file))
        return False, f"{file}: nothing was changed."
    words = f"{came.text if came.text is not None else begun.rstrip()}\n"
    if _text(file) != before:
        replace(refused, words)
        raise ConfigError(
            "The file was changed by another program meanwhile, so it was left alone.",
            _kept(refused),
            file=str(file),
        )
    _look(words, file, refused)
    replace(file, words)
    refused.unlink(missing_ok=True)
    return True, f"{file}: in order and taken over. {_NEXT_START}"


def refused_of(file: Path) -> Path:
    """Where an edit is kept that could not be taken over."""
    return file.with_name(f"{file.name}.refused")


def _look(words: str, file: Path, refused: Path) -> None:
    """Raise what `config check` would say of the new words, and keep them."""
    replace(refused, words)
    try:
        load(refused)
    except ConfigError as error:
        raise ConfigError(
            f"{error.say} {file} was left as it was.",
            f"{error.remedy} {_kept(refused)}",
            file=str(refused),
            line=error.line,
            column=error.column,
            key=error.key,
        ) from None


def _kept(refused: Path) -> str:
    return f"What you wrote is in {refused}; `heroterm config edit` goes on with it."


def _text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "This file cannot be read as text.",
            "Mend its owner, mode or encoding first.",
            file=str(file),
        ) from error
