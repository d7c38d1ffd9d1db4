"""When Python looks for what nobody needs any more: seldom beside keys, wholly behind a box and
once a minute.

A box that was closed is a ring of widgets, which only such a look takes away: left to itself it
came so seldom that sixty palettes held a hundred mebibytes.
"""

from __future__ import annotations

import gc
from functools import _lru_cache_wrapper

from textual._styles_cache import StylesCache

_FRESH = 20_000
"""Fresh objects after which Python looks: by its own 700 a key in three would wait."""


def begin() -> None:
    """The desk stands, with all that stays until the end: only what comes from now on is looked at.
    Where the start did not put it off, as in a test, nothing changes.
    """
    if gc.isenabled():
        return
    gc.freeze()
    gc.set_threshold(_FRESH)
    gc.enable()


def let_go() -> None:
    """Let go of everything that was closed. Textual keeps the last thousand widgets that asked it
    for two colours, each with the rows that it showed, so it is told to forget them first.

    Where nothing has begun, as while a desk is made or in a test, Python looks when it likes: a
    look here would go over all that was ever loaded.
    """
    asked = StylesCache.get_inner_outer
    if isinstance(asked, _lru_cache_wrapper):
        asked.cache_clear()
    if gc.get_threshold()[0] == _FRESH:
        gc.collect()
