"""`heroterm sandbox`: a practice Zendesk on loopback, until a signal."""

from __future__ import annotations

from datetime import UTC, datetime

import click


@click.command(name="sandbox")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="0 takes a free one.")
@click.option("--seed", type=int, default=1, help="The same seed makes the same world.")
@click.option("--tickets", type=click.IntRange(1, 1_000_000), default=400)
@click.option("--comments", type=click.IntRange(0), default=None, help="Wanted total.")
@click.option("--role", type=click.Choice(["agent", "admin", "light"]), default="agent")
@click.option("--clock", default=None, metavar="ISO", help="When the shift starts.")
@click.option("--json", "_as_json", is_flag=True, hidden=True, expose_value=False)
@click.option("--home", "_home", hidden=True, expose_value=False)
def command(
    port: int, seed: int, tickets: int, comments: int | None, role: str, clock: str | None
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
