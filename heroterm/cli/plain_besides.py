"""What a plain shift does beside reading and writing: reminders, blanks of canned replies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import Reading
from heroterm.domain.waits import WRONG, Wait, parse, words
from heroterm.rulebook import local_zone
from heroterm.sync.waking import waits

_BLANK = re.compile(
    r"\$\d(?:<(?P<label>[^<>\n]*)>)?|<<(?P<ask>[^<>\n]*)\?>>|\{\{(?P<name>[^{}\n]*)\}\}"
)


def fill_blanks(body: str, ask: Callable[[str], str | None]) -> str:
    """Ask for each blank of a text; one that is left stays, and the rules refuse it."""

    def filled(blank: re.Match[str]) -> str:
        label = blank["label"] or blank["ask"] or blank["name"] or "blank"
        return (ask(f"{label} (Enter leaves it): ") or "").strip() or blank[0]

    return _BLANK.sub(filled, body)


def remind(call: Invocation, read: Reading, ticket_id: int, said: str) -> str:
    """Wait for a moment or an answer, or with `-` no more; a sentence on it."""
    if said == "-":
        read.journal.waits.end(ticket_id)
        return f"#{ticket_id} waits no more."
    now, zone = call.clock(), local_zone()
    wake = parse(said, now, zone) if said else None
    if wake is None:
        return f"{WRONG} - ends a wait."
    newest = read.mirror.thread(ticket_id).comments[-1:]
    read.journal.waits.set(Wait(ticket_id, wake, said, now, newest[0].id if newest else None))
    return f"#{ticket_id} waits {words(wake, now, zone)}."


def waiting(call: Invocation, read: Reading) -> Iterator[str]:
    """Every wait, those that are over with why."""
    now, zone = call.clock(), local_zone()
    found = waits(read.journal, read.mirror, now, read.now - now)
    for ticket_id, each in found.items():
        over = f"OVER: {each.why}" if each.why else words(each.wait.wake, now, zone)
        ticket = read.mirror.ticket(ticket_id)
        yield f"#{ticket_id}  {over}  {ticket.subject if ticket is not None else ''}".rstrip()
    if not found:
        yield "Nothing waits: W WHEN on a ticket reminds you of it."
