"""Notices that the terminal is gone, where no signal says so.

The system tells the session's first process alone. A shell passes the news on; `make`, which then
waits for its child, does not, and the desk would run on before nobody.
"""

from __future__ import annotations

import os
import select
from collections.abc import Callable
from threading import Thread


def watch(terminal: int, gone: Callable[[], object]) -> Callable[[], None]:
    """Call `gone`, from a thread, once the terminal behind this descriptor hangs up.

    It sleeps until then and costs nothing. Gives what ends the watch. What is no terminal is not
    watched: a pipe hangs up when its writer has said all.
    """
    if not os.isatty(terminal):
        return lambda: None
    ends, end = os.pipe()

    def sleep() -> None:
        asked = select.poll()
        asked.register(terminal, 0)  # no wish but the news that is always told: it hung up
        asked.register(ends, 0)
        heard = dict(asked.poll())
        os.close(ends)
        if ends not in heard and heard[terminal] & select.POLLHUP:
            gone()

    Thread(target=sleep, name="hangup", daemon=True).start()
    return lambda: os.close(end)
