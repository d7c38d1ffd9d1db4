"""What each child of the screen is started with: the carrier, and a verb that it runs."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from heroterm.domain.record import record


@record(frozen=True, slots=True)
class OwnChildren:
    """How heroterm starts itself again from the screen."""

    environment: Mapping[str, str] = field(default_factory=dict)
    """Added to that of the screen."""
    held: Sequence[int] = ()
    """Files that a child keeps open: a lock that is free only once all of them have ended."""

    def options(self) -> dict[str, Any]:
        """For `create_subprocess_exec`: a signal to the screen is none to them."""
        return {
            "env": {**os.environ, **self.environment},
            "pass_fds": self.held,
            "start_new_session": True,
        }
