"""May the week end? The answer, the pack, and what makes it turn green."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.domain.outbox import SENT
from heroterm.domain.pack import SECTIONS
from heroterm.domain.ticket import Comment, Page
from heroterm.domain.waits import Wait, Wake
from heroterm.journal.database import Journal, open_journal
from heroterm.paths import locate
from tests.cli.conftest import ANA, JO, TICKETS, Home, ticket
from tests.cli.door import Door
from tests.conftest import NOW

README = Path(__file__).parents[2] / "README.md"


def numbers(entries: list[dict[str, object]]) -> set[object]:
    return {entry["ticket"] for entry in entries}


@pytest.fixture
def journal(home: Home, own_home: Path) -> Iterator[Journal]:
    """The home's journal, as another process of it would open it."""
    opened = open_journal(locate(own_home, os.environ).journal, clock=lambda: NOW)
    yield opened
    opened.close()


def carried(journal: Journal) -> None:
    """All that waits arrives at Zendesk."""
    for intent in journal.outbox.unfinished():
        journal.outbox.release(intent.id)
        journal.outbox.begin(intent.id, stamp="", now=NOW)
        journal.outbox.settle(intent.id, SENT)


def test_it_turns_green_when_the_last_open_ticket_is_resolved_or_passed_on(
    home: Home, door: Door, journal: Journal
) -> None:
    first = door.json("handover")
    owed = numbers(first["red"])
    assert owed and not first["green"]
    assert 104 not in owed  # Pending: the customer's turn
    *most, last = sorted(owed, key=str)
    for number in most:
        told = door.json("handover", "--passed", f"{number}=Lee", "--say", "Look at the logs.")
        # A note that only waits passes nothing on.
        assert number in numbers(told["red"]) and len(told["notes"]) == 1
        note = journal.outbox.get(told["notes"][0])
        assert note is not None and note.comment is not None and note.kind == "internal_note"
        assert "Passed on to Lee" in note.comment.body and "the logs" in note.comment.body
        carried(journal)
    almost = door.json("handover")
    assert numbers(almost["red"]) == {last} and not almost["green"]
    # A status that only waits in the outbox resolves nothing.
    assert door("set", str(last), "--status", "pending", "--hold", "600").code == 0
    held = door.json("handover")
    assert numbers(held["red"]) == {last} and "outbox" in held["red"][0]["say"]
    intent = door.json("outbox", "list")["intents"][0]["intent"]
    assert door("outbox", "recall", intent).code == 0
    kept = next(each for each in TICKETS if each.id == last)
    solved = ticket(kept.id, kept.subject, status="solved", updated_at=NOW + timedelta(minutes=1))
    writer = home.writer()
    writer.save_page(Page((solved,)), at=NOW + timedelta(minutes=1))
    writer.close()
    done = door.json("handover")
    assert done["green"] and done["red"] == [] and numbers(done["passed"]) == set(most)


def test_a_recalled_note_passes_nothing_on(door: Door, home: Home, journal: Journal) -> None:
    told = door.json("handover", "--passed", "101=Lee")
    assert journal.outbox.recall(told["notes"][0]) is not None
    after = door.json("handover")
    assert 101 in numbers(after["red"]) and after["passed"] == []


def test_a_ticket_that_customer_success_asked_for_is_owed_in_any_queue(
    door: Door, home: Home, journal: Journal
) -> None:
    assert 103 not in numbers(door.json("handover")["red"])  # another team's
    journal.marks.set_tier1(103, True, "https://acme.slack.com/archives/C1/p1")
    (marked,) = [each for each in door.json("handover")["red"] if each["ticket"] == 103]
    assert marked["tier"] == 1 and marked["link"].endswith("/p1")


def test_the_pack_says_all_that_the_next_hero_must_know(
    home: Home, door: Door, journal: Journal, tmp_path: Path
) -> None:
    writer = home.writer()
    words = Comment(3, 104, ANA.id, True, "Hey Jo, I will write again on Monday.", NOW)
    over = Comment(4, 105, ANA.id, True, "Solved. We'll tell you by 9 am tomorrow.", NOW)
    writer.save_comments(104, [words], (ANA, JO), complete=True, at=NOW)
    writer.save_comments(105, [over], (ANA, JO), complete=True, at=NOW)
    writer.close()
    journal.waits.set(Wait(104, Wake(NOW + timedelta(days=2)), "fri", NOW))
    journal.marks.skip(101, "same root cause")
    out = tmp_path / "pack"
    told = door.json("handover", "--out", str(out), "--learned", "Cohorts lag on Mondays.")
    assert told["files"] == [str(out / "handover.md"), str(out / "handover.json")]
    kept = json.loads((out / "handover.json").read_text())
    assert kept["schema"] == 1 and kept["version"] == 1
    assert kept["learnings"] == "Cohorts lag on Mondays."
    # A promise in a ticket that is solved by now is a promise all the same.
    due = {each["ticket"]: each["due"] for each in kept["promises"]}
    assert due == {104: "2026-03-09T17:00:00Z", 105: "2026-03-05T09:00:00Z"}
    keys = [sorted(entry) for section in SECTIONS for entry in kept[section]]
    assert keys and all(each == keys[0] for each in keys)
    described = README.read_text().split("## The handover pack", 1)[1].split("\n## ", 1)[0]
    assert all(f"`{name}`" in described for name in (*SECTIONS, *keys[0]))
    page = (out / "handover.md").read_text()
    for line in ("## Waits (1)", "## Skipped (1)", "same root cause", "write again on Monday",
                 "## Drafts (0)\n\nnone", "**May not end yet**"):  # fmt: skip
        assert line in page
    # Words of tickets stay text: neither Markdown nor the terminal acts on them.
    assert "\x1b" not in page and "\\[/red\\]" in page
    assert (out / "handover.md").stat().st_mode & 0o077 == 0


def test_a_passing_needs_a_ticket_and_a_name(home: Home, door: Door) -> None:
    assert door("handover", "--passed", "101").code == 2
    assert door("handover", "--passed", "9999=Lee").code == 2
