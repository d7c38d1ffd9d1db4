"""Looks at the rota now and then, by a child that reads it, and keeps what it says.

What was read goes on being shown when a look fails, with the reason; a network that is away is no
news, anything else is told once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from heroterm.domain.rotation import Rota, from_document
from heroterm.errors import Offline
from heroterm.sync.child import Child, Ended
from heroterm.sync.report import Pulled, Report, Trouble
from heroterm.sync.rhythm import Rhythm

SECONDS = 40.0
"""How long one look may take."""


class RotaKeeper:
    """`command` prints the rota's document; `held` and `keep` are the mirror's.

    `period` in seconds; `ticks` are monotonic.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        held: Callable[[], Rota | None],
        keep: Callable[[Rota], None],
        *,
        ticks: Callable[[], float],
        period: float,
    ) -> None:
        self._command, self._environment = command, environment
        self._held, self._keep, self._ticks = held, keep, ticks
        self._rhythm = Rhythm(ticks, period)
        self._child: Child | None = None
        self._told = ""

    @property
    def busy(self) -> bool:
        """Whether a look is under way."""
        return self._child is not None

    def turn(self) -> Iterable[Report]:
        """Begin a look when it is due; keep what it brought."""
        if self._child is None:
            if self._rhythm.due:
                self._rhythm.done()
                self._child = Child(
                    self._command,
                    b"",
                    seconds=SECONDS,
                    environment=self._environment,
                    folder=None,
                    ticks=self._ticks,
                )
            return ()
        ended = self._child.look()
        if ended is None:
            return ()
        self._child = None
        return tuple(self._brought(ended))

    def stop(self) -> None:
        """End a look that is under way."""
        if self._child is not None:
            self._child.stop()
            self._child = None

    def _brought(self, ended: Ended) -> Iterator[Report]:
        rota, trouble = _understood(ended)
        if rota is not None:
            self._told = ""
            self._keep(rota)
            yield Pulled("rota")
            return
        self._keep(replace(self._held() or Rota(""), trouble=trouble))
        if ended.code != Offline.exit_code and trouble != self._told:
            self._told = trouble
            yield Trouble(f"The rota was not read: {trouble}", "`heroterm rotation --now` tries.")


def _understood(ended: Ended) -> tuple[Rota | None, str]:
    """The rota that the child printed, or why there is none."""
    try:
        # The document is its last line; warnings of a library may stand before it.
        told = json.loads((ended.out.splitlines() or [b"{}"])[-1].decode("ascii", "replace"))
        if not ended.why:
            return from_document(told), ""
        return None, str(told["error"]["say"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, f"its reader {ended.why or 'said something else'}."
