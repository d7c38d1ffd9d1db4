"""Macros and saved views as Zendesk sends them."""

from __future__ import annotations

from typing import Any

from heroterm.domain.text import storable
from heroterm.domain.ticket import Macro, ZendeskView
from heroterm.zendesk.wire import Count, Id, Text, Wire


class ActionWire(Wire):
    """One action of a macro."""

    field: Text
    value: Any = None


class MacroWire(Wire):
    """A macro."""

    id: Id
    title: Text | None = None
    description: Text | None = None
    actions: list[ActionWire] | None = None

    def to_domain(self) -> Macro:
        """As a macro; lists are joined by lines."""
        actions = tuple(
            (
                a.field,
                storable(
                    "\n".join(map(str, a.value))
                    if isinstance(a.value, list)
                    else str(a.value if a.value is not None else "")
                ),
            )
            for a in self.actions or ()
        )
        return Macro(self.id, self.title or "(no title)", actions, self.description)


class ViewWire(Wire):
    """A saved view."""

    id: Id
    title: Text | None = None
    position: Count | None = None

    def to_domain(self) -> ZendeskView:
        """As a view."""
        return ZendeskView(self.id, self.title or "(no title)", self.position or 0)
