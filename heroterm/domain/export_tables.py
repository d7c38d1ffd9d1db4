"""What an export holds: tables with stable columns, and whose words are in which.

A column is only ever added. `words` are what people wrote, `person` names and addresses; an export
may leave either out, and leaves out the words of tickets with a content warning unless asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

SCHEMA = 1
"""Of all tables; it rises when a column changes its meaning or goes."""
INT, TEXT, BOOL, MOMENT, LIST, JSON = "int", "text", "bool", "moment", "list", "json"
WORDS, PERSON = "words", "person"
Value = int | str | bool | None
SAFE_FIELDS = frozenset(
    "status priority type group_id assignee_id organization_id ticket_form_id custom_status_id "
    "is_public".split()
)
"""Fields whose changes hold no words of anybody."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind` as above; moments are epoch seconds, lists and objects JSON text."""

    name: str
    kind: str
    holds: str = ""
    """WORDS, PERSON, or "" for neither."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is left out."""

    bodies: bool = True
    """False: nothing that anybody wrote."""
    people: bool = True
    """False: no names, no addresses; the numbers that tell people apart stay."""
    warned: bool = False
    """True: also the words of tickets with a content warning."""


def columns(text: str) -> tuple[Column, ...]:
    """Columns from words like `id:int body:text:words`."""
    return tuple(Column(*word.split(":")) for word in text.split())


TABLES: dict[str, tuple[Column, ...]] = {
    "tickets": columns(
        "id:int status:text priority:text type:text source:text tier:int subject:text:words "
        "title:text:words created_at:moment updated_at:moment status_since:moment "
        "requester_id:int assignee_id:int group_id:int group:text organization_id:int "
        "organization:text tags:list channel:text comment_count:int replies:int "
        "never_answered:bool content_warning:bool metric:text breach_at:moment "
        "via_followup_source_id:int satisfaction:text custom_fields:json:words missing:bool "
        "fetched_at:moment"
    ),
    "comments": columns(
        "id:int ticket_id:int created_at:moment author_id:int author_role:text public:bool "
        "channel:text from_address:text:person body:text:words truncated:bool attachments:int "
        "audit_id:int"
    ),
    "events": columns(
        "audit_id:int ticket_id:int created_at:moment author_id:int channel:text intent:text "
        "field:text before:text:words after:text:words"
    ),
    "users": columns(
        "id:int name:text:person email:text:person role:text organization_id:int suspended:bool "
        "time_zone:text"
    ),
    "organizations": columns(
        "id:int name:text domain_names:list plan:text mrr:text tags:list "
        "content_warning:text:words notes:text:words"
    ),
    "sla": columns(
        "ticket_id:int metric:text stage:text breach_at:moment estimated:bool policy:text "
        "target_seconds:int business_hours:bool applied_at:moment"
    ),
    "satisfaction": columns(
        "ticket_id:int rating:text comment:text:words status:text updated_at:moment"
    ),
}
"""Every table, in the order of the export."""

Cells = tuple[Value, ...]


def masked(name: str, choices: Choices) -> Callable[[Sequence[Value], bool], Cells]:
    """What makes a row ready: takes its values and whether its ticket has a content warning."""
    shape = TABLES[name]
    people = [at for at, c in enumerate(shape) if c.holds == PERSON] if not choices.people else []
    words = [at for at, c in enumerate(shape) if c.holds == WORDS]
    bools = [at for at, c in enumerate(shape) if c.kind == BOOL]
    field = next((at for at, c in enumerate(shape) if c.name == "field"), None)

    def ready(values: Sequence[Value], warned: bool) -> Cells:
        cells = list(values)
        for at in bools:
            cells[at] = None if cells[at] is None else bool(cells[at])
        for at in people:
            cells[at] = None
        hidden = not choices.bodies or (warned and not choices.warned)
        if hidden and (field is None or cells[field] not in SAFE_FIELDS):
            for at in words:
                cells[at] = None
        return tuple(cells)

    return ready
