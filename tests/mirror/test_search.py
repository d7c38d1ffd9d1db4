from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain import query as grammar
from heroterm.domain.ticket import Group, Organization, Person
from heroterm.errors import StoreError
from heroterm.mirror import filters
from heroterm.mirror.search import SearchResult, search
from tests.conftest import NOW
from tests.mirror.make import ACME, JO, KIM, Desk, comment, ticket


def found(desk: Desk, query: str, **rest: Any) -> list[int]:
    return sorted(hit.id for hit in search(desk.mirror, query, **rest).hits)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A handful of tickets, the first fill done."""
    desk.writer.remember(first_fill_done=True, user_id=KIM.id)
    desk.save(
        ticket(1, subject="Replay is blank", tags=("replay", "eu region"), priority="high"),
        ticket(2, subject="Invoice for March", status="pending", assignee_id=KIM.id, group_id=5),
        ticket(3, subject="SAML sign-in", status="solved", requester_id=902, organization_id=71),
        ticket(4, subject="Größe der Karte", status="new", description="blank page, 100% white"),
        people=(KIM, JO, Person(902, "Ann O'Neil", "ann@globex.example.com")),
        organizations=(ACME, Organization(71, "Globex_100%")),
        groups=(Group(5, "Billing heroes"),),
    )
    desk.writer.save_comments(
        3, [comment(31, 3, 902, body="The Okta metadata is blank")], [], complete=True, at=NOW
    )
    return desk


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("blank", [1, 3, 4]),
        ("saml okta", [3]),
        ("repl", [1]),
        ("repl ", []),
        ('"is blank"', [1, 3]),
        ('"blank is"', []),
        ("grosse", []),
        ("größe", [4]),
        ("grö", [4]),
        ("acme", [1, 2, 4]),
        ("jo@acme.example.com", [1, 2, 4]),
        ("#2", [2]),
        ("3", [3]),
        ("status:pending", [2]),
        ("status<solved", [1, 2, 4]),
        ("status<=open", [1, 4]),
        ("status>open blank", [3]),
        ("blank -status:solved", [1, 4]),
        ("blank -okta", [1, 4]),
        ("blank -okta -white", [1]),
        ("-okta -white", [1, 2]),
        ("blank tag:replay", [1]),
        ("blank tag:replay -eu", []),
        ("tag:Replay", [1]),
        ('tag:"***"', []),
        ("tag:replay tag:eu", [1]),
        ("-blank", [2]),
        ("status<solved -blank", [2]),
        ("priority:high", [1]),
        ("-priority:high status:open", []),
        ("org:acme", [1, 2, 4]),
        ("org:globex_100%", [3]),
        ("org:%", [3]),
        ('organization:"Acme Rockets" invoice', [2]),
        ('tag:"eu region"', [1]),
        ("tag:eu", []),
        ("tags:replay", [1]),
        ("assignee:me", [2]),
        ("assignee:none status<solved", [1, 4]),
        ("assignee:kim", [2]),
        ("-assignee:me status<solved", [1, 4]),
        ("requester:ANN@globex.example.com", [3]),
        ("requester:o'neil", [3]),
        ('group:"billing"', [2]),
        ("subject:blank", [1]),
        ("subject:replay subject:invoice", [1, 2]),
        ("status:new status:pending", [2, 4]),
        ("tag:replay tags:none", [1, 2, 3, 4]),
        ("type:ticket 2", [2]),
        ("type:problem", []),
        ("commenter:kim", []),
        ("order_by:created_at status:new", [4]),
        ("comment:blank", [3, 4]),
        ("created:2026-03-03", [1, 2, 3, 4]),
        ("created<2026-03-03", []),
        ("updated>=2026-03-04", [1, 2, 3, 4]),
        ("", []),
    ],
)
def test_a_query_finds_what_it_says(full: Desk, query: str, expected: list[int]) -> None:
    assert found(full, query) == expected
    assert found(full, query, ranked=False) == found(full, query)


@pytest.mark.parametrize(
    ("query", "say"),
    [
        ("colour:red", "colour is no filter here"),
        ("status:opne", "status is one of new, open"),
        ("org:nobody", "no organization of that name"),
        ("requester:x@y.example.com", "nobody with that address"),
        ("tag<replay", "tag has no order"),
        ("created>soon", "write a day as"),
        ("status: blank", "nothing follows"),
        ("created>4years", "a span as in created>4hours"),
        ("custom_field_12:x", "fields are not searched here; write tags:"),
        ("blank sort:desc", "a queue can be sorted"),
        ("!!!", "no letter or digit"),
        ("blank r", "one letter is searched as a whole word"),
    ],
)
def test_what_is_not_understood_is_explained(full: Desk, query: str, say: str) -> None:
    assert say in " ".join(search(full.mirror, query).explained)


def test_a_tag_is_found_before_its_ticket_is_in_the_index(desk: Desk) -> None:
    desk.save(ticket(1, tags=("replay",)), ticket(2))
    assert found(desk, "tag:replay") == [1]
    desk.writer.remember(first_fill_done=True)
    assert found(desk, "tag:replay") == found(desk, "tag:replay question") == [1]


def test_an_unknown_key_is_searched_as_words(full: Desk) -> None:
    full.save(ticket(6, description="see https://docs.example.com/a at 10:31"))
    assert found(full, "https://docs.example.com") == [6]
    assert found(full, "10:31") == [6]


def test_nobody_signed_in_is_said_and_finds_nothing(desk: Desk) -> None:
    desk.save(ticket(1))
    result = search(desk.mirror, "assignee:me")
    assert result == SearchResult("assignee:me", ("assignee:me: nobody is signed in yet.",))


def test_a_hit_shows_where_the_words_stand(full: Desk) -> None:
    hits = {hit.id: hit for hit in search(full.mirror, "blank").hits}
    assert {id_: hit.where for id_, hit in hits.items()} == {
        1: "subject",
        3: "comments",
        4: "comments",
    }
    assert "Okta metadata is blank" in hits[3].snippet
    assert hits[1].score > hits[3].score > 0


def test_newest_first_while_typing_and_best_first_after(full: Desk) -> None:
    newest = search(full.mirror, "blank", ranked=False).hits
    assert [hit.id for hit in newest] == [4, 3, 1]
    assert search(full.mirror, "blank").hits[0].id == 1
    assert len(search(full.mirror, "blank", 2).hits) == 2


def test_a_lone_number_puts_its_ticket_first_and_only_once(full: Desk) -> None:
    full.save(ticket(9, subject="see ticket 2"), ticket(10, subject="10"))
    assert [hit.id for hit in search(full.mirror, "2").hits] == [2, 9]
    assert [hit.id for hit in search(full.mirror, "10", typing=False).hits] == [10]
    assert found(full, "9" * 60) == []
    assert found(full, "#" + "9" * 60) == []


def test_until_the_first_fill_is_done_the_search_says_what_it_cannot_see(desk: Desk) -> None:
    desk.save(ticket(1), ticket(2))
    result = search(desk.mirror, "question")
    assert result.hits == ()
    assert result.explained == (
        "2 tickets are not searchable by words yet: the first fill is still under way.",
    )
    assert found(desk, "status:open") == [1, 2], "filters need no index"
    desk.writer.remember(first_fill_done=True)
    assert found(desk, "question") == [1, 2]
    assert search(desk.mirror, "question").explained == ()


def index_is_sound(desk: Desk) -> None:
    desk.writer._connection.run(
        "insert into document_index(document_index, rank) values ('integrity-check', 1)"
    )


def test_the_index_follows_every_change(full: Desk) -> None:
    full.save(ticket(1, subject="Heatmap", updated_at=NOW + timedelta(1)))
    assert found(full, "replay") == []
    assert found(full, "heatmap") == [1]
    full.writer.save_comments(3, [comment(32, 3, body="solved it")], [], complete=True, at=NOW)
    assert found(full, "okta") == []
    full.save(people=(Person(JO.id, "Jo Neumann"),))
    assert found(full, "neumann blank") == [4]
    assert found(full, "ødegård") == []
    index_is_sound(full)


def test_an_index_out_of_step_is_made_anew(full: Desk) -> None:
    full.writer._connection.run("insert into document_index(document_index) values ('delete-all')")
    assert found(full, "blank") == []
    assert full.writer.rebuild_index() == 4
    assert found(full, "blank") == [1, 3, 4]
    index_is_sound(full)


_noise = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                '"',
                "NEAR(",
                "*",
                "AND",
                "OR NOT",
                "^blank",
                "subject:",
                "-",
                "status<",
                "{a b}:",
                ":",
            ]
        ),
    ),
    max_size=6,
).map(" ".join)


@given(query=_noise)
def test_every_query_can_be_split_and_no_character_is_lost(query: str) -> None:
    parts = "".join(term.raw for term in grammar.terms(query))
    assert "".join(parts.split()) == "".join(query.split())


def test_nothing_that_is_typed_is_syntax(full: Desk) -> None:
    @given(query=_noise)
    def ask(query: str) -> None:
        search(full.mirror, query)
        search(full.mirror, query, ranked=False, typing=False)

    ask()


@pytest.mark.parametrize(
    "query",
    [
        " ".join(f"w{n}" for n in range(1_000)),
        " ".join(f"tag:t{n}" for n in range(1_000)),
        " ".join(f"-w{n}" for n in range(1_000)),
        "org:" + "x" * 1_000_000,
        "x" * 1_000_000,
        "\ud800 a\0b",
        f"#{'0' * 20}{'9' * 20}",
    ],
    ids=["words", "filters", "without", "name", "word", "odd", "number"],
)
def test_no_query_is_too_long_for_the_mirror(full: Desk, query: str) -> None:
    found = search(full.mirror, query)
    if len(query) > 100:
        assert any("Only the first" in say for say in found.explained)


def test_what_sqlite_complains_of_is_a_sentence(full: Desk) -> None:
    with pytest.raises(StoreError, match="SQLITE_ERROR"):
        full.mirror.connection.rows("select nonsense(")


def test_what_the_language_knows_is_what_the_mirror_filters_by() -> None:
    assert set(filters._KEYS) == grammar.FILTER_KEYS
    assert tuple(filters.TEXT_KEYS) == grammar.TEXT_KEYS
