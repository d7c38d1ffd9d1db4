"""What the carrier leaves in the log: that something happened, never what a ticket says.

Words that may have come from the server (why an intent stopped, what trouble was) are left out;
the status of each request stands in the log beside.
"""

from __future__ import annotations

import logging

from heroterm.sync.report import (
    Absent,
    Moved,
    Offline,
    Online,
    Report,
    Sent,
    Standby,
    Trouble,
    Waiting,
)

_LOG = "heroterm.sync"


def report(told: Report) -> None:
    """A line for what is worth one; rows that came in are not."""
    line = _line(told)
    if line:
        logging.getLogger(_LOG).info("%s", line)


def failure(duty: str, error: BaseException) -> None:
    """A duty did not work: which, and the kind of the error."""
    logging.getLogger(_LOG).warning("%s: %s", duty, type(error).__name__)


def _line(told: Report) -> str:
    match told:
        case Sent():
            return f"sent {told.intent_id} to #{told.ticket_id}"
        case Moved() if told.intent_id:
            return f"{told.intent_id} of #{told.ticket_id} is {told.state or 'gone'}"
        case Waiting() if told.intent_id:
            return f"waits {told.seconds:.0f} s with {told.intent_id} of #{told.ticket_id}"
        case Waiting():
            return f"waits {told.seconds:.0f} s"
        case Offline():
            return f"out of reach, again in {told.again_in:.0f} s"
        case Online():
            return "in reach"
        case Standby():
            return f"process {told.pid or 'unknown'} carries"
        case Trouble():
            return "trouble, paused" if told.paused else "trouble"
        case Absent():
            return f"{told.tickets} of {told.of} tickets absent, none taken out"
    return ""
