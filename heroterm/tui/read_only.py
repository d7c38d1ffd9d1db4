"""Whether this desk may only look: turned by the hero, asked wherever something is put."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from heroterm.domain.findings import Finding


class ReadOnly:
    """The one switch of a desk. The journal asks it before it takes anything for the outbox."""

    def __init__(self) -> None:
        self.on = False

    def __call__(self) -> bool:
        """Whether nothing may be queued now."""
        return self.on

    def findings(self) -> Sequence[Finding]:
        """What the Review says of it, before the journal has to."""
        if not self.on:
            return ()
        from heroterm.domain.findings import Finding  # not needed for the first painted queue

        return (Finding("read-only", "refuse", "This desk is read only.", "`:ro` ends that."),)
