"""Suspended tickets: mail that the desk holds back until an agent decides (api.md §7)."""

from __future__ import annotations

from dataclasses import dataclass, field

from heroterm.sandbox.call import Answer, Call
from heroterm.sandbox.clock import HOUR, iso
from heroterm.sandbox.customers import arrive, speaker
from heroterm.sandbox.materials import table
from heroterm.sandbox.openings import Opening
from heroterm.sandbox.paging import paged, plain
from heroterm.sandbox.people_json import API
from heroterm.sandbox.records import Json, Via
from heroterm.sandbox.refusal import not_found
from heroterm.sandbox.ticket_json import BRAND_ID, ticket_json, via_json

SUSPENDED_BASE = 9_700_000_000_000


@dataclass(slots=True)
class Suspended:
    """The handlers; `decided` holds the ids that were recovered or deleted, `begin` the start."""

    begin: int
    decided: set[int] = field(default_factory=set)

    def listing(self, call: Call) -> Answer:
        """GET /suspended_tickets."""
        rows = self._rows(call)
        page = paged(call, plain(rows), ("id",))
        return Answer({"suspended_tickets": [rows[key] for key in page.ids], **page.frame})

    def show(self, call: Call, key: int) -> Answer:
        """GET /suspended_tickets/{id}. Raises Refusal (404)."""
        return Answer({"suspended_ticket": self._one(call, key)})

    def delete(self, call: Call, key: int) -> Answer:
        """DELETE /suspended_tickets/{id}: 204."""
        self._one(call, key)
        self.decided.add(key)
        return Answer(None, 204)

    def recover(self, call: Call, key: int) -> Answer:
        """PUT /suspended_tickets/{id}/recover: a ticket whose requester is the caller."""
        row = self._one(call, key)
        self.decided.add(key)
        opening = Opening(row["subject"], row["content"], Via("email", row["author"]["email"]), [])
        ticket = arrive(call.world, opening, call.user, None, None)
        return Answer({"ticket": [ticket_json(ticket, call.root)]})

    def recover_many(self, call: Call) -> Answer:
        """PUT /suspended_tickets/recover_many?ids=: each keeps its author."""
        tickets = []
        for key in call.ids():
            row = self._one(call, key)
            self.decided.add(key)
            address = row["author"]["email"]
            any_ticket = next(iter(call.world.tickets.values()))
            opening = Opening(row["subject"], row["content"], Via("email", address), [])
            author = speaker(call.world, any_ticket, address)
            tickets.append(arrive(call.world, opening, author, None, None))
        return Answer({"tickets": [ticket_json(each, call.root) for each in tickets]})

    def _one(self, call: Call, key: int) -> Json:
        rows = self._rows(call)
        if key not in rows:
            raise not_found()
        return rows[key]

    def _rows(self, call: Call) -> dict[int, Json]:
        shapes = {}
        for index, row in enumerate(table("suspended")["mail"]):
            key = SUSPENDED_BASE + index * 3 + 1
            if key not in self.decided:
                shapes[key] = _shape(call, key, row, self.begin - row["hours"] * HOUR)
        return shapes


def _shape(call: Call, key: int, row: Json, at: int) -> Json:
    return {
        "url": f"{call.root}{API}/suspended_tickets/{key}.json",
        "id": key,
        "author": {"id": None, "name": row["name"], "email": row["email"]},
        "subject": row["subject"],
        "content": row["content"],
        "cause": row["cause"],
        "cause_id": row["cause_id"],
        "error_messages": None,
        "message_id": f"<{key}@example.net>",
        "ticket_id": None,
        "created_at": iso(at),
        "updated_at": iso(at),
        "via": via_json(Via("email", row["email"], row["name"])),
        "attachments": [],
        "recipient": "support@practice.example.com",
        "brand_id": BRAND_ID,
    }
