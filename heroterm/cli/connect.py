"""`heroterm connect`: sign in, look what this account may do, and keep the way to it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.sign_in import connected, secrets_of
from heroterm.cli.verb import verb
from heroterm.config import Account, account_url, write_account
from heroterm.errors import StoreError, UsageError

LONGEST_TOKEN = 4_096
PROBES = {
    "incremental": "incremental/tickets/cursor.json?start_time=1",
    "slas_policies": "slas/policies.json",
}
"""Paths that admins alone may read (api.md §11): whether they answer decides how to pull."""


@verb("connect")
@click.argument("subdomain", required=False)
@click.option("--url", metavar="URL", help="https://SUBDOMAIN.zendesk.com, or a sandbox's.")
@click.option("--email", metavar="E", help="The address that you sign in with.")
@click.option("--token-stdin", is_flag=True, help="Read the API token from standard input.")
@click.option("--token-file", is_flag=True, help="Keep the token in a private file if need be.")
@click.option("--view", type=click.IntRange(min=1), metavar="ID", help="A view as your queue.")
@click.option("--oauth", is_flag=True, help="Comes with a later version.")
@click.option("--client-id", metavar="ID", hidden=True)
def command(
    call: Invocation,
    subdomain: str | None,
    url: str | None,
    email: str | None,
    token_stdin: bool,
    token_file: bool,
    view: int | None,
    oauth: bool,
    client_id: str | None,
) -> int:
    """Sign in to a Zendesk account: SUBDOMAIN, or --url URL."""
    if oauth or client_id:
        raise UsageError(
            "Signing in with OAuth comes with a later version; nothing was changed.",
            "Use --email E --token-stdin with an API token.",
        )
    if (subdomain is None) == (url is None):
        raise UsageError("Say which account, once.", "heroterm connect SUBDOMAIN, or --url URL.")
    if not email or "@" not in email:
        raise UsageError("An API token needs the address that it signs in.", "Add --email E.")
    before, address = call.config.account, account_url(subdomain or url or "")
    kept = before.view if before.url == address else None
    account = replace(before, url=address, email=email.strip(), sign_in="token", view=view or kept)
    _same_mirror(call, account)
    return _sign_in(call, account, _token(call, token_stdin), token_file)


def _same_mirror(call: Invocation, account: Account) -> None:
    """A mirror holds one account: another one's is never mixed into it (StoreError)."""
    path = call.paths.mirror
    if not path.exists():
        return
    from heroterm.mirror.reader import Mirror

    mirror = Mirror(path)
    held = mirror.state().account
    mirror.close()
    if held and held != account.url:
        raise StoreError(
            f"The mirror of this home holds {held}; nothing was changed.",
            "Use another home (--home DIR), or run `heroterm purge --all` first.",
        )


def _token(call: Invocation, from_stdin: bool) -> str:
    if from_stdin:
        token = sys.stdin.readline(LONGEST_TOKEN).strip()
    elif sys.stdin.isatty():
        import getpass

        token = getpass.getpass("API token (not shown): ", stream=sys.stderr).strip()
    else:
        raise UsageError("There is no token.", "Pipe it in and add --token-stdin.")
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("That is no token; nothing was changed.", "Copy it whole, on one line.")
    return token


def _sign_in(call: Invocation, account: Account, token: str, allow_file: bool) -> int:
    config = replace(call.config, account=account)
    client = connected(call, config, token)
    try:
        me = client.me()
        can: dict[str, bool] = {"reply": not me.light, "note": True}
        can |= {name: client.probe(path) for name, path in PROBES.items()}
    finally:
        client.close()
    where = call.paths.make()
    kept = secrets_of(call, account).store(account.url, account.email, token, allow_file=allow_file)
    write_account(where.config_file, account)
    user: dict[str, Any] = {"id": me.id, "name": me.name, "email": me.email, "role": me.role}
    document = {"account": account.url, "user": user, "can": can, "strategy": "agent"}
    lines = [
        f"Signed in at {account.url} as {me.name}, {'light agent' if me.light else me.role}.",
        f"Written: {where.config_file}. {kept}".strip(),
        "Next: heroterm sync --once, then heroterm.",
    ]
    if me.light:
        lines.insert(1, "A light agent writes internal notes, not public replies.")
    call.answer(document, lines)
    return 0
