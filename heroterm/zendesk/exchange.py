"""One request on the wire, watched until its answer begins, and its answer, read within bounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx

from heroterm.zendesk import body
from heroterm.zendesk.connection import NOT_SENT, not_reached
from heroterm.zendesk.hurry import Hurry
from heroterm.zendesk.noted import Noted

API = "/api/v2/"
"""Below it stands all that is asked, but for the sign-in."""


def exchange(
    http: httpx.Client,
    hurry: Hurry,
    method: str,
    url: str,
    *,
    clock: Callable[[], datetime],
    seconds: float,
    cap: int = body.CAP,
    **sent: Any,
) -> tuple[httpx.Response, bytes]:
    """The answer and its body of at most `cap` bytes, which has so many seconds; `sent` as httpx
    takes it.

    Raises Offline where nothing was sent, httpx's own errors where it broke after that, Unclear
    past the deadline, Misunderstood past the cap.
    """
    deadline = body.deadline_from(clock(), seconds)
    try:
        with (
            Noted(method, url.removeprefix(API).lstrip("/"), clock) as noted,
            hurry.watching() as in_time,
            http.stream(method, url, extensions={"trace": hurry.trace}, **sent) as response,
        ):
            in_time()
            noted.outcome = str(response.status_code)
            encoding = response.headers.get("content-encoding", "")
            read = body.read(response.iter_raw(), encoding, clock=clock, deadline=deadline, cap=cap)
    except NOT_SENT as error:
        raise not_reached(error) from error
    return response, read
