"""One message of a thread as lines: who, when, public or internal, and what it says.

An internal note is unmistakable without any colour: a bar with the word NOTE before every line
and INTERNAL NOTE in its head (features C2). Quoted text is folded; links of the message under the
cursor are numbered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from textual.content import Content

from heroterm.domain import playbook_marker, shared_draft
from heroterm.domain.admin_line import Footer
from heroterm.domain.ages import clock_time
from heroterm.domain.counted import counted
from heroterm.domain.links import Link
from heroterm.domain.quotes import fold_quotes
from heroterm.domain.sender import address_of
from heroterm.domain.sizes import size_words
from heroterm.domain.text import shown
from heroterm.domain.ticket import Attachment, Comment, Person
from heroterm.domain.zone import LOCAL
from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.panes import hints
from heroterm.tui.panes.form import form_lines
from heroterm.tui.text import Part, fit, parts, width_of

_MOST_LINES = 200
_MOST_UNFOLDED = 4_000
_MOST_LETTERS = 30_000
_MOST_UNFOLDED_LETTERS = 400_000
NOTE_BAR = "NOTE| "
PUBLIC_BAR = "  "
SCAN_WORDS = {
    "malware_found": "MALWARE FOUND",
    "failed_to_scan": "not scanned for malware",
    "not_scanned": "not scanned for malware",
    "malware_not_found": "no malware found",
}
"""What Zendesk's scan said of a file, in words."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one message needs to be drawn."""

    comment: Comment
    author: Person | None
    now: datetime
    links: Sequence[Link] = ()
    current: bool = False
    unfolded: bool = False
    folded: bool = False
    """Whether only its first line is shown."""
    fresh: bool = False
    """Came since the hero looked last."""
    source: str = ""
    footer: Footer = field(default_factory=Footer)
    doubt: str = ""
    """Why the sender is not whom one would take it for; "" mostly."""
    ours: bool = False
    """Whether heroterm sent it, as its audit says."""
    keymap: Keymap = SHIPPED


def bar_of(comment: Comment) -> str:
    """What stands before every line of the message."""
    return PUBLIC_BAR if comment.public else NOTE_BAR


def lines(said: Said, width: int) -> list[Content]:
    """The message in lines of at most `width` cells."""
    note, bar = not said.comment.public, bar_of(said.comment)
    room = max(8, width - len(bar))
    body, seen = _body(said, room)
    made = _head(said, width)
    if said.doubt:
        told = parts((f"SENDER DIFFERS: {said.doubt}", "$sla-breached bold"))
        made += [_barred(bar, line, note, width) for line in told.wrap(room)]
    below = hints.below(said.links, seen, room, said.keymap) if said.current else []
    if said.folded:
        return [
            *made,
            *(_barred(bar, line, note, width) for line in _first(body, said)),
            Content(""),
        ]
    for line in [*body, *_attachments(said), *below]:
        made.append(_barred(bar, line, note, width))
    return [*made, Content("")]


def _first(body: Sequence[Content], said: Said) -> list[Content]:
    """The first line of a folded message, and how many more there are."""
    more = len(body) - 1
    lines = f"… {more} more line{'s' * (more > 1)} ({said.keymap.key('thread.unfold')} unfolds)"
    hint = parts((lines, "$text-muted italic"))
    return [*body[:1], hint] if more > 0 else list(body)


def _barred(bar: str, line: Content, note: bool, width: int) -> Content:
    if not note:
        return Content.assemble(bar, line)
    whole = Content.assemble((bar, "$note-bar bold"), line)
    return whole.truncate(width, pad=True).stylize_before("on $note-background")


def _head(said: Said, width: int) -> list[Content]:
    """Who, when, and for whom. A customer's address that has no room there has a line of its own:
    its end is what tells a stranger from a colleague of theirs (features C13).
    """
    comment, author = said.comment, said.author
    name = author.name if author is not None else "unknown author"
    address = address_of(comment, author)
    when = clock_time(comment.created_at, said.now, LOCAL)
    kind = f"PUBLIC {said.source}".strip() if comment.public else "INTERNAL NOTE"
    sent = "  by heroterm" if said.ours else ""
    right = f"{when}  {kind}{sent}"
    left = f"{'▶ ' if said.current else '  '}{'NEW ' if said.fresh else ''}{name}"
    whole = f"{left} <{address}>" if address else left
    room = max(4, width - width_of(right) - 2)
    style = "$note-bar bold" if not comment.public else "$public-bar bold"
    below = width_of(whole) > room and address and (author is None or not author.staff)
    first = fit(left if below else whole, room)
    head = parts((first, style if said.current else "bold"), "  ", (right, style))
    if not below:
        return [head]
    own = parts((f"<{address}>", style if said.current else "bold"))
    bar = bar_of(comment)
    return [
        head,
        _barred(bar, own.truncate(width - len(bar), ellipsis=True), bar == NOTE_BAR, width),
    ]


