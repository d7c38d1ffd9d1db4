"""A colleague's pack against now: what has become of each line, what is left, and the result."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from heroterm.domain.pack import Entry, Pack
from heroterm.domain.takeover import (
    Takeover,
    begun,
    compare,
    kept,
    sign_off,
    signed_words,
    taking_words,
    text,
)
from heroterm.domain.view import OUT_OF_QUEUE, Row
from tests.domain.rows import NOW, minutes, row


def pack(*red: Entry, **fields: Any) -> Pack:
    """Ana's week with so much left of it."""
    made = {"hero": "Ana", "account": "https://acme.zendesk.com", "sections": {"red": red}}
    plain = {"policy": "handbook", "green": False, "say": "1 is left", **made, **fields}
    return Pack(NOW, "Friday", **plain)


def entry(number: int, tier: int | None = 2, status: str = "open") -> Entry:
    return Entry(number, "Funnel", "high priority", tier, status)


BECOME = [
    (entry(1), None, "not in this mirror: a sync (`heroterm sync`) asks for it", False),
    (entry(1), row(1, tier=2, missing=True), "Zendesk does not show it any more", True),
    (entry(1), row(1, tier=2, status="solved", section=OUT_OF_QUEUE), "solved since", True),
    (entry(1), row(1, tier=2), "as it was", False),
    (entry(1), row(1, tier=2, status="hold"), "was open, is hold", False),
    (entry(1), row(1, tier=3), "was T2, is T3", False),
    (entry(1), row(1, tier=3, status="new"), "was open, is new; was T2, is T3", False),
    (entry(1, tier=None), row(1, tier=3), "as it was", False),
    (entry(1, tier=1), row(1, tier=1), "as it was", False),
    (
        entry(1, tier=1),
        row(1, tier=3),
        "T1 by the last hero's own mark, which comes along when it is ticked",
        False,
    ),
]


@pytest.mark.parametrize(("then", "now", "told", "over"), BECOME)
def test_each_line_says_what_has_become_of_it(
    then: Entry, now: Row | None, told: str, over: bool
) -> None:
    (found,) = compare(pack(then), {1: now} if now is not None else {}, ()).differences
    assert (found.now, found.over, found.row) == (told, over, now)


def test_what_is_owed_and_stands_in_no_pack_is_new_by_tier_and_number() -> None:
    owed = [row(9, tier=3), row(5, tier=3), row(1, tier=1), row(7, tier=2)]
    compared = compare(pack(entry(1)), {}, owed)
    assert [found.id for found in compared.fresh] == [7, 5, 9]


def test_left_is_what_is_neither_ticked_nor_over() -> None:
    held = {1: row(1, tier=2), 2: row(2, tier=2, section=OUT_OF_QUEUE), 3: row(3, tier=2)}
    compared = compare(pack(entry(1), entry(2), entry(3)), held, ())
    taken = Takeover(pack()).tick(1, NOW)
    assert [d.entry.ticket for d in compared.left(taken.ticks)] == [3]
    assert [d.entry.ticket for d in compared.left(taken.untick(1).ticks)] == [1, 3]
    assert [d.entry.ticket for d in compared.left(taken.tick(3, NOW).untick(9).ticks)] == []


def test_a_note_says_so_on_what_was_ticked_is_open_and_stands_here() -> None:
    held = {1: row(1, tier=2), 2: row(2, tier=2, section=OUT_OF_QUEUE), 4: row(4, tier=2)}
    compared = compare(pack(entry(1), entry(2), entry(3), entry(4)), held, ())
    assert compared.to_note(dict.fromkeys((1, 2, 3), NOW)) == (1,)


def test_the_result_says_line_by_line_what_was_taken() -> None:
    held = {1: row(1, tier=2), 2: row(2, tier=2), 3: row(3, tier=2, section=OUT_OF_QUEUE)}
    whole = pack(entry(1), entry(2), entry(3))
    compared = compare(whole, held, [row(7, tier=1, title="New one")])
    half = Takeover(whole).tick(1, NOW)
    lines = list(sign_off(half, compared, "Lee", "Monday"))
    assert lines[0] == "# Take-over by Lee from Ana, Monday"
    assert "Pack of Friday, not signed: 1 to be ticked." in lines
    assert [line[:12] for line in lines if line.startswith("- [")] == [
        "- [x] T2 #1 ", "- [ ] T2 #2 ", "- [x] T2 #3 ",
    ]  # fmt: skip
    assert lines[-2:] == ["", "- T1 #7 New one: open"] and "## New since (1)" in lines
    assert "none" not in lines
    signed = replace(half.tick(2, NOW), signed_at=NOW)
    assert "Pack of Friday, signed." in list(sign_off(signed, compared, "", "Monday"))
    bare = list(sign_off(Takeover(pack(hero="")), compare(pack(), {}, ()), "", "Monday"))
    assert bare[0] == "# Take-over by the next hero from the last hero, Monday"
    assert bare.count("none") == 2


def test_the_note_names_both_as_far_as_they_are_known() -> None:
    assert taking_words("Ana", "Lee") == "Taken over by Lee from Ana."
    assert taking_words("", "") == "Taken over by the next hero from the last hero."


def test_a_take_over_comes_out_of_the_journal_as_it_went_in() -> None:
    taken = replace(Takeover(pack(entry(1))).tick(1, minutes(5)), signed_at=minutes(9))
    back = kept(text(taken))
    assert back is not None and back.pack.open_work == taken.pack.open_work
    assert (back.ticks, back.signed_at) == ({1: minutes(5)}, minutes(9))
    open_ = kept(text(Takeover(pack())))
    assert open_ is not None and open_.signed_at is None


@pytest.mark.parametrize("words", [None, "", "no JSON", "[1]", "{}", '{"pack": 7}'])
def test_what_cannot_be_read_is_no_take_over(words: str | None) -> None:
    assert kept(words) is None


def test_what_was_signed_stays_so_and_says_so_when_its_own_pack_is_read_again() -> None:
    signed = replace(Takeover(pack(entry(1))).tick(1, NOW), signed_at=NOW)
    assert begun(pack(entry(1)), signed).signed_at == NOW
    assert signed_words(signed) == "The week of Ana is signed off already."
    assert signed_words(replace(signed, signed_at=None)) == ""


def test_ticks_stay_while_the_same_hero_packs_the_same_week_again() -> None:
    before = Takeover(pack(entry(1))).tick(1, NOW)
    newer = pack(entry(1), entry(2))
    again = begun(newer, before)
    assert (again.pack, again.ticks) == (newer, before.ticks)
    for other in (
        begun(pack(hero="Kim"), before),
        begun(pack(account="https://other.zendesk.com"), before),
        begun(replace(newer, made_at=minutes(9)), replace(before, signed_at=NOW)),
        begun(newer, None),
    ):
        assert other.ticks == {} and other.signed_at is None
