"""Standard streams that are closed, full, or whose reader has left: said once, never a traceback.

A closed stream's number would be given to the next file that is opened, and what is printed would
land in it; so closed numbers are filled before anything else is opened.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress

from heroterm.errors import StoreError

LOST = StoreError.exit_code
"""Exit code when what was asked for could not be printed."""

_KINDS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


def usable() -> bool:
    """Make printing safe; False, after a sentence on stderr, when there is no standard output."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end
    if sys.stdout is None:
        _say("Standard output is closed, so nothing was done.", "Open it, or use >/dev/null.")
        return False
    return True


def failed(error: BaseException) -> bool:
    """Whether an error is one of printing: of its kind, without a file, and met again."""
    if isinstance(error, BrokenPipeError):
        return True
    if not isinstance(error, OSError) or error.filename is not None or error.errno not in _KINDS:
        return False
    try:
        # What failed is not buffered any more, so only something to print shows it again.
        print(flush=True)
    except OSError:
        return True
    return False


def lost(error: OSError) -> int:
    """Say that the output could not be written; the exit code. A reader that left is no failure."""
    # What is still buffered has no reader either, and Python would try it again at the end.
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if isinstance(error, BrokenPipeError):
        return 0
    _say(
        f"Standard output could not be written ({error.strerror}).",
        "What was done is kept: look again with room to print.",
    )
    return LOST


def _say(say: str, remedy: str) -> None:
    with suppress(OSError):
        print(f"heroterm: {say} {remedy}", file=sys.stderr, flush=True)
