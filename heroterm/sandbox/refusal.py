"""The ways in which the desk says no: Zendesk's four error envelopes and plain text (api.md §9)."""

from __future__ import annotations

from typing import Any

NOT_ALLOWED = "You do not have access to this page. Please contact the account owner for help."
CLOSED = "Status: closed prevents ticket update"
STALE = (
    "Safe Update prevented the update due to outdated ticket data. "
    "Please fetch the latest ticket data and try again."
)


class Refusal(Exception):
    """An answer that is an error: HTTP status, body (JSON value or plain text), extra headers."""

    def __init__(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(f"{status}")
        self.status = status
        self.body = body
        self.headers = headers or {}


def unauthenticated() -> Refusal:
    """401 for missing or wrong credentials, everywhere but on users/me."""
    return Refusal(401, {"error": "Couldn't authenticate you"})


def not_found() -> Refusal:
    """404 for an id that is not there or not visible."""
    return Refusal(404, {"error": "RecordNotFound", "description": "Not found"})


def no_endpoint() -> Refusal:
    """404 for a path that no route matches."""
    return Refusal(404, {"error": "InvalidEndpoint", "description": "Not found"})


def forbidden() -> Refusal:
    """403 for a role that may not do this."""
    return Refusal(403, {"error": {"title": "Forbidden", "message": NOT_ALLOWED}})


def conflict() -> Refusal:
    """409 for a safe update with a stale stamp (api.md §2)."""
    return Refusal(409, {"error": "UpdateConflict", "description": STALE})


def invalid(field: str, description: str, error: str = "InvalidValue") -> Refusal:
    """422 with one fault in one field; `field` may be "base"."""
    details = {field: [{"description": description, "error": error}]}
    return Refusal(
        422,
        {"error": "RecordInvalid", "description": "Record validation errors", "details": details},
    )


def not_permitted() -> Refusal:
    """403 in the plain spelling, for what a person's role may not change."""
    text = "You are not allowed to do this. Please ask an administrator."
    return Refusal(403, {"error": "Forbidden", "description": text})


def closed() -> Refusal:
    """422 for any change of a closed ticket."""
    details = {"status": [{"description": CLOSED}]}
    return Refusal(
        422,
        {"error": "RecordInvalid", "description": "Record validation errors", "details": details},
    )


def listed(status: int, code: str, title: str, detail: str | None = None) -> Refusal:
    """The envelope with a list of errors, as paging faults use it."""
    entry = {"code": code, "title": title}
    if detail:
        entry["detail"] = detail
    return Refusal(status, {"errors": [entry]})


def too_many(limit: int) -> Refusal:
    """400 for more ids than a show_many takes."""
    return Refusal(
        400,
        {
            "error": "TooManyValues",
            "description": f"Up to {limit} values may be passed at once",
            "max_count": limit,
        },
    )


def over_budget(seconds: int) -> Refusal:
    """429 of the account's budget: plain text and Retry-After in seconds."""
    text = "Number of allowed API requests per minute exceeded"
    return Refusal(429, text, {"Retry-After": str(seconds)})


def over_limit(seconds: int, text: str) -> Refusal:
    """429 of a single endpoint's limit: the JSON spelling."""
    body = {"error": "APIRateLimitExceeded", "description": text}
    return Refusal(429, body, {"Retry-After": str(seconds)})
