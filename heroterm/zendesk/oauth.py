"""One sign-in by OAuth: authorization code with PKCE S256, state checked (api.md §1).

Pure: chance, browser and network are handed in or live elsewhere. `oauth_endpoint` trades the
code for tokens, `oauth_session` keeps them fresh, `oauth_words` says what an admin must do.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from heroterm.errors import NotAllowed, UsageError
from heroterm.zendesk.oauth_words import refusal

SCOPES = "read write"
"""Global scopes: a lost update is looked for in the ticket's audits, which need global `read`
(api.md §1); replies and notes need `write`."""
CLIENT_ID = "heroterm"
"""The identifier under which an admin registers the client, unless told otherwise."""
PORT = 47_801
"""Loopback port of the registered redirect; fixed, since Zendesk may compare it (api.md §1)."""
PATH = "/callback"
CLOSE_TAB = "Close its tab and run `heroterm connect --oauth` again."
"""What helps where the browser's answer belongs to another sign-in."""
_CODE = re.compile(r"[\x21-\x7e]{8,2048}")


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in under way. `verifier`: 43 to 128 unreserved characters; `state`: hard to guess."""

    base_url: str
    client_id: str
    redirect_uri: str
    verifier: str = field(repr=False)
    state: str = field(repr=False)

    def address(self) -> str:
        """Where the person says yes, in a browser."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": SCOPES,
            "state": self.state,
            "code_challenge": challenge(self.verifier),
            "code_challenge_method": "S256",
        }
        return f"{self.base_url}/oauth/authorizations/new?{urlencode(asked)}"

    def is_ours(self, answer: Mapping[str, str]) -> bool:
        """Whether an answer belongs to this sign-in and to no other one."""
        return hmac.compare_digest(answer.get("state", "").encode(), self.state.encode())

    def code_of(self, answer: Mapping[str, str]) -> str:
        """The code in the query of the redirect.

        Raises NotAllowed for another sign-in's state, for a refusal and for an answer without
        a code.
        """
        if not self.is_ours(answer):
            raise NotAllowed(
                "The answer in the browser belongs to another sign-in; it was not taken.",
                CLOSE_TAB,
            )
        if "error" in answer:
            told = answer.get("error_description", "")
            raise refusal(answer["error"], told, self.client_id, self.redirect_uri)
        return _checked(answer.get("code", ""))

    def pasted(self, text: str) -> str:
        """The code from what was pasted: the whole redirected address, its query, or the code.

        Raises UsageError for neither; NotAllowed as `code_of` does.
        """
        text = text.strip().strip("<>\"'")
        if "://" in text or "code=" in text or "error=" in text:
            query = text.partition("#")[0].rpartition("?")[2]
            return self.code_of(dict(parse_qsl(query, keep_blank_values=True)))
        return _checked(text)


def challenge(verifier: str) -> str:
    """PKCE's S256: what the server is shown before it sees the verifier itself."""
    digest = sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def _checked(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise UsageError(
            "That holds no code; nothing was changed.",
            "Paste the whole address from the browser's address bar, or what follows `code=`.",
        )
    return code
