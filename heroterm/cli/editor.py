"""Lets the hero's own editor change a text, in a private folder that is gone afterwards
(security §3, $EDITOR; faults 116).
"""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from heroterm.domain.text import storable
from heroterm.tui.edited import Edited

MOST_BYTES = 1 << 20
_VIM = ("vi", "vim", "nvim", "view")


_AS_IT_WAS = "The text is as it was."


def edit(
    text: str, environ: Mapping[str, str], fallback: Path, *, name: str = "reply.md"
) -> Edited:
    """The changed text, and a sentence where something went wrong: then the text is as it was,
    unless the editor had written another one before it failed.

    `name` is the file's, by which editors know the kind. The folder lies in memory where the
    system has such a place, else below `fallback`.
    """
    asked = environ.get("VISUAL") or environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(asked)
    except ValueError:
        words = []
    if not words:
        return _failed(f"VISUAL or EDITOR is no command ({asked})")
    with tempfile.TemporaryDirectory(
        prefix="heroterm-", dir=_private_place(environ, fallback)
    ) as d:
        file = Path(d) / name
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8")
        try:
            run = subprocess.run([*words, *_no_traces(words[0]), str(file)], env=_clean(environ))
        except OSError as error:
            return _failed(_not_started(words[0], error))
        return _left(file, text, _ended(words[0], run.returncode))


def _failed(why: str) -> Edited:
    return Edited(None, f"{why}. {_AS_IT_WAS}")


def _not_started(program: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"The editor {program} was not found: set VISUAL or EDITOR to one that is here"
    return f"The editor {program} could not be started ({error.strerror})"


def _ended(program: str, code: int) -> str:
    """How an editor ended that did not end well; "" when it did."""
    if not code:
        return ""
    how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
    return f"The editor {os.path.basename(program)} {how}"


def _left(file: Path, text: str, ended: str) -> Edited:
    """What the editor left in the file, if it is a text and another one."""
    try:
        data = _read(file)
        found = storable(data.decode("utf-8-sig"), MOST_BYTES).rstrip("\n")
    except UnicodeDecodeError:
        return _failed("What the editor left is not UTF-8")
    except OSError:
        return _failed(ended or "The editor left no file there")
    except _Unfit as unfit:
        return _failed(str(unfit))
    if found == text.rstrip("\n") or (ended and not found.strip()):
        return _failed(ended) if ended else Edited(None)
    return Edited(found, f"{ended}; what it had written is here." if ended else "")


class _Unfit(ValueError):
    """What lies there is no text that can be taken."""


def _read(file: Path) -> bytes:
    """What the editor left: a plain file of at most 1 MB.

    Raises OSError for a link, _Unfit for the rest. A pipe in its place is not waited for.
    """
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as opened:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise _Unfit("The editor left no plain file there")
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _Unfit("What the editor left is larger than 1 MB")
    return data


def _private_place(environ: Mapping[str, str], fallback: Path) -> str:
    for candidate in (environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"):
        if candidate and os.path.isdir(candidate) and os.access(candidate, os.W_OK):
            return candidate
    fallback.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(fallback)


def _no_traces(program: str) -> list[str]:
    """Swap, undo and history files would keep a customer's words elsewhere."""
    if os.path.basename(program) not in _VIM:
        return []
    return ["-n", "-i", "NONE", "-c", "set nobackup noundofile"]


def _clean(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if not name.startswith("HEROTERM_")}
