from __future__ import annotations

import base64
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from werkzeug.test import TestResponse

from tests.sandbox.desk import Desk

VERIFIER = "a-verifier-that-is-long-enough-for-everybody-0123456789"
BACK = "http://127.0.0.1:49152/callback"


def authorize(desk: Desk, **changed: str) -> TestResponse:
    digest = sha256(VERIFIER.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": desk.sandbox.oauth_client_id,
        "redirect_uri": BACK,
        "scope": "read write",
        "state": "s1",
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    return desk.client.get(f"/oauth/authorizations/new?{urlencode(asked | changed)}")


def trade(desk: Desk, **asked: str) -> Any:
    body = {"client_id": desk.sandbox.oauth_client_id, **asked}
    return desk.client.post("/oauth/tokens", json=body)


def pair(desk: Desk, verifier: str = VERIFIER) -> Any:
    back = parse_qs(urlsplit(authorize(desk).headers["Location"]).query)
    assert back["state"] == ["s1"]
    return trade(
        desk,
        grant_type="authorization_code",
        code=back["code"][0],
        redirect_uri=BACK,
        code_verifier=verifier,
    )


def me(desk: Desk, token: str) -> Any:
    sign = {"Authorization": f"Bearer {token}"}
    return desk.client.get("/api/v2/users/me", headers=sign).get_json()["user"]["id"]


def test_a_code_becomes_a_token_that_signs_in(desk: Desk) -> None:
    tokens = pair(desk).get_json()

    assert tokens["token_type"] == "bearer"
    assert me(desk, tokens["access_token"]) == desk.world.hero_id
    desk.control("clock", {"advance_seconds": tokens["expires_in"]})
    assert me(desk, tokens["access_token"]) is None


def test_a_refresh_rotates_both_tokens(desk: Desk) -> None:
    old = pair(desk).get_json()
    new = trade(desk, grant_type="refresh_token", refresh_token=old["refresh_token"]).get_json()

    assert me(desk, old["access_token"]) is None
    assert me(desk, new["access_token"]) == desk.world.hero_id
    again = trade(desk, grant_type="refresh_token", refresh_token=old["refresh_token"])
    assert again.status_code == 400


def test_a_wrong_verifier_gets_nothing(desk: Desk) -> None:
    assert pair(desk, "another").status_code == 400


def test_a_redirect_beyond_loopback_is_refused(desk: Desk) -> None:
    assert authorize(desk, redirect_uri="https://evil.example.com/").status_code == 400
    assert authorize(desk, client_id="somebody").status_code == 400


def test_a_token_for_reading_may_not_write(desk: Desk) -> None:
    app, number = desk.sandbox.app, desk.world.named["gdpr"]
    app.oauth.access["reader"] = desk.world.clock.seconds() + 60
    app.oauth.scopes["reader"] = frozenset({"tickets:read"})
    headers = {"Authorization": "Bearer reader"}

    assert desk.client.get(f"/api/v2/tickets/{number}", headers=headers).status_code == 200
    wanted = {"ticket": {"status": "hold"}}
    answer = desk.client.put(f"/api/v2/tickets/{number}", headers=headers, json=wanted)
    assert answer.status_code == 403
