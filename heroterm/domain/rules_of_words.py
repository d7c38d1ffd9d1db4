"""Rules about the words: whole, filled in, not too long, nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from heroterm.domain.findings import Facts, Finding
from heroterm.domain.outbox import Intent, InternalNote, PublicReply
from heroterm.domain.source import BADGES
from heroterm.domain.text import shown

LONGEST = 64_000
"""Bytes of one comment; Zendesk cuts off what is beyond 64 KB. Letters beyond ASCII take two to
four of them.
"""
_NAMED = 4
"""Blanks that are named in one finding."""
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_OPEN_STOP = re.compile(r"<<[^<>\n]{1,80}\?>>|\$\d{1,2}<[^<>\n]{0,120}>")
_HTML = re.compile(r"</?[a-zA-Z][^<>]*>")
"""What Zendesk takes for HTML in the words that it is sent, and leaves out (api.md §3)."""
_TEMPLATE = re.compile(r"\{\{[^{}\n]{0,120}\}\}")


def placeholders(body: str) -> list[str]:
    """What was left to fill in: `{{…}}` outside code, `<<name?>>`, `$1<what to write>`."""
    return _OPEN_STOP.findall(body) + _TEMPLATE.findall(_CODE.sub(" ", body))


def empty(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """There must be something to send."""
    if intent.comment is None:
        if intent.deed is None and intent.changes.empty:
            yield Finding(
                "empty-text", "refuse", "There is nothing to send.", "{review.edit}: write it."
            )
    elif not shown(intent.comment.body).strip():
        yield Finding(
            "empty-text", "refuse", "The text is empty.", "{review.edit} goes back to the text."
        )


def too_long(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Zendesk cuts long words off."""
    body = intent.comment.body if intent.comment else ""
    length = len(body.encode("utf-8", "surrogatepass"))
    if length > LONGEST:
        size = "" if body.isascii() else f" of {length:,} bytes"
        yield Finding(
            "too-long",
            "refuse",
            f"The text has {len(body):,} characters{size}; Zendesk takes {LONGEST:,}"
            f"{' bytes' if size else ''}.",
            "{review.edit} goes back to the text: shorten it, or send it in two.",
        )


def unfilled(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """No placeholder and no stop may leave the house (features E2, E3)."""
    left = placeholders(intent.comment.body) if intent.comment else []
    if left:
        first = ", ".join(shown(one, single_line=True, limit=60) for one in left[:_NAMED])
        more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
        verb = "is" if len(left) == 1 else "are"
        yield Finding(
            "unfilled-placeholder",
            "refuse",
            f"{first}{more} {verb} not filled in.",
            "{review.problem} jumps to it; fill it in or delete it.",
        )


def left_out(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """A component of the customer's page, a type, an address in `<…>`: Zendesk would drop it."""
    found = _HTML.findall(_OPEN_STOP.sub(" ", intent.comment.body)) if intent.comment else []
    if found:
        first = ", ".join(shown(one, single_line=True, limit=60) for one in found[:_NAMED])
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        public = isinstance(intent.comment, PublicReply)
        yield Finding(
            "html-left-out",
            "ask" if public else "advice",
            f"Zendesk leaves out what looks like HTML: {first}{more}.",
            "It stays where a blank follows the bracket ({review.edit} goes back to the text)"
            + ("; y sends it all the same." if public else "."),
            found[0],
        )


def other_customer(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Another customer's name in the words is asked about (features D15)."""
    if isinstance(intent.comment, PublicReply) and facts.other_customers:
        names = ", ".join(shown(one, single_line=True, limit=60) for one in facts.other_customers)
        yield Finding(
            "other-customer-named",
            "ask",
            f"The text names another customer: {names}.",
            "{review.edit} goes back to the text; y sends it all the same.",
        )


def content_warning(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Offensive content is not quoted."""
    if facts.content_warning and intent.comment is not None:
        yield Finding(
            "content-warning",
            "advice",
            "This organization's content may offend (handbook, Content Warnings): quote and "
            "attach nothing of it.",
            "{pane.side} shows the organization.",
        )


def public_place(content_warning: bool) -> Finding | None:
    """Whether words of this ticket may go into a public place: a GitHub issue, a community page.

    None lets them pass. Asked by whatever builds text for such a place.
    """
    if not content_warning:
        return None
    return Finding(
        "content-warning-public",
        "refuse",
        "This organization's content may offend (handbook, Content Warnings): its words do not go "
        "into a public place.",
        "Describe the problem in your own words, without quotes, pictures and links.",
    )


def note_of_elsewhere(intent: Intent, facts: Facts) -> Iterator[Finding]:
    """Answer where it was asked; say in a note what is needed."""
    if facts.source == "github" and isinstance(intent.comment, PublicReply):
        yield Finding(
            "answer-where-asked",
            "advice",
            f"{BADGES['github']}: the ticket links to an issue, so that you can answer there.",
            "{open.github} opens the issue; then {ticket.elsewhere} notes that you replied.",
        )
    if (
        intent.changes.status == "open"
        and isinstance(intent.comment, InternalNote)
        and len(intent.comment.body.split()) < 3
    ):
        yield Finding(
            "open-needs-words",
            "advice",
            'Handbook, Open: "make sure the other person/team knows about it".',
            "Say in the note what you tried and what is needed.",
        )
