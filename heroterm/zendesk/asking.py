"""One request and its answer: paced, with a deadline, its errors translated once."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from heroterm.errors import NotAllowed, NotFound, Offline, RateLimited, Unclear
from heroterm.zendesk import body
from heroterm.zendesk.address import base_url
from heroterm.zendesk.answers import Answer, failure, unread
from heroterm.zendesk.auth import Bearer, Token
from heroterm.zendesk.connection import opened
from heroterm.zendesk.exchange import API, exchange
from heroterm.zendesk.hurry import Hurry
from heroterm.zendesk.limits import Budget, Limits
from heroterm.zendesk.pacing import Pace
from heroterm.zendesk.pages import OrganizationFields

_MENDING = 503
_SAME_CLOCK = 2.0
"""Seconds; `Date` is cut to whole seconds, so a smaller difference is none."""


class Asking:
    """One account, asked as one person. `clock` gives aware UTC; times-out are in seconds.

    `share` is how much of the account's requests a minute may be used, from 0 to 1.
    """

    def __init__(
        self,
        url: str,
        credentials: Token | Bearer,
        *,
        clock: Callable[[], datetime],
        transport: httpx.BaseTransport | None = None,
        fields: OrganizationFields | None = None,
        read_timeout: float = 10.0,
        deadline: float = 30.0,
        share: float = 1.0,
    ) -> None:
        self.base_url = base_url(url)
        host = urlsplit(self.base_url).hostname or ""
        credentials.bind(host)
        self._clock, self._deadline = clock, deadline
        self._fields = fields or OrganizationFields()
        self._hurry = Hurry(deadline)
        self._http = opened(self.base_url, host, credentials, transport, read_timeout)
        self.limits = Limits()
        self.pace = Pace(clock, share)
        self.requests = 0
        self.clock_offset: float | None = None
        self.warnings: list[str] = []

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def pause(self) -> float:
        """Seconds for which nothing at all may be asked; 0 in ordinary times."""
        return self.pace.pause()

    def idle(self) -> bool:
        """Whether most of our share of the last minute is unused and nothing is nearly used up."""
        return self.pace.idle()

    def probe(self, path: str, asked: Mapping[str, str] | None = None) -> bool:
        """Whether this role (403) and this plan (404, api.md §9) may read a path."""
        try:
            self._get(path, asked)
        except NotAllowed as error:
            if error.signed_out:
                raise
            return False
        except NotFound:
            return False
        return True

    def _get(
        self, path: str, asked: Mapping[str, str] | None = None, *, urgent: bool = False
    ) -> Any:
        return self._answer("GET", path, asked=asked, urgent=urgent).json()

    def _answer(
        self,
        method: str,
        path: str,
        *,
        asked: Mapping[str, str] | None = None,
        sent: Any = None,
        urgent: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        self.pace.check(method, path, urgent=urgent or method != "GET")
        answer = self._sent(method, path, asked, sent, headers or {})
        told = self.limits.read(answer.headers)
        self.pace.heard(method, path, told)
        error = failure(answer)
        if isinstance(error, RateLimited):
            raise self._limited(method, path, error, answer, told)
        self.pace.passed()
        if isinstance(error, Unclear) and method == "GET":
            raise unread(answer)
        if error is not None:
            raise error
        warned = answer.headers.get("x-zendesk-api-warn")
        if warned:
            self.warnings.append(warned[:300])
            logging.getLogger("heroterm.zendesk").warning("keys not taken: %a", warned[:300])
        return answer

    def _limited(
        self,
        method: str,
        path: str,
        error: RateLimited,
        answer: Answer,
        told: Mapping[str, Budget],
    ) -> RateLimited:
        """The wait that an answer asks for, kept and in words."""
        said = answer.headers.get("retry-after")
        if said and not error.told:
            logging.getLogger("heroterm.zendesk").warning("no wait: Retry-After %a", said[:40])
        if answer.status == _MENDING:
            return self.pace.closed(error.retry_after)
        wait = error.retry_after if error.told else None
        return self.pace.refused(method, path, wait, told)

    def _sent(
        self,
        method: str,
        path: str,
        asked: Mapping[str, str] | None,
        sent: Any,
        own_headers: Mapping[str, str],
    ) -> Answer:
        raw_bytes = sent is None or isinstance(sent, bytes)
        content = sent if raw_bytes else json.dumps(sent).encode("ascii")
        headers = {} if raw_bytes else {"Content-Type": "application/json"}
        headers |= own_headers
        self.requests += 1
        try:
            response, raw = exchange(
                self._http,
                self._hurry,
                method,
                f"{API}{path}",
                clock=self._clock,
                seconds=self._deadline,
                params=asked,
                content=content,
                headers=headers,
            )
        except (httpx.TransportError, httpx.StreamError) as error:
            if self._hurry.ended:
                raise Unclear(body.TOO_SLOW) from error
            if method == "GET":
                raise Offline("The connection to Zendesk broke.", "What waits is kept.") from error
            raise Unclear("The connection broke before Zendesk had answered.") from error
        return Answer(response.status_code, dict(response.headers), raw, self._server_now(response))

    def _server_now(self, response: httpx.Response) -> datetime:
        """The server's moment; also notes how far this machine's clock is off."""
        here = self._clock()
        try:
            there = parsedate_to_datetime(response.headers.get("date", ""))
        except (ValueError, TypeError):
            return here
        there = there if there.tzinfo is not None else there.replace(tzinfo=UTC)
        off = (there - here).total_seconds()
        self.clock_offset = off if abs(off) >= _SAME_CLOCK else 0.0
        return there
