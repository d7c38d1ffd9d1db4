"""When the next request may go: the account's budget, an endpoint's own limit, a ticket's updates.

Nothing here waits. `Pace.check` raises RateLimited for a request that would go over a limit, so
that nothing is sent; `sync` decides how the time is spent. Moments are seconds of the clock that
was handed in; one that jumps back begins each window anew.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from heroterm.errors import RateLimited
from heroterm.zendesk.limits import Budget

MINUTE, TEN_MINUTES = 60.0, 600.0
UPDATES_A_TICKET = 30
"""Updates of one ticket by one person in ten minutes (api.md §9)."""
_RESERVE = 10
"""One of so many requests is kept free for writes."""
_CLOSED = "maintenance"
_FIRST_GUESS, _LONGEST_GUESS = 10.0, 300.0
"""Seconds to wait after a 429 that says nothing of it: the first time, and at most (faults 11)."""
_OBJECTS = ("per-ticket-updates", "view-count", "view-execute")
"""Limits that count each object apart."""
_APART = re.compile(
    r"GET (incremental/\*|deleted_tickets|search/export|views/#/(count|execute)|views/count_many)"
    r"|PUT tickets/#"
)
"""Endpoints with a limit of their own: their 429 says nothing about the others (api.md §9)."""


class Window:
    """Moments of the requests of the last `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._moments: deque[float] = deque()

    def add(self, now: float) -> None:
        """A request went out."""
        self._moments.append(now)

    def left(self, now: float, allowed: int) -> float:
        """Seconds until one more keeps to `allowed` in the window; 0 when it does already."""
        if self._moments and now < self._moments[-1]:
            self._moments.clear()
        while self._moments and self._moments[0] <= now - self._seconds:
            self._moments.popleft()
        if len(self._moments) < allowed:
            return 0.0
        return self._moments[len(self._moments) - allowed] + self._seconds - now


@dataclass(frozen=True, slots=True)
class Shut:
    """A limit that is closed for so many seconds from a moment on."""

    noted: float
    seconds: float
    why: str

    def left(self, now: float) -> float:
        """Seconds until it is open; 0 when the clock went back meanwhile, too."""
        return max(0.0, self.noted + self.seconds - now) if now >= self.noted else 0.0


class Pace:
    """Keeps to `share` of what the account may ask, and to every limit that was told.

    `share` is from 0 to 1: the rest is for the account's other integrations.
    """

    def __init__(self, clock: Callable[[], datetime], share: float) -> None:
        self._clock = clock
        self.share = share
        self._total: int | None = None
        self._asked = Window(MINUTE)
        self._updates: dict[str, Window] = {}
        self._shut: dict[str, Shut] = {}
        self._untold = 0
        self._tight: tuple[float, float] = (0.0, 0.0)

    def _now(self) -> float:
        return self._clock().timestamp()

    def check(self, method: str, path: str, *, urgent: bool) -> None:
        """Let a request pass, and count it. Raises RateLimited before anything is sent.

        `urgent` is a write, or a read that a write waits for: it may use what is kept for them.
        """
        now = self._now()
        for key in ("", *_keys(method, path)):
            shut = self._shut.get(key)
            if shut is not None and shut.left(now) > 0:
                raise RateLimited(shut.why, retry_after=shut.left(now))
        self._check_share(now, urgent=urgent)
        if method == "PUT":
            self._check_ticket(path, now)
        self._asked.add(now)

    def _check_share(self, now: float, *, urgent: bool) -> None:
        if self._total is None:
            return
        allowed = self._allowed()
        left = self._asked.left(now, allowed if urgent else max(1, allowed - allowed // _RESERVE))
        if left > 0:
            why = f"heroterm keeps to {allowed} of the account's {self._total} requests a minute."
            raise RateLimited(why, retry_after=left)
        noted, until = self._tight
        if not urgent and noted <= now < until:
            why = "The account's requests of this minute are nearly used up; writes go first."
            raise RateLimited(why, retry_after=until - now)

    def idle(self) -> bool:
        """Whether less than half of our share was asked for in the last minute, and the account's
        own budget is not nearly used up: then what nobody waits for may be asked.
        """
        now = self._now()
        noted, until = self._tight
        if self.pause() > 0 or noted <= now < until:
            return False
        return self._total is None or self._asked.left(now, max(1, self._allowed(2))) == 0.0

    def _allowed(self, part: int = 1) -> int:
        """Requests a minute that are ours, or a part of them."""
        return max(2, int((self._total or 0) * self.share)) // part

    def _check_ticket(self, path: str, now: float) -> None:
        window = self._updates.setdefault(path, Window(TEN_MINUTES))
        left = window.left(now, UPDATES_A_TICKET)
        if left > 0:
            why = f"This ticket has had its {UPDATES_A_TICKET} updates in ten minutes."
            raise RateLimited(why, retry_after=left)
        window.add(now)

    def heard(self, method: str, path: str, told: Mapping[str, Budget]) -> None:
        """Take over what an answer's headers say of the limits that it counted against."""
        now = self._now()
        account = told.get("account")
        if account is not None and account.total:
            self._total = account.total
        for name, budget in told.items():
            seconds = budget.resets if budget.resets is not None else MINUTE
            if name == "account":
                few = budget.total is not None and (budget.remaining or 0) < budget.total // 20
                known = budget.remaining is not None
                self._tight = (now, now + seconds) if few and known else (0.0, 0.0)
            if budget.remaining == 0:
                key = _key(name, method, path)
                self._shut[key] = Shut(now, seconds, _used_up(name, budget))

    def passed(self) -> None:
        """An answer that was no refusal."""
        self._untold = 0

    def closed(self, seconds: float) -> RateLimited:
        """A 503 that names a wait: nobody asks anything (api.md §9)."""
        why = "Zendesk is being mended and asked to wait."
        self._shut[""] = Shut(self._now(), seconds, why)
        return RateLimited(why, retry_after=seconds, short=_CLOSED)

    def refused(
        self, method: str, path: str, seconds: float | None, told: Mapping[str, Budget]
    ) -> RateLimited:
        """A 429: whatever shares the limit waits. Without a wait that was told, longer each time.

        Gives the error that says so.
        """
        if seconds is None:
            self._untold += 1
            seconds = min(_LONGEST_GUESS, _FIRST_GUESS * 2.0 ** min(self._untold - 1, 30))
        now = self._now()
        own = [n for n, b in told.items() if n != "account" and b.remaining == 0]
        general = _general(method, path)
        keys = [_key(name, method, path) for name in own]
        if not keys:
            keys = [general if _APART.fullmatch(general) else ""]
        why = ""
        for key in keys:
            what = f" with {key.partition(' ')[2].rstrip('/*#')}" if key else ": too many requests"
            why = f"Zendesk asked to wait{what}."
            self._shut[key] = Shut(now, seconds, why)
        return RateLimited(why, retry_after=seconds)

    def pause(self) -> float:
        """Seconds for which nothing at all may be asked; 0 in ordinary times."""
        shut = self._shut.get("")
        return shut.left(self._now()) if shut is not None else 0.0


def _general(method: str, path: str) -> str:
    """An endpoint without the ids of its objects; all exports are one, since they share a limit."""
    bare = path.partition("?")[0]
    if bare.startswith("incremental/"):
        return f"{method} incremental/*"
    return f"{method} " + "/".join("#" if part.isdigit() else part for part in bare.split("/"))


def _keys(method: str, path: str) -> tuple[str, str]:
    return _general(method, path), f"{method} {path}"


def _key(name: str, method: str, path: str) -> str:
    if name == "account":
        return ""
    return f"{method} {path}" if name in _OBJECTS else _general(method, path)


def _used_up(name: str, budget: Budget) -> str:
    of = f" of {budget.total}" if budget.total is not None else ""
    whose = "The account's requests" if name == "account" else f"Zendesk's limit {name}"
    return f"{whose}{of} {'are' if name == 'account' else 'is'} used up."
