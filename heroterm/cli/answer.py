"""`heroterm reply` and `heroterm note`: words for a ticket, from an option, a file or a canned
reply, put into the outbox.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from heroterm.cli.canned import canned_words
from heroterm.cli.intents import put
from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import Seconds, WholeNumber
from heroterm.cli.reading import reading
from heroterm.cli.verb import verb
from heroterm.domain.outbox import Changes, InternalNote, PublicReply
from heroterm.domain.rules_of_words import LONGEST
from heroterm.errors import UsageError

MOST_BYTES = 4 * LONGEST
"""Of a file with the words: no more could be one answer, and some files never end."""
_OPTIONS = (
    click.argument("ticket", metavar="ID", type=WholeNumber()),
    click.option("--body", metavar="TEXT", help="The words themselves."),
    click.option("--body-file", metavar="F", help="A UTF-8 file with the words; - reads stdin."),
    click.option("--canned", metavar="NAME", help="A canned reply by the name of its file."),
    click.option(
        "--set", "values", multiple=True, metavar="NAME=VALUE", help="Fill in a canned reply."
    ),
    click.option("--status", metavar="S", help="open, pending, hold or solved, in one update."),
    click.option("--attach", multiple=True, metavar="F", help="Comes with a later version."),
    click.option("--hold", type=Seconds(), metavar="SECONDS", help="Wait so long, at most a day."),
    click.option(
        "--anyway", multiple=True, metavar="RULE", help="Answer a rule's question with yes."
    ),
)


def _with_options(function: Callable[..., int]) -> Callable[..., int]:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@verb("reply", help="Put a public reply into the outbox: the customer will read it.")
@_with_options
def reply(call: Invocation, **words: Any) -> int:
    """Put a public reply into the outbox."""
    return _answer(call, "public_reply", **words)


@verb("note", help="Put an internal note into the outbox: colleagues alone will read it.")
@_with_options
def note(call: Invocation, **words: Any) -> int:
    """Put an internal note into the outbox."""
    return _answer(call, "internal_note", **words)


commands = {"reply": reply, "note": note}


def _answer(
    call: Invocation,
    kind: str,
    *,
    ticket: int,
    body: str | None,
    body_file: str | None,
    canned: str | None,
    values: tuple[str, ...],
    status: str | None,
    attach: tuple[str, ...],
    hold: float | None,
    anyway: tuple[str, ...],
) -> int:
    if attach:
        raise UsageError(
            "Attachments come with a later version; nothing was queued.",
            "Leave --attach out, or attach the file in Zendesk.",
        )
    if [body, body_file, canned].count(None) != 2:
        raise UsageError(
            "Say where the words come from, once.",
            "Use one of --body TEXT, --body-file F (- reads stdin), --canned NAME.",
        )
    if values and canned is None:
        raise UsageError("--set fills in a canned reply, and there is none.", "Add --canned NAME.")
    with reading(call) as read:
        found = read.ticket(ticket)
        if canned is not None:
            text = canned_words(call, read, found, kind, canned, values)
        else:
            text = body if body is not None else _from_file(str(body_file))
        words = text.strip("\r\n").rstrip()
        comment = PublicReply(words) if kind == "public_reply" else InternalNote(words)
        return put(
            call,
            read,
            found,
            comment=comment,
            changes=Changes(status=status),
            hold=hold,
            anyway=anyway,
        )


def _from_file(name: str) -> str:
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
