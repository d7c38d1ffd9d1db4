"""`heroterm connect`: sign in, look what this account may do, and keep the way to it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import replace
from typing import Any

import click

from heroterm.cli.invocation import Invocation
from heroterm.cli.oauth_sign_in import Wanted, pasting_here, person_here, sign_in
from heroterm.cli.rights import Rights, look
from heroterm.cli.sign_in import BEARER, connected, renewal_lock, secrets_of
from heroterm.cli.verb import verb
from heroterm.config import Account, account_url
from heroterm.config.writing import LEARNING, write_account
from heroterm.errors import ConfigError, StoreError, UsageError
from heroterm.secrets import VARIABLE, on_loopback
from heroterm.zendesk.oauth import CLIENT_ID, PORT
from heroterm.zendesk.oauth_endpoint import TokenEndpoint
from heroterm.zendesk.oauth_tokens import Tokens, kept_as_pair, read
from heroterm.zendesk.oauth_words import TOKEN_WORKS

LONGEST_TOKEN = 4_096
THEN = "Next: heroterm sync --once, then heroterm."
ANOTHER_HOME = "Use another home (--home DIR), or run `heroterm purge --all` first."
"""What helps where the mirror is another account's."""


@verb("connect")
@click.argument("subdomain", required=False)
@click.option("--url", metavar="URL", help="https://SUBDOMAIN.zendesk.com, or a sandbox's.")
@click.option("--oauth", is_flag=True, help="Sign in with a browser; needs no token.")
@click.option("--client-id", metavar="ID", help="The OAuth client as your admin registered it.")
@click.option("--port", type=click.IntRange(0, 65_535), metavar="P", help="Of the redirect.")
@click.option("--paste", is_flag=True, help="Paste the browser's answer, as over SSH.")
@click.option("--email", metavar="E", help="The address that an API token signs in.")
@click.option("--token-stdin", is_flag=True, help="Read the API token from standard input.")
@click.option("--token-file", is_flag=True, help="Keep tokens in a private file if need be.")
@click.option("--view", type=click.IntRange(min=1), metavar="ID", help="A view as your queue.")
def command(
    call: Invocation,
    subdomain: str | None,
    url: str | None,
    oauth: bool,
    client_id: str | None,
    port: int | None,
    paste: bool,
    email: str | None,
    token_stdin: bool,
    token_file: bool,
    view: int | None,
) -> int:
    """Sign in to a Zendesk account: SUBDOMAIN, or --url URL; without either the one of this home.

    With --oauth a browser asks you to allow heroterm; an admin registers the client once.
    """
    named = subdomain or url or call.config.account.url
    if not named or (subdomain is not None and url is not None):
        raise UsageError("Say which account, once.", "heroterm connect SUBDOMAIN, or --url URL.")
    address = account_url(named)
    if oauth or client_id or paste or port is not None:
        account = account_to_be(call, address, email or "", BEARER, view)
        return by_browser(call, account, client_id, port, paste, token_file)
    if not email or "@" not in email:
        raise UsageError(
            "An API token needs the address that it signs in.",
            "Add --email E, or sign in without a token: --oauth.",
        )
    account = account_to_be(call, address, email.strip(), "token", view)
    return by_token(call, account, _token(call, token_stdin), token_file)


def account_to_be(
    call: Invocation, url: str, email: str, sign_in: str, view: int | None
) -> Account:
    """The account to be; its view stays that of the last sign-in unless another is asked for."""
    before = call.config.account
    kept = before.view if before.url == url else None
    account = replace(before, url=url, email=email, sign_in=sign_in, view=view or kept)
    _same_mirror(call, account)
    return account


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
            ANOTHER_HOME,
        )


def _token(call: Invocation, from_stdin: bool) -> str:
    if from_stdin:
        token = sys.stdin.readline(LONGEST_TOKEN).strip()
    elif call.may_ask:
        import getpass

        token = getpass.getpass("API token (not shown): ", stream=sys.stderr).strip()
    else:
        raise UsageError("There is no token.", "Pipe it in and add --token-stdin.")
    return checked_token(token)


def checked_token(token: str) -> str:
    """A token as it was typed. Raises UsageError for what cannot be one."""
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("That is no token; nothing was changed.", "Copy it whole, on one line.")
    return token


