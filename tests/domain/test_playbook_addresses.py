from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.playbook_addresses import DIFFERENT, LOOK_ALIKE, SAME, compare

NAMES = st.from_regex(r"[a-z]{3,12}", fullmatch=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sam@cove.io", "s\u0430m@cove.io"),
        ("sam@cove.io", "sam@c\u03bfve.io"),
        ("sam@cove.io", "sam@xn--cve-tmc.io"),
        ("sam@cove.io", "sam@c0ve.io"),
        ("sam@modern.io", "sam@rnodern.io"),
        ("sam@paypal.com", "sam@paypaI.com"),
        ("sam@harbour-lane.example", "sam@harbor-lane.example"),
        ("sam@harbour.example", "sam@harbuor.example"),
        ("sam@cove.io", "sam@cove.co"),
        ("sam@cove.io", "sam@cove-support.com"),
        ("sam@cove.io", "sam+urgent@cove.io"),
        ("sam.cove@gmail.com", "samcove@gmail.com"),
        ("mary.smith@corp.com", "mary.smyth@corp.com"),
    ],
)
def test_an_address_that_was_made_to_look_alike_is_seen(one: str, other: str) -> None:
    for pair in ((one, other), (other, one)):
        kind, why = compare(*pair)
        assert kind == LOOK_ALIKE and why


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Sam@Cove.io", "sam@cove.io", SAME),
        ("sam@xn--bcher-kva.example", "sam@b\u00fccher.example", SAME),
        ("cafe\u0301@x.io", "caf\u00e9@x.io", SAME),
        ("sam@cove.io", "kim@cove.io", DIFFERENT),
        ("jon@acme.com", "jan@acme.com", DIFFERENT),
        ("sam@cove.io", "sam@other.org", DIFFERENT),
        ("", "", DIFFERENT),
    ],
)
def test_what_is_the_same_and_what_merely_differs(one: str, other: str, kind: str) -> None:
    assert compare(one, other)[0] == kind


@given(NAMES, NAMES)
def test_every_address_is_the_same_as_itself_and_as_no_twin(name: str, domain: str) -> None:
    address = f"{name}@{domain}.example"
    assert compare(address, address.upper())[0] == SAME
    for letter, twin in (("a", "\u0430"), ("o", "\u043e"), ("e", "\u0435"), ("i", "\u0456")):
        if letter in address:
            assert compare(address, address.replace(letter, twin, 1))[0] == LOOK_ALIKE
