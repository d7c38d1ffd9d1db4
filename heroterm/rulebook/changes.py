"""What is other in a rulebook that was read again: in numbers, and by the names of rule files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from heroterm.rulebook import Rulebook

_MANY = ("replies", "macros", "playbooks")
_RULES = {
    "presets": "tiers",
    "targets": "sla",
    "zones": "zones",
    "sources": "sources",
    "lifecycle": "lifecycle",
    "tone": "tone",
    "macro_keys": "macros",
    "owners": "owners",
}
"""Each part with the name of its file in `data/`."""


def difference(former: Rulebook, now: Rulebook) -> str:
    """`24 replies, 1 changed; macros, playbooks and rules as before.`"""
    changed = [*_numbers(former, now), *_rules(former, now)]
    if not changed:
        numbers = ", ".join(f"{len(getattr(now, kind))} {kind}" for kind in _MANY)
        return f"{numbers} and the rules, all as before."
    same = [kind for kind in _MANY if _same(former, now, kind)]
    same += [] if any(_rules(former, now)) else ["rules"]
    return "; ".join([*changed, *([f"{_listed(same)} as before"] if same else [])]) + "."


def of_replies(former: Rulebook, now: Rulebook) -> str:
    """`24 replies, 1 changed.`, where nothing but replies was read again."""
    numbers = [*_numbers(former, now, ("replies",)), f"{len(now.replies)} replies, as before"]
    return f"{numbers[0]}."


def _numbers(former: Rulebook, now: Rulebook, kinds: Sequence[str] = _MANY) -> Iterator[str]:
    for kind in kinds:
        if not _same(former, now, kind):
            was, here = _by_name(former, kind), _by_name(now, kind)
            counts = {
                "changed": sum(was[name] != here[name] for name in was.keys() & here.keys()),
                "new": len(here.keys() - was.keys()),
                "gone": len(was.keys() - here.keys()),
            }
            said = [f"{count} {what}" for what, count in counts.items() if count]
            yield ", ".join([f"{len(here)} {kind}", *said])


def _rules(former: Rulebook, now: Rulebook) -> Iterator[str]:
    files = [f"{file}.toml" for part, file in _RULES.items() if not _same(former, now, part)]
    if files:
        yield f"{_listed(files)} changed"
    elif former.tiers != now.tiers:  # another policy or order of config.toml
        yield "the order of the queue changed"


def _same(former: Rulebook, now: Rulebook, part: str) -> bool:
    return bool(getattr(former, part) == getattr(now, part))


def _by_name(book: Rulebook, kind: str) -> dict[str, Any]:
    return {one.name: one for one in getattr(book, kind)}


def _listed(words: Sequence[str]) -> str:
    """`a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
