"""`g r`: what the team edits as files, read again while the desk stands.

It is read beside the screen, and taken up once no box lies over the desk, so that no list that is
open names what is not there any more. What is being written stays as it is, and a playbook under
way keeps the version with which it was begun.
"""

from __future__ import annotations

from heroterm.errors import HeroError
from heroterm.mirror.reader import Mirror
from heroterm.sync.orders import ReadFiles
from heroterm.tui.book import ReadAgain
from heroterm.tui.doing import mistakes, reviewing, showing
from heroterm.tui.on_desk import OnDesk

_SOON = 0.2
"""Seconds until it is looked again whether a box lies over the desk."""
_HOLDS = "what was read before holds."


def read_again(desk: OnDesk) -> None:
    """Read them, take them up, pass that on to the carrier, and say what is other."""

    def read(_: Mirror) -> ReadAgain | HeroError:
        try:
            return desk.parts.read_again()
        except HeroError as error:
            return error

    desk.lookups.ask(read, lambda answer: _take(desk, answer), lambda e: _failed(desk, e), "files")


def _take(desk: OnDesk, read: ReadAgain | HeroError) -> None:
    if isinstance(read, HeroError):
        _failed(desk, read)
    elif not desk.in_front:
        desk.set_timer(_SOON, lambda: _take(desk, read))
    else:
        desk.book = read.book
        desk.order(ReadFiles())
        showing.lists(desk)
        desk.refresh_desk()
        if desk.composer.review.reviewed is not None:
            reviewing.refresh_review(desk)
        mistakes.tell_anew(desk, f"Read again: {read.say}", read.book.findings)


def _failed(desk: OnDesk, error: HeroError) -> None:
    desk.tell(f"{error} Nothing was read again: {_HOLDS}", severity="error")
