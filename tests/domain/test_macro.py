from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from heroterm.domain.macro import Hero, Proposal, differences, keys_from, placeholders, propose
from heroterm.domain.outbox import NOBODY, Changes
from heroterm.domain.tables import BadEntry, read
from heroterm.domain.ticket import Macro, Person, Ticket
from tests.domain.rows import NOW

TICKET = Ticket(
    7, "Funnels", "open", NOW, NOW, "s", tags=("old", "kept"), custom_fields=((9, "a"),)
)
ME = Hero(42, (5,))
ANA = placeholders(TICKET, Person(1, "Ana Cove"), Person(42, "Kim Hero"))


def of(*actions: tuple[str, str], me: Hero = ME, known: Mapping[str, str] = ANA) -> Proposal:
    return propose(Macro(3, "M", actions), TICKET, me, known)


def test_fields_become_one_change_that_names_the_macro() -> None:
    made = of(
        ("status", "pending"),
        ("priority", "high"),
        ("type", "problem"),
        ("assignee_id", "current_user"),
        ("group_id", "current_groups"),
        ("custom_fields_9", "b"),
        ("custom_status_id", "77"),
    )
    assert made.changes == Changes(
        "pending",
        "high",
        "problem",
        42,
        5,
        custom_status_id=77,
        custom_fields=((9, "b"),),
        macro_id=3,
    )
    assert made.refused == ()


def test_an_empty_assignee_or_group_is_nobody() -> None:
    changes = of(("assignee_id", ""), ("group_id", "")).changes
    assert (changes.assignee_id, changes.group_id) == (NOBODY, NOBODY)


@pytest.mark.parametrize(
    ("action", "add", "remove"),
    [
        (("current_tags", "new kept"), ("new",), ()),
        (("set_tags", "kept new"), ("new",), ("old",)),
        (("remove_tags", "old absent"), (), ("old",)),
    ],
)
def test_tags_are_told_as_what_comes_and_goes(
    action: tuple[str, str], add: tuple[str, ...], remove: tuple[str, ...]
) -> None:
    changes = of(action).changes
    assert (changes.add_tags, changes.remove_tags) == (add, remove)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "closed"),
        ("status", "new"),
        ("priority", ""),
        ("assignee_id", "requester_id"),
        ("subject", "Mine now"),
        ("cc", "current_user"),
        ("side_conversation", "x\ny"),
        ("comment_value", "channel:chat\nonly in a chat"),
        ("custom_fields_9", "two\nvalues"),
        ("custom_status_id", ""),
    ],
)
def test_what_is_not_understood_is_refused_by_name_and_changes_nothing(
    name: str, value: str
) -> None:
    made = of((name, value))
    assert made.empty
    assert len(made.refused) == 1 and made.refused[0].startswith(f"{name} = ")


def test_my_groups_are_no_choice_where_there_are_several() -> None:
    made = of(("group_id", "current_groups"), me=Hero(42, (5, 6)))
    assert made.changes.group_id is None
    assert made.refused == ("group_id = current_groups: you are in 2 groups, and it takes one.",)


def test_words_are_filled_once_and_what_is_not_known_cannot_leave() -> None:
    tricky = {**ANA, "ticket.title": "{{ticket.id}}"}
    words = (
        "channel:all\nHey {{ticket.requester.first_name}}, {{ ticket.title }} {{dc.footer}}"
        " {{ticket.x | default: 'y'}} {% if a %}"
    )
    made = of(("comment_value", words), ("comment_mode_is_public", "false"), known=tricky)
    assert made.words == (
        "Hey Ana, {{ticket.id}} <<dc.footer?>> <<ticket.x | default: 'y'?>> <<if a?>>"
    )
    assert made.public is False


def test_a_requester_without_a_name_is_not_greeted_by_an_address() -> None:
    known = placeholders(TICKET, Person(1, "ana@cove.test"), None)
    made = of(("comment_value", "Hey {{ticket.requester.first_name}}"), known=known)
    assert made.words == "Hey <<ticket.requester.first_name?>>"


def test_before_and_after_stand_side_by_side() -> None:
    ticket = replace(TICKET, assignee_id=42)
    changes = Changes("pending", assignee_id=NOBODY, add_tags=("new",), remove_tags=("old",))
    changes = replace(changes, custom_fields=((9, ""),), macro_id=3)
    assert differences(changes, ticket) == [
        ("status", "open", "pending"),
        ("assignee_id", 42, None),
        ("9", "a", None),
        ("tag", None, "new"),
        ("tag", "old", None),
    ]


def test_letters_name_macros_and_m_stays_the_list() -> None:
    assert read({"keys": {"t": "Routing::Take it"}}, keys_from) == {"t": "Routing::Take it"}
    with pytest.raises(BadEntry, match=r"keys\.m"):
        read({"keys": {"m": "Routing::Take it"}}, keys_from)
