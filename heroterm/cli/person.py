"""`heroterm person`: put a person into the organization where they belong."""

from __future__ import annotations

import click

from heroterm.cli.intents import Wanted, put
from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import Seconds, WholeNumber
from heroterm.cli.reading import Reading, reading
from heroterm.cli.verb import verb
from heroterm.domain.deeds import PersonOrganization
from heroterm.domain.ticket import Organization
from heroterm.errors import UsageError
from heroterm.mirror.choices import organizations_called
from heroterm.mirror.lookups import organizations_known_as


@verb("person")
@click.argument("person", metavar="ID", type=WholeNumber())
@click.option(
    "--org",
    required=True,
    metavar="ORG",
    help="Its number, the product's id of it, or its whole name.",
)
@click.option(
    "--ticket", type=WholeNumber(), metavar="ID", help="The ticket on which you decided it."
)
@click.option("--hold", type=Seconds(), metavar="SECONDS", help="Wait so long, at most a day.")
def command(call: Invocation, person: int, org: str, ticket: int | None, hold: float | None) -> int:
    """Put a person into another organization, through the outbox (handbook: Temp orgs)."""
    with reading(call) as read:
        found = read.mirror.person(person)
        if found is None:
            raise UsageError(
                f"Person {person} is not in the mirror.", "`heroterm show ID` names who asked."
            )
        organization = _organization(read, org)
        if found.organization_id == organization.id:
            raise UsageError(
                f"{found.name} is in {organization.name} already.", "Nothing was queued."
            )
        deed = PersonOrganization(found.id, organization.id, found.organization_id)
        about = read.ticket(ticket) if ticket is not None else None
        return put(call, read, about, Wanted(deed=deed, hold=hold))


def _organization(read: Reading, word: str) -> Organization:
    """The organization of a number or a whole name. Raises UsageError."""
    if word.isascii() and word.isdigit():
        by_number = read.mirror.organization(int(word[:18]))
        if by_number is not None:
            return by_number
    alike = organizations_known_as(read.mirror, word) or organizations_called(read.mirror, word)
    if len(alike) == 1:
        return alike[0]
    if alike:
        numbers = ", ".join(str(each.id) for each in alike)
        raise UsageError(f"{len(alike)} organizations are called {word!a}.", f"Use: {numbers}.")
    raise UsageError(
        f"No organization {word!a} is in the mirror.", "Use its number or its whole name."
    )
