"""What a refused sign-in means, and the exact steps for the admin of the account (api.md §1)."""

from __future__ import annotations

from heroterm.domain.text import shown
from heroterm.errors import NotAllowed

AGAIN = "Run `heroterm connect --oauth` again. Drafts and what waits in the outbox are kept."
TOKENS_END = (
    "API tokens end on 30 Apr 2027, and none can be made since 27 Oct 2026: "
    "`heroterm connect --oauth` signs in without one."
)
"""api.md §0, fact 4."""
TOKEN_WORKS = (
    "This token works until 30 Apr 2027, when Zendesk ends all API tokens; none can be made since "
    "27 Oct 2026. Any day before, `heroterm connect --oauth` signs in by a browser instead."
)
"""The same, said of a token that has just signed in."""
_UNKNOWN_CLIENT = ("invalid_client", "unauthorized_client")


class SignInRefused(NotAllowed):
    """OAuth's own refusal. `code` is its word, such as `invalid_grant`; nothing was granted."""

    def __init__(self, say: str, remedy: str, *, code: str, signed_out: bool = False) -> None:
        super().__init__(say, remedy, signed_out=signed_out)
        self.code = code


def steps(client_id: str, redirect_uri: str) -> str:
    """What an admin does once for the whole account, line by line."""
    return (
        "An admin registers heroterm once for all heroes:\n"
        "  1. Admin Center > Apps and integrations > APIs > OAuth clients > Add OAuth client\n"
        f"  2. Name: heroterm. Identifier: {client_id}. Client kind: Public\n"
        f"  3. Redirect URLs: {redirect_uri}\n"
        "  4. Scopes, where the form asks for them: read, write\n"
        "  5. Save; the secret that is shown is not needed\n"
        "Then run `heroterm connect --oauth` again; --client-id and --port say it if the admin "
        "chose another identifier or port."
    )


def refusal(code: str, told: str, client_id: str, redirect_uri: str) -> SignInRefused:
    """The error for one of OAuth's words; `told` is the server's own sentence, if any."""
    word, said = shown(code, single_line=True, limit=60), shown(told, single_line=True, limit=300)
    heard = f" Zendesk said: {word}" + (f", {said}." if said else ".")
    to_do = steps(client_id, redirect_uri) if redirect_uri else AGAIN
    if code in _UNKNOWN_CLIENT:
        return SignInRefused(
            f'Zendesk does not know the OAuth client "{client_id}".{heard}', to_do, code=code
        )
    if code == "invalid_scope":
        say = f'The OAuth client "{client_id}" may not have the scopes read and write.{heard}'
        return SignInRefused(say, f"An admin adds both to the client's scopes. {to_do}", code=code)
    if code == "access_denied":
        return SignInRefused(
            f"The sign-in was declined in the browser; nothing was changed.{heard}",
            "Run `heroterm connect --oauth` again and choose Allow.",
            code=code,
        )
    if code == "invalid_grant":
        return _too_late(heard, redirect_uri)
    if "redirect" in f"{code} {told}".lower():
        say = f"Zendesk refused the redirect {redirect_uri}.{heard}"
        return SignInRefused(say, to_do, code=code)
    return SignInRefused(f"Zendesk refused the sign-in.{heard}", to_do, code=code)


def _too_late(heard: str, redirect_uri: str) -> SignInRefused:
    if redirect_uri:
        say = f"The code was refused: it lives for two minutes and works once.{heard}"
        return SignInRefused(say, "Run `heroterm connect --oauth` again.", code="invalid_grant")
    say = f"The sign-in has ended: it was not renewed in time, revoked, or lost on its way.{heard}"
    return SignInRefused(say, AGAIN, code="invalid_grant", signed_out=True)
