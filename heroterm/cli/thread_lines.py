"""A thread as lines for a person: messages with their links and files, audits between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from heroterm.domain.ages import clock_time
from heroterm.domain.links import Link, warnings
from heroterm.domain.playbook_marker import MARKER
from heroterm.domain.sender import address_of
from heroterm.domain.sizes import size_words
from heroterm.domain.text import shown
from heroterm.domain.ticket import Attachment, Audit, Comment, Person
from heroterm.domain.zone import LOCAL
from heroterm.mirror.labels import Labels

HTML_LEFT_OUT = (
    "(Its HTML is over 512 KB and was not read: the words above are the plain ones, and links "
    "hidden in the HTML are not listed.)"
)
_LONG = 120
People = Mapping[int, Person]


def thread_lines(
    comments: Sequence[Comment],
    audits: Sequence[Audit],
    people: People,
    labels: Labels,
    now: datetime,
) -> Iterator[str]:
    """Messages and changes in the order in which they happened."""
    numbers = {file.id: number for number, file in enumerate(files_of(comments), 1)}
    told: list[tuple[tuple[datetime, int, int], list[str]]] = [
        ((each.created_at, 0, each.id), list(_message(each, people, numbers, now)))
        for each in comments
    ]
    told += [
        ((each.created_at, 1, each.id), list(_event(each, people, labels, now)))
        for each in audits
        if each.changes
    ]
    for _, lines in sorted(told, key=lambda entry: entry[0]):
        yield from lines


def files_of(comments: Sequence[Comment]) -> list[Attachment]:
    """Every file of a thread, oldest first; its place is the number that `show` prints."""
    return [file for comment in comments for file in comment.attachments]


def _message(
    comment: Comment, people: People, numbers: Mapping[int, int], now: datetime
) -> Iterator[str]:
    author = people.get(comment.author_id or 0)
    who = author.name if author else comment.from_address or "unknown"
    role = "staff" if author is not None and author.staff else "customer"
    kind = "public" if comment.public else "INTERNAL NOTE"
    when = clock_time(comment.created_at, now, LOCAL)
    address = address_of(comment, author)
    told = f" <{shown(address, single_line=True)}>" if address and role == "customer" else ""
    yield f"\n-- {shown(who, single_line=True)}{told} ({role}), {when}, {kind}"
    words, marker = MARKER.folded(comment.body)
    yield shown(words)
    if marker:
        yield f"(+ {marker} lines by which other desks go on with the run)"
    yield from _beside(comment)
    for file in comment.attachments:
        name, scan = _line(file.file_name), ", MALWARE" if file.malware == "malware_found" else ""
        kind = _line(file.content_type)
        yield f"  [file {numbers[file.id]}] {name}, {kind}, {size_words(file.size)}{scan}"


def _beside(comment: Comment) -> Iterator[str]:
    """What the HTML adds: links whose words do not show where they go, and pictures."""
    if comment.html_left_out:
        yield HTML_LEFT_OUT
    for label, url in comment.links:
        hints = warnings(Link(url, label))
        if hints or url not in comment.body:
            yield f"  [link] {_line(label)} -> {_line(url)}"
        yield from (f"  ! {shown(hint, single_line=True)}" for hint in hints)
    for name in comment.images:
        yield f"  [image] {_line(name)}"


def _event(audit: Audit, people: People, labels: Labels, now: datetime) -> Iterator[str]:
    author = people.get(audit.author_id or 0)
    who = author.name if author else "the system" if (audit.author_id or 0) < 1 else "unknown"
    by = " with heroterm" if audit.marker else ""
    yield f"\n~ {shown(who, single_line=True)}{by}, {clock_time(audit.created_at, now, LOCAL)}"
    for field, before, after in audit.changes:
        name, old = labels.named(field, before)
        new = labels.named(field, after)[1]
        yield f"  {_line(name)}: {_line(old) or '-'} -> {_line(new) or '-'}"


def event_document(audit: Audit, people: People, labels: Labels) -> dict[str, Any]:
    """One audit as a document."""
    author = people.get(audit.author_id or 0)
    changes = []
    for field, before, after in audit.changes:
        name, old = labels.named(field, before)
        new = labels.named(field, after)[1]
        changes.append({"field": field, "name": name, "before": old, "after": new})
    return {
        "id": audit.id,
        "created_at": audit.created_at,
        "author": author.name if author else None,
        "author_id": audit.author_id,
        "intent": audit.marker,
        "channel": audit.channel,
        "comments": [{"id": id_, "public": public} for id_, public in audit.comments],
        "changes": changes,
    }


def html_document(comment: Comment) -> dict[str, Any]:
    """What a message's HTML adds to its words; each link with what is doubtful about it."""
    links = [
        {"label": label, "url": url, "warnings": list(warnings(Link(url, label)))}
        for label, url in comment.links
    ]
    left_out = comment.html_left_out
    return {"html_links": links, "images": list(comment.images), "html_left_out": left_out}


def _line(text: str) -> str:
    return shown(text, single_line=True, limit=_LONG * 4)
