"""Reading verbs answer from the mirror alone, and never mistake a failure for an empty list."""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.cli.queues import choices_of, within_reach
from heroterm.config import Config, TeamView
from heroterm.domain.sla_policy import AppliedTarget
from heroterm.domain.ticket import Page
from tests.cli.conftest import JO, Home
from tests.cli.door import Door
from tests.conftest import NOW

READING = [
    ("queue",),
    ("next",),
    ("show", "101"),
    ("search", "funnel"),
    ("note", "101", "--body=x"),
]


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_before_the_first_sync_a_verb_says_so_instead_of_nothing(
    words: tuple[str, ...], door: Door
) -> None:
    answer = door(*words, "--json")
    assert answer.code == 3
    assert "heroterm sync --once" in answer.document["error"]["remedy"]
    assert "tickets" not in answer.document


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_damaged_mirror_is_not_an_empty_one(
    words: tuple[str, ...], door: Door, home: Home
) -> None:
    home.paths.mirror.write_bytes(b"no database" * 1000)
    for ending in ("-wal", "-shm"):
        home.paths.mirror.with_name(f"mirror.db{ending}").unlink(missing_ok=True)
    answer = door(*words, "--json")
    assert answer.code == 3
    assert answer.document["error"]["kind"] == "StoreError"


def test_the_queue_stands_in_the_order_of_tier_and_breach(door: Door, home: Home) -> None:
    document = door.json("queue")
    rows = document["tickets"]
    assert [row["id"] for row in rows] == [102, 101, 106, 104]
    assert rows[1]["tier"] == 3
    assert rows[1]["sla_state"] == "soon"
    assert rows[1]["seconds_left"] == 1800
    assert rows[1]["breach_at"] == "2026-03-04T10:30:00Z"
    assert rows[1]["organization"] == "Acme Rockets"
    assert [row["source_of_target"] for row in rows] == ["zendesk", "zendesk", None, None]
    assert rows[2]["source"] == "community"
    assert document["as_of"] == "2026-03-04T09:58:00Z"
    assert document["stale_seconds"] == 120


def test_every_unsolved_ticket_is_listed_on_demand(door: Door, home: Home) -> None:
    ids = [row["id"] for row in door.json("queue", "--all")["tickets"]]
    assert ids == [102, 103, 101, 106, 104]
    assert [row["id"] for row in door.json("queue", "--all", "--limit", "2")["tickets"]] == ids[:2]


def test_a_view_is_named_by_its_title_or_number(door: Door, home: Home) -> None:
    for name in ("support QUEUE", "77"):
        assert [row["id"] for row in door.json("queue", "--view", name)["tickets"]] == [101]
    answer = door("queue", "--view", "nonsense")
    assert answer.code == 2
    assert "Support queue" in answer.err


VIEWS = """
[[view]]
name = "Ours"
key = "o"
zendesk = 77

[[view]]
name = "Urgent"
key = "u"
query = "priority>normal group:support"

[[view]]
name = "Elsewhere"
zendesk = 78

[[view]]
name = "Empty"
zendesk = 77
filter = "UNNEL"

[[view]]
name = "Nobody"
query = "group:nowhere"
"""


def test_the_team_s_queues_are_chosen_by_name_or_letter(door: Door, home: Home) -> None:
    home.paths.config_file.write_text(VIEWS)
    found = {"ours": [101], "o": [101], "Urgent": [102, 104], "u": [102, 104], "Empty": [101]}
    for name, ids in found.items():
        document = door.json("queue", "--view", name)
        assert [row["id"] for row in document["tickets"]] == ids
        assert document["explained"] == []
    assert [row["id"] for row in door.json("queue")["tickets"]] == [102, 101, 106, 104]
    answer = door("queue", "--view", "nonsense")
    assert "Yours are: queue, Ours, Urgent" in answer.err and "Support queue" in answer.err


def test_a_queue_that_cannot_be_known_is_not_an_empty_one(door: Door, home: Home) -> None:
    home.paths.config_file.write_text(VIEWS)
    for name, say in {"Elsewhere": "not been brought here yet", "Nobody": "no group"}.items():
        answer = door("queue", "--view", name, "--json")
        assert answer.document["tickets"] == []
        assert say in answer.document["explained"][0] and say in answer.err
    seen = {each["name"]: each for each in door("doctor", "--offline", "--json").document["checks"]}
    assert seen["queue Urgent"]["say"] == "1 to answer, 1 pending, 0 on hold"
    assert [seen[f"queue {name}"]["ok"] for name in ("Ours", "Elsewhere", "Nobody")] == [
        True,
        False,
        False,
    ]


def test_a_wrong_view_is_named_with_its_line(door: Door, home: Home) -> None:
    home.paths.config_file.write_text(VIEWS.replace("priority>normal", "priority:huge"))
    answer = door("config", "check", "--json")
    (finding,) = [each for each in answer.document["findings"] if each["level"] == "error"]
    assert answer.code == 2 and (finding["line"], finding["key"]) == (10, "view.query")
    assert "low, normal, high, urgent" in finding["remedy"]
    home.paths.config_file.write_text(VIEWS)
    assert "[[view]]" in door("config", "show").out


MANY_MISTAKES = """[desk]
hold_secnds = 3
notify = "lout"

[[view]]
name = "A"
key = "V"
query = "status:opne"

[[view]]
name = "B"
key = "a"
zendesk = "x"

[[view]]
name = "b"
key = "a"
qury = "x"

[[view]]
name = "C"
key = "slash"
query = "x"
"""


