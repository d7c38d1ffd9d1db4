"""A journal on a disk that takes less and less: run as a process of its own by `test_disk`.

Prints one JSON list: each deed that was tried, how the disk was then, and what was said of it.
Whatever failed must have left everything as it was, and the file whole.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from heroterm.domain.outbox import Draft
from heroterm.errors import StoreError
from heroterm.journal.database import Journal, open_journal
from tests.conftest import NOW
from tests.journal.conftest import reply

LONG = "words that must not be lost; " * 1_500
LATER = NOW + timedelta(seconds=30)
Told = list[tuple[str, int, str]]


def all_of(journal: Journal) -> object:
    """Everything that the journal holds, to be compared."""
    outbox, drafts = journal.outbox, journal.drafts
    intents = outbox.list(all=True)
    tried = [outbox.attempts(intent.id) for intent in intents]
    return intents, tried, drafts.list(), drafts.thrown(), journal.trail.list(1_000)


def deeds(journal: Journal, name: str) -> list[tuple[str, Callable[[], object]]]:
    """The way of some words, each step a commit."""
    outbox = journal.outbox

    def due() -> object:
        return outbox.due(LATER)

    return [
        ("type", lambda: journal.drafts.save(Draft(7, "public_reply", name + LONG, NOW))),
        ("put", lambda: outbox.put(reply(name, 7, name + LONG))),
        ("recall", lambda: outbox.recall(name)),
        ("put again", lambda: outbox.put(reply(f"{name}!", 7, name + LONG))),
        ("due", due),
        ("begin", lambda: outbox.begin(f"{name}!", stamp="s", now=NOW)),
        ("settle", lambda: outbox.settle(f"{name}!", "verify")),
        ("attach", lambda: journal.enclosures.keep("log", "text/plain", (name + LONG).encode())),
    ]


def tried(journal: Journal, name: str, room: int) -> Iterator[tuple[str, int, str]]:
    for what, deed in deeds(journal, name):
        before = all_of(journal)
        try:
            deed()
        except StoreError as error:
            assert all_of(journal) == before, f"{what} with {room}: half of it was kept"
            yield what, room, str(error)
        else:
            yield what, room, ""
        assert journal.integrity() == "ok", (what, room)


@contextmanager
def limited(bytes_: int) -> Iterator[None]:
    """No file grows beyond so many bytes; Python hears EFBIG instead of a signal."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def with_limits(path: Path) -> Told:
    """Files may grow less and less."""
    journal, told = open_journal(path, clock=lambda: NOW), Told()
    for number, room in enumerate((400_000, 90_000, 60_000, 30_000, 9_000, 1_000, 0)):
        size = path.stat().st_size
        # A rollback journal is a file of its own, so that a limit below the size strikes it first.
        with limited(size + room if number % 2 else room):
            told += tried(journal, f"l{number}", room)
        open_journal(path, clock=lambda: NOW).close()
    journal.close()
    return told


def on_a_small_disk(path: Path) -> Told:
    """The disk fills up, to the last byte."""
    journal, told = open_journal(path, clock=lambda: NOW), Told()
    filler = path.with_name("filler")
    for number, room in enumerate((300_000, 120_000, 60_000, 30_000, 9_000, 0)):
        filler.unlink(missing_ok=True)
        _fill(filler, room)
        told += tried(journal, f"d{number}", room)
        open_journal(path, clock=lambda: NOW).close()
    journal.close()
    return told


def _fill(filler: Path, room: int) -> None:
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4_096):
                pass
        except OSError:
            file.truncate(max(0, file.tell() - room))


def on_a_read_only_disk(path: Path) -> Told:
    """The disk takes nothing at all; what is there can be read."""
    journal = open_journal(path, clock=lambda: NOW)
    assert [draft.body for draft in journal.drafts.list()] == ["kept before"]
    told = list(tried(journal, "r", 0))
    journal.close()
    return told


WAYS = {"limits": with_limits, "small": on_a_small_disk, "read-only": on_a_read_only_disk}

if __name__ == "__main__":
    print(json.dumps(WAYS[sys.argv[1]](Path(sys.argv[2]))))
