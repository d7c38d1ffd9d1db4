"""One message of a thread as lines: who, when, public or internal, and what it says.

An internal note is unmistakable without any colour: a bar with the word NOTE before every line
and INTERNAL NOTE in its head (features C2). Quoted text is folded; links are numbered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.admin_line import Footer
from heroterm.domain.links import Link
from heroterm.domain.text import fold_quotes, shown
from heroterm.domain.ticket import Comment, Person
from heroterm.tui.text import Part, fit, parts, safe, width_of

_MOST_LINES = 200
_MOST_UNFOLDED = 4_000
_MOST_LETTERS = 30_000
_MOST_UNFOLDED_LETTERS = 400_000
NOTE_BAR = "NOTE| "
PUBLIC_BAR = "  "


@dataclass(frozen=True, slots=True)
class Said:
    """What one message needs to be drawn."""

    comment: Comment
    author: Person | None
    links: Sequence[Link]
    current: bool
    unfolded: bool
    source: str
    footer: Footer
    differs: bool
    """The address is not the requester's although the message is public and not by staff."""


def lines(said: Said, width: int) -> list[Content]:
    """The message in lines of at most `width` cells."""
    note = not said.comment.public
    bar = NOTE_BAR if note else PUBLIC_BAR
    room = max(8, width - len(bar))
    body = [*_body(said, room), *_attachments(said), *_links(said)]
    made = [_head(said, width)]
    made += [_barred(bar, line, note, width) for line in body]
    return [*made, Content("")]


def _barred(bar: str, line: Content, note: bool, width: int) -> Content:
    if not note:
        return Content.assemble(bar, line)
    whole = Content.assemble((bar, "$note-bar bold"), line)
    return whole.truncate(width, pad=True).stylize_before("on $note-background")


def _head(said: Said, width: int) -> Content:
    comment, author = said.comment, said.author
    name = author.name if author is not None else "unknown author"
    address = comment.from_address or (author.email if author is not None else None)
    when = comment.created_at.astimezone().strftime("%a %d %b %H:%M")
    kind = f"PUBLIC {said.source}" if comment.public else "INTERNAL NOTE"
    right = f"{when}  {kind.strip()}"
    left = f"{'▶ ' if said.current else '  '}{name}"
    if address and (author is None or not author.staff):
        left += f" <{address}>"
    if said.differs:
        left += "  SENDER DIFFERS"
    room = max(4, width - width_of(right) - 2)
    style = "$note-bar bold" if not comment.public else "$public-bar bold"
    return parts((fit(left, room), style if said.current else "bold"), "  ", (right, style))


def _body(said: Said, room: int) -> list[Content]:
    made: list[Content] = []
    whole = said.comment.body
    body = whole[: _MOST_UNFOLDED_LETTERS if said.unfolded else _MOST_LETTERS]
    for block in fold_quotes(body):
        if block.kind == "quote" and not said.unfolded:
            made.append(parts((f"> quoted {block.lines} lines (l unfolds)", "$text-muted italic")))
            continue
        if block.kind == "footer" and not said.unfolded:
            made += _form(said)
            continue
        style = "" if block.kind == "text" else "$text-muted"
        made += safe(block.text, style).wrap(room) if block.text.strip() else [Content("")]
        if len(made) > _MOST_UNFOLDED:
            break
    while made and not made[-1].plain.strip():
        made.pop()
    if said.comment.truncated:
        made.append(parts(("(cut here: the rest is in Zendesk, o o opens it)", "$sla-soon")))
    most = _MOST_UNFOLDED if said.unfolded else _MOST_LINES
    if len(made) > most or len(body) < len(whole):
        hint = "the rest is in Zendesk, o o opens it" if said.unfolded else "l unfolds"
        return [*made[:most], parts((f"… {len(whole):,} letters in all ({hint})", "$sla-soon"))]
    return made


def _form(said: Said) -> list[Content]:
    """What the in-app form added, as named links (features C5); `l` unfolds its own lines."""
    footer = said.footer
    facts = [word for word in (footer.kind, footer.target_area, footer.region) if word]
    if footer.organization:
        facts.append(footer.organization)
    if footer.project_id:
        facts.append(f"project {footer.project_id}")
    trust = "form" if footer.trusted else "UNVERIFIED form lines"
    line: list[Part | str] = [(f"-- {trust}: ", "$text-muted"), ", ".join(facts)]
    named = (
        ("a", "admin"),
        ("r", "session"),
        ("l", "location"),
        ("x", "exceptions"),
        ("b", "billing"),
    )
    words = {
        "admin": "Admin",
        "session": "Recording",
        "location": "Page",
        "exceptions": "Exceptions",
        "billing": "Billing",
    }
    links = [(key, words[name]) for key, name in named if getattr(footer, name)]
    if footer.trusted and links:
        more: list[Part | str] = [("   o ", "$accent bold")]
        for key, word in links:
            more += [(key, "$accent bold"), f" {word}  "]
        return [parts(*line), parts(*more)]
    return [parts(*line)]


def _attachments(said: Said) -> list[Content]:
    return [
        parts(
            ("file: ", "$text-muted"),
            f"{a.file_name} ",
            (f"{a.content_type}, {_size(a.size)}", "$text-muted"),
        )
        for a in said.comment.attachments
    ]


def _links(said: Said) -> list[Content]:
    if not said.current:
        return []
    return [
        parts((f"o {n} ", "$accent bold"), (link.url, "$text-muted"))
        for n, link in enumerate(said.links[:9], start=1)
    ]


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.0f} kB" if count < 1024 * 1024 else f"{count / 1048576:.1f} MB"


def plain(comment: Comment) -> str:
    """The message as text for the clipboard, made safe."""
    return shown(comment.body)
