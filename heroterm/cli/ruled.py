"""The rules by which a carrier works: read at its start, and again when the desk says so."""

from __future__ import annotations

from heroterm.cli.mirror_writer import mirror_writer
from heroterm.cli.rules import placer, rulebook
from heroterm.errors import ConfigError
from heroterm.log import noted
from heroterm.mirror.writer import MirrorWriter
from heroterm.paths import Paths


class Ruled:
    """One rulebook at a time, and the mirror whose rows are placed by it."""

    def __init__(self, where: Paths) -> None:
        """Raises ConfigError, StoreError."""
        self._where = where
        self.book = rulebook(where)
        self.writer: MirrorWriter = mirror_writer(where.mirror, self.book)

    def begin(self) -> None:
        """Place every ticket anew if the rules changed since the last start. Raises StoreError."""
        self.writer.follow_rules(self.book.digest)

    def read_again(self) -> bool:
        """Go by the files as they are now; whether rows were placed anew. Raises StoreError.

        The desk has said what is wrong in them; where nothing can be used, everything stays.
        """
        try:
            self.book = rulebook(self._where, self.book)
        except ConfigError:
            noted(self._where.logs, "the team's files were not read again")
            return False
        self.writer.place_by(placer(self.book), self.book.targets)
        return self.writer.follow_rules(self.book.digest)
