"""Tickets, files, histories and searches that are asked of Zendesk when they are wanted."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli.mirror_writer import mirror_writer
from heroterm.cli.rules import rulebook
from heroterm.paths import locate
from tests.cli.door import Door


@pytest.fixture
def solved(synced: Any, door: Door, own_home: Path) -> int:
    """A solved ticket of the practice desk that this mirror does not hold any more."""
    ids = [hit["id"] for hit in door.json("search", "status:solved", "--limit", "1000")["hits"]]
    where = locate(own_home, {})
    writer = mirror_writer(where.mirror, rulebook(where))
    writer.purge(older_than=door.now + timedelta(days=1))
    writer.close()
    return int(ids[0])


def test_a_ticket_that_is_not_here_is_fetched_with_its_thread_and_that_is_said(
    solved: int, door: Door, sandbox_http: Any
) -> None:
    answer = door("show", str(solved))
    assert answer.code == 0
    assert f"#{solved} was not in the mirror; it was fetched" in answer.err
    document = door.json("show", str(solved))
    assert document["ticket"]["thread_complete"] and document["comments"]
    assert document["labels"]["fields"] or document["ticket"]["custom_fields"] == {}
    assert document["identities"]
    sandbox_http.stop()
    again = door("show", str(solved))
    assert (again.code, again.err) == (0, ""), "it is mirrored now"


def test_offline_it_is_said_what_is_missing(solved: int, door: Door, sandbox_http: Any) -> None:
    sandbox_http.stop()
    answer = door("show", str(solved), "--json")
    assert answer.code == 5
    error = answer.document["error"]
    assert f"#{solved} is not in the mirror, and Zendesk cannot be reached" in error["say"]
    assert f"heroterm sync --once --ticket {solved}" in error["remedy"]


def test_a_ticket_that_zendesk_does_not_show_is_said(synced: Any, door: Door) -> None:
    answer = door("show", "999999999", "--json")
    assert answer.code == 4
    assert "#999999999" in answer.document["error"]["say"]


def test_a_ticket_that_was_deleted_names_who_did_it(
    solved: int, door: Door, sandbox_wsgi: Any
) -> None:
    from heroterm.sandbox.departures import delete

    world = sandbox_wsgi.world
    delete(world, world.tickets[solved], world.hero)
    answer = door("show", str(solved), "--json")
    assert answer.code == 4
    assert f"{world.hero.name} deleted it" in answer.document["error"]["say"]


def test_events_are_fetched_with_the_history(synced: Any, door: Door, sandbox_http: Any) -> None:
    rows = door.json("queue", "--all")["tickets"]
    told = (_events(door, row["id"]) for row in rows)
    with_changes = next(d for d in told if any(event["changes"] for event in d["events"]))
    assert with_changes["events_complete"]
    sandbox_http.stop()
    kept = _events(door, with_changes["ticket"]["id"])
    assert kept["events"] == with_changes["events"]


def _events(door: Door, id_: int) -> Any:
    return door.json("show", str(id_), "--events")


def _a_file(door: Door) -> tuple[int, dict[str, Any]]:
    """A ticket and its first file."""
    for row in door.json("queue", "--all")["tickets"]:
        for comment in door.json("show", str(row["id"]))["comments"]:
            for file in comment["attachments"]:
                return row["id"], file
    raise AssertionError("the practice desk has no files")


def test_a_file_is_saved_privately_and_never_over_another(
    synced: Any, door: Door, tmp_path: Path, own_home: Path
) -> None:
    id_, file = _a_file(door)
    saved = door.json("show", str(id_), "--save-attachment", "1", "--to", str(tmp_path / "new"))
    path = Path(saved["saved"]["path"])
    assert path.parent == tmp_path / "new"
    assert path.stat().st_size == file["size"] == saved["saved"]["size"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert saved["saved"]["remarks"] == []
    again = door("show", str(id_), "--save-attachment", str(file["id"]))
    assert again.code == 0 and "Saved " in again.out
    own = locate(own_home, {}).data / "attachments" / str(id_)
    assert len(list(own.iterdir())) == 1
    removed = door.json("purge", "--all", "--yes")["removed"]
    assert removed["attachment"] == 1
    assert list(own.iterdir()) == []
    assert path.exists(), "what was saved elsewhere is the person's"


def test_old_files_go_with_old_tickets(synced: Any, door: Door, own_home: Path) -> None:
    id_, _ = _a_file(door)
    for _ in range(2):
        assert door("show", str(id_), "--save-attachment", "1").code == 0
    own = locate(own_home, {}).data / "attachments" / str(id_)
    old, new = sorted(own.iterdir())
    long_ago = (door.now - timedelta(days=100)).timestamp()
    os.utime(old, (long_ago, long_ago))
    os.utime(new, (door.now.timestamp(), door.now.timestamp()))
    assert door.json("purge", "--older-than", "90", "--yes")["removed"]["attachment"] == 1
    assert list(own.iterdir()) == [new]


def test_the_server_s_hits_are_marked_and_kept(solved: int, door: Door, sandbox_http: Any) -> None:
    before = {hit["id"] for hit in door.json("search", "status:solved")["hits"]}
    assert solved not in before
    document = door.json("search", "--server", "--limit", "100", "status:solved")
    assert document["server_trouble"] is None
    found = {hit["id"]: hit for hit in document["hits"]}
    assert found[solved]["server"]
    out = door("search", "--server", "--limit", "100", "status:solved").out
    assert f"#{solved}" in out and "srv" in out
    sandbox_http.stop()
    kept = door.json("search", "--limit", "100", "status:solved")["hits"]
    assert solved in {hit["id"] for hit in kept}
    assert not any(hit["server"] for hit in kept)


def test_offline_the_mirror_s_hits_are_given_and_the_rest_is_said(
    synced: Any, door: Door, sandbox_http: Any
) -> None:
    sandbox_http.stop()
    answer = door("search", "--server", "status<solved", "--json")
    assert answer.code == 5
    assert answer.document["hits"]
    assert "cannot be reached" in answer.document["server_trouble"]
    assert "! Zendesk cannot be reached" in door("search", "--server", "status<solved").out


def test_every_organization_of_the_requester_is_asked_for_and_kept(
    synced: Any, door: Door, sandbox_http: Any
) -> None:
    rows = door.json("queue", "--all")["tickets"]
    row = next(each for each in rows if each["organization"])
    ticket = door.json("show", str(row["id"]))["ticket"]
    told = door.json("show", str(row["id"]), "--organizations")["organizations"]
    assert [each["default"] for each in told] == [True] and told[0]["name"]
    assert f"({told[0]['id']}), where new tickets go" in (
        door("show", str(row["id"]), "--organizations").out
    )
    assert "organizations" not in door.json("show", str(row["id"]))
    sandbox_http.stop()
    answer = door("show", str(row["id"]), "--organizations", "--json")
    assert answer.code == 0 and answer.document["organizations"] == told, "as it was last"
    assert answer.document["ticket"] == ticket
    assert "could not be fetched" in answer.err and "fetched last" in answer.err
    other = next(each for each in rows if each["requester"] != row["requester"])
    answer = door("show", str(other["id"]), "--organizations", "--json")
    assert answer.code == 0 and answer.document["organizations"] is None, "never asked for"


def test_a_view_that_no_queue_follows_is_asked_for(
    synced: Any, door: Door, sandbox_http: Any
) -> None:
    view = ("queue", "--view", "Unassigned tickets")
    before = door.json(*view)
    assert "not been brought here yet" in before["explained"][0] and not before["tickets"]
    asked = door.json(*view, "--server")
    assert asked["tickets"] and asked["explained"] == [] and asked["server_trouble"] is None
    assert door.json(*view)["tickets"] == asked["tickets"]
    assert "no view of Zendesk" in door("queue", "--view", "mine", "--server").err
    sandbox_http.stop()
    offline = door(*view, "--server", "--json")
    assert offline.code == 5 and "cannot be reached" in offline.document["server_trouble"]
    assert [row["id"] for row in offline.document["tickets"]] == [
        row["id"] for row in asked["tickets"]
    ]
