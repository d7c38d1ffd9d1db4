"""Taking over a colleague's week: what was ticked, and what of their home comes along with it."""

from __future__ import annotations

from datetime import datetime

from heroterm.domain import takeover
from heroterm.domain.pack import Pack
from heroterm.domain.takeover import MEMO, Compared, Difference, Takeover
from heroterm.domain.waits import Wait, Wake
from heroterm.journal.database import Journal


def kept(journal: Journal) -> Takeover | None:
    """The take-over that is under way, or the one that was signed last."""
    return takeover.kept(journal.marks.recall(MEMO))


def begin(journal: Journal, pack: Pack) -> Takeover:
    """Take up a pack; what was ticked of an older pack of the same hero stays ticked."""
    return _keep(journal, takeover.begun(pack, kept(journal)))


def tick(journal: Journal, taken: Takeover, one: Difference, at: datetime) -> Takeover:
    """Take one ticket; a mark of tier 1 that lay only in the last hero's home comes along."""
    entry = one.entry
    if entry.tier == 1 and (one.row is None or one.row.tier != 1):
        journal.marks.set_tier1(entry.ticket, True, entry.link)
    return _keep(journal, taken.tick(entry.ticket, at))


def untick(journal: Journal, taken: Takeover, ticket_id: int) -> Takeover:
    """Leave one ticket to whoever had it."""
    return _keep(journal, taken.untick(ticket_id))


def sign(journal: Journal, taken: Takeover, compared: Compared, at: datetime) -> Takeover | None:
    """Sign, and go on waiting for what the last hero waited for; None while something is left."""
    if compared.left(taken.ticks):
        return None
    mine = {wait.ticket_id for wait in journal.waits.list()}
    for entry in taken.pack.of("waits"):
        to_come = entry.due is not None and entry.due > at
        if entry.ticket not in mine and (to_come or entry.on_reply):
            due = entry.due if to_come else None
            said = f"taken over from {taken.pack.hero}"
            journal.waits.set(Wait(entry.ticket, Wake(due, entry.on_reply), said, at))
    signed = Takeover(taken.pack, taken.ticks, at)
    journal.trail.write("week taken over", detail=taken.pack.hero)
    return _keep(journal, signed)


def _keep(journal: Journal, taken: Takeover) -> Takeover:
    journal.marks.remember(MEMO, takeover.text(taken))
    return taken
