"""One whole pass: push what is due, then pull everything once, in the order of its urgency."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.errors import Offline
from heroterm.sync import report
from heroterm.sync.errands import Errands
from heroterm.sync.pull import Pull
from heroterm.sync.push import Push
from heroterm.sync.strategy import ADMIN

_ALL_THREADS = 10_000


class Once:
    """Does the errands of a carrier one after the other. Raises ZendeskError and StoreError."""

    def __init__(self, pull: Pull, push: Push, errands: Errands) -> None:
        self._pull = pull
        self._push = push
        self._errands = errands

    def everything(self, *, full: bool) -> None:
        """The whole pass, page by page; a page that fails for a moment is asked for again."""
        pull, errands = self._pull, self._errands
        pull.access.ask(self._pushed)
        pull.probe()
        for page in pull.delta(full=full):
            errands.brought(page)
        if not pull.filled:
            for page in pull.fill():
                errands.brought(page)
        if pull.strategy == ADMIN:
            for page in pull.export():
                errands.brought(page)
        pull.reference()
        errands.brought(report.Pulled("reference"))
        errands.deleted()
        errands.working_set()
        for told in pull.members(every=True):
            errands.views.told(told)
        if full:
            self._rounds(errands.directory)
        self._threads()
        errands.runs.look()
        pull.access.ask(self._pushed)
        while pull.histories.waiting:
            errands.history()
        self._rounds(errands.retire)
        errands.tidy()

    def _threads(self) -> None:
        while self._errands.waiting:
            self._errands.wanted()
        for page in self._pull.changed_threads(_ALL_THREADS):
            self._errands.brought(page)
        if self._pull.strategy == ADMIN:
            self._rounds(self._errands.events)
        if self._pull.targets.events_may:
            # Ten exports a minute are for all of them: a pass does not wait for what is promised.
            for page in self._pull.targets.applied(patient=False):
                self._errands.brought(page)

    def _pushed(self) -> None:
        for told in self._push.steps():
            self._errands.carried(told)
            if isinstance(told, report.Offline):
                raise Offline("Zendesk cannot be reached.", "What waits stays in the outbox.")

    def _rounds(self, errand: Callable[[], bool]) -> None:
        while not errand():
            pass
