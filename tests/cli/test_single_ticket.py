"""`sync --once --ticket`: one ticket with its whole thread, and who names the command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from heroterm.journal.lock import SenderLock
from heroterm.paths import locate
from tests.cli.door import Door


def test_show_names_the_command_that_brings_a_whole_thread(
    synced: Any, door: Door, own_home: Path, sandbox_http: Any
) -> None:
    rows = door.json("search", "status:solved", "--limit", "1000")["hits"]
    shown = (door.json("show", str(row["id"]))["ticket"] for row in rows)
    lacking = next(each for each in shown if not each["thread_complete"])
    command = f"heroterm sync --once --ticket {lacking['id']}"
    assert lacking["thread_command"] == command
    assert f"`{command}` brings the rest" in door("show", str(lacking["id"])).out
    totals = door.json(*command.split()[1:])
    # The ticket, its thread, its history, its requester's identities and organizations.
    assert totals["tickets"] == 1 and totals["requests"] <= 5
    whole = door.json("show", str(lacking["id"]))
    assert len(whole["comments"]) == totals["comments"] > 0
    assert (whole["ticket"]["thread_complete"], whole["ticket"]["thread_command"]) == (True, None)
    sandbox_http.stop()
    offline = door.json("show", str(lacking["id"]), "--events")
    assert offline["events_complete"] and offline["identities"]


def test_one_pass_brings_the_thread_of_every_unsolved_ticket(synced: Any, door: Door) -> None:
    ids = [row["id"] for row in door.json("queue", "--all")["tickets"]]
    assert len(ids) > 10
    assert all(door.json("show", str(id_))["ticket"]["thread_complete"] for id_ in ids)


def test_a_single_ticket_that_cannot_be_brought_is_said(
    synced: Any, door: Door, own_home: Path, sandbox_http: Any
) -> None:
    gone = door("sync", "--once", "--ticket", "999999999", "--json")
    assert gone.code == 4
    assert "#999999999" in gone.document["error"]["say"]
    assert door("sync", "--ticket", "5").code == 2
    assert door("sync", "--once", "--full", "--ticket", "5").code == 2
    lock = SenderLock(locate(own_home, {}).sender_lock)
    assert lock.acquire()
    try:
        assert str(os.getpid()) in door("sync", "--once", "--ticket", "5").out
    finally:
        lock.release()
    sandbox_http.stop()
    assert door("sync", "--once", "--ticket", "5").code == 5
