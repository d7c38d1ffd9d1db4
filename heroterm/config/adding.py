"""Adds one `[[view]]` table to the file, every other byte of which stays as its owner wrote it."""

from __future__ import annotations

from pathlib import Path

from heroterm.config.rewriting import rewrite
from heroterm.config.values import TeamView
from heroterm.config.writing import table_of


def add_view(path: Path, view: TeamView) -> None:
    """Add a queue at the end of the file, which is made where there is none.

    Raises ConfigError for a queue that cannot be, and as `rewrite` does.
    """

    def added(text: str) -> str:
        end = "\r\n" if "\r\n" in text else "\n"
        gap = "" if text.endswith("\n") or not text else end
        return f"{text}{gap}{end.join(['', *table_of(view)])}{end}"

    rewrite(path, added)
