"""What the in-app form added below a customer's words, as facts and named links (features C5)."""

from __future__ import annotations

from textual.content import Content

from heroterm.domain.admin_line import Footer
from heroterm.tui.text import Part, parts

NAMED = (
    ("a", "admin", "Admin"),
    ("r", "session", "Recording"),
    ("l", "location", "Page"),
    ("x", "exceptions", "Exceptions"),
    ("b", "billing", "Billing"),
)
"""Key after `o`, field of the footer, and its word."""


def facts(footer: Footer) -> list[str]:
    """Kind, area, region, organization and project, as far as the form says them."""
    found = [word for word in (footer.kind, footer.target_area, footer.region) if word]
    found += [footer.organization] if footer.organization else []
    return found + ([f"project {footer.project_id}"] if footer.project_id else [])


def named_links(footer: Footer) -> list[tuple[str, str]]:
    """Key and word of each link of a trusted form; what a customer typed is never offered."""
    if not footer.trusted:
        return []
    return [(key, word) for key, name, word in NAMED if getattr(footer, name)]


def form_lines(footer: Footer) -> list[Content]:
    """The folded form; `l` unfolds its own lines."""
    trust = "form" if footer.trusted else "UNVERIFIED form lines"
    made = [parts((f"-- {trust}: ", "$text-muted"), ", ".join(facts(footer)))]
    if links := named_links(footer):
        more: list[Part | str] = [("   o ", "$accent bold")]
        for key, word in links:
            more += [(key, "$accent bold"), f" {word}  "]
        made.append(parts(*more))
    return made
