"""How far a pass has come, on stderr: one line that changes on a terminal, plain lines else."""

from __future__ import annotations

from typing import TextIO

from heroterm.domain.text import shown
from heroterm.sync.report import (
    Absent,
    Moved,
    Offline,
    Online,
    Pulled,
    Report,
    Sent,
    Standby,
    Trouble,
)
from heroterm.sync.totals import Tally

_EVERY = 1_000


class Progress:
    """Told every report; writes few words. `stream` is where a person reads."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._drawn = 0
        self._next = _EVERY
        self.tally = Tally()

    def __call__(self, report: Report) -> None:
        """Count a report, and say what a person should know of it."""
        if not isinstance(report, Pulled):
            line = _line(report)
            if line:
                self.say(line)
        self.tally.add(report)
        self._draw()

    def done(self) -> None:
        """Clear the line that changes."""
        if self._drawn:
            self._write("\r" + " " * self._drawn + "\r")
            self._drawn = 0

    def _draw(self) -> None:
        words = f"{len(self.tally.tickets):,} tickets, {self.tally.comments:,} comments"
        if self._live:
            self._write("\r" + words.ljust(self._drawn))
            self._drawn = len(words)
        elif len(self.tally.tickets) >= self._next:
            self._next += _EVERY
            self._write(words + " …\n")

    def say(self, line: str) -> None:
        """Write a line of its own, made harmless."""
        self.done()
        self._write(shown(line, single_line=True) + "\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _line(report: Report) -> str:
    match report:
        case Sent():
            return f"#{report.ticket_id} sent: seen on the server."
        case Moved() if report.why:
            return f"#{report.ticket_id}: {report.why}"
        case Offline():
            return "Zendesk cannot be reached; what waits stays in the outbox."
        case Online():
            return ""
        case Standby():
            return f"Process {report.pid or 'unknown'} carries already; this one watches."
        case Absent():
            return f"{report.say} `heroterm sync --once --take-out` takes them out."
        case Trouble():
            return f"{report.say} {report.remedy}"
    return ""
