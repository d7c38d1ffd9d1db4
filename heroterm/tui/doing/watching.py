"""What has happened to a run by itself, as this desk saw it: written, and told."""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain.playbook_run import Event, Run
from heroterm.sync.runs import woken
from heroterm.tui.doing import reporting
from heroterm.tui.on_desk import OnDesk


def happened(desk: OnDesk, run: Run, events: Sequence[Event]) -> None:
    """Write it. Who writes it first tells it: this desk or the carrier."""

    def written(kept: Run | None) -> None:
        desk.refresh_desk()
        for one in woken(kept, events) if kept is not None else ():
            reporting.note(desk, one)

    desk.pen.write(lambda journal: journal.runs.append(run, events), written)
