"""When the carrier takes up the team's files anew: before its next piece of work, once told to."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.sync.report import Moved, Report


def _nothing() -> bool:
    return False


class RuleRounds:
    """`read` reads the files and says whether rows of the mirror stand elsewhere by them."""

    def __init__(self, tell: Callable[[Report], None]) -> None:
        self.read: Callable[[], bool] = _nothing
        self._tell = tell
        self._due = False

    def changed(self) -> None:
        """The files are others now."""
        self._due = True

    def follow(self) -> None:
        """Read them if they are. Raises StoreError, and then they are read at the next time."""
        if self._due:
            moved = self.read()
            self._due = False
            if moved:
                self._tell(Moved())
