"""What was wrong in the hero's own files at the start: one short sentence, the rest a key away."""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain.text import shown
from heroterm.tui.noticed import Said
from heroterm.tui.on_desk import OnDesk


def tell(desk: OnDesk, found: Sequence[str]) -> None:
    """Say a single mistake whole; of several how many there are, with the key that lists them."""
    if len(found) < 2:
        for one in found:
            desk.tell(one, severity="warning")
        return
    now = desk.reading.local_now()
    desk.noticed.said.extend(Said(now, shown(one), "warning") for one in reversed(found))
    lists = desk.key("go.activity")
    desk.tell(f"{len(found)} mistakes in your own files: {lists} lists them.", severity="warning")
