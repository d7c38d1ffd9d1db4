from __future__ import annotations

from dataclasses import replace

import pytest

from heroterm.domain.sender import address_of, doubt, own_addresses
from heroterm.domain.ticket import Comment, Identity, Person
from tests.domain.rows import NOW

KIM = Person(1, "Kim", "kim@cove.example")
SAM = Person(2, "Sam", "sam@cove.example")
ANA = Person(9, "Ana", "ana@desk.example", "agent")
OWN = own_addresses(KIM, [Identity(5, 1, "email", "k@home.example"), Identity(6, 1, "phone", "1")])


def by(author: Person | None, address: str | None = None, *, public: bool = True) -> Comment:
    number = author.id if author is not None else None
    return Comment(3, 7, number, public, "Hi", NOW, from_address=address)


@pytest.mark.parametrize(
    ("comment", "author", "said"),
    [
        (by(KIM), KIM, ""),
        (by(KIM, "KIM@cove.example "), KIM, ""),
        (by(KIM, "k@home.example"), KIM, ""),
        (by(KIM, "kim@c0ve.example"), KIM, "kim@c0ve.example wrote this"),
        (by(KIM, "kim+x@cove.example"), KIM, "kim+x@cove.example wrote this"),
        (by(SAM), SAM, "sam@cove.example wrote this, the requester is kim@cove.example"),
        (by(None, "who@else.example"), None, "who@else.example wrote this"),
        (by(replace(SAM, email=None)), replace(SAM, email=None), "the address is not known"),
        (by(ANA), ANA, ""),
        (by(ANA, "ana@evil.example"), ANA, "it came from ana@evil.example, and Ana is ana@desk"),
        (by(SAM, public=False), SAM, ""),
    ],
)
def test_a_sender_that_differs_is_said_with_both_addresses(
    comment: Comment, author: Person | None, said: str
) -> None:
    told = doubt(comment, author, KIM, OWN)
    assert (said in told) if said else told == ""


def test_where_no_address_is_known_nothing_is_claimed() -> None:
    nameless = replace(KIM, email=None)
    assert doubt(by(nameless), nameless, nameless, own_addresses(nameless)) == ""
    assert address_of(by(None), None) is None
