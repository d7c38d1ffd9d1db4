"""The team's macros: read with exact complaints, and a proposal that names what it cannot do."""

from __future__ import annotations

import pytest

from heroterm.domain.macro import Hero
from heroterm.domain.tables import BadEntry, Table
from heroterm.domain.team_macro import TeamMacro, check_names, from_file, proposal
from heroterm.domain.ticket import Group, Person
from heroterm.rulebook import load
from tests.domain.rows import ticket

REPLAY = Group(7, "Replay")
LEE = Person(5, "Lee Moss", "lee@desk.example.com", "agent")


def made(text: str = "", **front: object) -> TeamMacro:
    return from_file("m", Table({"title": "T", "status": "open"} | front), text)


def test_its_fields_become_changes_and_nothing_of_zendesks() -> None:
    team = made(tags=["a"], untag=["b"], group="replay", assignee="LEE MOSS", priority="high")
    found = proposal(team, ticket(tags=("b", "c")), Hero(1), (REPLAY,), (LEE,))
    changes = found.changes
    assert (changes.status, changes.priority) == ("open", "high")
    assert (changes.add_tags, changes.remove_tags) == (("a",), ("b",))
    assert (changes.group_id, changes.assignee_id, changes.macro_id) == (7, 5, None)
    assert found.refused == () and not found.words


def test_me_nobody_and_an_address_stand_for_people_and_a_stranger_is_refused_by_name() -> None:
    def assignee(name: str) -> int | None:
        return proposal(made(assignee=name), ticket(), Hero(1), (), (LEE,)).changes.assignee_id

    assert [assignee(name) for name in ("me", "lee@desk.example.com", "nobody")] == [1, 5, 0]
    found = proposal(made(assignee="Sam", group="Nowhere"), ticket(), Hero(1), (REPLAY,), (LEE,))
    assert found.changes.assignee_id is None and found.changes.group_id is None
    assert [say.partition(":")[0] for say in found.refused] == ["group = Nowhere", "person = Sam"]


@pytest.mark.parametrize(
    ("text", "front", "key", "say"),
    [
        ("", {"key": "m"}, "key", "is no key for a macro"),
        ("", {"key": "go"}, "key", "is no key for a macro"),
        ("", {"tags": ["Big One"]}, "tags", "is no tag"),
        ("words", {}, "kind", "is missing"),
        ("words", {"kind": "internal_note", "canned": "x"}, "canned", "beside words of its own"),
        ("words", {"kind": "internal_note", "playbook": "x"}, "playbook", "its own words"),
        ("", {"stauts": "open"}, "stauts", "not known"),
        ("", {"status": "new"}, "status", "not known"),
    ],
)
def test_a_mistake_is_named(text: str, front: dict[str, object], key: str, say: str) -> None:
    with pytest.raises(BadEntry, match=say) as bad:
        made(text, **front)
    assert bad.value.key == key


def test_one_that_does_nothing_or_names_what_is_not_there_is_a_mistake() -> None:
    with pytest.raises(BadEntry, match="is all there is"):
        from_file("m", Table({"title": "T", "key": "t"}), "")
    with pytest.raises(BadEntry, match='"none" is not there'):
        check_names(made(canned="none"), Table({}), ["one"], [])


def test_those_that_are_shipped_have_letters_of_their_own() -> None:
    macros = load().macros
    assert len({one.key for one in macros} - {""}) == len(macros) > 3
