"""A program that the carrier starts and looks after without waiting for it.

Its group of processes is its own, so that all of it can be ended; what it prints is read up to a
bound and the rest thrown away; what it is given lies in a file, so that no pipe can block.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

KEPT = 1 << 20
"""Bytes of its output that are kept."""
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Ended:
    """How it came to its end. `why` is empty when it ended with code 0."""

    why: str
    code: int | None = None
    out: bytes = b""


class Child:
    """One program under way. `ticks` are monotonic seconds; after `seconds` it is ended."""

    def __init__(
        self,
        command: Sequence[str],
        given: bytes,
        *,
        seconds: float,
        environment: Mapping[str, str],
        folder: Path | None,
        ticks: Callable[[], float],
        kept: int = KEPT,
    ) -> None:
        self._ticks, self._seconds, self._kept = ticks, seconds, kept
        self._until = ticks() + seconds
        self._out = bytearray()
        self._failed = ""
        self._process: subprocess.Popen[bytes] | None = None
        with tempfile.TemporaryFile() as words:
            words.write(given)
            words.seek(0)
            try:
                self._process = subprocess.Popen(
                    command,
                    stdin=words,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    env=dict(environment),
                    cwd=folder,
                    start_new_session=True,
                )
            except (OSError, ValueError) as error:
                self._failed = f"could not be started ({getattr(error, 'strerror', '') or error})"
        if self._process is not None and self._process.stdout is not None:
            os.set_blocking(self._process.stdout.fileno(), False)

    def look(self) -> Ended | None:
        """How it ended; None while it goes on. Past its time its whole group is ended."""
        process = self._process
        if process is None:
            return Ended(self._failed)
        self._read(process.stdout)
        code = process.poll()
        if code is None and self._ticks() < self._until:
            return None
        self.stop()
        if code is None:
            return Ended(f"was ended after {self._seconds:.0f} s", None, bytes(self._out))
        why = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
        return Ended(why if code else "", code, bytes(self._out))

    def stop(self) -> None:
        """End it and all that it started in its group; nothing when that is over."""
        process = self._process
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._read(process.stdout)
        if process.stdout is not None:
            process.stdout.close()

    def _read(self, pipe: IO[bytes] | None) -> None:
        """Take what was printed; beyond the bound it is thrown away, so that no pipe fills up."""
        if pipe is None or pipe.closed:
            return
        with suppress(BlockingIOError, OSError):
            while piece := os.read(pipe.fileno(), _PIECE):
                self._out += piece[: max(0, self._kept - len(self._out))]
