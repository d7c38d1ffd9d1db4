"""Field changes as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import asdict

from heroterm.domain.outbox import Changes
from heroterm.journal import strict

_LISTS = ("add_tags", "remove_tags", "add_ccs", "remove_ccs")
_WORDS = ("status", "priority", "type")
_NUMBERS = ("assignee_id", "group_id", "organization_id", "custom_status_id", "macro_id")


def changes_text(changes: Changes) -> str:
    """Changes as JSON, only what is said."""
    return json.dumps({name: value for name, value in asdict(changes).items() if value is not None})


def changes_of(kept: object) -> Changes:
    """Changes as `changes_text` wrote them. Raises ValueError for anything else."""
    values = {name: each for name, each in strict.named(kept).items() if each is not None}
    for name, value in values.items():
        if name in _LISTS:
            values[name] = strict.texts(value)
        elif name == "custom_fields":
            values[name] = tuple(_field(each) for each in strict.listed(value))
        elif name in _WORDS:
            values[name] = strict.words(value)
        elif name in _NUMBERS:
            values[name] = strict.number(value)
        else:
            raise ValueError(f"{name} is no change")
    return Changes(**values)


def _field(pair: object) -> tuple[int, str]:
    id_, value = strict.listed(pair)
    return strict.number(id_), strict.words(value)
