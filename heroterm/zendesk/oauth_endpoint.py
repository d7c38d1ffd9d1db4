"""POST /oauth/tokens: trades a code, or a refresh token that dies by it, for a new pair."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

import httpx
from pydantic import Field, ValidationError

from heroterm.errors import Misunderstood, Unclear
from heroterm.zendesk.address import base_url
from heroterm.zendesk.answers import Answer, failure
from heroterm.zendesk.connection import opened
from heroterm.zendesk.exchange import exchange
from heroterm.zendesk.hurry import Hurry
from heroterm.zendesk.oauth import SCOPES, SignIn
from heroterm.zendesk.oauth_tokens import Tokens, ends
from heroterm.zendesk.oauth_words import refusal
from heroterm.zendesk.wire import Wire

_SECONDS = 15.0
_CAP = 64 * 1024
_TOKEN = re.compile(r"[\x21-\x7e]{1,4096}")


class TokensWire(Wire):
    """The answer. Times in seconds from now; null where the client's tokens do not end."""

    access_token: str = Field(pattern=_TOKEN.pattern.join(("^", "$")))
    refresh_token: str | None = None
    expires_in: int | None = None
    refresh_token_expires_in: int | None = None


class TokenEndpoint:
    """One account's endpoint. A connection is opened for each request and closed after it."""

    def __init__(
        self,
        url: str,
        *,
        clock: Callable[[], datetime],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._base = base_url(url)
        self._clock = clock
        self._transport = transport

    def redeem(self, sign_in: SignIn, code: str) -> Tokens:
        """The first pair of a sign-in. Raises SignInRefused, Offline, Unclear."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": sign_in.redirect_uri,
            "code_verifier": sign_in.verifier,
            "scope": SCOPES,
        }
        found = self._pair(asked, sign_in.client_id, sign_in.redirect_uri)
        return replace(found, since=self._clock())

    def renew(self, tokens: Tokens, refresh: str) -> Tokens:
        """The next pair; both tokens of the former one die by it (api.md §1).

        Raises SignInRefused (`invalid_grant`: the sign-in has ended); Offline when nothing was
        sent; Unclear when the former pair may be dead and the new one was lost.
        """
        asked = {"grant_type": "refresh_token", "refresh_token": refresh, "scope": SCOPES}
        return self._pair(asked, tokens.client_id, "").follows(tokens)

    def _pair(self, asked: Mapping[str, str], client_id: str, redirect_uri: str) -> Tokens:
        before = self._clock()
        answer = self._sent({**asked, "client_id": client_id})
        if answer.status in (400, 401, 403):
            code, told = _oauth_error(answer)
            if code:
                raise refusal(code, told, client_id, redirect_uri)
        error = failure(answer)
        if error is not None:
            raise error
        try:
            told_pair = TokensWire.model_validate(answer.json())
        except (ValidationError, Misunderstood):
            # Without the cause: its text quotes the answer, which may hold a token.
            raise Unclear("Zendesk answered the sign-in with something unreadable.") from None
        return Tokens(
            client_id,
            told_pair.access_token,
            told_pair.refresh_token or "",
            ends(before, told_pair.expires_in),
            ends(before, told_pair.refresh_token_expires_in),
        )

    def _sent(self, asked: Mapping[str, str]) -> Answer:
        host = urlsplit(self._base).hostname or ""
        with opened(self._base, host, httpx.Auth(), self._transport, _SECONDS) as http:
            try:
                response, raw = exchange(
                    http,
                    Hurry(2 * _SECONDS),
                    "POST",
                    "/oauth/tokens",
                    clock=self._clock,
                    seconds=2 * _SECONDS,
                    cap=_CAP,
                    json=dict(asked),
                )
            except (httpx.TransportError, httpx.StreamError, Misunderstood) as error:
                raise Unclear("The connection broke before the sign-in was answered.") from error
        return Answer(response.status_code, dict(response.headers), raw, self._clock())


def _oauth_error(answer: Answer) -> tuple[str, str]:
    """OAuth's error word and sentence; empty where the answer is no such refusal."""
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(told, dict) or not isinstance(told.get("error"), str):
        return "", ""
    return told["error"], str(told.get("error_description") or "")
