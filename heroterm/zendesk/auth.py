"""Credentials as httpx asks for them; they go to the account's own host and nowhere else."""

from __future__ import annotations

import base64
from collections.abc import Callable, Generator

import httpx

from heroterm.errors import NotAllowed, RateLimited
from heroterm.zendesk.oauth_words import TOKENS_END

_READS = ("GET", "HEAD")
_REFUSED = 401
_SOON = 1.0


class _OwnHost(httpx.Auth):
    """Adds an Authorization header, but only for one host (faults.md 35)."""

    def __init__(self) -> None:
        self._host: str | None = None

    def bind(self, host: str) -> None:
        """Name the only host that may see the secret."""
        self._host = host

    def _own(self, request: httpx.Request) -> bool:
        return self._host is not None and request.url.host == self._host


class Token(_OwnHost):
    """An API token of an account that still owns one (api.md §1: Basic, user `email/token`).

    A refused one raises NotAllowed that names the day on which all of them end (faults.md 126).
    """

    def __init__(self, email: str, token: str) -> None:
        super().__init__()
        secret = base64.b64encode(f"{email}/token:{token}".encode()).decode("ascii")
        self._header = f"Basic {secret}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign the request, if it goes where the secret belongs."""
        if not self._own(request):
            yield request
            return
        request.headers["Authorization"] = self._header
        response = yield request
        if response.status_code == _REFUSED:
            say = "Zendesk refused the sign-in with this API token."
            raise NotAllowed(say, TOKENS_END, signed_out=True)


class Bearer(_OwnHost):
    """An OAuth access token, or callables that know the present one.

    `fresh` gives a good token, renewing it where it must; `renewed` one other than the refused
    one; `held` the present one as it is. A read that is refused with 401 is asked once more with
    a renewed token. An update is sent with `held` and never repeated here: no refresh belongs
    inside an attempt (outbox.md). Its 401, which applied nothing, becomes RateLimited, and the
    read that leads the next attempt renews.
    """

    def __init__(
        self,
        fresh: str | Callable[[], str],
        *,
        renewed: Callable[[str], str] | None = None,
        held: Callable[[], str] | None = None,
    ) -> None:
        super().__init__()
        self._fresh = fresh
        self._renewed = renewed
        self._held = held

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign the request, if it goes where the secret belongs."""
        if not self._own(request):
            yield request
            return
        used = self._token(request)
        request.headers["Authorization"] = f"Bearer {used}"
        response = yield request
        if response.status_code != _REFUSED or self._renewed is None:
            return
        if request.method not in _READS:
            raise RateLimited(
                "The sign-in ran out just before this was sent; nothing was applied.",
                "It stays queued and goes out once the sign-in is renewed.",
                retry_after=_SOON,
            )
        request.headers["Authorization"] = f"Bearer {self._renewed(used)}"
        yield request

    def _token(self, request: httpx.Request) -> str:
        token = self._present(request)
        if not token.isascii() or not token.isprintable():
            # It would break the header, or out of it (faults 37).
            say = "The token that is kept holds characters that no token has."
            raise NotAllowed(say, "Sign in again: heroterm connect.", signed_out=True)
        return token

    def _present(self, request: httpx.Request) -> str:
        if isinstance(self._fresh, str):
            return self._fresh
        if self._held is not None and request.method not in _READS:
            return self._held()
        return self._fresh()
