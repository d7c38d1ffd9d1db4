"""`A`: open a file of the thread in the browser, view a picture here, or save it; a child of
heroterm fetches it.
"""

from __future__ import annotations

from heroterm.domain.sizes import size_words
from heroterm.domain.ticket import Attachment
from heroterm.errors import HeroError
from heroterm.tui.doing import opening, viewing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.screens.files import Enclosed, FilesScreen, listed
from heroterm.tui.verbs import Document

MALWARE = "Zendesk found malware in {name}: it is neither opened nor fetched. Ask your security."


def show(desk: OnDesk) -> None:
    """Show the files of the open ticket, newest first."""
    opened = desk.target
    if opened is None:
        return
    files = _files(opened)
    if not files:
        whole = "" if opened.complete else " as far as the thread has been fetched"
        desk.tell(f"There is no file in this ticket{whole}.")
        return
    shown = opened
    box = listed(
        f"Files of #{opened.ticket.id}",
        lambda: files,
        desk.reading.now,
        lambda deed, each: _do(desk, shown, deed, each),
        desk.parts.keymap,
    )
    desk.app.push_screen(FilesScreen(box))


def _files(opened: Opened) -> list[Enclosed]:
    found = []
    for comment in reversed(opened.comments):
        author = opened.author(comment)
        sender = author.name if author is not None else comment.from_address or "unknown author"
        found += [Enclosed(file, comment, sender) for file in comment.attachments]
    return found


def _do(desk: OnDesk, opened: Opened, deed: str, each: Enclosed | None) -> bool:
    """Do it; the box stays open."""
    if each is None:
        return False
    if each.file.malware == "malware_found":
        desk.tell(MALWARE.format(name=each.file.file_name), severity="warning")
    elif deed == "open":
        opening.browse(desk, each.file.content_url)
    elif deed == "look":
        viewing.look(desk, opened.ticket.id, each.file)
    else:
        save(desk, opened.ticket.id, each.file)
    return False


def save(desk: OnDesk, ticket_id: int, file: Attachment) -> None:
    """Fetch a file into heroterm's own folder; it is never opened by itself."""
    desk.tell(f"Fetching {file.file_name}, {size_words(file.size)} …")

    def saved(document: Document) -> None:
        told = document.get("saved", {})
        remarks = " ".join(str(each) for each in told.get("remarks", ()))
        severity = "warning" if remarks else "information"
        desk.tell(f"Saved {told.get('path', '')}. {remarks}".strip(), severity=severity)

    def failed(error: HeroError) -> None:
        desk.tell(f"{file.file_name} was not saved: {error}", severity="error")

    words = ["show", str(ticket_id), "--save-attachment", str(file.id)]
    desk.verbs.run(words, saved, failed)
