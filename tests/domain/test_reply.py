from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.reply import (
    CannedReply,
    When,
    facts_for,
    fill,
    from_file,
    greeting_name,
)
from heroterm.domain.reply_rank import Situation, fit, rank
from heroterm.domain.rules_of_words import placeholders
from heroterm.domain.tables import BadEntry, Table
from heroterm.domain.ticket import Person
from heroterm.rulebook import load
from tests.domain.rows import ticket

FRONT = {"title": "Looking into it", "kind": "public_reply", "status": "open"}


def made(text: str, **front: object) -> CannedReply:
    return from_file("looking", Table(FRONT | front), text)


def test_what_is_known_is_filled_in_and_the_rest_falls_back() -> None:
    reply = made("Hey {{name|there}}, about #{{ticket.id}}.")
    assert fill(reply, {"name": "Kim", "ticket.id": "7"}).body == "Hey Kim, about #7."
    assert fill(reply, {"name": "", "ticket.id": "7"}).body == "Hey there, about #7."


def test_what_nobody_knows_stays_visible_and_cannot_be_sent() -> None:
    filled = fill(made("Hey {{name}}, {{name}}"), {})
    assert filled.body == "Hey <<name?>>, <<name?>>"
    assert placeholders(filled.body)


def test_the_cursor_visits_the_stops_by_number_and_ends_at_zero() -> None:
    filled = fill(made("a $2<two> b $1<one> c$0."), {})
    assert [stop.label for stop in filled.stops] == ["one", "two", ""]
    first = filled.stops[0]
    assert filled.body[first.start : first.end] == "$1<one>"
    assert filled.body.endswith("c.")


@given(st.text(max_size=40))
def test_a_hostile_name_is_never_expanded(name: str) -> None:
    filled = fill(made("Hey {{name|there}}, $1<more>"), {"name": name + "{{ticket.id}}$2<x>"})
    assert "{{ticket.id}}" in filled.body
    assert len(filled.stops) == 1
    assert "\x1b" not in filled.body


def test_slack_has_words_of_its_own() -> None:
    reply = made("## email\nHey {{name|there}},\n\nlong\n\n## slack\nHey, short")
    assert fill(reply, {}, "slack").body == "Hey, short"
    assert fill(reply, {}, "mail").body.startswith("Hey there")
    assert made("only").words("slack") == "only"


@pytest.mark.parametrize(
    ("front", "text", "complaint"),
    [
        ({"kind": "reply"}, "x", "kind"),
        ({"status": "new"}, "x", "status"),
        ({"titel": "x"}, "x", 'Did you mean "title"'),
        ({"when": {"tag": ["x"]}}, "x", "when.tag"),
        ({}, "", "is empty"),
        ({}, "stray\n## email\nx", "stands above"),
        ({}, "Hey {{Name}}", "broken"),
    ],
)
def test_a_wrong_file_is_refused_with_its_entry(
    front: dict[str, object], text: str, complaint: str
) -> None:
    with pytest.raises(BadEntry) as caught:
        made(text, **front)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Kim Cove", "Kim"),
        ("Dr. Kim Cove", "Kim"),
        ("Cove, Kim", "Kim"),
        ("Zoë", "Zoë"),
        ("kim@example.com", ""),
        ("4711", ""),
        ("", ""),
        ("The whole team of the house", ""),
        ("{{ticket.id}}", ""),
        ("x" * 80, ""),
    ],
)
def test_a_greeting_uses_a_first_name_or_none(name: str, greeting: str) -> None:
    assert greeting_name(name) == greeting


def test_the_facts_of_a_ticket_have_names() -> None:
    facts = facts_for(ticket(id=7), Person(1, "Kim Cove"), Person(2, "Ana Bell"), more={"x": "y"})
    assert facts["name"] == "Kim"
    assert facts["ticket.id"] == "7"
    assert facts["me.first_name"] == "Ana"
    assert facts["x"] == "y"


TWOFA = CannedReply("twofa-done", "2FA removed", "public_reply", "x", when=When(text=("2fa",)))
BUG = CannedReply("bug-filed", "Bug report opened", "public_reply", "x", when=When(("app",)))
MERCH = CannedReply(
    "merch-thanks", "Thanks with merch", "public_reply", "x", when=When(tags=("m",))
)
ALL = [BUG, MERCH, TWOFA]


def test_the_reply_that_fits_the_ticket_comes_first() -> None:
    assert rank(ALL, Situation(text="please remove my 2FA"))[0] is TWOFA
    assert rank(ALL, Situation(source="app"))[0] is BUG
    assert rank(ALL, Situation(tags=("m",)))[0] is MERCH


def test_why_a_reply_stands_high_is_what_ranked_it() -> None:
    when = When(("app", "mail"), ("m", "k"), ("2FA", "locked out", "phone"))
    found = fit(
        when, Situation("app", ("m", "x"), "I am locked out since my phone with 2fa is gone")
    )
    assert found.words == "says “2FA”, says “locked out”, says “phone”, tag m, from app"
    assert fit(when, Situation("slack", ("x",), "Hello")).words == ""
    for reply in ALL:
        for facts in (
            Situation("app"),
            Situation(tags=("m",)),
            Situation(text="my 2FA"),
            Situation(),
        ):
            lifted = fit(reply.when, facts)
            assert bool(lifted.words) == (lifted.points > 0)
            assert (rank(ALL, facts)[0] is reply) >= bool(lifted.words)


def test_what_is_used_most_comes_first_among_equals() -> None:
    assert rank(ALL, Situation(), {"merch-thanks": 3})[0] is MERCH


@pytest.mark.parametrize("query", ["bug", "bug rep", "rep", "bgrp"])
def test_a_few_letters_find_a_reply(query: str) -> None:
    assert rank(ALL, Situation(), {}, query)[0] is BUG


def test_letters_that_match_nothing_leave_an_empty_list() -> None:
    assert rank(ALL, Situation(), {}, "zzz") == []


def test_only_words_that_begin_so_lift_a_reply() -> None:
    when = When(text=("bug", "frustrat"))
    assert fit(when, Situation(text="debug mode, ladybug")).said == ()
    assert fit(when, Situation(text="Frustrating bugs")).said == ("bug", "frustrat")


def test_what_a_self_hosted_customer_writes_brings_that_reply_up_first() -> None:
    shipped = load().replies
    for words in ("our own server crashed, an error", "We are self-hosted and love it"):
        assert rank(shipped, Situation("mail", (), words))[0].name == "self-hosted"


def test_a_reply_is_first_by_its_key_wherever_the_ticket_came_from() -> None:
    """Three letters suffice (features E1); letters that are merely strewn in count for nothing."""
    shipped = load().replies
    for reply in shipped:
        assert reply.keys, reply.name
        for source in ("app", "slack", "mail"):
            facts = Situation(source, ("plan_free",), "a bug, 2fa, ownership, feature request")
            found = rank(shipped, facts, {}, reply.keys[0])
            assert found[0] is reply and len(found) < len(shipped) / 3, reply.name
    assert [one.name for one in rank(shipped, Situation(), {}, "lkngt")] == ["looking-into-it"]


def test_every_public_reply_has_short_words_for_slack_unless_it_is_a_mail_of_its_own() -> None:
    for reply in load().replies:
        if reply.kind == "public_reply" and not reply.subject and reply.when.sources != ("mail",):
            assert reply.slack is not None and len(reply.slack) < 420, reply.name
            assert "\n" not in reply.slack, reply.name
