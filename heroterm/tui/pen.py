"""The one thread that writes the journal, so that a slow disk never holds up a key.

A write is a function of the Journal. It runs on the pen's own thread, in the order in which it
was asked for, and its result comes back as a message; no widget is touched from here.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from textual.message_pump import MessagePump

from heroterm.errors import HeroError
from heroterm.tui import own_fault
from heroterm.tui.messages import Written
from heroterm.tui.own_fault import LogCrash

if TYPE_CHECKING:
    from heroterm.journal.database import Journal


class Pen:
    """Writes the journal for the screen. `close` waits for what was asked for."""

    def __init__(
        self,
        open_journal: Callable[[], Journal],
        report_to: MessagePump,
        log_crash: LogCrash,
    ) -> None:
        self._open, self._log_crash = open_journal, log_crash
        self._report_to = report_to
        self._journal: Journal | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pen")
        self.deciding = 0
        """How many writes are under way that decide what the next key is for."""

    def write(
        self,
        deed: Callable[[Journal], Any],
        then: Callable[[Any], None] | None = None,
        otherwise: Callable[[HeroError], None] | None = None,
        *,
        decides: bool = False,
    ) -> Future[Any]:
        """Do `deed` on the pen's thread; `then` or `otherwise` is called on the screen's.

        One that `decides` holds the keys behind it until then: they are for what it makes. The
        future gives what the deed gives; None where it failed.
        """
        self.deciding += decides
        told: Future[Any] = Future()

        def done(did: Future[Any]) -> None:
            fault = did.exception()  # of its own; whoever waits for the write must hear of it
            if fault is not None:
                error = own_fault.told(fault, self._log_crash, "it from the journal")
                self._report_to.post_message(Written(then, None, error, otherwise, decides))
            told.set_result(did.result() if fault is None else None)

        self._thread.submit(self._do, deed, then, otherwise, decides).add_done_callback(done)
        return told

    def took(self, written: Written) -> None:
        """What a write brought was heard by the screen: the next key may come."""
        self.deciding -= written.decides

    def _do(
        self,
        deed: Callable[[Journal], Any],
        then: Callable[[Any], None] | None,
        otherwise: Callable[[HeroError], None] | None,
        decides: bool,
    ) -> Any:
        try:
            if self._journal is None:
                self._journal = self._open()
            result = deed(self._journal)
        except HeroError as error:
            self._report_to.post_message(Written(then, None, error, otherwise, decides))
            return None
        self._report_to.post_message(Written(then, result, None, decides=decides))
        return result

    def close(self) -> None:
        """Finish every write that was asked for, then let the journal go."""
        self._thread.submit(self._let_go)
        self._thread.shutdown(wait=True)

    def _let_go(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None
