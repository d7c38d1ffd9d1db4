"""From a status and a body to the error tree, in one place (outbox.md §3, table in step 10)."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from heroterm.domain.text import shown
from heroterm.errors import (
    Conflict,
    Misunderstood,
    NotAllowed,
    NotFound,
    RateLimited,
    Rejected,
    SignInPage,
    Unclear,
    ZendeskError,
)
from heroterm.zendesk.limits import retry_after

_LOG = logging.getLogger("heroterm.zendesk")
RENAMED = "Was the account renamed? Then `heroterm connect --url` with its new address."
"""What helps where an account's address leads elsewhere."""
_BROWSER = "Behind a sign-in page of a network? Open a browser once, then try again."
_SIGN_IN_FIRST = 511
"""What a network answers itself, in the place of whoever was asked (RFC 6585)."""
_DEFAULT_WAIT = 30.0
_NO_PATH = "InvalidEndpoint"
_NOT_APPLIED = (400, 405, 410, 413, 414, 415, 422)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `server_now` is its `Date`, or this machine's moment."""

    status: int
    headers: dict[str, str]
    body: bytes
    server_now: datetime

    def json(self) -> Any:
        """The body as JSON; Misunderstood for anything else; SignInPage for a page."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            # Not the body itself, which may be anybody's words: what it says it is, and how long.
            kind = self.headers.get("content-type", "").partition(";")[0][:40]
            _LOG.warning("no JSON in %d bytes of %a", len(self.body), kind)
            page = kind.strip().lower() == "text/html" or self.body[:200].lstrip()[:1] == b"<"
            raise (SignInPage if page else Misunderstood)(
                "The answer is not Zendesk's: no JSON came back.", _BROWSER
            ) from error


def failure(answer: Answer) -> ZendeskError | None:
    """The error that an answer stands for; None for success."""
    status = answer.status
    if 200 <= status < 300:
        return None
    words = _words(answer)
    if status == 429 or (status == 503 and answer.headers.get("retry-after")):
        wait = retry_after(answer.headers.get("retry-after"), answer.server_now)
        seconds = _DEFAULT_WAIT if wait is None else wait
        say = f"Zendesk asks to wait {seconds:.0f} s."
        return RateLimited(say, retry_after=seconds, told=wait is not None)
    if status == 401:
        return NotAllowed(
            "Zendesk refused the sign-in.", "Run `heroterm connect` again.", signed_out=True
        )
    if status == 403:
        return NotAllowed(f"Your role may not do this: {words or 'forbidden'}.")
    if status == 404:
        path = _code(answer) == _NO_PATH
        return NotFound("Zendesk does not show this: deleted, or no access.", path=path)
    if status == 409:
        return Conflict(words or "The ticket changed meanwhile.", transient="Database" in words)
    if status in _NOT_APPLIED:
        return Rejected(f"Zendesk refused: {words or status}.", reason=words, status=status)
    return Unclear(f"Zendesk answered {status}, which says nothing about what was done.")


def unread(answer: Answer) -> ZendeskError:
    """What an unclear answer to a read is: nothing was to be done by it, and nothing was."""
    if 300 <= answer.status < 400:
        return _moved(answer)
    if answer.status == _SIGN_IN_FIRST:
        return SignInPage("The network lets nothing through before a sign-in.", _BROWSER)
    return Unclear(f"Zendesk answered {answer.status}.", "What is here is kept as it is.")


def _moved(answer: Answer) -> Unclear:
    """What a redirect says to a person: it is never followed, since the secret would go along."""
    try:
        host = urlsplit(answer.headers.get("location", "")).hostname or ""
    except ValueError:
        host = ""
    where = f" to {shown(host, single_line=True, limit=100)}" if host else " elsewhere"
    return Unclear(
        f"Zendesk's address points{where} now, and heroterm does not follow by itself.",
        RENAMED,
    )


def _code(answer: Answer) -> str:
    """The short name of an error, where its envelope has one at the top."""
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    return str(told.get("error", "")) if isinstance(told, dict) else ""


def _words(answer: Answer) -> str:
    """What the four error envelopes say, in one line (api.md §9)."""
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        kind = answer.headers.get("content-type", "")
        text = answer.body[:300].decode("utf-8", "replace") if "text/plain" in kind else ""
        return shown(text, single_line=True)
    if not isinstance(told, dict):
        return ""
    return shown("; ".join(part for part in _parts(told) if part), single_line=True, limit=500)


def _parts(told: dict[str, Any]) -> list[str]:
    error = told.get("error")
    if isinstance(error, dict):
        return [str(error.get("message") or error.get("title") or "")]
    listed = told.get("errors")
    if isinstance(listed, list):
        return [
            str(e.get("detail") or e.get("title") or e.get("code") or "")
            for e in listed
            if isinstance(e, dict)
        ]
    details = told.get("details")
    if isinstance(details, dict):
        return [
            str(item.get("description", ""))
            for items in details.values()
            if isinstance(items, list)
            for item in items
            if isinstance(item, dict)
        ]
    return [str(told.get("description") or error or "")]
