"""`heroterm bug` and `heroterm feature`: what an issue about a ticket would say, and its form.

The same guards as on the desk: nobody is named, and a content-warned customer is not quoted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.numbers import TicketNumber
from heroterm.cli.playbook import keeper
from heroterm.cli.reading import reading
from heroterm.cli.rules import rulebook
from heroterm.cli.verb import verb
from heroterm.domain.admin_line import parse
from heroterm.domain.bug_report import (
    BUG,
    FEATURE,
    LONGEST_LINK,
    Issue,
    begun,
    compose,
    objection,
    plus_one,
)
from heroterm.domain.findings import Finding
from heroterm.domain.playbook_case import Case
from heroterm.domain.playbook_offer import material, owner_of, ticket_url
from heroterm.domain.source import opening
from heroterm.errors import RefusedByRule, StoreError, UsageError
from heroterm.mirror.reported import Reported, reported

_TICKET = click.argument("ticket", metavar="ID", type=TicketNumber())
_WORDS = click.option(
    "--words",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Title and words of your own instead of the customer's; - reads standard input.",
)
_OPEN = click.option("--open", "opens", is_flag=True, help="Open the form in the browser.")


@verb("bug", help="Show the bug report that a ticket would become, and what is like it.")
@_TICKET
@_WORDS
@_OPEN
def bug(call: Invocation, ticket: int, file: Path | None, opens: bool) -> int:
    """Show a bug report."""
    return _report(call, BUG, ticket, file, opens)


@verb("feature", help="Show the feature request that a ticket would become, and what is like it.")
@_TICKET
@_WORDS
@_OPEN
def feature(call: Invocation, ticket: int, file: Path | None, opens: bool) -> int:
    """Show a feature request."""
    return _report(call, FEATURE, ticket, file, opens)


commands = {"bug": bug, "feature": feature}


def _report(call: Invocation, kind: str, ticket_id: int, file: Path | None, opens: bool) -> int:
    words = _read(file) if file is not None else None
    with reading(call) as read:
        found = read.ticket(ticket_id)
        case = keeper(call, read).cases.read(ticket_id, read.now)
        if case is None:
            raise StoreError(f"#{ticket_id} cannot be read.", "`heroterm doctor` looks it over.")
        thread = read.mirror.thread(ticket_id)
        first = opening(found, thread.comments, complete=thread.complete)
        footer = parse(first, found.subject, from_form=case.source == "app")
        owners = rulebook(call.paths).owners
        url = ticket_url(call.config.account.url, ticket_id)
        of = material(case, footer, url, owners)
        made: Issue | Finding = compose(kind, of)
        if words is not None:
            made = begun(kind, of).edited(words)
            made = objection(made, of) or made
        if isinstance(made, Finding):
            raise RefusedByRule(
                made.say, f"{made.instead} --words FILE takes them.", rule=made.rule
            )
        alike = reported(read.mirror, f"{found.subject}\n{first}", but=ticket_id)
    channel = owner_of(footer, owners).channel
    call.answer(_document(made, case, alike, channel, url), _said(made, case, alike, channel, url))
    return 0 if not opens else _opened(call, made)


def _read(file: Path) -> str:
    try:
        with click.open_file(str(file), encoding="utf-8") as stream:
            return str(stream.read())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{file} cannot be read ({error}).", "Name another: --words FILE."
        ) from None


def _opened(call: Invocation, made: Issue) -> int:
    from heroterm.cli.parts import browse

    call.say("Opened." if browse(made.link) else "No browser can be started here: open the link.")
    return 0


def _said(made: Issue, case: Case, alike: list[Reported], channel: str, url: str) -> Iterator[str]:
    priority = case.known["priority"]
    yield f"priority {priority.value} ({priority.source}), team channel {channel}"
    for each in alike:
        issues = "".join(f"  {issue}" for issue in each.issues)
        yield f"alike: #{each.ticket_id} {each.title}{issues}"
    yield f"for an issue that is there: {plus_one(url)}"
    yield ""
    yield from (made.title, "", *made.body.rstrip().split("\n"))
    yield from ("", "debug info:", *made.debug.split("\n")) if made.debug else ()
    yield ""
    yield made.link
    if not made.fits:
        say = f"Longer than the {LONGEST_LINK:,} characters of a link: paste the words above."
        yield say
    yield (
        f"Then: `heroterm playbook run {'bug-report' if made.kind == BUG else 'feature-request'} "
        f"{case.ticket.id} --plain` for the reply and the line for Slack."
    )


def _document(
    made: Issue, case: Case, alike: list[Reported], channel: str, url: str
) -> dict[str, object]:
    return {
        "kind": made.kind,
        "ticket": case.ticket.id,
        "priority": case.known["priority"].value,
        "channel": channel,
        "title": made.title,
        "body": made.body,
        "debug": made.debug,
        "labels": list(made.labels),
        "link": made.link,
        "fits": made.fits,
        "plus_one": plus_one(url),
        "alike": [
            {"ticket": each.ticket_id, "title": each.title, "issues": list(each.issues)}
            for each in alike
        ],
    }
