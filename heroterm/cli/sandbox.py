"""`heroterm sandbox`: a practice Zendesk on loopback, until a signal."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from heroterm.cli.numbers import WholeNumber


@click.command(name="sandbox")
@click.option(
    "--port",
    type=WholeNumber(0, 65_535),
    default=0,
    metavar="P",
    help="0, the usual one, takes any that is free.",
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    metavar="N",
    help="The same seed makes the same world.",
)
@click.option(
    "--tickets",
    type=WholeNumber(1, 1_000_000),
    default=400,
    show_default=True,
    metavar="N",
    help="How many there are, up to 1,000,000.",
)
@click.option(
    "--comments",
    type=WholeNumber(0, 10_000_000),
    default=None,
    metavar="N",
    help="How many messages in all; as the tickets need unless said.",
)
@click.option(
    "--role",
    type=click.Choice(["agent", "admin", "light"]),
    default="agent",
    show_default=True,
    help="Whose seat the sign-in has.",
)
@click.option(
    "--clock",
    default=None,
    metavar="ISO",
    help="When the shift starts, as 2026-03-04T09:00Z; now unless said.",
)
@click.option(
    "--practice",
    type=WholeNumber(0, 100),
    default=None,
    metavar="N",
    help="The practice shift, of which N lessons are learned.",
)
@click.option(
    "--json",
    "_as_json",
    is_flag=True,
    expose_value=False,
    help="As always: the first line is one JSON document.",
)
@click.option(
    "--home",
    "_home",
    metavar="DIR",
    expose_value=False,
    help="Taken and not used: a practice Zendesk keeps nothing on disk.",
)
def command(
    port: int,
    seed: int,
    tickets: int,
    comments: int | None,
    role: str,
    clock: str | None,
    practice: int | None,
) -> None:
    """A practice Zendesk on this machine.

    The first line on stdout says how to sign in; then it serves until a signal.
    """
    import json
    import os

    from heroterm.sandbox import server, shift

    sandbox = shift.build(
        seed=seed,
        tickets=tickets,
        comments=comments,
        role=role,
        clock=_moment(clock),
        behind=practice,
        now=lambda: datetime.now(UTC),
    )

    def ready(url: str) -> None:
        document = {
            "schema": 1,
            "url": url,
            "subdomain": sandbox.subdomain,
            "email": sandbox.email,
            "token": sandbox.token,
            "oauth_client_id": sandbox.oauth_client_id,
            "seed": seed,
            "tickets": tickets,
        }
        click.echo(json.dumps(document))

    try:
        server.serve(sandbox, port=port, ready=ready)
    except OSError as error:
        click.echo(
            f"Port {port} cannot be used ({os.strerror(error.errno or 0)}). Try --port 0.", err=True
        )
        raise SystemExit(2) from error


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("use ISO-8601, such as 2024-10-07T09:00Z") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
