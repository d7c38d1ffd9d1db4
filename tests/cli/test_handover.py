"""May the week end? The answer, the pack, and what makes it turn green."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

from heroterm.domain.ticket import Comment, Page
from heroterm.domain.waits import Wait, Wake
from heroterm.journal.database import open_journal
from heroterm.paths import locate
from tests.cli.conftest import ANA, JO, TICKETS, Home, ticket
from tests.cli.door import Door
from tests.conftest import NOW


def numbers(entries: list[dict[str, object]]) -> set[object]:
    return {entry["ticket"] for entry in entries}


def test_it_turns_green_when_the_last_open_ticket_is_resolved_or_passed_on(
    home: Home, door: Door
) -> None:
    first = door.json("handover")
    owed = numbers(first["red"])
    assert owed and not first["green"]
    assert 104 not in owed  # Pending: the customer's turn
    *most, last = sorted(owed, key=str)
    for number in most:
        door.json("handover", "--passed", f"{number}=Lee")
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


def test_the_pack_says_all_that_the_next_hero_must_know(
    home: Home, door: Door, own_home: Path, tmp_path: Path
) -> None:
    writer = home.writer()
    words = Comment(3, 104, ANA.id, True, "Hey Jo, I will write again on Monday.", NOW)
    writer.save_comments(104, [words], (ANA, JO), complete=True, at=NOW)
    writer.close()
    where = locate(own_home, os.environ)
    journal = open_journal(where.journal, clock=lambda: NOW)
    journal.waits.set(Wait(104, Wake(NOW + timedelta(days=2)), "fri", NOW))
    journal.marks.skip(101, "same root cause")
    journal.close()
    out = tmp_path / "pack"
    told = door.json("handover", "--out", str(out), "--learned", "Cohorts lag on Mondays.")
    assert told["files"] == [str(out / "handover.md"), str(out / "handover.json")]
    kept = json.loads((out / "handover.json").read_text())
    assert kept["schema"] == 1 and kept["learnings"] == "Cohorts lag on Mondays."
    assert [each["due"] for each in kept["promises"]] == ["2026-03-09T17:00:00Z"]
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
