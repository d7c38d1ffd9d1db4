"""How often Python looks for garbage in cycles while pages of tickets are read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (50_000, 20, 100)


@contextmanager
def seldom_swept() -> Iterator[None]:
    """Look a seventieth as often. A page is tens of thousands of values and none in a cycle, so
    the looking, a tenth of a first fill, finds nothing.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
