"""What the team edits as files, read again while the desk stands: all of it by `g r`, and canned
replies that are newer on disk whenever their picker opens.

It is read beside the screen, and taken up once no other box lies over the desk, so that no list
that is open names what is not there any more. What is being written stays as it is, and a playbook
under way keeps the version with which it was begun.
"""

from __future__ import annotations

from collections.abc import Callable

from heroterm.errors import StoreError
from heroterm.mirror.reader import Mirror
from heroterm.sync.orders import ReadFiles
from heroterm.tui.book import ReadAgain
from heroterm.tui.doing import mistakes, reviewing, showing
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Pick

_SOON = 0.2
"""Seconds until it is looked again whether a box lies over the desk."""


def read_again(desk: OnDesk) -> None:
    """Read them, take them up, pass that on to the carrier, and say what is other."""

    def taken() -> None:
        desk.order(ReadFiles())
        desk.refresh_desk()
        if desk.composer.review.reviewed is not None:
            reviewing.refresh_review(desk)

    _ask(desk, desk.parts.read_again, lambda: desk.in_front, taken, "files")


def newer_replies(desk: OnDesk, pick: Pick) -> None:
    """The picker shows what is on disk by now; the rest of the files waits for `read_again`."""

    def may() -> bool:
        return desk.in_front or (pick.stands and pick.is_current)

    def unread(_: StoreError) -> None:
        """Nobody asked for them, so that nothing is said: `read_again` says why it cannot be."""

    _ask(desk, desk.parts.newer_replies, may, pick.again, "newer replies", unread)


def _ask(
    desk: OnDesk,
    read: Callable[[], ReadAgain | None],
    may: Callable[[], bool],
    taken: Callable[[], None],
    about: str,
    unasked: Callable[[StoreError], None] | None = None,
) -> None:
    """Read beside the screen; take it up as soon as that `may` be, and do what follows. `unasked`
    hears why it could not be read, in the place of the hero.
    """

    def question(_: Mirror) -> ReadAgain | None:
        return read()

    def answered(answer: ReadAgain | None) -> None:
        if answer is not None and not may():
            desk.set_timer(_SOON, lambda: answered(answer))
        elif answer is not None:
            desk.book = answer.book
            showing.lists(desk)
            taken()
            mistakes.tell_anew(desk, f"Read again: {answer.say}", answer.book.findings)

    def failed(error: StoreError) -> None:
        say = f"{error} Nothing was read again: what was read before holds."
        desk.tell(say, severity="error")

    desk.lookups.ask(question, answered, unasked or failed, about)
