"""What this machine knows beyond the mirror, as a temporary table of the reader's connection."""

from __future__ import annotations

from heroterm.domain.view import OUT_OF_QUEUE, Overlay, section
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import LARGEST

TIER = "ifnull(o.tier, t.tier)"
"""The tier of an overlaid ticket `t` with its overlay `o`; a mark by hand makes it 1."""
# A ticket that the server no longer shows stays in sight while something of ours waits on it.
SECTION = (
    f"ifnull(o.section, case when t.section = {OUT_OF_QUEUE} and o.waiting is not null "
    "then t.status_section else t.section end)"
)
"""The section of an overlaid ticket: where the status that waits will put it."""


class OverlayTable:
    """Keeps `temp.overlay` equal to the overlay last asked with; written only when that changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held = Overlay()
        self.turn = 0
        """Changes with what the table says."""
        connection.run(
            "create temp table overlay (ticket_id integer primary key, tier integer, "
            "section integer, status text, waiting text)"
        )

    def hold(self, overlay: Overlay) -> bool:
        """Make the table say this; whether it holds any ticket at all."""
        if overlay != self._held:
            self.turn += 1
            self._connection.run("delete from temp.overlay")
            self._connection.many("insert into temp.overlay values (?, ?, ?, ?, ?)", _rows(overlay))
            # A copy: the caller may go on changing its mappings.
            self._held = Overlay(overlay.tier1, dict(overlay.status), dict(overlay.intent))
        return bool(self._held.tier1 or self._held.status or self._held.intent)


def _rows(overlay: Overlay) -> list[tuple[object, ...]]:
    ids = {*overlay.tier1, *overlay.status, *overlay.intent}
    return [
        (
            id_,
            1 if id_ in overlay.tier1 else None,
            section(overlay.status[id_]) if id_ in overlay.status else None,
            overlay.status.get(id_),
            overlay.intent.get(id_),
        )
        for id_ in sorted(ids)
        if id_ <= LARGEST
    ]
