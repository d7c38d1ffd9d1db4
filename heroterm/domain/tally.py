"""What paying customers asked for: the list that Customer Success tracks (features K6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from heroterm.domain.ticket import Organization

_FREE = frozenset({"", "free", "plan_free", "none"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One request on one ticket, and when it was written down."""

    ticket_id: int
    issue: str
    organization: Organization | None
    at: datetime
    told: str = ""
    """How Customer Success was told of it."""


@dataclass(frozen=True, slots=True)
class Request:
    """One issue, and one organization that asks for it."""

    organization: str
    plan: str
    mrr: str
    paying: bool
    issue: str
    tickets: tuple[int, ...]
    last: datetime
    told: bool = False
    """Whether Customer Success was told of one of them at once."""

    @property
    def count(self) -> int:
        """How many tickets ask for it."""
        return len(self.tickets)


def tally(asked: Iterable[Asked]) -> list[Request]:
    """Requests by organization and issue: paying ones first, then by how often, then by name."""
    found: dict[tuple[str, str], Request] = {}
    for one in asked:
        fresh = _request(one)
        key = (fresh.organization, one.issue)
        before = found.get(key)
        if before is None:
            found[key] = fresh
        elif one.ticket_id not in before.tickets:
            found[key] = replace(
                before,
                tickets=(*before.tickets, one.ticket_id),
                last=max(before.last, one.at),
                told=before.told or fresh.told,
            )
    return sorted(found.values(), key=lambda r: (not r.paying, -r.count, r.organization, r.issue))


def _request(one: Asked) -> Request:
    asks = one.organization
    plan, mrr = (asks.plan or "", asks.mrr or "") if asks is not None else ("", "")
    return Request(
        organization=asks.name if asks is not None else "no organization",
        plan=plan,
        mrr=mrr,
        paying=pays(plan, mrr),
        issue=one.issue,
        tickets=(one.ticket_id,),
        last=one.at,
        told=one.told == "told",
    )


def pays(plan: str, mrr: str) -> bool:
    """Whether an organization pays: by its MRR where there is one, else by its plan."""
    if mrr.strip():
        return any(digit in mrr for digit in "123456789")
    return plan.strip().casefold() not in _FREE


def markdown(found: Iterable[Request], address: str) -> Iterator[str]:
    """The list for Customer Success; `address` is what stands before a ticket's number."""
    for one in found:
        plan = f", {one.plan}" if one.plan else ""
        mrr = f", MRR {one.mrr}" if one.mrr else ""
        tickets = ", ".join(f"[#{id_}]({address}{id_})" for id_ in one.tickets)
        yield f"- {one.organization}{plan}{mrr}: {one.issue} ({one.count}x: {tickets})"
