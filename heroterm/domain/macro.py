"""Zendesk's macros: what one would change on a ticket, and what of it is not understood.

Nothing is applied here. A macro becomes a proposal that a person reads first (features F2). Every
action is either in the changes, in the words, or refused by name: none is left out silently.
Placeholders are filled in one pass, so that a value is never expanded; an unknown one becomes
`<<name?>>`, which the rules do not let leave the house.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from heroterm.domain.outbox import NOBODY, Changes
from heroterm.domain.reply import greeting_name
from heroterm.domain.reply_rank import matching
from heroterm.domain.tables import Table
from heroterm.domain.text import shown
from heroterm.domain.ticket import (
    PRIORITIES,
    WRITABLE_STATUSES,
    Group,
    Macro,
    Organization,
    Person,
    Ticket,
)

TYPES = ("problem", "incident", "question", "task")
_AMONG = {"status": WRITABLE_STATUSES, "priority": PRIORITIES, "type": TYPES}
_WORDS = ("comment_value", "comment_value_html")
_HOLE = re.compile(r"\{\{ *([\w.]+) *\}\}|\{\{[^{}]*\}\}|\{%[^{}]*%\}")
_CHANNEL = re.compile(r"channel:(\w+)\n(?P<words>.*)", re.DOTALL)
_CUSTOM = re.compile(r"(?:custom_fields|ticket_fields)_(\d{1,18})")
_NUMBER = re.compile(r"[1-9]\d{0,17}")
_LETTER = re.compile(r"[a-ln-zA-Z]")
_VALUE_LIMIT = 300
_NAME_LIMIT = 60
_SHOWN_VALUE = 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a macro would do to one ticket."""

    macro: Macro
    changes: Changes
    words: str = ""
    """The comment, filled in; "" where the macro writes none."""
    public: bool = True
    """Whether the words are for the customer."""
    refused: tuple[str, ...] = ()
    """A sentence for each action that heroterm does not do."""
    playbook: str = ""
    """Name of the playbook that it begins; only the team's own macros begin one."""
    canned: str = ""
    """Name of the canned reply whose words it writes; only the team's own macros name one."""

    @property
    def empty(self) -> bool:
        """Whether nothing of it can be done."""
        return not (self.words or self.playbook) and self.changes.empty


@dataclass(frozen=True, slots=True)
class Hero:
    """Who applies the macro: what `current_user` and `current_groups` stand for."""

    id: int | None = None
    group_ids: tuple[int, ...] = ()


