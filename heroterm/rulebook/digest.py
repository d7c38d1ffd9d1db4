"""A digest of rules that is the same in every process while the rules say the same.

`repr` would not do: Python tells a set in an order that each process deals anew, and cuts a long
pattern short, so that a mirror of 100,000 tickets was placed anew for nothing, or not when it had
to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta, tzinfo
from hashlib import sha256

_PLAIN = (str, int, float, type(None), date, time, timedelta, tzinfo)


def digest_of(*rules: object) -> str:
    """In hexadecimal; other rules have another one. TypeError for what it cannot tell apart."""
    return sha256("\0".join(_told(rules)).encode()).hexdigest()


def _told(value: object) -> Iterator[str]:
    """A value in pieces that say what it is, how much of it there is, and all that it holds."""
    if isinstance(value, _PLAIN):
        yield f"{type(value).__name__} {value!r}"
    elif isinstance(value, re.Pattern):
        yield f"pattern {value.flags} {value.pattern!r}"
    elif isinstance(value, Mapping):
        yield from _parts("mapping", sorted(value.items(), key=_order))
    elif isinstance(value, Set):
        yield from _parts("set", sorted(value, key=_order))
    elif isinstance(value, Sequence):
        yield from _parts("sequence", value)
    elif is_dataclass(value):
        yield from _parts(type(value).__name__, [getattr(value, f.name) for f in fields(value)])
    else:
        raise TypeError(f"{type(value).__name__} has no digest")


def _order(value: object) -> list[str]:
    return list(_told(value))


def _parts(kind: str, held: Sequence[object]) -> Iterator[str]:
    yield f"{kind} {len(held)}"
    for each in held:
        yield from _told(each)
