"""How much time is left on a clock, in a column's width and in words.

Zendesk's rounded unit is never used: what is left is computed from `breach_at` and the moment
handed in (api.md §4), so that the clock keeps counting with no network.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from heroterm.domain.ages import span
from heroterm.domain.record import record

if TYPE_CHECKING:
    from heroterm.domain.calendar import Calendar
    from heroterm.domain.ticket import SlaClock

SOON = timedelta(hours=1)
"""Less than this is "soon"."""
ESTIMATED = "est"
"""What stands beside a clock that was worked out here and not told by Zendesk."""
State = Literal["breached", "soon", "running", "paused", "none", "achieved"]

METRIC_WORDS = {
    "first_reply_time": "first reply",
    "next_reply_time": "next reply",
    "escalated_reply_time": "escalated reply",
    "periodic_update_time": "periodic update",
    "pausable_update_time": "pausable update",
    "requester_wait_time": "requester wait",
    "agent_work_time": "agent work",
    "total_resolution_time": "resolution",
    "resolution_time": "resolution",
    "group_ownership_time": "group ownership",
}
"""Words for Zendesk's metric names (api.md §4); others are shown as they come."""
_ENDED = ("achieved", "fulfilled")
_DAYS_FROM = 48 * 60
_FAR = datetime.max.replace(tzinfo=UTC)


@record(frozen=True, slots=True)
class Countdown:
    """What the queue shows: seven cells of text (five for the number, two for its mark; an estimate
    takes two more), and the state that decides its colour.
    """

    text: str
    state: State


def left(breach_at: datetime, now: datetime) -> timedelta:
    """Time until the breach; negative once it is past."""
    return breach_at - now


def metric_words(metric: str | None) -> str:
    """A clock's name for a person: "first reply"."""
    return METRIC_WORDS.get(metric or "", (metric or "").removesuffix("_time").replace("_", " "))


def state(
    metric: str | None, stage: str | None, breach_at: datetime | None, now: datetime
) -> State:
    """The clock's state in one word; a breach is an active clock whose moment has passed."""
    if not metric:
        return "none"
    if stage in _ENDED:
        return "achieved"
    if stage == "paused" or breach_at is None:
        return "paused"
    remaining = left(breach_at, now)
    if remaining <= timedelta(0):
        return "breached"
    return "soon" if remaining < SOON else "running"


def countdown(
    metric: str | None,
    stage: str | None,
    breach_at: datetime | None,
    now: datetime,
    *,
    estimated: bool = False,
) -> Countdown:
    """`-0:20!!` breached, ` 0:42! ` under an hour, `11:20  `, ` 19d   `, `~paused`, `  --   `.

    What was worked out here says so: `-0:20!est`, ` 0:42!est`, `11:20 est`.
    """
    kind = state(metric, stage, breach_at, now)
    if kind == "none":
        return Countdown("   --  ", kind)
    if kind == "achieved":
        return Countdown(" done  ", kind)
    if kind == "paused" or breach_at is None:
        return Countdown("~paused", "paused")
    mark = {"breached": "!!", "soon": "!"}.get(kind, "")
    told = f"{number(left(breach_at, now)):>5}"
    if estimated:
        return Countdown(f"{told}{mark[:1]:<1}{ESTIMATED}", kind)
    return Countdown(f"{told}{mark:<2}", kind)


def number(remaining: timedelta) -> str:
    """How much is left: hours and minutes within five cells, days from two days on."""
    late = remaining <= timedelta(0)
    minutes = int(abs(remaining).total_seconds()) // 60
    sign = "-" if late else ""
    if minutes >= _DAYS_FROM:
        return f"{sign}{min(minutes // 1440, 999)}d"
    if late and minutes >= 600:
        return f"-{minutes // 60}h"
    return f"{sign}{minutes // 60}:{minutes % 60:02}"


