"""The wire with the credentials of one home: where the token lies is for `heroterm.secrets`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from heroterm.cli.invocation import Invocation
from heroterm.config import Account, Config
from heroterm.secrets import Secrets
from heroterm.zendesk.auth import Bearer, Token
from heroterm.zendesk.client import Zendesk
from heroterm.zendesk.pages import Me, OrganizationFields

LIGHT = "light"
"""The role under which a light agent's seat is remembered (features H6)."""


class SignedIn(Zendesk):
    """The wire, with a light agent's seat told apart from an agent's: the rules ask the role."""

    def me(self) -> Me:
        """Who is signed in; the role is `light` for a seat that may write internal notes only."""
        told = super().me()
        return replace(told, role=LIGHT) if told.light else told


def secrets_of(call: Invocation, account: Account) -> Secrets:
    """Where this home's token is looked for and kept."""
    environ: Mapping[str, str] = os.environ
    return Secrets(call.paths.state, environ, token_command=account.token_command)


def zendesk(call: Invocation, config: Config) -> Zendesk:
    """The account's Zendesk, signed in. Raises ConfigError when no token is found."""
    account = config.account
    token = secrets_of(call, account).find(account.url, account.email)
    return connected(call, config, token)


def connected(call: Invocation, config: Config, token: str) -> Zendesk:
    """The account's Zendesk with a given token."""
    account, keys = config.account, config.organization_fields
    credentials = Bearer(token) if account.sign_in == "bearer" else Token(account.email, token)
    fields = OrganizationFields(keys.plan, keys.mrr, keys.content_warning)
    return SignedIn(account.url, credentials, clock=call.clock, fields=fields)
