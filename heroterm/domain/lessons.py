"""Lessons of the practice shift: what to do in words, and the key only after it worked once."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from heroterm.domain.tables import Table

DID, INSERTED, QUEUED, RECALLED, REFUSED = "did", "inserted", "queued", "recalled", "refused"
REHEARSING, ASKED, WRONG, RIGHT = "rehearsing", "asked", "wrong", "right"
BEGUN = "begun"
OPENED, LOST = "opened", "lost"
NEXT, COMMUNITY, FREE_MAIL = "next", "community", "free-mail"
KINDS = {"reply": "public_reply", "note": "internal_note", "organization": "person_organization"}
"""Kinds of what is queued, by their word in the file."""
_ALONE = (INSERTED, RECALLED)
_WITH = (DID, OPENED, QUEUED, REFUSED, REHEARSING, BEGUN, ASKED, WRONG, RIGHT, LOST)
_ON = ("", COMMUNITY, FREE_MAIL)
_KEY = re.compile(r"\{([a-z_.0-9]+)\}")


@dataclass(frozen=True, slots=True)
class When:
    """What must have happened; `of` is the command, kind, playbook or step that it is about.

    `on` is the one kind of ticket on which it counts, whenever it was done; "" any.
    """

    what: str
    of: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class LessonStep:
    """One thing to do. `also` has done it as well; after `astray`, `still` says what is wanted."""

    hint: str
    when: When
    learned: str
    also: When | None = None
    astray: When | None = None
    still: str = ""

    @property
    def commands(self) -> tuple[str, ...]:
        """Ids of the commands whose keys are shown afterwards."""
        return tuple(_KEY.findall(self.learned + self.still))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A few steps around one ticket."""

    name: str
    title: str
    steps: tuple[LessonStep, ...]


def from_table(table: Table, commands: Collection[str]) -> tuple[Lesson, ...]:
    """The lessons of a file; every command that it names must be one. Raises tables.BadEntry."""
    made = tuple(_lesson(each, commands) for each in table.tables("lesson"))
    if not made:
        raise table.bad("lesson", "is missing.", "Write [[lesson]] tables.")
    return made


def _lesson(table: Table, commands: Collection[str]) -> Lesson:
    made = Lesson(
        table.text("name"),
        table.text("title"),
        tuple(_step(each, commands) for each in table.tables("step")),
    )
    if not made.steps:
        raise table.bad("step", "is missing.", "A lesson needs [[lesson.step]] tables.")
    table.done()
    return made


def _step(table: Table, commands: Collection[str]) -> LessonStep:
    astray = _when(table, "astray", commands)
    made = LessonStep(
        table.text("hint"),
        _when(table, "when", commands) or When(""),
        table.text("learned"),
        _when(table, "also", commands),
        astray,
        table.text("still") if astray else "",
    )
    for id_ in made.commands:
        if id_ not in commands:
            raise table.bad("learned", f'names "{id_}", which is no command.', "See keys list.")
    table.done()
    return made


def _when(table: Table, key: str, commands: Collection[str]) -> When | None:
    """What an entry says of a deed; None where it may be left out and is. Raises BadEntry."""
    said = table.text(key, "" if key != "when" else None)
    if not said and key != "when":
        return None
    words, _, on = said.partition(" on ")
    what, _, of = words.partition(" ")
    if not (of == "" and what in _ALONE) and not (of and what in _WITH):
        known = ", ".join((*_ALONE, *(f"{each} …" for each in _WITH)))
        raise table.bad(key, f'says "{said}".', f"Use one of: {known}.")
    if what in (DID, REFUSED) and of not in commands:
        raise table.bad(key, f'names "{of}", which is no command.', "See keys list.")
    if what == QUEUED and of not in KINDS:
        raise table.bad(key, f'names "{of}".', f"Use one of: {', '.join(KINDS)}.")
    if on not in _ON or (on and what != QUEUED):
        raise table.bad(key, f'says "{said}".', f"Behind queued: {', '.join(_ON[1:])}.")
    return When(what, of, on)
