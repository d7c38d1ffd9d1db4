"""Rate limits: the account's requests a minute and the limits of single endpoints (api.md §9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache

from heroterm.sandbox.clock import MINUTE, Clock
from heroterm.sandbox.materials import table
from heroterm.sandbox.records import Json
from heroterm.sandbox.refusal import over_budget, over_limit

PER_TICKET = 30
PER_TICKET_WINDOW = 10 * MINUTE


@dataclass(slots=True)
class Budget:
    """Counts requests in fixed windows of the desk's clock.

    `per_minute` is the account's plan limit (400: Professional); `updates_per_minute` that of all
    ticket updates together. Both may be changed while the desk runs, and so may the totals of
    limits.toml: `totals` holds those that were, by their names.
    """

    clock: Clock
    per_minute: int = 400
    updates_per_minute: int = 100
    totals: dict[str, int] = field(default_factory=dict)
    _used: dict[str, tuple[int, int]] = field(default_factory=dict)

    def account(self) -> dict[str, str]:
        """Count one request against the account; its headers. Raises Refusal (429)."""
        left, resets = self._spend("account", self.per_minute, MINUTE)
        if left < 0:
            raise over_budget(resets)
        return {
            "x-rate-limit": str(self.per_minute),
            "x-rate-limit-remaining": str(left),
            "ratelimit-limit": str(self.per_minute),
            "ratelimit-remaining": str(left),
            "ratelimit-reset": str(resets),
            "rate-limit": str(self.per_minute),
            "rate-limit-remaining": str(left),
            "rate-limit-reset": str(resets),
        }

    def named(self, method: str, template: str, subject: str) -> dict[str, str]:
        """Count one request against the limit of its route in limits.toml, if there is one.

        `template` is the route's path, `subject` its first id. Raises Refusal (429).
        """
        row = _limit(method, template)
        if row is None:
            return {}
        name, apart = row["name"], subject if row.get("each") == "id" else ""
        total = int(self.totals[name] if name in self.totals else row["total"])
        return self.endpoint(name, total, row["seconds"], apart, row.get("said"))

    def endpoint(
        self, name: str, total: int, window: int, subject: str = "", said: str | None = None
    ) -> dict[str, str]:
        """Count one request against a named limit; both spellings of its header.

        `window` is in seconds; `subject` tells apart what is counted separately (a ticket, a
        view); `said` is the sentence of the refusal. Raises Refusal (429).
        """
        left, resets = self._spend(f"{name} {subject}", total, window)
        if left < 0:
            raise over_limit(resets, said or f"Number of allowed {name} requests exceeded")
        text = f"total={total}; remaining={left}; resets={resets}"
        return {f"Zendesk-RateLimit-{name}": text, f"zendesk-rate-limit-{name}": text}

    def ticket_update(self, user_id: int, ticket_id: int) -> dict[str, str]:
        """Count an update of one ticket: 30 in ten minutes per user, and those of all tickets."""
        headers = self.endpoint("tickets-update", self.updates_per_minute, MINUTE)
        own = f"{user_id}/{ticket_id}"
        return headers | self.endpoint("per-ticket-updates", PER_TICKET, PER_TICKET_WINDOW, own)

    def _spend(self, name: str, total: int, window: int) -> tuple[int, int]:
        now = self.clock.seconds()
        opened, used = self._used.get(name, (now, 0))
        if now - opened >= window or now < opened:
            opened, used = now, 0
        self._used[name] = (opened, used + 1)
        return total - used - 1, max(opened + window - now, 1)


@cache
def _limit(method: str, template: str) -> Json | None:
    for row in table("limits")["limit"]:
        if row["method"] == method and fnmatchcase(template, row["path"]):
            found: Json = row
            return found
    return None
