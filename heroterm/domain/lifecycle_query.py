"""Words of the search language that ask how long, or how soon: `onhold:>7d`, `autosolve:<1d`.

The mirror keeps no clock. So a span is turned into a moment here, where the present one is known,
and the mirror compares moments: `onhold:>7d` becomes `onhold<2026-02-25T10:00:00Z`. The same
holds for `created>4hours`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from heroterm.domain.lifecycle import LifecycleNumbers
from heroterm.domain.query import AGO, DAYS, LIFE, SPAN, TERM

_UNITS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def dated(query: str, now: datetime, numbers: LifecycleNumbers) -> str:
    """The same line with a moment for every span; what is not understood stays as it is."""
    return TERM.sub(lambda found: _dated(found, now, numbers), query)


def _dated(found: re.Match[str], now: datetime, numbers: LifecycleNumbers) -> str:
    key = (found["key"] or "").lower()
    life = LIFE.get(key)
    value = (found["value"] or "").strip('"')
    if key in DAYS:
        return _ago(found, value, now)
    span = SPAN.fullmatch(value)
    if life is None or span is None:
        return found[0]
    operator = found["operator"] if found["operator"] != ":" else span[1] or ""
    length = timedelta(seconds=int(span[2]) * _UNITS[span[3]])
    if life.left:
        moment = now + length - timedelta(days=getattr(numbers, life.after) if life.after else 0)
        operator = operator or "<="
    else:
        moment, operator = now - length, _TURNED[operator or ">="]
    return f"{found['minus']}{found['key']}{operator}{_said(moment)}"


def _ago(found: re.Match[str], value: str, now: datetime) -> str:
    """`created>4hours` as the moment four hours ago, compared as Zendesk does: `>` is later."""
    span = AGO.fullmatch(value)
    if span is None or found["operator"] == ":":
        return found[0]
    unit = (span[2] or span[3])[0].lower()
    moment = now - timedelta(seconds=int(span[1]) * _UNITS[unit])
    return f"{found['minus']}{found['key']}{found['operator']}{_said(moment)}"


def _said(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
