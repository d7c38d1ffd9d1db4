"""Who a message really came from, and whether that is whom it seems to be (features C13).

An address that a stranger can type proves nothing (security.md §4), so two addresses are the same
only when they are the same letters, whatever their case. What differs is said, never judged.
"""

from __future__ import annotations

from collections.abc import Iterable

from heroterm.domain.ticket import Comment, Identity, Person


def address_of(comment: Comment, author: Person | None) -> str | None:
    """The address that a message came from: the mail's own, else its author's."""
    return comment.from_address or (author.email if author is not None else None)


def own_addresses(person: Person | None, identities: Iterable[Identity] = ()) -> frozenset[str]:
    """Every address by which a person is known, folded for comparing."""
    found = [each.value for each in identities if each.type == "email"]
    if person is not None and person.email:
        found.append(person.email)
    return frozenset(_folded(address) for address in found)


def doubt(
    comment: Comment, author: Person | None, requester: Person | None, own: frozenset[str]
) -> str:
    """Why the sender of a message is not whom one would take it for; "" when nothing differs.

    `own` are the requester's addresses. Notes are by staff and not doubted.
    """
    if not comment.public:
        return ""
    address = address_of(comment, author)
    if author is not None and author.staff:
        differs = comment.from_address and author.email
        if differs and _folded(comment.from_address or "") != _folded(author.email or ""):
            return f"it came from {comment.from_address}, and {author.name} is {author.email}"
        return ""
    asks = requester.email if requester is not None and requester.email else "not known here"
    if address is None:
        other = requester is not None and comment.author_id != requester.id
        return f"not the requester; the address is not known, theirs is {asks}" if other else ""
    if not own or _folded(address) in own:
        return ""
    return f"{address} wrote this, the requester is {asks}"


def _folded(address: str) -> str:
    return address.strip().casefold()