def by_token(
    call: Invocation, account: Account, token: str, allow_file: bool, then: str = THEN
) -> int:
    """Sign in with an API token; what was written is told, and `then` as the next step."""
    rights = _rights(call, account, token)
    call.paths.make()
    secrets = secrets_of(call, account)
    kept = secrets.store(account.url, account.email, token, allow_file=allow_file)
    dies = [] if on_loopback(account.url) else [TOKEN_WORKS]
    return _done(call, account, rights, [kept, *dies], then)


def by_browser(
    call: Invocation,
    account: Account,
    client_id: str | None,
    port: int | None,
    paste: bool,
    allow_file: bool,
    then: str = THEN,
) -> int:
    """Sign in with a browser. Raises ConfigError where no place can keep what comes of it."""
    _refuse_where_none_can_be(call, account)
    secrets = secrets_of(call, account)
    secrets.check_pair_fits(account.url, account.email, allow_file=allow_file)
    wanted = Wanted(
        account.url,
        client_id or _former_client(call, account) or CLIENT_ID,
        PORT if port is None else port,
        paste or pasting_here(),
    )
    endpoint = TokenEndpoint(account.url, clock=call.clock)
    tokens = sign_in(wanted, person_here(call.say), endpoint)
    rights = _rights(call, account, tokens.access)
    account = replace(account, email=rights.me.email)
    call.paths.make()
    with renewal_lock(call)():
        kept = secrets.store_pair(account.url, account.email, tokens.text(), allow_file=allow_file)
    wins = [_VARIABLE_WINS] if os.environ.get(VARIABLE) else []
    return _done(call, account, rights, [kept, _lives(tokens), *wins], then)


def _refuse_where_none_can_be(call: Invocation, account: Account) -> None:
    """A sign-in by browser needs a person, and a place for tokens that change all the time."""
    if account.token_command:
        raise ConfigError(
            "token_command cannot keep an OAuth sign-in: its tokens change every half hour.",
            "Remove account.token_command, then run this again.",
            file=str(call.paths.config_file),
            key="account.token_command",
        )
    if call.no_input:
        raise UsageError("A sign-in by browser needs a person.", "Use --token-stdin instead.")


def _former_client(call: Invocation, account: Account) -> str:
    """The client of an earlier sign-in at the same account; empty where there was none."""
    before = call.config.account
    if before.url != account.url or before.sign_in != BEARER:
        return ""
    with suppress(ConfigError):
        kept = secrets_of(call, before).find(before.url, before.email)
        return read(kept).client_id if kept_as_pair(kept) else ""
    return ""


_VARIABLE_WINS = f"{VARIABLE} is set and wins over this sign-in; unset it."


def _lives(tokens: Tokens) -> str:
    if not tokens.refresh:
        return "Zendesk gave no refresh token: you sign in again when this one ends."
    until = f" until {tokens.refresh_until:%d %b %Y}" if tokens.refresh_until else ""
    return f"It renews itself while heroterm is used; unused, it lasts{until or ' a while'}."


def _rights(call: Invocation, account: Account, token: str) -> Rights:
    client = connected(call, replace(call.config, account=account), token)
    try:
        return look(client)
    finally:
        client.close()


def _done(call: Invocation, account: Account, rights: Rights, kept: list[str], then: str) -> int:
    where = call.paths
    # A script that signs in has nobody to press `!`.
    learning = call.may_ask and not call.config.account.url
    taught = write_account(where.config_file, account, learning=learning)
    document: dict[str, Any] = {
        "account": account.url,
        "user": rights.user,
        "groups": list(rights.groups),
        "can": rights.can,
        "cannot": rights.cannot,
        "strategy": rights.strategy,
        "sign_in": "oauth" if account.sign_in == BEARER else "token",
    }
    lines = [f"Signed in at {account.url} as {rights.line}."]
    if rights.cannot:
        lines += ["Not with this role:", *(f"  {line}" for line in rights.cannot)]
    else:
        lines.append("This role may do everything that heroterm can use.")
    lines += [f"Written: {where.config_file}.", *kept]
    if taught:
        from heroterm.cli import keymap_file

        sends = keymap_file.of(call).key("outbox.send")
        lines.append(
            f"Your first {LEARNING} sends wait in the outbox until you press {sends} there; "
            "training_sends = 0 in that file ends this."
        )
    call.answer(document, [*lines, *([then] if then else [])])
    return 0
