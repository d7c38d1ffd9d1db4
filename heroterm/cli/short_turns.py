"""The screen's turn on a processor comes soon and is short, which is what a key wants (Linux).

Linux lets a process finish its turn before one that has just woken gets the processor, unless the
turns of that one are shorter. Beside a busy carrier on two processors a key waited 2 to 4 ms for
its turn, longer than it takes.
"""

from __future__ import annotations

import ctypes
import platform
import sys

_TURN = 100_000
"""Nanoseconds, the least that there is; the usual turn is some milliseconds."""
_CALLS = {"x86_64": (315, 314), "aarch64": (275, 274)}
"""Numbers of sched_getattr and sched_setattr, which Python has no names for."""
_NO_CHILD = 1
"""SCHED_FLAG_RESET_ON_FORK: children and other threads have usual turns."""


class _Attributes(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_uint32),
        ("policy", ctypes.c_uint32),
        ("flags", ctypes.c_uint64),
        ("nice", ctypes.c_int32),
        ("priority", ctypes.c_uint32),
        ("runtime", ctypes.c_uint64),
        ("deadline", ctypes.c_uint64),
        ("period", ctypes.c_uint64),
    ]


def take_short_turns() -> None:
    """Ask for the processor as soon as this thread is woken; its share stays what it was.

    Where the system knows no turns (`man 2 sched_setattr`; Linux before 6.12), nothing changes.
    """
    calls = _CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if calls is None:
        return
    ask, put = calls
    call, its = ctypes.CDLL(None).syscall, _Attributes()
    if call(ask, 0, ctypes.byref(its), ctypes.sizeof(its), 0) == 0:
        its.runtime, its.flags = _TURN, its.flags | _NO_CHILD
        call(put, 0, ctypes.byref(its), 0)
