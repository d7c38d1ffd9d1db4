"""Every organization that a requester belongs to: asked of Zendesk now, else as the mirror has it.

A ticket names one of them. Who belongs to several must not be moved as who belongs to one: the
default one changes then, instead of the only one being left (api.md §7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import Reading
from heroterm.domain.text import shown
from heroterm.domain.ticket import Page
from heroterm.errors import ConfigError, ZendeskError


@dataclass(frozen=True, slots=True)
class Belonging:
    """One of them. `default`: new tickets go there."""

    id: int
    name: str
    default: bool


def memberships_of(
    call: Invocation, read: Reading, person_id: int | None
) -> list[Belonging] | None:
    """The organizations of one person, the default one first; None, and said, where they are
    neither to be had nor held.
    """
    if person_id is None:
        return []
    from heroterm.cli.on_demand import on_demand

    try:
        with on_demand(call) as asked:
            found = asked.wire.library.memberships(person_id)
            asked.writer.save_memberships(person_id, found)
            ids = [each.organization_id for each in found]
            if unknown := [id_ for id_ in ids if read.mirror.organization(id_) is None]:
                these = asked.wire.organizations(unknown[:100])
                asked.access.save(Page((), organizations=tuple(these)))
    except (ConfigError, ZendeskError) as error:
        call.say(f"The requester's organizations could not be fetched: {error.say}")
        if not read.mirror.memberships(person_id):
            return None
        call.say("These are as they were fetched last.")
    made = []
    for each in read.mirror.memberships(person_id):
        known = read.mirror.organization(each.organization_id)
        name = known.name if known else f"organization {each.organization_id}"
        made.append(Belonging(each.organization_id, name, each.default))
    return made


def belonging_lines(found: Sequence[Belonging]) -> Iterator[str]:
    """For a person, below the ticket."""
    if found:
        yield "\nThe requester belongs to:"
    for each in found:
        default = ", where new tickets go" if each.default else ""
        yield f"  {shown(each.name, single_line=True)} ({each.id}){default}"
