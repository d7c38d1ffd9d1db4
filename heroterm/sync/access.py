"""A Zendesk to read from, a mirror to write to, and one clock for both."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from heroterm.domain.ticket import Comment, Page, Person
from heroterm.errors import NotAllowed, NotFound
from heroterm.sync.needs import Wire
from heroterm.sync.needs_copy import Copy
from heroterm.sync.patience import Patience

_Given = ParamSpec("_Given")
_Told = TypeVar("_Told")


class Access:
    """What every way of pulling shares. `clock` is this machine's, aware, UTC.

    `notes`: whether the mirror learns what the role was not let read, which only whoever asks for
    everything can tell.
    """

    def __init__(
        self, wire: Wire, copy: Copy, clock: Callable[[], datetime], *, notes: bool = True
    ) -> None:
        self.wire = wire
        self.copy = copy
        self._clock = clock
        self.clocks_come = False
        """Whether a ticket has come with the side-load of its clocks, be they none."""
        self._notes = notes
        self.patience: Patience | None = None
        """Set for one whole pass: then a read that fails for a moment is asked again."""
        self.denied: frozenset[str] = frozenset()
        """What this sign-in's role was not let read, in words."""
        self.brought: Callable[[int, Collection[Comment], Collection[Person]], None] | None = None
        """Told of every thread that was brought whole, once it is kept."""

    def ask(
        self, call: Callable[_Given, _Told], *args: _Given.args, **named: _Given.kwargs
    ) -> _Told:
        """What a read returns. Raises ZendeskError."""
        if self.patience is None:
            return call(*args, **named)
        return self.patience.ask(call, *args, **named)

    def may(self, what: str, call: Callable[[], None]) -> bool:
        """Do what this role or plan may refuse; False, and noted as `what`, where the role does.

        Raises ZendeskError for everything else, a refused sign-in included.
        """
        try:
            call()
        except NotFound:  # the plan has no such thing (api.md §9)
            return False
        except NotAllowed as error:
            if error.signed_out:
                raise
            self._note(self.denied | {what})
            return False
        self._note(self.denied - {what})
        return True

    def _note(self, denied: frozenset[str]) -> None:
        if denied == self.denied:
            return
        self.denied = denied
        if self._notes:
            self.copy.remember(not_allowed=tuple(sorted(denied)))

    def server_now(self) -> datetime:
        """The present moment by the server's clock, as far as it is known."""
        return self._clock() + timedelta(seconds=self.wire.clock_offset or 0.0)

    def save(self, page: Page, cursor: tuple[str, str | None] | None = None) -> None:
        """Keep a page and its cursor in one transaction."""
        if not self.clocks_come:
            self.clocks_come = any(ticket.slas is not None for ticket in page.tickets)
        self.copy.save_page(page, at=self.server_now(), cursor=cursor)

    def keep(self, name: str, cursor: str | None) -> None:
        """Keep a cursor alone; None forgets it."""
        self.save(Page(()), (name, cursor))
