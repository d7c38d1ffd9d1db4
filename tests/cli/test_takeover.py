"""A second home with nothing but Zendesk in common takes the week over."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from heroterm.domain.pack import KIND, Unreadable, read
from heroterm.domain.waits import Wait, Wake
from heroterm.journal.database import open_journal
from heroterm.paths import locate
from tests.cli.playing import Hero, hero  # noqa: F401

LINK = "https://acme.slack.com/archives/C1/p1"


def numbers(entries: list[dict[str, Any]]) -> set[int]:
    return {int(entry["ticket"]) for entry in entries}


def handed_over(by: Hero, folder: Path) -> dict[str, Any]:
    """The document of a pack that a hero writes."""
    by.verb_json("handover", "--out", str(folder))
    document: dict[str, Any] = json.loads((folder / "handover.json").read_text())
    return document


@pytest.fixture
def pair(hero: Hero, tmp_path: Path) -> tuple[Hero, Hero]:  # noqa: F811
    """Two desks on one practice Zendesk, each with a home of its own."""
    second = Hero(hero.door, hero.sandbox, hero.patch, tmp_path / "two")
    return hero, second.sits_down()


def mark_and_wait(desk: Hero, marked: int, waiting: int) -> None:
    now = desk.door.now
    wake = Wake(now + timedelta(days=3), on_reply=True)
    journal = open_journal(locate(desk.home, {}).journal, clock=desk.door.clock)
    journal.marks.set_tier1(marked, True, LINK)
    journal.waits.set(Wait(waiting, wake, "3d", now))
    journal.close()


def test_the_next_hero_sees_the_same_open_work_and_signs(
    pair: tuple[Hero, Hero], tmp_path: Path
) -> None:
    first, second = pair
    before = first.verb_json("handover")
    assert numbers(second.verb_json("handover")["red"]) == numbers(before["red"])
    one, two, three = sorted(numbers(before["red"]))[:3]
    # What lies only in the first home: a mark of tier 1, a wait, a ticket that was passed on.
    mark_and_wait(first, one, three)
    first.verb_json("handover", "--passed", f"{two}=Lee")
    first.carry()
    out = tmp_path / "pack"
    told = first.verb_json("handover", "--out", str(out))
    assert two in numbers(told["passed"]) and numbers(told["red"]) == numbers(before["red"]) - {two}
    pack = str(out / "handover.json")

    second.sync()
    seen = second.verb_json("takeover", pack)
    assert numbers(seen["open_work"]) == numbers(before["red"]) == set(seen["left"])
    assert seen["fresh"] == [] and seen["signed_at"] is None
    # Half of it is not enough to sign.
    assert second.verb("takeover", "--tick", str(one), "--sign").code == 1
    # Meanwhile one is solved, and the customer of another writes again.
    first.verb_json(*f"set {three} --status solved --anyway solve-with-note-only".split())
    first.carry()
    new = next(int(e["ticket"]) for e in before["other"] if e["status"] == "pending")
    first.say(new, "requester", "It is back again.")
    second.sync()
    seen = second.verb_json("takeover")
    by_ticket = {each["ticket"]: each for each in seen["open_work"]}
    assert by_ticket[three]["over"] and by_ticket[three]["now"] == "solved since"
    assert one not in seen["left"] and numbers(seen["fresh"]) == {new}
    signed = second.verb_json("takeover", "--all", "--sign", "--note")
    assert signed["signed_at"] is not None and signed["left"] == []
    assert len(signed["notes"]) == len(signed["open_work"]) - 1
    # The same open work, with the mark that was only in the first home, and its link.
    after = second.verb_json("handover")
    mine = {each["ticket"]: each for each in after["red"]}
    assert set(mine) == numbers(before["red"]) - {three} | {new}
    assert mine[one]["tier"] == 1 and mine[one]["link"] == LINK
    assert numbers(after["waits"]) == {three}
    second.carry()
    assert any("Taken over by" in words for public, words in second.words_on(two) if not public)


def test_what_is_signed_stays_so_and_no_note_goes_twice(
    pair: tuple[Hero, Hero], tmp_path: Path
) -> None:
    first, second = pair
    first.verb_json("handover", "--out", str(tmp_path))
    pack = str(tmp_path / "handover.json")
    signed = second.verb_json("takeover", pack, "--all", "--sign", "--note")
    one = signed["open_work"][0]["ticket"]
    # Nor does its own pack, read again, begin it anew.
    for again in (["--sign", "--note"], ["--tick", str(one)], [pack, "--all", "--sign", "--note"]):
        refused = second.verb("takeover", *again)
        assert refused.code == 1 and "signed off already" in refused.err
    assert second.verb_json("takeover", pack)["signed_at"] == signed["signed_at"]


def test_signing_with_notes_leaves_out_what_is_not_here_and_ends_well(
    pair: tuple[Hero, Hero], tmp_path: Path
) -> None:
    first, second = pair
    whole = handed_over(first, tmp_path / "pack")
    strange = {**whole["red"][0], "ticket": 99_999_999}
    pack = tmp_path / "more.json"
    pack.write_text(json.dumps({**whole, "red": [*whole["red"], strange]}))
    second.sync()
    signed = second.verb_json("takeover", str(pack), "--all", "--sign", "--note")
    assert signed["signed_at"] is not None
    assert len(signed["notes"]) == len(signed["open_work"]) - 1


def test_a_document_that_is_no_pack_is_refused_with_its_place(
    pair: tuple[Hero, Hero], tmp_path: Path
) -> None:
    first, second = pair
    whole = handed_over(first, tmp_path / "pack")
    bad = tmp_path / "bad.json"
    for change, say in (
        ({"kind": "other"}, "no handover pack"),
        ({"version": 2}, "version 2"),
        ({"red": [{"ticket": "1"}]}, "red[0]: ticket"),
        ({"waits": [{"ticket": 1, "due": "soon"}]}, "waits[0].due"),
        ({"account": "https://other.zendesk.com"}, "other.zendesk.com"),
    ):
        bad.write_text(json.dumps({**whole, **change}))
        answer = second.verb("takeover", str(bad))
        assert answer.code == 2 and say in answer.err
    bad.write_text("no document")
    assert second.verb("takeover", str(bad)).code == 2
    assert second.verb("takeover").code == 2  # nothing was taken up by all that


def test_a_pack_survives_being_read_again() -> None:
    with pytest.raises(Unreadable):
        read({"kind": KIND, "version": 1, "red": [{"ticket": 1 << 70}]})
    assert read({"kind": KIND, "version": 1, "hero": "\ud800x"}).hero == "\ufffdx"
