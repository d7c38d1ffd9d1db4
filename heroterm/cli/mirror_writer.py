"""Opens the mirror of a home for writing, with the rules that its rows are placed by."""

from __future__ import annotations

from pathlib import Path

from heroterm.cli.rules import placer
from heroterm.mirror.writer import MirrorWriter
from heroterm.rulebook import Rulebook


def mirror_writer(path: Path, book: Rulebook) -> MirrorWriter:
    """The mirror, to be written to under a rulebook. Raises StoreError."""
    return MirrorWriter(path, placer(book), book.targets)
