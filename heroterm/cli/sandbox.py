"""`heroterm sandbox`: a practice Zendesk on loopback, until a signal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from heroterm.cli.numbers import WholeNumber

if TYPE_CHECKING:
    from heroterm.sandbox.shift import Sandbox


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
@click.option("--until-stdin-ends", "child", is_flag=True, hidden=True)
def command(
    child: bool,
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
        said = _how_to_sign_in(sandbox, url) | {"seed": seed, "tickets": tickets}
        click.echo(json.dumps(said))

    if child:
        _end_with_stdin()
    try:
        server.serve(sandbox, port=port, ready=ready)
    except OSError as error:
        click.echo(
            f"Port {port} cannot be used ({os.strerror(error.errno or 0)}). Try --port 0.", err=True
        )
        raise SystemExit(2) from error


def _end_with_stdin() -> None:
    """End when whoever started this is gone, killed or not: standard input ends with it."""
    import os
    import signal
    import sys
    from threading import Thread

    def wait() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, daemon=True).start()


def _how_to_sign_in(sandbox: Sandbox, url: str) -> dict[str, object]:
    return {
        "schema": 1,
        "url": url,
        "subdomain": sandbox.subdomain,
        "email": sandbox.email,
        "token": sandbox.token,
        "oauth_client_id": sandbox.oauth_client_id,
    }


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("use ISO-8601, such as 2024-10-07T09:00Z") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
