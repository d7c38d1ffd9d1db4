"""The crash points of the outbox (outbox.md §6), as data: where each is struck.

A test holds that all thirty are here, and that each is struck or says why it cannot be.
"""

from __future__ import annotations

from dataclasses import dataclass

LOST = {"match": "{write}", "do": "drop-before", "times": 1}
UNHEARD = {"match": "{write}", "do": "drop-after", "times": 1}
TRANSIENT = {"match": "{write}", "do": "status", "status": 500, "applied": True, "times": 1}
PORTAL = {"match": "{write}", "do": "html", "applied": True, "times": 1}
FAULTS: dict[str, dict[str, object]] = {
    "lost": LOST, "unheard": UNHEARD, "500 after": TRANSIENT, "html after": PORTAL,
}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """A moment at which a carrying process is killed. `fault` makes it come about."""

    numbers: tuple[int, ...]
    event: str
    fault: str = ""
    kinds: tuple[str, ...] = ("reply", "new_ticket", "person")


EVERY = ("reply", "new_ticket", "person")
CARRYING = (
    Point((8,), "due.after commit#1"),
    Point((9,), "ticket.after#1", kinds=("reply",)),
    Point((10,), "audits.after#1", kinds=("reply",)),
    Point((11,), "begin.before commit#1"),
    Point((12,), "begin.after commit#1"),
    Point((12,), "write.before#1"),
    Point((13,), "write.half#1"),
    Point((14,), "write.answered#1"),
    Point((15,), "write.after#1"),
    Point((15,), "settle sent.before commit#1"),
    Point((16,), "settle sent.after commit#1"),
    Point((17,), "settle verify.before commit#1", "unheard"),
    Point((17,), "settle verify.after commit#1", "unheard"),
    Point((18,), "audits.after#2", "unheard", ("reply",)),
    Point((18,), "person.after#2", "unheard", ("person",)),
    Point((18,), "me.after#2", "unheard", ("new_ticket",)),
    Point((19,), "fence.after commit#1", "lost", ("moved note", "person")),
    Point((19,), "begin.before commit#2", "lost", ("moved note", *EVERY)),
    Point((20,), "begin.after commit#2", "lost"),
    Point((20,), "write.half#2", "lost"),
    Point((20,), "write.answered#2", "lost"),
    Point((20,), "write.after#1", "lost"),
    Point((20,), "settle sent.before commit#1", "lost"),
    Point((24,), "upload.half#1", kinds=("file", "file ticket")),
    Point((24,), "upload.after#1", kinds=("file", "file ticket")),
    Point((24,), "keep_uploads.before commit#1", kinds=("file", "file ticket")),
    Point((24,), "keep_uploads.after commit#1", kinds=("file", "file ticket")),
)
"""Struck while `heroterm carry` carries: tests/crash/test_carrying.py."""
TWICE = ("begin.after commit#1", "write.half#1", "write.answered#1", "settle sent.before commit#1")
"""Where a process is killed twice, the second time while answers get lost."""
JUMPS = ("begin.before commit#1", "write.before#1", "write.after#1", "settle verify.after commit#1")
"""Where a clock is turned."""
DEEDS_TOO = ("write.half#1", "write.answered#1", "begin.after commit#2")
"""Points that every run strikes for every kind of intent; the others for the first kind alone."""
ELSEWHERE: dict[int, str] = {
    1: "test_desk_words", 2: "test_desk_words", 3: "test_desk_words", 4: "test_desk_words",
    5: "test_desk_words", 6: "test_desk_words", 7: "test_desk_words", 21: "test_desk_words",
    22: "test_files_on_disk", 23: "test_sign_in", 25: "test_files_on_disk",
    26: "test_carrying", 27: "test_files_on_disk", 28: "test_two_instances",
    29: "test_clocks", 30: "test_clocks",
}  # fmt: skip
"""Points that a file of its own strikes, by number."""
IMPOSSIBLE: dict[int, str] = {}
"""Points that cannot exist in heroterm, and why."""
