"""The wire with the credentials of one home: where the token lies is for `heroterm.secrets`."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from heroterm.cli.invocation import Invocation
from heroterm.config import Account, Config
from heroterm.errors import NotAllowed
from heroterm.secrets import Secrets
from heroterm.zendesk.auth import Bearer, Token
from heroterm.zendesk.client import Zendesk
from heroterm.zendesk.oauth_endpoint import TokenEndpoint
from heroterm.zendesk.oauth_lock import RenewalLock
from heroterm.zendesk.oauth_session import Session
from heroterm.zendesk.oauth_tokens import kept_as_pair, read
from heroterm.zendesk.pages import Me, OrganizationFields

LIGHT = "light"
"""The role under which a light agent's seat is remembered (features H6)."""
BEARER = "bearer"
"""`sign_in` of the configuration for OAuth."""


class SignedIn(Zendesk):
    """The wire, with a light agent's seat told apart from an agent's: the rules ask the role.

    `session` renews its token; None for an API token, or a bearer token given for one run.
    """

    session: Session | None = None

    def me(self) -> Me:
        """Who is signed in; the role is `light` for a seat that may write internal notes only.

        An access token that ended is met with "anonymous" and not with 401 here (api.md §0, fact
        9), so it is renewed once before that is believed.
        """
        before = self.session.held() if self.session else ""
        try:
            told = super().me()
        except NotAllowed as error:
            if self.session is None or not error.signed_out or self.session.held() != before:
                raise
            self.session.renewed(before)
            told = super().me()
        return replace(told, role=LIGHT) if told.light else told

    def sla_in_search(self) -> bool:
        """Whether search gives SLA clocks beside its tickets (api.md §4, table of sources)."""
        asked = {"query": "type:ticket status<solved", "per_page": "5", "include": "tickets(slas)"}
        told = self._get("search", asked)
        rows = told.get("results") if isinstance(told, dict) else None
        return any(isinstance(row, dict) and "slas" in row for row in rows or ())


@dataclass(frozen=True, slots=True)
class Place:
    """Where one account's tokens lie, as `oauth_session` asks for it."""

    secrets: Secrets
    account: Account

    def load(self) -> str:
        """The kept text. Raises ConfigError when there is none."""
        return self.secrets.find(self.account.url, self.account.email)

    def save(self, text: str) -> None:
        """Replace it where it lies. Raises ConfigError, StoreError."""
        self.secrets.replace(self.account.url, self.account.email, text)


def secrets_of(call: Invocation, account: Account) -> Secrets:
    """Where this home's token is looked for and kept."""
    environ: Mapping[str, str] = os.environ
    return Secrets(call.paths.state, environ, token_command=account.token_command)


def renewal_lock(call: Invocation) -> RenewalLock:
    """The lock under which this home's tokens change."""
    return RenewalLock(call.paths.state / "sign-in.lock", time.sleep)


def session_of(call: Invocation, account: Account, kept: str) -> Session | None:
    """The session of a kept pair; None for a bare token, which nothing renews."""
    if account.sign_in != BEARER or not kept_as_pair(kept):
        return None
    place = Place(secrets_of(call, account), account)
    endpoint = TokenEndpoint(account.url, clock=call.clock)
    return Session(read(kept), place, endpoint, alone=renewal_lock(call), clock=call.clock)


def zendesk(call: Invocation, config: Config) -> SignedIn:
    """The account's Zendesk, signed in. Raises ConfigError when no token is found."""
    account = config.account
    kept = secrets_of(call, account).find(account.url, account.email)
    session = session_of(call, account, kept)
    if session is None:
        return connected(call, config, kept)
    credentials = Bearer(session.fresh, renewed=session.renewed, held=session.held)
    client = _wire(call, config, credentials)
    client.session = session
    return client


def connected(call: Invocation, config: Config, token: str) -> SignedIn:
    """The account's Zendesk with a given token, which is not renewed."""
    account = config.account
    bearer = account.sign_in == BEARER
    return _wire(call, config, Bearer(token) if bearer else Token(account.email, token))


def _wire(call: Invocation, config: Config, credentials: Token | Bearer) -> SignedIn:
    keys = config.organization_fields
    fields = OrganizationFields(keys.plan, keys.mrr, keys.content_warning)
    return SignedIn(config.account.url, credentials, clock=call.clock, fields=fields)
