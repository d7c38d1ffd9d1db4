"""A fault of heroterm's own in what a thread was asked for: nobody waits for it in vain."""

from __future__ import annotations

from collections.abc import Callable

from heroterm.errors import StoreError

LogCrash = Callable[[BaseException], str]
"""Leaves a report of a fault; where, in words, or "" where none could be left."""


def told(fault: BaseException, log_crash: LogCrash, kept: str) -> StoreError:
    """What is said of it, and that a report was left; `kept`: what it kept from what."""
    where = log_crash(fault)
    say = f"A fault of heroterm's own ({type(fault).__name__}) kept {kept}."
    return StoreError(say, f"The report is {where}." if where else "")
