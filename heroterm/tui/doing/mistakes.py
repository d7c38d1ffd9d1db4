"""What was wrong in the hero's own files: one short sentence, the rest a key away."""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain.text import shown
from heroterm.tui.noticed import Said
from heroterm.tui.on_desk import OnDesk

_KEPT = "What was read before holds there."


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
    """What was read again, and what of it was wrong and is not used, in one sentence."""
    if not found:
        desk.tell(said)
    elif len(found) == 1:
        desk.tell(f"{said} Not used: {found[0]} {_KEPT}", severity="warning")
    else:
        _list(desk, found)
        many = f"{len(found)} mistakes in your own files ({desk.key('go.activity')} lists them)."
        desk.tell(f"{said} {many} {_KEPT}", severity="warning")


def _list(desk: OnDesk, found: Sequence[str]) -> None:
    now = desk.reading.local_now()
    desk.noticed.said.extend(Said(now, shown(one), "warning") for one in reversed(found))
