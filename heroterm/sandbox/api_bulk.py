"""Writing many tickets at once: update_many, merge, delete (api.md §2)."""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.sandbox import updates
from heroterm.sandbox.api_tickets import find
from heroterm.sandbox.budget import Budget
from heroterm.sandbox.call import IDS_AT_ONCE, Answer, Call, number
from heroterm.sandbox.clock import iso
from heroterm.sandbox.departures import MergeWords, delete, merge
from heroterm.sandbox.jobs import Jobs
from heroterm.sandbox.records import Json, Ticket
from heroterm.sandbox.refusal import Refusal, closed, invalid, too_many

MERGE_KEYS = frozenset(
    "ids target_comment source_comment target_comment_is_public source_comment_is_public".split()
)


@dataclass(slots=True)
class Bulk:
    """The handlers that answer with a job; per-ticket limits hold for them, too."""

    budget: Budget
    jobs: Jobs

    def update_many(self, call: Call) -> Answer:
        """PUT /tickets/update_many: one change for `ids=`, or a list with a change each.

        Always a safe update: without a stamp that of this moment. Raises Refusal (400, 429).
        """
        self.jobs.check(call.now)
        wanted = self._wanted(call)
        if len(wanted) > IDS_AT_ONCE:
            raise too_many(IDS_AT_ONCE)
        rows = [self._one(call, index, *pair) for index, pair in enumerate(wanted)]
        return self.jobs.add(call, "update_many", rows)

    def merge(self, call: Call, ticket_id: int) -> Answer:
        """POST /tickets/{id}/merge: closes the tickets of `ids` in favour of this one.

        Raises Refusal (404, 422, 429).
        """
        self.jobs.check(call.now)
        target, wanted = find(call, ticket_id), call.json()
        unknown = sorted(set(wanted) - MERGE_KEYS)
        if unknown:
            call.warn(":ids, :target_comment, :source_comment", unknown)
        sources = [find(call, number(key)) for key in wanted.get("ids") or []]
        if not sources or target in sources:
            raise invalid("ids", "Source tickets: are invalid")
        if any(each.status == "closed" for each in (target, *sources)):
            raise closed()
        for source in sources:
            merge(call.world, target, source, call.user, _words(wanted, target, source))
        return self.jobs.add(call, "merge", [_done("merge", each.id) for each in sources])

    def delete(self, call: Call, ticket_id: int) -> Answer:
        """DELETE /tickets/{id}: 204."""
        delete(call.world, find(call, ticket_id), call.user)
        return Answer(None, 204)

    def delete_many(self, call: Call) -> Answer:
        """DELETE /tickets/destroy_many?ids=."""
        self.jobs.check(call.now)
        tickets = [find(call, key) for key in call.ids()]
        for ticket in tickets:
            delete(call.world, ticket, call.user)
        return self.jobs.add(call, "destroy_many", [_done("delete", each.id) for each in tickets])

    def _wanted(self, call: Call) -> list[tuple[int, Json]]:
        if "ids" in call.query:
            change = {"updated_stamp": iso(call.now)} | call.body("ticket")
            return [(key, dict(change)) for key in call.ids()]
        rows = call.json().get("tickets")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Refusal(400, {"error": {"title": "Invalid", "message": "tickets is required"}})
        pairs = []
        for row in rows:
            if row.get("safe_update") and not row.get("updated_stamp"):
                raise invalid("updated_stamp", "updated_stamp: cannot be blank", "BlankValue")
            pairs.append((number(row.get("id")), {k: v for k, v in row.items() if k != "id"}))
        return pairs

    def _one(self, call: Call, index: int, ticket_id: int, wanted: Json) -> Json:
        try:
            self.budget.ticket_update(call.user.id, ticket_id)
            updates.update(call, find(call, ticket_id), wanted)
        except Refusal as refusal:
            said = refusal.body if isinstance(refusal.body, dict) else {"error": "Failed"}
            error = said.get("error")
            code = error if isinstance(error, str) else "AccessDenied"
            details = str(said.get("description") or "")
            return {"index": index, "id": ticket_id, "error": code, "details": details}
        return _done("update", ticket_id)


def _done(action: str, ticket_id: int) -> Json:
    return {"id": ticket_id, "action": action, "status": "Updated", "success": True}


def _words(wanted: Json, target: Ticket, source: Ticket) -> MergeWords:
    closing = f"This request was closed and merged into request #{target.id}."
    taking = f"Request #{source.id} was closed and merged into this request."
    return MergeWords(
        str(wanted.get("target_comment") or taking),
        str(wanted.get("source_comment") or closing),
        bool(wanted.get("target_comment_is_public", False)),
        bool(wanted.get("source_comment_is_public", False)),
    )
