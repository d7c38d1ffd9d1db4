"""The hidden verb `carry`: the carrier as a child of the workstation.

Reports go to stdout and orders come from stdin, one JSON object a line; the end of the orders
means stop, so a screen that was killed leaves no carrier behind.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

from heroterm.cli.carrying import rooms
from heroterm.cli.invocation import Invocation
from heroterm.cli.verb import verb
from heroterm.errors import UsageError
from heroterm.sync.inbox import Inbox
from heroterm.sync.report import Report, to_line

_NICER = 15
"""How much less of a contended processor the carrier takes than the screen (`man 7 sched`)."""
_SESSION = Path("/proc/self/autogroup")
"""Where Linux weighs whole sessions against each other, before what is in each of them."""


class Stopping:
    """Becomes true with the first signal to end; the request under way is finished first.

    `interrupted` tells Ctrl+C from being asked to end.
    """

    def __init__(self) -> None:
        self.asked = False
        self.interrupted = False
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, self._ask)

    def __call__(self) -> bool:
        """Whether to stop."""
        return self.asked

    def _ask(self, number: int, _frame: FrameType | None) -> None:
        self.asked = True
        self.interrupted = number == signal.SIGINT


@verb("carry", hidden=True)
def command(call: Invocation) -> int:
    """Carry until the orders end: server to mirror, outbox to server."""
    stopping = Stopping()
    _give_way()
    inbox = _inbox()
    try:
        with rooms(call) as opened:
            opened.carrier(inbox, _tell, stopping).run()
    finally:
        inbox.close()
    return 0


def _give_way() -> None:
    """Whoever presses keys comes first where processors are few. The workstation starts its carrier
    in a session of its own, in which there is nobody else to be nice to.
    """
    with suppress(OSError, AttributeError):
        os.nice(_NICER)
    if os.getsid(0) == os.getpid() and _SESSION.exists():
        with suppress(OSError):
            _SESSION.write_text(f"{_NICER}\n")


def _inbox() -> Inbox:
    try:
        return Inbox(sys.stdin.fileno())
    except OSError:
        raise UsageError(
            "`carry` takes its orders from a pipe, and standard input is none.",
            "It is the workstation's own child; `heroterm sync` carries without one.",
        ) from None


def _tell(report: Report) -> None:
    print(to_line(report), flush=True)
