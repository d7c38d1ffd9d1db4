"""The handover as a list: may the week end, then every section of the pack, empty ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from heroterm.domain.pack import SECTIONS, Entry, Pack
from heroterm.domain.playbook_standing import UNTOLD
from heroterm.tui.binding import bindings
from heroterm.tui.commands import HANDOVER
from heroterm.tui.keymap import SHIPPED, Keymap
from heroterm.tui.screens.listing import Listing
from heroterm.tui.text import fit, parts, safe, width_of

LEARNINGS = "learnings"
VERDICT = "verdict"
WAIT = " Looking through tickets, replies and drafts ..."
_OWN = "{handover.edit} adds a line of your own here."
_HOW = (
    "Handbook: at the end of your rotation any items in 1-4 are resolved or passed to the next "
    "Support Hero. {handover.open} on a red line answers, escalates or passes it on; a note that "
    "passes on counts once it is sent."
)
_TELL = "{handover.tick} tells the ticket, so that the next hero's heroterm goes on with the run."
_WIDE = 90
"""Cells from which on a line says in full how late it is, and begins with the word of its colour;
below that the heading says the colour, and a subject has the room.
"""
_BESIDE, _BESIDE_SHORT = 23, 15
"""Cells of a line before its title, and behind it: of a wide line, and of a narrow one."""
_LATE, _LATE_SHORT = (
    len("first reply, breached 47 h 59 min ago."),
    len("first reply 47 h 59 min late"),
)
"""Cells that a line keeps for what it says."""
_SHORT_LATE = " late"
_USUAL_TITLE, _LEAST_TITLE = 40, 16
_CLOCK = re.compile(r"(?P<what>[^,]+), (?:breached (?P<late>[^,]+) ago|(?P<left>[^,]+) left)\b")
_COLOURS = {"red": ("RED", "$sla-breached bold"), "passed": ("GREEN", "$sla-ok bold")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a heading, or one thing of its section."""

    section: str
    """Key of the pack's section, or VERDICT, LEARNINGS."""
    entry: Entry | None = None
    """None on a heading."""
    words: str = ""
    """What a heading says, or a line of the hero's own words."""
    remark: str = ""


class HandoverScreen(Listing[Line]):
    """What must be done, before what is only told."""

    BINDINGS = bindings(HANDOVER)


def lines(pack: Pack) -> Iterator[Line]:
    """The whole pack, line by line."""
    verdict = "GREEN: your week may end" if pack.green else f"RED: {pack.say}"
    yield Line(VERDICT, words=verdict)
    for section, heading in SECTIONS.items():
        entries, remark = pack.of(section), pack.remarks.get(section, "")
        yield Line(section, words=f"{heading} ({len(entries)})", remark=remark)
        for entry in entries:
            yield Line(section, entry)
    yield Line(LEARNINGS, words="Learnings", remark=pack.learnings)


def key(line_: Line) -> object:
    """What a line is known by."""
    entry = line_.entry
    return (line_.section, entry.ticket, entry.comment) if entry is not None else line_.section


def line(one: Line, width: int) -> Content:
    """One line; an empty section says so."""
    if one.entry is not None:
        return _entry(one.section, one.entry, width)
    if one.section == VERDICT:
        green = one.words.startswith("GREEN")
        return parts((f" {one.words}", "$sla-ok bold" if green else "$sla-breached bold"))
    said = " none" if one.words.endswith("(0)") or one.section == LEARNINGS else ""
    said = "" if one.section == LEARNINGS and one.remark else said
    first = one.remark.split("\n", 1)[0]
    return parts((f" {one.words}", "bold"), (said, "$text-muted"), f"  {first}" if first else "")


def _entry(section: str, entry: Entry, width: int) -> Content:
    colour, style = _COLOURS.get(section, ("", "$text-muted"))
    wide = width >= _WIDE
    tier = f"T{entry.tier}" if entry.tier else ""
    say = entry.say.removeprefix(f"{tier} ")
    if say != entry.say:  # the tier stands there: what it means is told below
        say = say.rpartition(" - ")[2]
    said = say if wide else _short(say)
    return parts(
        (fit(f"   {colour}", 9) if wide else "  ", style),
        (fit(tier, 3), f"$tier{min(entry.tier or 4, 4)} bold"),
        fit(f"#{entry.ticket}", 9 if wide else 8),
        fit(entry.title, _title_room(section, said, width)) + "  ",
        (said, "$sla-breached" if said.endswith(_SHORT_LATE) else ""),
    )


def _short(say: str) -> str:
    """How late it is in fewer words; whatever else it says stands below the list."""
    clock = _CLOCK.match(say)
    if clock is None:
        return say
    when = f"{clock['late']}{_SHORT_LATE}" if clock["late"] else f"in {clock['left']}"
    return f"{clock['what']} {when}"


def _title_room(section: str, say: str, width: int) -> int:
    """Cells of a title, as a rule the same for all lines of a width. How late it is is seen whole;
    of what more a line says the end may be cut, since it stands below the list, too.
    """
    beside, usual = (_BESIDE, _LATE) if width >= _WIDE else (_BESIDE_SHORT, _LATE_SHORT)
    late = width_of(", ".join(say.split(", ")[:2])) if section == "red" else 0
    most = max(_USUAL_TITLE, width // 3)
    return max(_LEAST_TITLE, min(most, width - beside - max(usual, late) - 1))


def detail(one: Line, width: int, keymap: Keymap = SHIPPED) -> list[Content]:
    """Everything about it, wrapped."""
    entry = one.entry
    if entry is None:
        words = one.remark or keymap.told(_OWN)
        return safe(words).wrap(width) if one.section != VERDICT else _how(width, keymap)
    told = [entry.organization, entry.status, f"T{entry.tier}" if entry.tier else ""]
    head = parts((f"#{entry.ticket} {entry.title}", "bold")).wrap(width)
    facts = parts((" | ".join(word for word in told if word), "$text-muted")).wrap(width)
    link = safe(entry.link).wrap(width) if entry.link else []
    tell = _untold(one.section, entry, width, keymap)
    return [*head, *tell, *facts, *safe(entry.say).wrap(width), *link]


def _untold(section: str, entry: Entry, width: int, keymap: Keymap) -> list[Content]:
    if section != "runs" or not entry.say.startswith(UNTOLD):
        return []
    return parts((keymap.told(_TELL), "$sla-soon bold")).wrap(width)


def _how(width: int, keymap: Keymap) -> list[Content]:
    return safe(keymap.told(_HOW)).wrap(width)