@dataclass
class _Making:
    """A proposal while its actions are read, in their order."""

    ticket: Ticket
    me: Hero
    values: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    fields: dict[int, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    public: bool = True
    refused: list[str] = field(default_factory=list)

    def refuse(self, name: str, value: str, why: str = "heroterm does not do this") -> None:
        said = shown(value, single_line=True, limit=_SHOWN_VALUE)
        self.refused.append(f"{shown(name, single_line=True)} = {said or '(empty)'}: {why}.")


def propose(macro: Macro, ticket: Ticket, me: Hero, known: Mapping[str, str]) -> Proposal:
    """What the macro would do to the ticket; `known` as `placeholders` gives it."""
    made = _Making(ticket, me, tags=list(ticket.tags))
    for name, value in macro.actions:
        _take(made, name, value)
    now, had = dict.fromkeys(made.tags), dict.fromkeys(ticket.tags)
    changes = replace(
        Changes(macro_id=macro.id, custom_fields=tuple(made.fields.items())),
        add_tags=tuple(tag for tag in now if tag not in had),
        remove_tags=tuple(tag for tag in had if tag not in now),
        **made.values,
    )
    words = filled(shown("\n\n".join(made.words).strip()), known)
    return Proposal(macro, changes, words, made.public, tuple(made.refused))


def matches(macro: Macro, query: str) -> int:
    """How well typed letters match its title, as for canned replies (reply_rank.matching)."""
    return matching(macro.title, query)


def _take(made: _Making, name: str, value: str) -> None:
    """One action into the proposal, or among what is refused."""
    custom = _CUSTOM.fullmatch(name)
    if name in _AMONG:
        _choice(made, name, value)
    elif name == "assignee_id":
        _person(made, value)
    elif name == "group_id":
        _group(made, value)
    elif name in ("current_tags", "set_tags", "remove_tags"):
        made.tags = _tagged(name, made.tags, value.split())
    elif name in _WORDS:
        _comment(made, name, value)
    elif name == "comment_mode_is_public":
        made.public = value.casefold() != "false"
    elif custom is not None and "\n" not in value:
        made.fields[int(custom[1])] = value
    elif name == "custom_status_id" and _NUMBER.fullmatch(value):
        made.values[name] = int(value)
    else:
        made.refuse(name, value)


def _choice(made: _Making, name: str, value: str) -> None:
    if value in _AMONG[name]:
        made.values[name] = value
    else:
        made.refuse(name, value, f"no {name} that may be chosen")


def _person(made: _Making, value: str) -> None:
    if value == "current_user" and made.me.id is not None:
        made.values["assignee_id"] = made.me.id
    elif value == "" or _NUMBER.fullmatch(value):
        made.values["assignee_id"] = int(value or NOBODY)
    else:
        made.refuse("assignee_id", value, "who that is is not known here")


def _group(made: _Making, value: str) -> None:
    if value == "current_groups" and len(made.me.group_ids) == 1:
        made.values["group_id"] = made.me.group_ids[0]
    elif value == "" or _NUMBER.fullmatch(value):
        made.values["group_id"] = int(value or NOBODY)
    elif value == "current_groups":
        many = len(made.me.group_ids)
        made.refuse("group_id", value, f"you are in {many} groups, and it takes one")
    else:
        made.refuse("group_id", value, "which group that is is not known here")


def _tagged(name: str, have: list[str], named: Sequence[str]) -> list[str]:
    if name == "set_tags":
        return list(dict.fromkeys(named))
    if name == "remove_tags":
        return [tag for tag in have if tag not in named]
    return list(dict.fromkeys((*have, *named)))


def _comment(made: _Making, name: str, value: str) -> None:
    by_channel = _CHANNEL.fullmatch(value)
    if by_channel is not None and by_channel[1] != "all":
        made.refuse(name, value, f"words for the channel {by_channel[1]} alone")
    else:
        made.words.append(by_channel["words"] if by_channel is not None else value)


def filled(words: str, known: Mapping[str, str]) -> str:
    """The words with what is known put in; what is not stands there as `<<name?>>`."""

    def value(hole: re.Match[str]) -> str:
        found = shown(known.get(hole[1] or "", ""), single_line=True, limit=_VALUE_LIMIT)
        return found or f"<<{_name(hole[1] or hole[0])}?>>"

    return _HOLE.sub(value, words)


def _name(hole: str) -> str:
    inner = " ".join(re.sub(r"[<>{}%]", " ", hole).split())
    return shown(inner, single_line=True, limit=_NAME_LIMIT) or "placeholder"


def placeholders(
    ticket: Ticket,
    requester: Person | None,
    me: Person | None,
    organization: Organization | None = None,
    group: Group | None = None,
    url: str = "",
) -> dict[str, str]:
    """Zendesk's placeholders that can be filled in here; one whose value is empty is not known."""
    found = {
        "ticket.id": str(ticket.id),
        "ticket.title": ticket.subject,
        "ticket.status": ticket.status,
        "ticket.priority": ticket.priority or "",
        "ticket.url": url,
        "ticket.link": url,
        "ticket.organization.name": organization.name if organization else "",
        "ticket.group.name": group.name if group else "",
    }
    for prefix, person in (("ticket.requester", requester), ("current_user", me)):
        name = person.name if person else ""
        found[f"{prefix}.name"] = name
        found[f"{prefix}.first_name"] = greeting_name(name)
        found[f"{prefix}.email"] = (person.email or "") if person else ""
    return found


def differences(changes: Changes, ticket: Ticket) -> list[tuple[str, object, object]]:
    """Each field that the changes name: its name, its value now and the one afterwards.

    Custom fields are named by their number; a tag is a row of its own. Equal values: already so.
    """
    rows: list[tuple[str, object, object]] = []
    for name in ("status", "priority", "type", "group_id", "assignee_id", "custom_status_id"):
        wanted = getattr(changes, name)
        if wanted is not None:
            rows.append((name, getattr(ticket, name), wanted or None))
    had = dict(ticket.custom_fields)
    rows += [(str(id_), had.get(id_), value or None) for id_, value in changes.custom_fields]
    rows += [("tag", None, tag) for tag in changes.add_tags]
    return rows + [("tag", tag, None) for tag in changes.remove_tags]


def keys_from(table: Table) -> dict[str, str]:
    """The letters of a macros.toml: after `m`, each names a macro by its title.

    Raises tables.BadEntry.
    """
    keys = table.table("keys", needed=False)
    found = {}
    for letter in keys.names():
        if not _LETTER.fullmatch(letter):
            raise keys.bad(letter, "is no key for a macro.", "Use one letter; m is the list.")
        found[letter] = keys.text(letter)
    return found
