"""One line of the log a request: method, the path's shape, status, milliseconds. No content.

Ids, searches and tokens of a path are left out: only words of the API itself are written.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime
from types import TracebackType

_WORD = re.compile(r"[a-z_]{1,40}(\.json)?")


def shape(path: str) -> str:
    """A path without what is not a word of the API: `tickets/#/comments`."""
    bare = path.partition("?")[0]
    return "/".join(part if _WORD.fullmatch(part) else "#" for part in bare.split("/"))


class Noted:
    """A context around one request; `outcome` is the status once there is one.

    What breaks it off is told by its kind.
    """

    def __init__(self, method: str, path: str, clock: Callable[[], datetime]) -> None:
        self.outcome = ""
        self._what = f"{method} {shape(path)}"
        self._clock = clock
        self._began = clock()

    def __enter__(self) -> Noted:
        """The request goes out."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """The answer was read, or not."""
        ended = " ".join(part for part in (self.outcome, kind.__name__ if kind else "") if part)
        spent = (self._clock() - self._began).total_seconds() * 1_000
        logging.getLogger("heroterm.zendesk").info("%s %s %.0f ms", self._what, ended, spent)
