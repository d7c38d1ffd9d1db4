"""One clock for the practice desk and for the processes that are killed beside it: in a file."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from tests.conftest import NOW

_WIDTH = 64


class Moment:
    """`now` is the true moment; `local` what this machine's clock says, which may be wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)

    def _read(self) -> tuple[float, float]:
        passed, skew = (os.pread(self._file, _WIDTH, 0) or b"0 0").split()
        return float(passed), float(skew)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self._read()[0])

    def local(self) -> datetime:
        return NOW + timedelta(seconds=sum(self._read()))

    def ticks(self) -> float:
        """Monotonic seconds."""
        return 1_000.0 + self._read()[0]

    def turn(self, seconds: float, *, skew: float = 0.0) -> None:
        """Let time pass; `skew` turns this machine's clock alone."""
        passed, before = self._read()
        os.pwrite(self._file, f"{passed + seconds} {before + skew}".ljust(_WIDTH).encode(), 0)

    def right(self) -> None:
        """This machine's clock is right again."""
        self.turn(0, skew=-self._read()[1])
