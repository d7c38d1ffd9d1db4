"""Whether the hero may answer in public: the seat first, then where the ticket was asked."""

from __future__ import annotations

from heroterm.domain.rules_of_recipients import LIGHT_AGENT, UPGRADE
from heroterm.domain.source import Verdict
from heroterm.domain.view import LIGHT
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.text import parts


def is_light(desk: OnDesk) -> bool:
    """Whether the signed-in person may write internal notes only (features H6)."""
    return desk.reading.state.role == LIGHT


def may_reply(desk: OnDesk, opened: Opened) -> Verdict:
    """Whether this person may answer this ticket in public."""
    if is_light(desk):
        return Verdict(False, LIGHT_AGENT, f"i writes an internal note. {UPGRADE}")
    return desk.book.may_reply(opened)


def refused(desk: OnDesk, verdict: Verdict) -> None:
    """Say why not and what to do instead: the way to another seat takes a box."""
    if is_light(desk):
        lines = [LIGHT_AGENT, "", "i writes an internal note for your colleagues.", "", UPGRADE]
        desk.explain("Light agent", [parts(line) for line in lines])
    else:
        desk.tell(f"{verdict.say} {verdict.instead}", severity="warning")
