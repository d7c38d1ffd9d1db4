"""OAuth on the practice desk: authorization code with PKCE, refresh with rotation (api.md §1).

The desk has one public client and says yes at once, as a browser does whose owner clicked
"Allow". Only loopback addresses are taken as redirect.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import MINUTE
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import Refusal
from heroterm.sandbox.world import World

CODE_LIVES = 120
ACCESS_LIVES = 30 * MINUTE
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


@dataclass(slots=True)
class OAuth:
    """Codes, access tokens (with the moment they end, epoch seconds) and refresh tokens."""

    world: World
    client_id: str
    codes: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    access: dict[str, int] = field(default_factory=dict)
    refresh: dict[str, str] = field(default_factory=dict)
    scopes: dict[str, frozenset[str]] = field(default_factory=dict)
    made: int = 0

    def knows(self, token: str) -> bool:
        """Whether this bearer token is good now."""
        return self.access.get(token, 0) > self.world.clock.seconds()

    def permits(self, token: str, method: str) -> bool:
        """Whether the token's scopes allow reading, or for other methods writing, at all."""
        wanted = "read" if method in ("GET", "HEAD") else "write"
        return any(each.rpartition(":")[2] == wanted for each in self.scopes.get(token, ()))

    def authorize(self, call: Call) -> Answer:
        """GET /oauth/authorizations/new: back to the loopback redirect with a code."""
        asked = call.query
        target = asked.get("redirect_uri", "")
        wrong = asked.get("client_id") != self.client_id or asked.get("response_type") != "code"
        if wrong or urlsplit(target).hostname not in LOOPBACK:
            raise _bad("invalid_request", "Unknown client or redirect_uri")
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            raise _bad("invalid_request", "PKCE with S256 is required")
        code = self._token("code")
        self.codes[code] = (call.now + CODE_LIVES, asked["code_challenge"], target)
        back = {"code": code} | ({"state": asked["state"]} if "state" in asked else {})
        return Answer(b"", 302, {"Location": f"{target}?{urlencode(back)}"}, "text/html")

    def tokens(self, call: Call) -> Answer:
        """POST /oauth/tokens: trades a code, or a refresh token that dies by it, for a pair."""
        asked = _form(call)
        if asked.get("client_id") != self.client_id:
            raise _bad("invalid_client", "Unknown client_id")
        if asked.get("grant_type") == "refresh_token":
            former = self.refresh.pop(str(asked.get("refresh_token")), None)
            if former is None:
                raise _bad("invalid_grant", "The refresh token is not valid")
            self.access.pop(former, None)
        elif asked.get("grant_type") == "authorization_code":
            self._redeem(call, asked)
        else:
            raise _bad("unsupported_grant_type", "Use authorization_code or refresh_token")
        return Answer(self._pair(call.now, str(asked.get("scope") or "read write")))

    def _redeem(self, call: Call, asked: Json) -> None:
        ends, challenge, target = self.codes.pop(str(asked.get("code")), (0, "", ""))
        digest = sha256(str(asked.get("code_verifier", "")).encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if call.now > ends or proof != challenge or asked.get("redirect_uri") != target:
            raise _bad("invalid_grant", "The code is not valid")

    def _pair(self, now: int, scope: str) -> Json:
        access, refresh = self._token("access"), self._token("refresh")
        self.access[access] = now + ACCESS_LIVES
        self.refresh[refresh] = access
        self.scopes[access] = frozenset(scope.split())
        return {
            "access_token": access,
            "refresh_token": refresh,
            "token_type": "bearer",
            "scope": scope,
            "expires_in": ACCESS_LIVES,
            "refresh_token_expires_in": 30 * 24 * 60 * MINUTE,
        }

    def _token(self, kind: str) -> str:
        self.made += 1
        return sha256(f"{kind} {self.world.seed} {self.made}".encode()).hexdigest()


def _form(call: Call) -> Json:
    if "urlencoded" in call.headers.get("content-type", ""):
        return {key: values[-1] for key, values in parse_qs(call.raw.decode()).items()}
    return call.json()


def _bad(error: str, description: str) -> Refusal:
    status = 401 if error == "invalid_client" else 400
    return Refusal(status, {"error": error, "error_description": description})
