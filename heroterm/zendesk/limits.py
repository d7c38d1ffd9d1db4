"""What is left of each budget, read from every rate header in both spellings (api.md §9)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 3600.0
"""Seconds; a longer Retry-After is taken as this (faults.md 12)."""
_NAMED = re.compile(r"zendesk-rate-?limit-(?P<name>[a-z0-9-]+)", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,12}")
_PART = re.compile(r"(total|remaining|resets)\s*=\s*([0-9]{1,12})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Budget:
    """One budget: how many requests it has, how many are left, seconds until it is full again."""

    total: int | None = None
    remaining: int | None = None
    resets: int | None = None


class Limits:
    """The newest word of each budget, by its name; the account's own is `account`."""

    def __init__(self) -> None:
        self.budgets: dict[str, Budget] = {}

    def read(self, headers: Mapping[str, str]) -> dict[str, Budget]:
        """Take over whatever an answer's headers say; the budgets that it spoke of."""
        told: dict[str, Budget] = {}
        low = {name.lower(): value for name, value in headers.items()}
        total = _number(low, "x-rate-limit", "ratelimit-limit", "rate-limit")
        left = _number(low, "x-rate-limit-remaining", "ratelimit-remaining", "rate-limit-remaining")
        if total is not None or left is not None:
            resets = _number(low, "ratelimit-reset", "rate-limit-reset")
            told["account"] = Budget(total, left, resets)
        for name, value in low.items():
            named = _NAMED.fullmatch(name)
            if named:
                found = {key: int(number) for key, number in _PART.findall(value)}
                told[named["name"]] = Budget(**found)
        self.budgets |= told
        return told


def _number(headers: Mapping[str, str], *names: str) -> int | None:
    for name in names:
        text = headers.get(name, "").strip()
        if _DIGITS.fullmatch(text):
            return int(text)
    return None


def retry_after(value: str | None, server_now: datetime) -> float | None:
    """Seconds to wait, from a number or an HTTP date; None for garbage; within 0 and an hour.

    A date counts from the server's own `Date`, not from this machine's clock (faults.md 10).
    """
    text = (value or "").strip()
    if not text:
        return None
    try:
        wait = float(text)
    except ValueError:
        try:
            wait = (parsedate_to_datetime(text) - server_now).total_seconds()
        except (ValueError, TypeError):
            return None
    if not math.isfinite(wait) or text[0] == "-":
        return None
    return min(max(wait, 0.0), LONGEST_WAIT)