def _body(said: Said, room: int) -> tuple[list[Content], frozenset[str]]:
    """The words in lines, and the addresses that stand in them or have a key of their own."""
    made: list[Content] = []
    seen: list[str] = []
    whole = said.comment.body
    body = whole[: _MOST_UNFOLDED_LETTERS if said.unfolded else _MOST_LETTERS]
    plain = said.comment.public or said.unfolded
    written, marker = (body, 0) if plain else playbook_marker.MARKER.folded(body)
    written, packed = (written, 0) if plain else shared_draft.MARKER.folded(written)
    numbers = hints.numbered(said.links) if said.current else {}
    for block in fold_quotes(written):
        if block.kind == "quote" and not said.unfolded:
            hidden = f"> quoted {counted(block.lines, 'line')} ({_unfolds(said)})"
            made.append(parts((hidden, "$text-muted italic")))
        elif block.kind == "footer" and not said.unfolded:
            made += form_lines(said.footer, room, said.keymap)
            seen.append(block.text if said.footer.trusted else "")
        else:
            style = "" if block.kind == "text" else "$text-muted"
            words = hints.hinted(block.text, numbers, style, said.keymap)
            made += words.wrap(room) if block.text.strip() else [Content("")]
            seen.append(block.text)
            if len(made) > _MOST_UNFOLDED:
                break
    while made and not made[-1].plain.strip():
        made.pop()
    for lines, does in ((marker, "go on with the run"), (packed, "take up the draft")):
        if lines:
            below = f"(+ {lines} lines by which other desks {does})"
            made.append(parts((below, "$text-muted italic")))
    made = _shortened([*made, *_left_out(said)], said, cut=len(body) < len(whole))
    return made, hints.in_sight(seen) if said.current else frozenset()


def _shortened(lines: list[Content], said: Said, *, cut: bool) -> list[Content]:
    """So many lines at most; below them how much there is, where something is `cut`."""
    most = _MOST_UNFOLDED if said.unfolded else _MOST_LINES
    if len(lines) <= most and not cut:
        return lines
    hint = _in_zendesk(said) if said.unfolded else _unfolds(said)
    told = f"… {len(said.comment.body):,} letters in all ({hint})"
    return [*lines[:most], parts((told, "$sla-soon"))]


def _unfolds(said: Said) -> str:
    return f"{said.keymap.key('thread.unfold')} unfolds"


def _in_zendesk(said: Said) -> str:
    return f"the rest is in Zendesk, {said.keymap.key('open.ticket')} opens it"


def _left_out(said: Said) -> list[Content]:
    """What of the message is not here, in sentences."""
    comment, told = said.comment, list[Part]()
    if comment.truncated:
        told.append((f"(cut here: {_in_zendesk(said)})", "$sla-soon"))
    if comment.html_left_out:
        told.append(("(its HTML was too large to read: links hidden in it are not listed)", ""))
    enclosed = {file.file_name for file in comment.attachments}
    pictures = [name for name in comment.images if name not in enclosed]
    told += [(f"picture: {name} (not loaded)", "$text-muted") for name in pictures]
    return [parts(piece) for piece in told]


def _attachments(said: Said) -> list[Content]:
    return [parts(("file: ", "$text-muted"), *file_words(a)) for a in said.comment.attachments]


def file_words(file: Attachment) -> list[Part | str]:
    """A file's name, type, size and what the scan said."""
    kind = f"{file.content_type}, {size_words(file.size)}"
    scan = SCAN_WORDS.get(file.malware, file.malware.replace("_", " "))
    bad = "$sla-breached bold" if file.malware == "malware_found" else "$text-muted"
    return [f"{file.file_name} ", (kind, "$text-muted"), (f"  {scan}" if scan else "", bad)]


def day_of(now: datetime) -> date:
    """The day on which heads are written: yesterday's clock times become days."""
    return now.astimezone().date()


def plain(comment: Comment) -> str:
    """The message as text for the clipboard, made safe."""
    return shown(comment.body)
