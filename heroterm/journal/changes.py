"""Field changes as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from heroterm.domain.outbox import Changes


def changes_text(changes: Changes) -> str:
    """Changes as JSON, only what is said."""
    return json.dumps({name: value for name, value in asdict(changes).items() if value is not None})


def changes_of(kept: dict[str, Any]) -> Changes:
    """Changes as `changes_text` wrote them."""
    for name in ("add_tags", "remove_tags", "add_ccs", "remove_ccs"):
        kept[name] = tuple(kept.get(name, ()))
    kept["custom_fields"] = tuple((id_, value) for id_, value in kept.get("custom_fields", ()))
    return Changes(**kept)
