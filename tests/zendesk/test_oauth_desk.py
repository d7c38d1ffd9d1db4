"""The practice desk that the tests of OAuth sign in to, and what its token endpoint answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import HTTPRedirectHandler, build_opener

import httpx
import pytest

from heroterm.sandbox import server, shift
from heroterm.secrets import Secrets
from heroterm.zendesk.auth import Bearer
from heroterm.zendesk.client import Zendesk
from heroterm.zendesk.oauth import SignIn
from heroterm.zendesk.oauth_endpoint import TokenEndpoint
from heroterm.zendesk.oauth_lock import RenewalLock
from heroterm.zendesk.oauth_session import Session
from heroterm.zendesk.oauth_tokens import Tokens, read
from heroterm.zendesk.oauth_words import SignInRefused
from tests.conftest import NOW

EMAIL = "hero@example.com"
BACK = "http://127.0.0.1:47801/callback"
HALF_HOUR = 1800
"""Seconds that the practice desk gives an access token."""


class Stay(HTTPRedirectHandler):
    """A browser that stops at the redirect."""

    def redirect_request(self, *_: Any) -> None:
        return None

    def http_error_302(self, _request: Any, answer: Any, *_: Any) -> Any:
        return answer


@dataclass
class Desk:
    """A practice Zendesk over HTTP with a clock that the test turns, and tokens kept in a file."""

    url: str
    sandbox: Any
    folder: Path
    now: datetime = NOW

    def clock(self) -> datetime:
        return self.now

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @property
    def endpoint(self) -> TokenEndpoint:
        return TokenEndpoint(self.url, clock=self.clock)

    def sign_in(self) -> Tokens:
        """A first pair, kept."""
        asked = SignIn(self.url, self.sandbox.oauth_client_id, BACK, "v" * 64, "s")
        answer = build_opener(Stay).open(asked.address(), timeout=10)
        answer.close()
        tokens = self.endpoint.redeem(asked, asked.pasted(answer.headers["Location"]))
        self.save(tokens.text())
        return tokens

    def load(self) -> str:
        return Secrets(self.folder, {}).find(self.url, EMAIL)

    def save(self, text: str) -> None:
        Secrets(self.folder, {}).replace(self.url, EMAIL, text)

    def session(self, kept: Any = None, endpoint: Any = None) -> Session:
        lock = RenewalLock(self.folder / "sign-in.lock", lambda _: None)
        place = kept or self
        tokens = read(self.load())
        return Session(tokens, place, endpoint or self.endpoint, alone=lock, clock=self.clock)

    def client(self, session: Session) -> Zendesk:
        credentials = Bearer(session.fresh, renewed=session.renewed, held=session.held)
        return Zendesk(self.url, credentials, clock=self.clock)

    def refreshes(self) -> list[Any]:
        """Statuses of the refreshes that reached the server."""
        entries = self.sandbox.app.ledger.entries
        return [e.status for e in entries if (e.body or {}).get("grant_type") == "refresh_token"]

    def fault(self, **rule: Any) -> None:
        self.sandbox.app.faults.replace([{"match": "POST /oauth/tokens", **rule}])

    def works(self, token: str) -> bool:
        return bool(self.sandbox.app.oauth.knows(token))


@contextmanager
def running(folder: Path) -> Iterator[Desk]:
    """A desk that answers until the end of the block."""
    made = Desk("", None, folder / "state")
    made.sandbox = shift.build(seed=1, tickets=60, clock=NOW, now=made.clock)
    served = server.start(made.sandbox)
    made.url = served.url
    try:
        yield made
    finally:
        served.stop()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with running(tmp_path) as made:
        yield made


def test_a_code_becomes_a_pair_that_knows_when_it_ends(desk: Desk) -> None:
    tokens = desk.sign_in()
    assert desk.works(tokens.access)
    assert tokens.expires_at == NOW + timedelta(seconds=HALF_HOUR)
    assert tokens.refresh_until == NOW + timedelta(days=30)
    assert (tokens.generation, tokens.since) == (1, NOW)


def test_a_client_that_nobody_registered_is_met_with_the_steps_for_an_admin(desk: Desk) -> None:
    asked = SignIn(desk.url, "somebody", BACK, "v" * 64, "s")
    with pytest.raises(SignInRefused) as raised:
        desk.endpoint.redeem(asked, "code-1234567")
    assert "Identifier: somebody" in raised.value.remedy


def test_a_code_that_came_too_late_says_so(desk: Desk) -> None:
    asked = SignIn(desk.url, desk.sandbox.oauth_client_id, BACK, "v" * 64, "s")
    with pytest.raises(SignInRefused, match="two minutes"):
        desk.endpoint.redeem(asked, "code-1234567")


def test_the_tokens_go_to_the_own_host_alone() -> None:
    asked: list[str] = []

    def fresh() -> str:
        asked.append("fresh")
        return "secret"

    made = Bearer(fresh)
    made.bind("acme.zendesk.com")
    request = next(made.auth_flow(httpx.Request("GET", "https://evil.example.com/")))
    assert "Authorization" not in request.headers
    assert asked == []
