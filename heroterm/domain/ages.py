"""Times and spans as a person reads them: short, in English, the same width of thought each time.

Every moment is an aware datetime; days and clocks are those of the `zone` handed in.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS_FROM = timedelta(hours=48)


def span(length: timedelta) -> str:
    """A span without its sign: "20 min", "3 h 10 min", "5 d"; under a minute "less than 1 min"."""
    minutes = int(abs(length).total_seconds()) // 60
    if minutes < 1:
        return "less than 1 min"
    if minutes < 60:
        return f"{minutes} min"
    if abs(length) >= _DAYS_FROM:
        return f"{minutes // 1440} d"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def short(length: timedelta) -> str:
    """A span in at most four cells: "0m", "12m", "3h", "5d"; 999 days are the most."""
    minutes = int(abs(length).total_seconds()) // 60
    if minutes < 60:
        return f"{minutes}m"
    if abs(length) < _DAYS_FROM:
        return f"{minutes // 60}h"
    return f"{min(minutes // 1440, 999)}d"


def ago(dt: datetime, now: datetime) -> str:
    """How long past, as `span` has it: "just now", "12 min ago", "3 h 20 min ago", "5 d ago".

    A moment to come, as two clocks that differ produce, is "just now", too.
    """
    past = now - dt
    return "just now" if past < timedelta(minutes=1) else f"{span(past)} ago"


def clock_day(dt: datetime, zone: tzinfo) -> str:
    """The day: "Thu 16 Nov"."""
    local = dt.astimezone(zone)
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"


def clock_time(dt: datetime, now: datetime, zone: tzinfo) -> str:
    """The moment, as short as it is clear: "09:12" today, "Tue 09:12" this week, else the day."""
    local, today = dt.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour:02}:{local.minute:02}"
    if local.date() == today:
        return clock
    if abs((today - local.date()).days) < 7:
        return f"{_DAYS[local.weekday()]} {clock}"
    return clock_day(dt, zone) if local.year == today.year else f"{local:%Y-%m-%d}"


def exact(dt: datetime, zone: tzinfo) -> str:
    """Day and moment, never shortened: "Mon 9 Mar 09:00"."""
    local = dt.astimezone(zone)
    return f"{clock_day(dt, zone)} {local.hour:02}:{local.minute:02}"
