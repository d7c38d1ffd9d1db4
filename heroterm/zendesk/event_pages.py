"""Ticket events in bulk: each an audit with its comments among its children (api.md §6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from heroterm.domain.ticket import Comment
from heroterm.errors import Misunderstood
from heroterm.zendesk.wire import AnyId, Id, Wire
from heroterm.zendesk.wire_threads import CommentWire

_COMMENTS = ("Comment", "VoiceComment")


@dataclass(frozen=True, slots=True)
class EventPage:
    """Comments of one page of events. `next_start` (epoch s) is where the next page begins."""

    comments: tuple[Comment, ...]
    next_start: int
    ended: bool
    refused: int = 0
    """Comments that could not be understood and were left out."""


class FrameWire(Wire):
    """What stands around the events; `end_time` is used as it comes, never computed."""

    end_time: AnyId | None = None
    end_of_stream: bool = False


class EventWire(Wire):
    """One event, as far as it is used."""

    ticket_id: Id
    created_at: str | None = None
    child_events: list[dict[str, Any]] = []


def events_of(told: Any, start: int) -> EventPage:
    """The page that an answer holds. Raises Misunderstood when it is none, or stands still."""
    if not isinstance(told, dict) or not isinstance(told.get("ticket_events"), list):
        raise Misunderstood("Zendesk's answer has no list of ticket_events.")
    try:
        frame = FrameWire.model_validate(told)
    except ValidationError as error:
        raise Misunderstood("Zendesk does not say where the events go on.") from error
    until = frame.end_time if frame.end_time is not None else start
    if not frame.end_of_stream and until <= start:
        raise Misunderstood("Zendesk gave the same page of events again; the pass was ended.")
    found = [_comment(event, child) for event, child in _children(told["ticket_events"])]
    good = tuple(comment for comment in found if comment is not None)
    return EventPage(good, max(start, until), frame.end_of_stream, len(found) - len(good))


def _children(rows: list[Any]) -> Iterator[tuple[EventWire, dict[str, Any]]]:
    for row in rows:
        try:
            event = EventWire.model_validate(row)
        except ValidationError:
            continue
        for child in event.child_events:
            if child.get("event_type", child.get("type")) in _COMMENTS:
                yield event, child


def _comment(event: EventWire, child: dict[str, Any]) -> Comment | None:
    """A child as a comment. Here `via` may be a mere word, and the moment that of the event."""
    via = child.get("via")
    own = {
        "via": via if isinstance(via, dict) else None,
        "created_at": child.get("created_at") or event.created_at,
    }
    try:
        return CommentWire.model_validate({**child, **own}).to_domain(event.ticket_id)
    except (ValidationError, ValueError, OverflowError):
        return None