def describe(
    metric: str | None, stage: str | None, breach_at: datetime | None, now: datetime
) -> str:
    """The same for a sentence: "first reply, breached 20 min ago", "next reply, 42 min left"."""
    kind = state(metric, stage, breach_at, now)
    if kind == "none":
        return "no reply target"
    if kind in ("paused", "achieved") or breach_at is None:
        return f"{metric_words(metric)}, {kind}"
    length = span(left(breach_at, now))
    told = f"breached {length} ago" if kind == "breached" else f"{length} left"
    return f"{metric_words(metric)}, {told}"


def clock_words(
    clock: SlaClock, now: datetime, hours: Calendar | None, *, always: bool = False
) -> str:
    """All of a clock for a person: what is left or gone, how much of it is working time, its state,
    and whose word it is.

    "first reply, 18 h 40 min left (2:10 working time) (est)", "next reply, closed, breached".
    Working time is told where it is not all of it, or `always`.
    """
    said = f"{metric_words(clock.metric)}, {stage_words(clock, now)}"
    if clock.stage == "active" and clock.breach_at is not None:
        said = describe(clock.metric, clock.stage, clock.breach_at, now)
        if hours is not None and (always or _differ(clock.breach_at, now, hours)):
            said += f" ({worked(clock.breach_at, now, hours)})"
    return f"{said} ({ESTIMATED})" if clock.estimated else said


def clock_lines(
    clocks: Iterable[SlaClock] | None, now: datetime, hours: Calendar | None
) -> list[str]:
    """Every clock of a ticket for a person, what breaches first before the rest, with targets."""
    lines = []
    for clock in sorted(clocks or (), key=_order):
        promised = promise(clock.policy, clock.target_seconds)
        told = clock_words(clock, now, hours, always=True)
        lines.append(f"{told}; target {promised}" if promised else told)
    return lines


def _differ(breach_at: datetime, now: datetime, hours: Calendar) -> bool:
    """Whether some of the time that is left, or gone since the breach, is nobody's working time."""
    return hours.between(now, breach_at) != left(breach_at, now)


def stage_words(clock: SlaClock, now: datetime) -> str:
    """Which of Zendesk's six states a clock is in: active, paused, closed; each also "breached".

    Of a closed or paused clock Zendesk does not always tell; then only the plain word is said.
    """
    kind = state(clock.metric, clock.stage, clock.breach_at, now)
    word = {"achieved": "closed", "paused": "paused"}.get(kind, "active")
    missed = kind == "breached" if word == "active" else bool(clock.late)
    return f"{word}, breached" if missed else word


def worked(breach_at: datetime, now: datetime, hours: Calendar) -> str:
    """How much of what is left, or gone since the breach, is working time: "2:10 working time",
    "no working time", "all working time".
    """
    between = hours.between(now, breach_at)
    part = number(abs(between)) if between else "no"
    return f"{part if _differ(breach_at, now, hours) else 'all'} working time"


def work_left(breach_at: datetime, now: datetime, hours: Calendar) -> str:
    """How much is left in work; "0:00" where none lies between, whichever of the two is earlier."""
    between = hours.between(now, breach_at)
    return number(between) if between else "0:00"


def promise(policy: str | None, target_seconds: int | None) -> str:
    """What is promised, for a person: "Silver Plan, 12 h"; empty where that is not known."""
    if target_seconds is None:
        return ""
    length = span(timedelta(seconds=target_seconds))
    return length if policy is None else f"{policy}, {length}"


def next_breach(clocks: Iterable[SlaClock] | None) -> SlaClock | None:
    """The clock a queue shows: the active one that breaches first, else a paused one, else None."""
    running = [clock for clock in clocks or () if clock.stage not in _ENDED]
    return min(running, key=_order, default=None)


def _order(clock: SlaClock) -> tuple[bool, bool, datetime, str]:
    ended, paused = clock.stage in _ENDED, clock.stage == "paused"
    return ended, paused, clock.breach_at or _FAR, clock.metric
