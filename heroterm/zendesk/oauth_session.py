"""Keeps one sign-in fresh across processes and crashes (outbox.md, "OAuth refresh").

A refresh kills both old tokens at the server, so it happens under a lock that all processes of
this machine share, and the new pair is kept before it is used. Whoever gets the lock reads what
is kept first: somebody else may have renewed it meanwhile. After an unknown outcome the old
access token is used while it lives, then the old refresh token is tried, then a person is asked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from heroterm.errors import (
    ConfigError,
    KeyringShut,
    Offline,
    SignInLocked,
    StoreError,
    Unclear,
    ZendeskError,
)
from heroterm.zendesk.oauth_tokens import Tokens, read
from heroterm.zendesk.oauth_words import AGAIN, SignInRefused

EARLY = 120.0
"""Seconds before its end from which an access token is renewed, or a third of a short life."""
PATIENCE = 30.0
"""Seconds until a failed early renewal, or a failed keeping, is tried again."""


class Kept(Protocol):
    """Where the tokens lie."""

    def load(self) -> str:
        """The kept text. Raises ConfigError where there is none, KeyringShut."""

    def save(self, text: str) -> None:
        """Replace it, all or nothing. Raises ConfigError or StoreError."""


class Renewing(Protocol):
    """The server's side of a refresh, as `oauth_endpoint.TokenEndpoint` has it."""

    def renew(self, tokens: Tokens, refresh: str) -> Tokens:
        """The next pair."""


class Session:
    """The access token of one account.

    `tokens` is what was found in `kept`; `alone` gives the lock that all processes share.
    """

    def __init__(
        self,
        tokens: Tokens,
        kept: Kept,
        endpoint: Renewing,
        *,
        alone: Callable[[], AbstractContextManager[None]],
        clock: Callable[[], datetime],
    ) -> None:
        self._kept = kept
        self._endpoint = endpoint
        self._alone = alone
        self._clock = clock
        self._tokens = tokens
        self._unsaved = False
        self._not_before: datetime | None = None

    @property
    def tokens(self) -> Tokens:
        """The pair in use, as this process knows it."""
        return self._tokens

    def held(self) -> str:
        """The access token as it is, renewed or not: an update never waits for a refresh."""
        return self._tokens.access

    def fresh(self) -> str:
        """An access token that is good by the clock, renewed early where it can be.

        Raises SignInRefused when the sign-in has ended, Offline when it ran out meanwhile.
        """
        waits = self._not_before is not None and self._clock() < self._not_before
        if not waits and (self._unsaved or self._due()):
            with self._alone():
                if self._looked(needed=self._over()) and self._due():
                    self._renew(needed=self._over())
        return self._tokens.access

    def renewed(self, refused: str) -> str:
        """An access token other than the one that the server refused. Raises as `fresh` does."""
        with self._alone():
            self._looked(needed=True)
            if self._tokens.access == refused:
                self._renew(needed=True)
        return self._tokens.access

    def _due(self) -> bool:
        left = self._tokens.left(self._clock())
        return left < EARLY and bool(self._tokens.refresh or left <= 0)

    def _over(self) -> bool:
        return self._tokens.left(self._clock()) <= 0

    def _looked(self, *, needed: bool) -> bool:
        """Under the lock: take what another process has kept, or keep what could not be kept.

        False: the keyring is shut, and while the token is good that can wait. Nothing is renewed
        unseen, for another process's newer pair would die by it: `needed` then raises SignInLocked.
        """
        if self._unsaved:
            self._save()
            return True
        try:
            found = read(self._kept.load())
        except KeyringShut as error:
            self._not_before = self._clock() + timedelta(seconds=PATIENCE)
            if needed:
                raise SignInLocked(f"The sign-in ran out. {error.say}", error.remedy) from error
            return False
        if found.access != self._tokens.access:
            self._tokens, self._not_before = found, None
        return True

    def _renew(self, *, needed: bool) -> None:
        """One refresh. When it is not needed yet, a failure leaves the old token in use."""
        try:
            self._tokens = self._asked()
        except ZendeskError as error:
            self._not_before = self._clock() + timedelta(seconds=PATIENCE)
            if needed:
                raise _in_words(error) from error
            return
        self._not_before = None
        self._save()

    def _asked(self) -> Tokens:
        tokens = self._tokens
        if not tokens.refresh:
            raise SignInRefused("The sign-in has ended.", AGAIN, code="", signed_out=True)
        try:
            return self._endpoint.renew(tokens, tokens.refresh)
        except SignInRefused as error:
            if error.code != "invalid_grant" or not tokens.former_refresh:
                raise
            return self._endpoint.renew(tokens, tokens.former_refresh)

    def _save(self) -> None:
        """Keep the pair. It is good already: a keyring that fails now is asked again later."""
        try:
            self._kept.save(self._tokens.text())
            self._unsaved = False
        except (ConfigError, StoreError) as error:
            self._unsaved = True
            self._not_before = self._clock() + timedelta(seconds=PATIENCE)
            logging.getLogger("heroterm.zendesk").warning("sign-in not kept: %s", error.say)


def _in_words(error: ZendeskError) -> ZendeskError:
    """An unclear refresh did nothing to any ticket: what asked for it may simply be tried again."""
    if isinstance(error, Unclear):
        return Offline(
            "The sign-in could not be renewed: the answer did not arrive.",
            "It is tried again; if the new tokens were lost, heroterm will ask you to sign in.",
        )
    return error
