"""Rate limits: the account's requests a minute and the limits of single endpoints (api.md §9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from heroterm.sandbox.clock import MINUTE, Clock
from heroterm.sandbox.refusal import over_budget, over_limit

PER_TICKET = 30
PER_TICKET_WINDOW = 10 * MINUTE


@dataclass(slots=True)
class Budget:
    """Counts requests in fixed windows of the desk's clock.

    `per_minute` is the account's plan limit (400: Professional); `updates_per_minute` that of all
    ticket updates together. Both may be changed while the desk runs.
    """

    clock: Clock
    per_minute: int = 400
    updates_per_minute: int = 100
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

    def endpoint(self, name: str, total: int, window: int, subject: str = "") -> dict[str, str]:
        """Count one request against a named limit; both spellings of its header.

        `window` is in seconds; `subject` tells apart what is counted separately (a ticket, a
        view). Raises Refusal (429).
        """
        left, resets = self._spend(f"{name} {subject}", total, window)
        if left < 0:
            raise over_limit(resets, f"Number of allowed {name} requests exceeded")
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
