"""`heroterm set`: field changes of one ticket, put into the outbox as one update."""

from __future__ import annotations

import click

from heroterm.cli.intents import Wanted, put
from heroterm.cli.invocation import Invocation
from heroterm.cli.known import Known
from heroterm.cli.numbers import Seconds, TicketNumber, WholeNumber
from heroterm.cli.reading import Reading, reading
from heroterm.cli.verb import verb
from heroterm.domain.fields import checked, own, why_not
from heroterm.domain.outbox import NOBODY, Changes
from heroterm.domain.ticket import PRIORITIES, TYPES
from heroterm.errors import UsageError


@verb("set")
@click.argument("ticket", metavar="ID", type=TicketNumber())
@click.option(
    "--status", metavar="S", type=Known("statuses"), help="open, pending, hold or solved."
)
@click.option("--priority", type=click.Choice(PRIORITIES), help="How much it presses.")
@click.option("--type", "kind", type=click.Choice(TYPES), help="What kind of ticket it is.")
@click.option("--assignee", metavar="WHO", help="me, a number, an address or a whole name.")
@click.option("--unassign", is_flag=True, help="Take it from whoever has it.")
@click.option("--group", metavar="GROUP", type=Known("groups"), help="A number or a whole name.")
@click.option("--add-tag", multiple=True, metavar="TAG", help="Put a tag on it.")
@click.option("--remove-tag", multiple=True, metavar="TAG", help="Take a tag off.")
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="ID=VALUE",
    help="A field of the account, by number or label; an empty value empties it.",
)
@click.option("--org", type=WholeNumber(), metavar="NUMBER", help="Organization's number.")
@click.option("--hold", type=Seconds(), metavar="SECONDS", help="Wait so long, at most a day.")
@click.option("--anyway", multiple=True, metavar="RULE", help="Answer a rule's question with yes.")
def command(
    call: Invocation,
    ticket: int,
    status: str | None,
    priority: str | None,
    kind: str | None,
    assignee: str | None,
    unassign: bool,
    group: str | None,
    add_tag: tuple[str, ...],
    remove_tag: tuple[str, ...],
    fields: tuple[str, ...],
    org: int | None,
    hold: float | None,
    anyway: tuple[str, ...],
) -> int:
    """Change fields of a ticket, all in one update, through the outbox."""
    if unassign and assignee:
        raise UsageError("--assignee and --unassign say two things.", "Use one of them.")
    with reading(call) as read:
        found = read.ticket(ticket)
        somebody = _assignee(read, assignee) if assignee else None
        changes = Changes(
            status=status,
            priority=priority,
            type=kind,
            assignee_id=NOBODY if unassign else somebody,
            group_id=_group(read, group) if group else None,
            add_tags=_tags(add_tag),
            remove_tags=_tags(remove_tag),
            organization_id=org,
            custom_fields=tuple(_field(read, word) for word in fields),
        )
        if changes.empty:
            raise UsageError("There is nothing to change.", "`heroterm set --help` lists fields.")
        return put(call, read, found, Wanted(changes=changes, hold=hold, anyway=anyway))


def _field(read: Reading, word: str) -> tuple[int, str]:
    """A field's number and its value. Raises UsageError."""
    name, equals, value = word.partition("=")
    known = read.mirror.labels().fields
    found = [f for f in known.values() if name.casefold() in (str(f.id), f.title.casefold())]
    if not equals or len(found) != 1:
        titles = ", ".join(f"{f.id} ({f.title})" for f in own(known)) or "none was synced"
        say = f"{word!a} sets nothing." if not equals else f"There is no field {name!a}."
        raise UsageError(say, f"Write --field ID=VALUE. Known are: {titles}.")
    reason = why_not(found[0])
    if reason:
        raise UsageError(reason, "Nothing was queued.")
    read_as = checked(found[0], value)
    if read_as.refusal:
        options = ", ".join(key for key, _ in found[0].options)
        raise UsageError(read_as.refusal, f"Known are: {options}." if options else "")
    return found[0].id, read_as.value


def _assignee(read: Reading, word: str) -> int:
    if word.casefold() == "me":
        if read.state.user_id is None:
            raise UsageError("It is not known yet who you are.", "`heroterm sync --once` asks.")
        return read.state.user_id
    staff = read.mirror.staff()
    wanted = word.casefold()
    alike = [
        person.id
        for person in staff
        if wanted in (str(person.id), person.name.casefold(), (person.email or "").casefold())
    ]
    if len(alike) == 1:
        return alike[0]
    say = f"{len(alike)} colleagues match {word!a}." if alike else f"No colleague is {word!a}."
    names = ", ".join(sorted(person.name for person in staff)[:20])
    raise UsageError(say, f"Use an address or a number. Known are: {names}.")


def _group(read: Reading, word: str) -> int:
    groups = read.mirror.groups()
    wanted = word.casefold()
    found = [each.id for each in groups if wanted in (str(each.id), each.name.casefold())]
    if len(found) != 1:
        known = ", ".join(each.name for each in groups) or "none was synced"
        raise UsageError(f"There is no group {word!a}.", f"Known are: {known}.")
    return found[0]


def _tags(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if not word or any(c.isspace() or c == "," for c in word):
            raise UsageError(f"{word!a} is no tag.", "A tag has no blanks and no commas.")
    return tuple(dict.fromkeys(word.lower() for word in words))