def test_every_mistake_of_every_kind_is_named_at_once(door: Door, home: Home) -> None:
    home.paths.config_file.write_text(MANY_MISTAKES)
    answer = door("config", "check", "--json")
    errors = [each for each in answer.document["findings"] if each["level"] == "error"]
    assert [(each["line"], each["key"]) for each in errors] == [
        (2, "desk.hold_secnds"),
        (3, "desk.notify"),
        (7, "view.key"),
        (8, "view.query"),
        (13, "view.zendesk"),
        (16, "view.name"),
        (17, "view.key"),
        (18, "view.qury"),
        (22, "view.key"),
    ]
    assert "behind the prefix it is “The desk's own queue”" in errors[2]["say"]
    assert "belongs to 'B'" in errors[6]["say"] and all(each["remedy"] for each in errors)
    assert "is no letter" in errors[-1]["say"]


def test_usual_queues_stay_until_their_name_or_letter_is_given_away() -> None:
    named = (TeamView("Mine", "x", query="tag:a"), TeamView("Late", "h", query="age:>7d"))
    assert [one.name for one in choices_of(Config(view=named))] == [
        *("queue", "Mine", "Late", "unassigned", "every group"),
    ]
    reached, said = within_reach(choices_of(Config(view=named)), {"x": "Something", "plus": "?"})
    assert [one.key for one in reached] == ["", "", "h", "u", "e"]
    assert len(said) == 1 and "“Something” already" in said[0] and "'Mine' has none" in said[0]


def test_the_queue_for_a_person_cannot_hurt_the_terminal(door: Door, home: Home) -> None:
    answer = door("queue")
    assert answer.code == 0
    assert "\x1b" not in answer.out
    assert "\u202e" not in answer.out
    assert "Charts [/red]" in answer.out
    assert "synced 2 min ago" in answer.out


def test_inside_json_the_text_is_the_stored_one(door: Door, home: Home) -> None:
    answer = door("queue", "--json")
    assert "\x1b" not in answer.out
    assert answer.document["tickets"][0]["subject"] == "Charts [/red] \x1b[31mred\u202e"


def test_next_is_the_highest_tier_and_says_why(door: Door, home: Home) -> None:
    document = door.json("next")
    assert document["id"] == 102
    assert document["why"].startswith("T2 high priority")
    assert len(document["trace"]) > 3


def test_a_skipped_ticket_comes_back_when_something_changed_on_it(door: Door, home: Home) -> None:
    assert door.json("next", "--skip", "102=waits for Kim")["id"] == 101
    assert door.json("next")["id"] == 101
    from datetime import timedelta

    from heroterm.domain.ticket import Page
    from tests.cli.conftest import ticket
    from tests.conftest import NOW

    later = NOW + timedelta(hours=1)
    writer = home.writer()
    changed = ticket(102, "Charts", priority="high", updated_at=later, updated_stamp="x")
    writer.save_page(Page((changed,)), at=later)
    writer.close()
    assert door.json("next")["id"] == 102


def test_a_skip_needs_a_reason(door: Door, home: Home) -> None:
    assert door("next", "--skip", "102=").code == 2
    assert door("next", "--skip", "102").code == 2
    assert door("next", "--skip", f"{'9' * 20}=late").code == 2
    assert door.json("next")["id"] == 102


def test_show_gives_the_thread_with_its_links(door: Door, home: Home) -> None:
    document = door.json("show", "101")
    assert document["ticket"]["requester"] == "Jo Ødegård"
    first, second = document["comments"]
    assert first["public"] and not second["public"]
    assert first["links"] == [{"url": "https://app.example.com/f/1", "label": ""}]
    assert first["author_address"] == "jo@acme.example.com"
    assert document["sla"][0]["seconds_left"] == 1800
    assert document["intents"] == []
    assert document["footer"]["trusted"] is False


def test_show_names_the_policy_behind_a_clock_where_it_is_known(door: Door, home: Home) -> None:
    (clock,) = door.json("show", "101")["sla"]
    assert (clock["policy"], clock["target_seconds"]) == (None, None)
    assert "SLA           first reply, 30 min left\n" in door("show", "101").out
    writer = home.writer()
    target = AppliedTarget(101, "first_reply_time", 1, NOW, "Silver \x1b[31m", 43_200, 25)
    writer.save_page(Page((), applied=(target,)), at=NOW)
    writer.close()
    (clock,) = door.json("show", "101")["sla"]
    assert (clock["policy"], clock["target_seconds"]) == ("Silver \x1b[31m", 43_200)
    out = door("show", "101").out
    assert "first reply, 30 min left (Silver ␛[31m, 12 h)" in out and "\x1b" not in out


def test_show_tells_public_words_from_notes(door: Door, home: Home) -> None:
    out = door("show", "101").out
    assert f"Jo Ødegård <{JO.email}> (customer), 10:00, public" in out
    assert "Ana Hero (staff), 10:00, INTERNAL NOTE" in out


def test_a_ticket_that_is_not_there_is_said_with_a_remedy(door: Door, home: Home) -> None:
    answer = door("show", "999", "--json")
    assert answer.code == 2
    assert "999" in answer.document["error"]["say"]


def test_search_explains_what_it_did(door: Door, home: Home) -> None:
    document = door.json("search", "funnel")
    assert [hit["id"] for hit in document["hits"]] == [101]
    assert set(document["hits"][0]) >= {"id", "subject", "snippet", "score", "where"}
    assert "No ticket matches." in door("search", "zebra").out


def test_reading_makes_no_network_client(door: Door, home: Home, own_home: Path) -> None:
    import sys

    before = "httpx" in sys.modules
    door.json("queue")
    assert ("httpx" in sys.modules) == before
