"""Macros, saved views, fields, forms, statuses and deletions as Zendesk sends them."""

from __future__ import annotations

from typing import Any

from heroterm.domain.text import storable
from heroterm.domain.ticket import (
    CustomStatus,
    DeletedTicket,
    Macro,
    TicketField,
    TicketForm,
    ZendeskView,
)
from heroterm.zendesk.html import read_html
from heroterm.zendesk.made import moment
from heroterm.zendesk.wire import Count, Id, Text, Wire


class ActionWire(Wire):
    """One action of a macro."""

    field: Text
    value: Any = None

    def text(self) -> str:
        """Its value as text; of rich words what they say."""
        values = self.value if isinstance(self.value, list) else [self.value]
        read = [str(value) if value is not None else "" for value in values]
        if self.field == "comment_value_html":
            read[-1:] = [read_html(html).text for html in read[-1:]]
        return "\n".join(read)


class MacroWire(Wire):
    """A macro."""

    id: Id
    title: Text | None = None
    description: Text | None = None
    actions: list[ActionWire] | None = None

    def to_domain(self) -> Macro:
        """As a macro; lists are joined by lines, rich words are read as text."""
        actions = tuple((a.field, storable(a.text())) for a in self.actions or ())
        return Macro(self.id, self.title or "(no title)", actions, self.description)


class ViewWire(Wire):
    """A saved view."""

    id: Id
    title: Text | None = None
    position: Count | None = None

    def to_domain(self) -> ZendeskView:
        """As a view."""
        return ZendeskView(self.id, self.title or "(no title)", self.position or 0)


class OptionWire(Wire):
    """One option of a field: what tickets hold, and what people read."""

    value: Text | None = None
    name: Text | None = None


class TicketFieldWire(Wire):
    """A ticket field; system fields have options of their own."""

    id: Id
    title: Text | None = None
    type: Text | None = None
    custom_field_options: list[OptionWire] | None = None
    system_field_options: list[OptionWire] | None = None

    def to_domain(self) -> TicketField:
        """As a field."""
        options = self.custom_field_options or self.system_field_options or ()
        named = tuple((o.value, o.name or o.value) for o in options if o.value)
        return TicketField(self.id, self.title or f"field {self.id}", self.type or "text", named)


class TicketFormWire(Wire):
    """A ticket form."""

    id: Id
    name: Text | None = None

    def to_domain(self) -> TicketForm:
        """As a form."""
        return TicketForm(self.id, self.name or f"form {self.id}")


class CustomStatusWire(Wire):
    """A custom status."""

    id: Id
    status_category: Text | None = None
    agent_label: Text | None = None

    def to_domain(self) -> CustomStatus:
        """As a status."""
        category = self.status_category or "open"
        return CustomStatus(self.id, category, self.agent_label or category)


class ActorWire(Wire):
    """Who deleted a ticket."""

    name: Text | None = None


class DeletedWire(Wire):
    """A row of deleted_tickets."""

    id: Id
    actor: ActorWire | None = None
    deleted_at: Text | None = None

    def to_domain(self) -> DeletedTicket:
        """As a deletion. Raises ValueError when it has no moment."""
        at = moment(self.deleted_at)
        if at is None:
            raise ValueError("deleted_at is no moment")
        name = self.actor.name if self.actor else None
        return DeletedTicket(self.id, name or "somebody", at)
