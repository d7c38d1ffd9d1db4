"""Credentials as httpx asks for them; they go to the account's own host and nowhere else."""

from __future__ import annotations

import base64
from collections.abc import Generator

import httpx


class _OwnHost(httpx.Auth):
    """Adds an Authorization header, but only for one host (faults.md 35)."""

    def __init__(self, header: str) -> None:
        self._header = header
        self._host: str | None = None

    def bind(self, host: str) -> None:
        """Name the only host that may see the secret."""
        self._host = host

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign the request, if it goes where the secret belongs."""
        if self._host is not None and request.url.host == self._host:
            request.headers["Authorization"] = self._header
        yield request


class Token(_OwnHost):
    """An API token of an account that still owns one (api.md §1: Basic, user `email/token`)."""

    def __init__(self, email: str, token: str) -> None:
        secret = base64.b64encode(f"{email}/token:{token}".encode()).decode("ascii")
        super().__init__(f"Basic {secret}")


class Bearer(_OwnHost):
    """An OAuth access token."""

    def __init__(self, access_token: str) -> None:
        super().__init__(f"Bearer {access_token}")
