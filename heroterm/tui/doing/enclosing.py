"""`a`, `t` and `w` in the Review: files, copies and the moment that go with the words."""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain import later
from heroterm.domain.deeds import EnclosedFile
from heroterm.domain.rules_of_recipients import ADDRESS
from heroterm.domain.sizes import size_words
from heroterm.domain.waits import NO_MOMENT
from heroterm.errors import HeroError
from heroterm.journal.database import Journal
from heroterm.tui.doing import beside, reviewing, writing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.panes.composer import NOTE
from heroterm.tui.screens.pick import Choice, Pick

_OFF = "- "
_FOLDER = "attach from"
"""Key in the journal's memory of the folder that was looked into last."""


def _changed(desk: OnDesk, **changes: object) -> None:
    """What goes with the words is other now: keep the draft, show it in the Review."""
    desk.composer.change(**changes)
    writing.keep_draft(desk)
    reviewing.refresh_review(desk)


# Files


def attach(desk: OnDesk) -> None:
    """Choose a file by its path; one that is attached is offered to be taken off."""
    journal = desk.reading.journal
    last = journal.marks.recall(_FOLDER) if journal is not None else None
    _ask_for_path(desk, last or "~/")


def _ask_for_path(desk: OnDesk, begun: str) -> None:
    composing = desk.composer.writing
    if composing is None:
        return
    files = composing.files
    off = [Choice(f"{_OFF}{f.sha256}", f.name, "attached: takes it off") for f in files]

    def found(typed: str) -> Sequence[Choice]:
        like = desk.parts.paths_like(typed)
        paths = [Choice(path, path, _size(size), known_by_end=True) for path, size in like]
        # Below, and not beside another path: Enter on what was typed takes no file off.
        asked = typed if typed not in ("", begun) else ""
        return [*paths, *(one for one in off if asked.casefold() in one.words.casefold())]

    def picked(key: str | None) -> None:
        if key is None:
            return
        if key.startswith(_OFF):
            _changed(desk, files=tuple(f for f in files if f"{_OFF}{f.sha256}" != key))
            desk.tell(f"Taken off: {', '.join(one.words for one in off if one.key == key)}.")
        elif key.endswith("/"):
            _ask_for_path(desk, key)
        else:
            keep(desk, key)

    title = "Attach: type a path; Tab completes it, Enter opens it or takes the file"
    desk.app.push_screen(Pick(title, off, find=found, begin=begun), picked)


def _size(size: int | None) -> str:
    return "folder" if size is None else size_words(size)


def keep(desk: OnDesk, path: str) -> None:
    """Read the file and keep a copy: what is sent is what is there now."""
    composing = desk.composer.writing
    if composing is None:
        return

    def read(journal: Journal) -> EnclosedFile:
        found = desk.parts.read_file(path)
        journal.marks.remember(_FOLDER, path.rpartition("/")[0] + "/")
        return journal.enclosures.keep(found.name, found.content_type, found.content)

    def kept(file: EnclosedFile) -> None:
        now = desk.composer.writing
        if now is None or now.intent_id != composing.intent_id:
            desk.tell(f"{file.name} was not attached: its words are no longer being written.")
            return
        _changed(desk, files=(*(f for f in now.files if f.sha256 != file.sha256), file))
        desk.tell(f"Attached: {file.name}, {file.content_type}, {_size(file.size)}.")

    def lost(error: HeroError) -> None:
        desk.tell(str(error), severity="warning")

    desk.pen.write(read, kept, lost)


# Copies


def copies(desk: OnDesk) -> None:
    """Add an address that gets a copy, or take one off."""
    composing = desk.composer.writing
    if composing is None:
        return
    if composing.kind == NOTE:
        desk.tell("A note goes to colleagues only and has no copies.")
        return
    now = beside.present(desk)
    on = [one for one in now if one not in composing.remove_ccs]
    choices = [Choice(f"{_OFF}{one}", one, "gets a copy: takes it off") for one in on]
    choices += [Choice(f"{_OFF}{one}", one, "added: takes it off") for one in composing.add_ccs]
    choices += [Choice(one, one, "taken off: gets a copy again") for one in composing.remove_ccs]
    known = {choice.words for choice in choices}
    choices += [Choice(one, one, "wrote here") for one in _others(desk) if one not in known]

    def picked(key: str | None) -> None:
        if key is not None:
            _copy(desk, key.removeprefix(_OFF), off=key.startswith(_OFF))

    title = "Copies: choose, or type an address"
    desk.app.push_screen(Pick(title, choices, typed="gets a copy"), picked)


def _copy(desk: OnDesk, address: str, *, off: bool) -> None:
    composing = desk.composer.writing
    if composing is None:
        return
    add = [one for one in composing.add_ccs if one != address]
    remove = [one for one in composing.remove_ccs if one != address]
    here = address in beside.present(desk)
    if off and here:
        remove.append(address)
    elif not off and not here:
        if not ADDRESS.fullmatch(address):
            desk.tell(f"“{address[:60]}” is no e-mail address.", severity="warning")
            return
        add.append(address)
    _changed(desk, add_ccs=tuple(add), remove_ccs=tuple(remove))


def _others(desk: OnDesk) -> list[str]:
    """Customers' addresses that stand in the thread, but the requester's."""
    opened = desk.opened
    if opened is None:
        return []
    own = opened.requester.email if opened.requester is not None else None
    written = [c.from_address for c in opened.comments if c.from_address]
    known = [p.email for p in opened.people.values() if p.email and not p.staff]
    return [one for one in dict.fromkeys([*known, *written]) if one != own]


# The moment


def send_later(desk: OnDesk) -> None:
    """Choose when it is to be sent, by the hero's clock or by the customer's."""
    composing = desk.composer.writing
    if composing is None:
        return
    now, zone = desk.reading.local_now(), beside.their_zone(desk)

    def meant(said: str) -> Choice:
        return Choice(said, said, moment_of(desk, said) or NO_MOMENT)

    choices = [Choice("now", "After the usual hold")] if composing.later is not None else []
    choices += [meant(each) for each in later.EXAMPLES if zone or "their" not in each]
    if zone is not None:
        choices.append(Choice("", f"It is {now.astimezone(zone):%a %H:%M} for them now"))

    def picked(said: str | None) -> None:
        if said == "now":
            _changed(desk, later=None)
        elif said:
            send_at(desk, said)

    title = "Send later: when? Type it, or choose"
    box = Pick(
        title, choices, free=True, typed_first=True,
        find=lambda said: [meant(said)] if said else choices,
    )  # fmt: skip
    desk.app.push_screen(box, picked)


def moment_of(desk: OnDesk, said: str) -> str:
    """When it would be sent by these words, by both clocks; "" where they say no such moment."""
    now, zone = desk.reading.local_now(), beside.their_zone(desk)
    mine = desk.book.zone
    at = later.read(said, now, mine, zone).at
    return later.words(at, now, mine, zone) if at is not None else ""


def send_at(desk: OnDesk, said: str) -> None:
    """Let what is being written go at the moment that was typed, or say why that is none."""
    now = desk.reading.local_now()
    read = later.read(said, now, desk.book.zone, beside.their_zone(desk))
    if read.at is None:
        desk.tell(read.refusal, severity="warning")
    else:
        _changed(desk, later=read.at)
