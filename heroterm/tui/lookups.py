"""Slow questions to the mirror, on a thread of their own, so that none ever holds up a key.

Of questions about one thing only the newest counts: one that has not begun when another comes is
dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message_pump import MessagePump

from heroterm.errors import HeroError, StoreError
from heroterm.tui import own_fault
from heroterm.tui.own_fault import LogCrash

if TYPE_CHECKING:
    from heroterm.mirror.reader import Mirror  # not needed for the first painted queue

T = TypeVar("T")


class Lookups:
    """Asks a mirror of its own; answers are handed over on the screen, as a message would be."""

    def __init__(
        self, open_mirror: Callable[[], Mirror], post: MessagePump, log_crash: LogCrash
    ) -> None:
        self._open, self._log_crash = open_mirror, log_crash
        self._post = post
        self._mirror: Mirror | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lookups")
        self._waiting: dict[str, Future[Any]] = {}

    def ask(
        self,
        question: Callable[[Mirror], T],
        then: Callable[[T], None],
        otherwise: Callable[[StoreError], None],
        about: str = "",
    ) -> None:
        """Ask; `then` gets the answer, `otherwise` why the mirror could not be read.

        A question replaces the one `about` the same that has not begun.
        """
        if about in self._waiting:
            self._waiting[about].cancel()

        def done(asked: Future[None]) -> None:
            fault = None if asked.cancelled() else asked.exception()
            if fault is not None:
                error = own_fault.told(fault, self._log_crash, "the answer away")
                self._post.call_later(self._hand_over, otherwise, error)

        self._waiting[about] = self._thread.submit(self._answer, question, then, otherwise)
        self._waiting[about].add_done_callback(done)

    def _answer(
        self,
        question: Callable[[Mirror], T],
        then: Callable[[T], None],
        otherwise: Callable[[StoreError], None],
    ) -> None:
        try:
            if self._mirror is None:
                self._mirror = self._open()
            answer = question(self._mirror)
        except StoreError as error:
            self._post.call_later(self._hand_over, otherwise, error)
        except HeroError as error:  # a file that somebody is editing: no fault of heroterm's
            self._post.call_later(self._hand_over, otherwise, StoreError(str(error)))
        else:
            self._post.call_later(self._hand_over, then, answer)

    def _hand_over(self, then: Callable[[Any], None], answer: object) -> None:
        """Unless the App ends: then no pane is left to show it."""
        if self._post.is_running:
            then(answer)

    def close(self) -> None:
        """Let the mirror go once the question that is being asked has its answer."""
        self._thread.submit(self._let_go)
        self._thread.shutdown(wait=True)

    def _let_go(self) -> None:
        with suppress(StoreError):
            if self._mirror is not None:
                self._mirror.close()
