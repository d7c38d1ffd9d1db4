"""Lessons of the practice shift: what to do in words, and the key only after it worked once."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from heroterm.domain.tables import Table

DID, INSERTED, QUEUED, RECALLED, REFUSED = "did", "inserted", "queued", "recalled", "refused"
REHEARSING, ASKED, WRONG, RIGHT = "rehearsing", "asked", "wrong", "right"
KINDS = {"reply": "public_reply", "note": "internal_note", "organization": "person_organization"}
"""Kinds of what is queued, by their word in the file."""
_ALONE, _WITH = (INSERTED, RECALLED), (DID, QUEUED, REFUSED, REHEARSING, ASKED, WRONG, RIGHT)
_KEY = re.compile(r"\{([a-z_.0-9]+)\}")


@dataclass(frozen=True, slots=True)
class When:
    """What must have happened; `of` is the command, kind, playbook or step that it is about."""

    what: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class LessonStep:
    """One thing to do."""

    hint: str
    when: When
    learned: str

    @property
    def commands(self) -> tuple[str, ...]:
        """Ids of the commands whose keys are shown afterwards."""
        return tuple(_KEY.findall(self.learned))


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
    made = LessonStep(table.text("hint"), _when(table, commands), table.text("learned"))
    for id_ in made.commands:
        if id_ not in commands:
            raise table.bad("learned", f'names "{id_}", which is no command.', "See keys list.")
    table.done()
    return made


def _when(table: Table, commands: Collection[str]) -> When:
    said = table.text("when")
    what, _, of = said.partition(" ")
    if not (of == "" and what in _ALONE) and not (of and what in _WITH):
        known = ", ".join((*_ALONE, *(f"{each} …" for each in _WITH)))
        raise table.bad("when", f'says "{said}".', f"Use one of: {known}.")
    if what in (DID, REFUSED) and of not in commands:
        raise table.bad("when", f'names "{of}", which is no command.', "See keys list.")
    if what == QUEUED and of not in KINDS:
        raise table.bad("when", f'names "{of}".', f"Use one of: {', '.join(KINDS)}.")
    return When(what, of)
