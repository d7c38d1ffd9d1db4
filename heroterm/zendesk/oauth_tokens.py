"""The tokens of one OAuth sign-in as one value, and the text in which it is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from heroterm.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Tokens:
    """An access and a refresh token. Moments are aware UTC by this machine's clock."""

    client_id: str
    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    """Empty: the access token cannot be renewed."""
    expires_at: datetime | None = None
    """When the access token ends; None: never, as with clients of before May 2026 (api.md §1)."""
    refresh_until: datetime | None = None
    """When the refresh token ends, and so the sign-in of a machine that stays off."""
    generation: int = 1
    """How many pairs this sign-in has had."""
    since: datetime | None = None
    """When a person signed in."""
    former_refresh: str = field(default="", repr=False)
    """The refresh token that this pair replaced: it stays beside the new one, should that never
    have become good at the server."""

    def left(self, now: datetime) -> float:
        """Seconds until the access token ends; infinity when it does not."""
        return float("inf") if self.expires_at is None else (self.expires_at - now).total_seconds()

    def text(self) -> str:
        """One line for the keyring; `read` understands it."""
        kept: dict[str, Any] = {
            name: _epoch(value) if isinstance(value, datetime) else value
            for name in _FIELDS
            if (value := getattr(self, name)) not in (None, "")
        }
        return json.dumps({"oauth": 1, **kept}, separators=(",", ":"))

    def follows(self, former: Tokens) -> Tokens:
        """The pair as the next one in an older pair's sign-in."""
        return replace(
            self,
            refresh=self.refresh or former.refresh,
            refresh_until=self.refresh_until or former.refresh_until,
            generation=former.generation + 1,
            since=former.since,
            former_refresh=former.refresh,
        )


_MOMENTS = ("expires_at", "refresh_until", "since")
_FIELDS = ("client_id", "access", "refresh", "generation", "former_refresh", *_MOMENTS)


def kept_as_pair(text: str) -> bool:
    """Whether a kept secret is an OAuth pair and not a bare token."""
    return text.lstrip().startswith("{")


def read(text: str) -> Tokens:
    """The tokens of a kept text. Raises ConfigError for one that is damaged."""
    try:
        told = json.loads(text)
        found = {name: told[name] for name in _FIELDS if name in told}
        for name in _MOMENTS:
            if name in found:
                found[name] = datetime.fromtimestamp(int(found[name]), UTC)
        tokens = Tokens(**found)
        if not all(isinstance(part, str) for part in (tokens.access, tokens.refresh)):
            raise ValueError("a token is no text")
    except (ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError) as error:
        raise ConfigError(
            "The kept sign-in cannot be read.", "Run `heroterm connect --oauth` again."
        ) from error
    return tokens


def ends(now: datetime, seconds: int | None) -> datetime | None:
    """The moment so many seconds away; None where the server names none or an absurd one."""
    if seconds is None or not 0 < seconds < 10**9:
        return None
    return now + timedelta(seconds=seconds)


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())
