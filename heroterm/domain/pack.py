"""The handover pack: what the next hero must know, as one document and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

SECTIONS = (
    ("red", "To be resolved or passed on"),
    ("passed", "Passed on"),
    ("waits", "Waits"),
    ("promises", "Promises made to customers"),
    ("drafts", "Drafts"),
    ("skips", "Skipped"),
    ("on_hold", "On-Hold"),
    ("other", "Other tickets that wait for somebody"),
)
"""Keys of the document and their headings, in the order of the page."""


def markdown(pack: Mapping[str, Any]) -> Iterator[str]:
    """The pack as lines of Markdown; an empty section says "none"."""
    yield f"# Handover of {pack['hero'] or 'the hero'}, {pack['day']}"
    if pack.get("rotation"):
        yield ""
        yield f"Rota: {_plain(pack['rotation']['say'])}"
    yield ""
    yield f"**{'May end' if pack['green'] else 'May not end yet'}**: {pack['say']}"
    for key, heading in SECTIONS:
        yield from _section(heading, pack[key])
    yield from ("", "## Learnings", "", pack["learnings"] or "none")


def _section(heading: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield from ("", f"## {heading} ({len(entries)})", "")
    if not entries:
        yield "none"
    for entry in entries:
        tier = f"T{entry['tier']} " if entry.get("tier") else ""
        yield f"- {tier}#{entry['ticket']} {_plain(entry['title'])}: {_plain(entry['say'])}"


def _plain(text: str) -> str:
    """Words of a ticket as plain text: on one line, with nothing that Markdown would act on."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in " ".join(text.split()))
