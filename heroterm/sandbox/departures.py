"""How tickets leave: deleted, or merged into another one (api.md §2, §10)."""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.sandbox.changes import Change
from heroterm.sandbox.clock import DAY, iso
from heroterm.sandbox.records import Json, Ticket, User, Via
from heroterm.sandbox.world import World

SCRUBBED = "SCRUBBED"
SCRUBBED_AFTER = 30 * DAY
MERGE_TAG = "closed_by_merge"
MERGE = Via("system", rel="merge")


@dataclass(frozen=True, slots=True)
class MergeWords:
    """What a merge writes on both sides, and whether the customer sees it."""

    target: str
    source: str
    target_public: bool = False
    source_public: bool = False


def delete(world: World, ticket: Ticket, actor: User) -> None:
    """Take a ticket away: exports show it as "deleted", nothing else shows it at all."""
    before = ticket.status
    change = Change(world, ticket, actor, Via("api"))
    change.set("status", "deleted")
    change.finish()
    del world.tickets[ticket.id]
    world.gone[ticket.id] = ticket
    world.deleted.append(tombstone(ticket, actor, before, change.at))


def tombstone(ticket: Ticket, actor: User, before: str, at: int) -> Json:
    """The row of deleted_tickets; `before` is the status that it had, `at` epoch seconds."""
    return {
        "id": ticket.id,
        "subject": ticket.subject,
        "description": ticket.description,
        "actor": {"id": actor.id, "name": actor.name},
        "deleted_at": iso(at),
        "previous_state": before,
    }


def merge(world: World, target: Ticket, source: Ticket, actor: User, words: MergeWords) -> None:
    """Close `source` in favour of `target`; its requester goes on as a copied address."""
    leaving = Change(world, source, actor, MERGE)
    leaving.comment(words.source, public=words.source_public)
    leaving.set("tags", [*(each for each in source.tags if each != MERGE_TAG), MERGE_TAG])
    leaving.set("status", "closed")
    source.merged_into = target.id
    leaving.finish()
    taking = Change(world, target, actor, MERGE)
    taking.comment(words.target, public=words.target_public)
    copied = (*target.email_cc_ids, source.requester_id)
    fresh = [key for key in dict.fromkeys(copied) if key != target.requester_id]
    taking.set("email_cc_ids", fresh)
    taking.finish()
