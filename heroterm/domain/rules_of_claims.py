"""A ticket is claimed by one: whoever comes second is told who was first."""

from __future__ import annotations

from collections.abc import Iterator

from heroterm.domain.claims import PREFIX, claimers
from heroterm.domain.findings import Facts, Finding
from heroterm.domain.outbox import Intent


def claimed(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A claim by tag on a ticket that somebody else's tag claims already."""
    mine = {tag for tag in intent.changes.add_tags if tag.startswith(PREFIX)}
    others = claimers([tag for tag in facts.ticket.tags if tag not in mine])
    if mine and others:
        yield Finding(
            "claimed",
            "refuse",
            f"{', '.join(others)} claimed #{facts.ticket.id} first.",
            "{desk.skip} skips it; talk to them before you take it over.",
        )
