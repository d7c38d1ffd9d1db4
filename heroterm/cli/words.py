"""Words, files, copies and the moment of a message, as options of a verb and as what they mean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from heroterm.cli.enclosing import read_file
from heroterm.cli.invocation import Invocation
from heroterm.cli.known import Known
from heroterm.cli.numbers import Seconds
from heroterm.cli.reading import Reading
from heroterm.domain import later
from heroterm.domain.deeds import EnclosedFile
from heroterm.domain.rules_of_recipients import ADDRESS
from heroterm.domain.rules_of_words import LONGEST
from heroterm.domain.ticket import Person
from heroterm.errors import UsageError
from heroterm.rulebook import local_zone

MOST_BYTES = 4 * LONGEST
"""Of a file with the words: no more could be one answer, and some files never end."""
OPTIONS = (
    click.option("--body", metavar="TEXT", help="The words themselves."),
    click.option("--body-file", metavar="F", help="A UTF-8 file with the words; - reads stdin."),
    click.option(
        "--canned",
        metavar="NAME",
        type=Known("replies"),
        help="A canned reply by the name of its file.",
    ),
    click.option(
        "--set", "values", multiple=True, metavar="NAME=VALUE", help="Fill in a canned reply."
    ),
    click.option(
        "--status",
        metavar="S",
        type=Known("statuses"),
        help="open, pending, hold or solved, in one update.",
    ),
    click.option("--attach", multiple=True, metavar="F", help="A file that goes with the words."),
    click.option("--cc", multiple=True, metavar="ADDRESS", help="Gets a copy from now on."),
    click.option("--at", metavar="WHEN", help='Send then: "mon 9:00", "in 2h", "… their time".'),
    click.option("--hold", type=Seconds(), metavar="SECONDS", help="Wait so long, at most a day."),
    click.option(
        "--anyway", multiple=True, metavar="RULE", help="Answer a rule's question with yes."
    ),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the options said, as click gives it."""

    body: str | None
    body_file: str | None
    canned: str | None
    values: tuple[str, ...]
    status: str | None
    attach: tuple[str, ...]
    cc: tuple[str, ...]
    at: str | None
    hold: float | None
    anyway: tuple[str, ...]

    def check(self) -> None:
        """Raise UsageError for options that do not go together."""
        if [self.body, self.body_file, self.canned].count(None) != 2:
            raise UsageError(
                "Say where the words come from, once.",
                "Use one of --body TEXT, --body-file F (- reads stdin), --canned NAME.",
            )
        if self.values and self.canned is None:
            say = "--set fills in a canned reply, and there is none."
            raise UsageError(say, "Add --canned NAME.")
        if self.at is not None and self.hold is not None:
            raise UsageError("--at and --hold both say when.", "Use one of them.")
        for address in self.cc:
            if not ADDRESS.fullmatch(address):
                raise UsageError(f"{address!a} is no e-mail address.", "Nothing was queued.")

    def text(self, canned: Callable[[str, Sequence[str]], str]) -> str:
        """The words; `canned` gives those of a canned reply with its values."""
        if self.canned is not None:
            found = canned(self.canned, self.values)
        else:
            found = self.body if self.body is not None else from_file(str(self.body_file))
        return found.strip("\r\n").rstrip()

    def files(self, read: Reading) -> tuple[EnclosedFile, ...]:
        """The files, read and kept as they are now. Raises UsageError, StoreError."""
        kept = []
        for path in self.attach:
            found = read_file(path)
            keep = read.journal.enclosures.keep
            kept.append(keep(found.name, found.content_type, found.content))
        return tuple(kept)

    def moment(self, call: Invocation, reader: Person | None) -> datetime | None:
        """When it is to be sent; None: after the usual hold. Raises UsageError."""
        if self.at is None:
            return None
        zone = zone_of(reader)
        read = later.read(self.at, call.clock(), local_zone(), zone)
        if read.at is None:
            raise UsageError(read.refusal, "Nothing was queued.")
        return read.at


def with_options(function: Callable[..., int]) -> Callable[..., int]:
    """The options of words on a verb."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


def zone_of(person: Person | None) -> ZoneInfo | None:
    """A person's time zone; None where it is not known."""
    if person is None or not person.time_zone:
        return None
    try:
        return ZoneInfo(person.time_zone)
    except (KeyError, ValueError, OSError):
        return None


def from_file(name: str) -> str:
    """The words of a file, or of stdin. Raises UsageError."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"{name} cannot be read ({error.strerror}).", "Nothing was queued; name another file."
        ) from None
    if len(data) > MOST_BYTES:
        raise UsageError(
            f"{name} holds more than {MOST_BYTES:,} bytes, and one answer takes {LONGEST:,} "
            "characters.",
            "Nothing was queued; name another file.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("The words are not UTF-8 text.", "Convert the file, then again.") from None
