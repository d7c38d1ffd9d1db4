"""Attachments saved on this machine: where, and how they go again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import Reading
from heroterm.cli.thread_lines import files_of
from heroterm.domain.counted import counted
from heroterm.domain.text import shown
from heroterm.domain.ticket import Attachment
from heroterm.errors import UsageError
from heroterm.paths import Paths

if TYPE_CHECKING:
    from heroterm.zendesk.files import SavedFile


def folder_of(where: Paths) -> Path:
    """The folder of heroterm's own in which attachments lie, by ticket."""
    return where.data / "attachments"


def save(call: Invocation, read: Reading, ticket_id: int, number: int, to: str | None) -> SavedFile:
    """Save one file of a thread. Raises UsageError for a number that no file has."""
    folder = Path(to).expanduser() if to else folder_of(call.paths) / str(ticket_id)
    file = wanted(read, ticket_id, number)
    from heroterm.cli.on_demand import on_demand  # the wire is loaded for this alone

    with on_demand(call) as asked:
        return asked.save(file, folder.absolute())


def wanted(read: Reading, ticket_id: int, number: int) -> Attachment:
    """A file of a thread by its number in it, or its id. Raises UsageError where there is none."""
    files = files_of(read.mirror.thread(ticket_id).comments)
    if 1 <= number <= len(files):
        return files[number - 1]
    by_id = next((file for file in files if file.id == number), None)
    if by_id is not None:
        return by_id
    told = f"has {counted(len(files), 'file')} here" if files else "has no file here"
    raise UsageError(
        f"Ticket #{ticket_id} {told}; there is no number {number}.",
        f"`heroterm show {ticket_id}` lists them with their numbers.",
    )


def saved_document(saved: SavedFile) -> dict[str, Any]:
    """What was saved, as a document."""
    return {"path": saved.path, "size": saved.size, "remarks": list(saved.remarks)}


def saved_lines(saved: SavedFile) -> list[str]:
    """What was saved, for a person."""
    return [
        f"Saved {shown(str(saved.path), single_line=True)}.",
        *(f"! {r}" for r in saved.remarks),
    ]


def remove(where: Paths, *, older_than: datetime | None) -> int:
    """Delete saved attachments, all or those fetched before a moment; how many went.

    Only heroterm's own folder is looked at: what was saved with --to is the person's.
    """
    gone = 0
    for path in sorted(folder_of(where).glob("*/*")):
        if path.is_symlink() or not path.is_file():
            continue
        if older_than is None or path.stat().st_mtime < older_than.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
