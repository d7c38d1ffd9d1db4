"""`:ro`: look and write drafts, but queue nothing; the head says so as long as it holds."""

from __future__ import annotations

from heroterm.tui.doing import saying
from heroterm.tui.on_desk import OnDesk


def turn(desk: OnDesk) -> None:
    """Switch it over, and say what that means for what waits already."""
    read_only = desk.parts.read_only
    read_only.on = not read_only.on
    if not read_only.on:
        desk.tell("Read only is off: what you queue is sent again.")
    else:
        waiting = len(desk.reading.intents())
        goes_on = (
            f" {waiting} that wait go on; {desk.key('outbox.hold_all')} in the outbox holds them."
            if waiting
            else ""
        )
        desk.tell(f"READ ONLY: nothing is queued, drafts are kept.{goes_on}")
    saying.status_lines(desk)
