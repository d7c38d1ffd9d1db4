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

MOST_BYTES = 1 << 20
_VIM = ("vi", "vim", "nvim", "view")


def edit(text: str, environ: Mapping[str, str], fallback: Path) -> str | None:
    """The changed text; None when nothing changed, or the editor failed: the text is as it was.

    The folder lies in memory where the system has such a place, else below `fallback`.
    """
    try:
        words = shlex.split(environ.get("VISUAL") or environ.get("EDITOR") or "vi")
    except ValueError:
        return None
    if not words:
        return None
    with tempfile.TemporaryDirectory(
        prefix="heroterm-", dir=_private_place(environ, fallback)
    ) as d:
        file = Path(d) / "reply.md"
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8")
        try:
            run = subprocess.run([*words, *_no_traces(words[0]), str(file)], env=_clean(environ))
            changed = _read(file)
        except OSError:
            return None
    if run.returncode != 0 or changed is None:
        return None
    try:
        found = storable(changed.decode("utf-8-sig"), MOST_BYTES).rstrip("\n")
    except UnicodeDecodeError:
        return None
    return None if found == text.rstrip("\n") else found


def _read(file: Path) -> bytes | None:
    """What the editor left; None for anything but a plain file of at most 1 MB.

    Raises OSError for a link. A pipe in its place is not waited for.
    """
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as opened:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        data = opened.read(MOST_BYTES + 1)
    return data if len(data) <= MOST_BYTES else None


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
