"""`heroterm brief`: what a hero should know before the first ticket of the day."""

from __future__ import annotations

from heroterm.cli.briefing import brief_of
from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import reading
from heroterm.cli.verb import verb
from heroterm.domain.brief import document, lines


@verb("brief")
def command(call: Invocation) -> int:
    """Say what is breached, due, woken, old or about to be solved, and what changed since."""
    with reading(call) as read:
        brief = brief_of(call, read)
    call.answer(document(brief), lines(brief))
    return 0
