"""Every command that reads gives the same document with Zendesk out of reach."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.door import Door


def reading(door: Door) -> dict[str, Any]:
    """What every reading verb says, by its words."""
    rows = door.json("queue", "--all")["tickets"]
    solved = door.json("search", "status:solved", "--limit", "20")["hits"]
    verbs = [
        ("queue",),
        ("queue", "--all"),
        ("queue", "--limit", "3"),
        ("next",),
        ("next", "--explain"),
        ("search", "chart"),
        ("search", "status:open priority:high"),
        ("search", '"exact words" -tag:none'),
        ("outbox", "list", "--all"),
        ("config", "show"),
        ("keys", "list"),
        *(("show", str(row["id"])) for row in rows),
        *(("show", str(row["id"]), "--events") for row in rows[:5]),
        *(("show", str(hit["id"])) for hit in solved[:5]),
    ]
    return {" ".join(words): door(*words, "--json") for words in verbs}


@pytest.mark.usefixtures("synced")
def test_reading_is_the_same_on_the_train(door: Door, sandbox_http: Any) -> None:
    door.json("note", str(door.json("next")["id"]), "--body", "seen", "--hold", "3600")
    before = reading(door)
    assert len(before) > 40
    sandbox_http.stop()
    after = reading(door)
    assert {words for words in before if before[words] != after[words]} == set()
    assert {words for words, answer in after.items() if answer.code} == set()


@pytest.mark.usefixtures("synced")
def test_a_pass_that_did_not_come_through_changes_no_ticket(door: Door, sandbox_http: Any) -> None:
    before = door.json("queue", "--all")
    sandbox_http.stop()
    assert door("sync", "--once").code == 5
    after = door.json("queue", "--all")
    assert after["tickets"] == before["tickets"]
    assert before["offline_since"] is None and after["offline_since"] is not None
