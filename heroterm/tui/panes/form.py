"""What the in-app form added below a customer's words, as facts and named links (features C5)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from heroterm.domain.admin_line import Footer
from heroterm.tui.commands import OPEN
from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.text import Part, parts

NAMED = (
    ("open.admin", "admin", "Admin"),
    ("open.recording", "session", "Recording"),
    ("open.location", "location", "Page"),
    ("open.exceptions", "exceptions", "Exceptions"),
    ("open.billing", "billing", "Billing"),
)
"""The command that opens it, field of the footer, and its word."""


def facts(footer: Footer) -> list[str]:
    """Kind, area, region, organization and project, as far as the form says them."""
    found = [word for word in (footer.kind, footer.target_area, footer.region) if word]
    found += [footer.organization] if footer.organization else []
    return found + ([f"project {footer.project_id}"] if footer.project_id else [])


def named_links(footer: Footer) -> list[tuple[str, str]]:
    """Command and word of each link of a trusted form; what a customer typed is never offered."""
    if not footer.trusted:
        return []
    return [(id_, word) for id_, name, word in NAMED if getattr(footer, name)]


def keyed(links: Sequence[tuple[str, str]], keymap: Keymap) -> list[Part | str]:
    """`o a Admin  r Recording`: the prefix once, then the second key of each with its word. The
    palette's key alone where nothing waits for a second one.
    """
    prefix = keymap.prefix_shown(OPEN)
    made: list[Part | str] = [(f"{prefix or keymap.key('desk.palette')} ", "$accent bold")]
    for id_, word in links:
        key = keymap.get(id_).shown_key if prefix else ""
        made += [(key, "$accent bold"), f" {word}  " if key else f"{word}  "]
    return made


def form_lines(footer: Footer, room: int, keymap: Keymap = SHIPPED) -> list[Content]:
    """The folded form in lines of at most `room` cells; its own lines are seen unfolded."""
    trust = "form" if footer.trusted else "UNVERIFIED form lines"
    made = parts((f"-- {trust}: ", "$text-muted"), ", ".join(facts(footer))).wrap(room)
    links = named_links(footer)
    return [*made, *(_rows(links, room, keymap) if links else [])]


def _rows(links: Sequence[tuple[str, str]], room: int, keymap: Keymap) -> list[Content]:
    """The links in as many lines as they need; no key ends one whose word begins the next."""
    prefix, *told = keyed(links, keymap)
    rows = [parts("   ", prefix)]
    indent = " " * rows[0].cell_length
    for key, word in zip(told[::2], told[1::2], strict=True):
        link = parts(key, word)
        full = rows[-1].cell_length + link.rstrip().cell_length > room
        if full and rows[-1].cell_length > len(indent):
            rows.append(parts(indent))
        rows[-1] = Content.assemble(rows[-1], link)
    return [row.truncate(room, ellipsis=True) for row in rows]
