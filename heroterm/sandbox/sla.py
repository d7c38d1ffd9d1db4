"""The desk's SLA clocks, worked out from a thread; the shape is that of samples/slas.json.

Targets by priority in calendar hours (context.md §1a): first reply 12 for high and urgent, 24 for
normal, none for low; every later reply twice that. Pending and hold pause a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from heroterm.sandbox.clock import DAY, HOUR, MINUTE, iso
from heroterm.sandbox.records import Comment, Json, Thread

FIRST_REPLY_HOURS = {"urgent": 12, "high": 12, "normal": 24}
PAUSING = frozenset({"pending", "hold"})
ENDING = frozenset({"solved", "closed"})


@dataclass(slots=True)
class Run:
    """One run of a clock; all in seconds, `paused_at` while it stands still."""

    metric: str
    breach_at: int
    paused_at: int | None = None

    def pause(self, at: int) -> None:
        """Stop the clock unless it stands already."""
        self.paused_at = at if self.paused_at is None else self.paused_at

    def resume(self, at: int) -> None:
        """Let the clock go on: the breach moves by as long as it stood."""
        if self.paused_at is not None:
            self.breach_at += at - self.paused_at
            self.paused_at = None


def target_seconds(priority: str | None, *, first: bool) -> int | None:
    """Seconds that a reply may take at this priority; None when there is no promise."""
    hours = FIRST_REPLY_HOURS.get(priority or "")
    if hours is None:
        return None
    return hours * HOUR * (1 if first else 2)


def policy_metrics(
    thread: Thread, priority: str | None, is_agent: Callable[[int], bool], now: int
) -> list[Json]:
    """`slas.policy_metrics` of a ticket at `now` (epoch seconds); empty without a policy."""
    if target_seconds(priority, first=True) is None:
        return []
    running, achieved = _play(thread, priority, is_agent)
    metrics = [_achieved(run, now) for run in _worth_showing(achieved, running)]
    if running is not None:
        metrics.append(_live(running, now))
    return metrics


def awaited(
    thread: Thread, priority: str | None, is_agent: Callable[[int], bool]
) -> tuple[str, int] | None:
    """The metric of the clock that runs or is paused, and its target in seconds."""
    running, _ = _play(thread, priority, is_agent)
    if running is None:
        return None
    target = target_seconds(priority, first=running.metric == "first_reply_time")
    return None if target is None else (running.metric, target)


def _play(
    thread: Thread, priority: str | None, is_agent: Callable[[int], bool]
) -> tuple[Run | None, list[Run]]:
    running: Run | None = None
    achieved: list[Run] = []
    status = thread.statuses[0][1]
    replied = False
    for at, happening in _in_order(thread, is_agent):
        if isinstance(happening, str):
            status = happening
            # Who solves without a word has answered, too: what is asked later is no first reply.
            replied = replied or (running is not None and status in ENDING)
            running = None if status in ENDING else _set_pace(running, status, at)
        elif is_agent(happening.author_id):
            replied = True
            if running is not None:
                running.resume(at)
                achieved.append(running)
            running = None
        elif running is None and status not in ENDING:
            target = target_seconds(priority, first=not replied) or 0
            metric = "next_reply_time" if replied else "first_reply_time"
            running = _set_pace(Run(metric, at + target), status, at)
    return running, achieved


def _set_pace(run: Run | None, status: str, at: int) -> Run | None:
    if run is not None:
        (run.pause if status in PAUSING else run.resume)(at)
    return run


def _in_order(thread: Thread, is_agent: Callable[[int], bool]) -> list[tuple[int, str | Comment]]:
    """Within one second: an agent's reply, then the status it sets, then a customer's words.

    So a reply ends its clock before "pending" could pause it, and a message that reopens a
    solved ticket finds it open.
    """
    happenings: list[tuple[int, int, str | Comment]] = [
        (at, 1, status) for at, status in thread.statuses
    ]
    for comment in thread.comments:
        if comment.public:
            happenings.append((comment.at, 0 if is_agent(comment.author_id) else 2, comment))
    happenings.sort(key=lambda row: row[:2])
    return [(at, what) for at, _, what in happenings]


def _worth_showing(achieved: list[Run], running: Run | None) -> list[Run]:
    first = [run for run in achieved if run.metric == "first_reply_time"][:1]
    later = [run for run in achieved if run.metric == "next_reply_time"][-1:]
    return first + (later if running is None else [])


def _achieved(run: Run, now: int) -> Json:
    return {
        "breach_at": iso(run.breach_at),
        "stage": "achieved",
        "metric": run.metric,
        **_unit(run.breach_at - now),
    }


def _live(run: Run, now: int) -> Json:
    if run.paused_at is not None:
        return {"breach_at": None, "stage": "paused", "metric": run.metric}
    return {
        "breach_at": iso(run.breach_at),
        "stage": "active",
        "metric": run.metric,
        **_unit(run.breach_at - now),
    }


def _unit(seconds: int) -> dict[str, int]:
    for name, size in (("days", DAY), ("hours", HOUR)):
        if abs(seconds) >= size:
            return {name: round(seconds / size)}
    return {"minutes": round(seconds / MINUTE)}
