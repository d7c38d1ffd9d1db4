"""What was wrong in the hero's own files: one short sentence, the rest a key away."""

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
    _list(desk, found)
    lists = desk.key("go.activity")
    desk.tell(f"{len(found)} mistakes in your own files: {lists} lists them.", severity="warning")


def tell_anew(desk: OnDesk, said: str, found: Sequence[str]) -> None:
    """What was wrong in files that were read again, and behind that what is other in them."""
    if not found:
        desk.tell(said)
    elif len(found) == 1:
        desk.tell(f"{found[0]} {said}", severity="warning")
    else:
        _list(desk, found)
        lists = f"{desk.key('go.activity')} lists them"
        many = f"{len(found)} mistakes in your own files: {lists}."
        desk.tell(f"{many} {said}", severity="warning")


def _list(desk: OnDesk, found: Sequence[str]) -> None:
    now = desk.reading.local_now()
    desk.noticed.said.extend(Said(now, shown(one), "warning") for one in reversed(found))
