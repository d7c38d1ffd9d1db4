"""`t`: put tags on and take them off. Only the difference is sent, so nobody's tag is overwritten
(features H3).
"""

from __future__ import annotations

import re

from heroterm.domain.outbox import Changes
from heroterm.mirror.choices import tags_in_use
from heroterm.tui.doing import changing
from heroterm.tui.doing.aiming import Aim, aim
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.pick import Choice, Pick

_TAG = re.compile(r"[^\s,\"']{1,80}")


def tags(desk: OnDesk) -> None:
    """Choose a tag that is in use, or type some: `billing -old`."""
    aimed = aim(desk)
    if aimed is not None:
        _ask(desk, aimed)


def _ask(desk: OnDesk, aimed: Aim, begin: str = "") -> None:
    """The box, with what was typed before where one word of it was no tag."""
    mirror = desk.reading.mirror
    if mirror is None:
        return
    here = aimed.opened.ticket.tags if aimed.opened is not None else ()
    choices = [Choice(f"-{tag}", tag, "is on it: takes it off") for tag in here]
    known = [tag for tag in tags_in_use(mirror) if tag not in here]
    choices += [Choice(tag, tag, "puts it on") for tag in known]
    if aimed.opened is None:
        choices += [Choice(f"-{tag}", f"-{tag}", "takes it off") for tag in known[:50]]

    def picked(typed: str | None) -> None:
        if typed:
            _put(desk, aimed, typed)

    title = f"Tags of {aimed.words}: choose, or type new ones, - takes off"
    desk.app.push_screen(Pick(title, choices, typed="as typed", begin=begin), picked)


def put(desk: OnDesk, typed: str) -> None:
    """`tags billing -old` in the palette: the tags are typed already."""
    aimed = aim(desk)
    if aimed is not None:
        _put(desk, aimed, typed)


def meaning(_: OnDesk, typed: str) -> str:
    """What these words put on and take off; "" where one of them is no tag."""
    read = read_tags(typed)
    if isinstance(read, str):
        return ""
    on, off = ", ".join(read.add_tags), ", ".join(read.remove_tags)
    return "; ".join(filter(None, (on and f"puts on {on}", off and f"takes off {off}")))


def _put(desk: OnDesk, aimed: Aim, typed: str) -> None:
    read = read_tags(typed)
    if isinstance(read, str):
        desk.tell(f"{read} What you typed stands in the box again.", severity="warning")
        _ask(desk, aimed, typed)
        return
    if aimed.opened is not None:
        on = set(aimed.opened.ticket.tags)
        read = Changes(
            add_tags=tuple(tag for tag in read.add_tags if tag not in on),
            remove_tags=tuple(tag for tag in read.remove_tags if tag in on),
        )
        if read.empty:
            desk.tell(f"{aimed.words} has these tags so already.")
            return
    changing.put(desk, aimed, read)


def read_tags(typed: str) -> Changes | str:
    """Typed words as changes of tags; a sentence for what is no tag."""
    add: list[str] = []
    remove: list[str] = []
    for word in typed.lower().replace(",", " ").split():
        off = word.startswith("-")
        tag = word.lstrip("+-") if off or word.startswith("+") else word
        if not _TAG.fullmatch(tag):
            return f"“{word[:40]}” is no tag: a tag has no blanks, commas or quotes."
        (remove if off else add).append(tag)
    return Changes(add_tags=tuple(dict.fromkeys(add)), remove_tags=tuple(dict.fromkeys(remove)))
