"""The files of a thread as a list: size, type and what the scan said, before anything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from heroterm.domain.ages import ago
from heroterm.domain.sizes import size_words
from heroterm.domain.ticket import Attachment, Comment
from heroterm.tui.binding import bindings
from heroterm.tui.box_commands import FILES
from heroterm.tui.keymap import Keymap
from heroterm.tui.panes.message import SCAN_WORDS
from heroterm.tui.screens.listing import Listed, Listing
from heroterm.tui.text import fit, parts

_WARNED = ("malware_found", "failed_to_scan", "not_scanned")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file with the message that brought it."""

    file: Attachment
    comment: Comment
    sender: str


class FilesScreen(Listing[Enclosed]):
    """The files, newest first."""

    BINDINGS = bindings(FILES)


def listed(
    title: str,
    files: Callable[[], Sequence[Enclosed]],
    now: Callable[[], datetime],
    act: Callable[[str, Enclosed | None], bool],
    keymap: Keymap,
) -> Listed[Enclosed]:
    """What the box shows and does."""
    return Listed(
        title=title,
        place=FILES,
        items=files,
        key=lambda each: each.file.id,
        line=lambda each, width: _line(each.file, width),
        detail=lambda each, width: _detail(each, now()).wrap(width),
        act=act,
        empty="There is no file any more.",
        keymap=keymap,
    )


def _line(file: Attachment, width: int) -> Content:
    scan = SCAN_WORDS.get(file.malware, file.malware.replace("_", " "))
    bad = file.malware in _WARNED
    return parts(
        " ",
        (fit(file.file_name, max(10, width - 56)), "bold"),
        " ",
        fit(size_words(file.size), 9),
        (fit(file.content_type, 20), "$text-muted"),
        (f" {scan}", "$sla-breached bold" if bad else "$text-muted"),
    )


def _detail(each: Enclosed, now: datetime) -> Content:
    kind = "public message" if each.comment.public else "internal note"
    told = f"  from {each.sender}, {ago(each.comment.created_at, now)}, {kind}"
    return parts((each.file.file_name, "bold"), told)
