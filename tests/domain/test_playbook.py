"""What a playbook's file may say, which way the answers lead, which link there is."""

from __future__ import annotations

from typing import Any

import pytest

from heroterm.domain.playbook import Playbook, StepLink, ordered, suggested
from heroterm.domain.playbook_file import from_file
from heroterm.domain.tables import BadEntry, Table

CHECK = {"id": "owner", "kind": "choose", "text": "Owner there?", "answers": ["yes", "no"]}
ASK = {"id": "ask", "kind": "do", "text": "Ask.", "only_if": {"step": "owner", "answer": "yes"}}
MAIL = {"id": "mail", "kind": "do", "text": "Mail.", "only_if": {"step": "owner", "answer": "no"}}
DANGER = {
    "id": "save",
    "kind": "danger",
    "text": "Save.",
    "warning": "Not DELETE.",
    "confirm": "{project_id} SAVE",
    "gone": "the group",
    "remains": "the project",
}
LOOK = {"id": "look", "kind": "check", "text": "Still there?", "requires": ["save"]}
NOTE: dict[str, Any] = {"id": "a", "kind": "note", "text": "x", "reply": "y"}


def made(*steps: dict[str, Any], **more: Any) -> Playbook:
    return from_file("x", Table({"title": "X", "section": "How?", "step": list(steps)} | more))


def test_the_branch_not_taken_stays_visible_but_off() -> None:
    book = made(CHECK, ASK, MAIL)
    assert [line.undecided for line in ordered(book, {})] == [False, True, True]
    assert [line.off for line in ordered(book, {"owner": "no"})] == [False, True, False]


def test_what_follows_from_a_branch_not_taken_is_off_too() -> None:
    deeper = {
        "id": "deep",
        "kind": "choose",
        "text": "?",
        "answers": ["a"],
        "only_if": {"step": "owner", "answer": "no"},
    }
    last = {"id": "last", "kind": "do", "text": ".", "only_if": {"step": "deep", "answer": "a"}}
    book = made(CHECK, deeper, last)
    assert [line.off for line in ordered(book, {"owner": "yes"})] == [False, True, True]


def test_ways_meet_again_and_narrow_again() -> None:
    either = {
        "id": "either",
        "kind": "do",
        "text": "Both.",
        "only_if": [{"step": "owner", "answers": ["yes", "no"]}],
        "also_if": {"step": "who", "answer": "me"},
    }
    who = {"id": "who", "kind": "choose", "text": "Who?", "answers": ["me", "you"]}
    book = made(CHECK, who, either)
    assert not ordered(book, {"owner": "no", "who": "me"})[2].off
    assert ordered(book, {"owner": "no", "who": "you"})[2].off
    assert ordered(book, {"owner": "no"})[2].undecided


@pytest.mark.parametrize(
    ("step", "complaint"),
    [
        ({"id": "a", "kind": "dance", "text": "x"}, "kind"),
        ({"id": "A b", "kind": "do", "text": "x"}, "id"),
        (CHECK, "is taken"),
        ({"id": "a", "kind": "do", "text": "x", "requires": ["b"]}, "no earlier step"),
        ({"id": "a", "kind": "wait", "text": "x", "for": ["date"]}, "days"),
        ({"id": "a", "kind": "wait", "text": "x", "for": ["rain"], "days": 1}, "not known"),
        ({"id": "a", "kind": "wait", "text": "x", "for": ["reply"], "days": 1}, "from: is missing"),
        ({"id": "a", "kind": "reply", "text": "x"}, "reply"),
        ({"id": "a", "kind": "choose", "text": "x"}, "answers"),
        ({"id": "a", "kind": "quote", "text": "x"}, "sender"),
        ({"id": "a", "kind": "set", "text": "x"}, "changes nothing"),
        ({"id": "a", "kind": "check", "text": "x", "fact": "No fact"}, "no name"),
        ({"id": "a", "kind": "check", "text": "x", "equals": "unheard"}, "not known"),
        ({"id": "a", "kind": "check", "text": "x", "value": "poem"}, "not known"),
        (DANGER | {"warning": ""}, "warning"),
        (DANGER | {"required": False}, "cannot be left out"),
        (DANGER | {"confirm": "{moon}"}, "{moon} is not known"),
        (DANGER, "nobody looks"),
        (ASK | {"only_if": {"step": "owner", "answer": "maybe"}}, "no answer of owner"),
        (NOTE | {"fill_if": {"why": {"nobody": {"no": "x"}}}}, "no earlier step"),
        (NOTE | {"fill_if": {"why": {"owner": {"maybe": "x"}}}}, "no answer of owner"),
        (NOTE | {"fill_if": {"why": {"owner": {"no": "{moon}"}}}}, "{moon}, which is not known"),
        ({"id": "a", "kind": "do", "text": "x", "runs": "rm"}, "runs: is not known"),
        (
            {"id": "a", "kind": "do", "text": "x", "links": [{"title": "t", "url": "ftp://x"}]},
            "no https",
        ),
        (
            {"id": "a", "kind": "do", "text": "x", "links": [{"title": "t", "us": "https://{q}"}]},
            "{q} is not known",
        ),
    ],
)
def test_a_careless_step_is_refused(step: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadEntry) as caught:
        made(CHECK, step)
    assert complaint in str(caught.value)


def test_a_danger_step_that_is_read_back_may_stand() -> None:
    assert [step.id for step in made(DANGER, LOOK).steps] == ["save", "look"]


def test_a_need_that_comes_from_nowhere_is_refused() -> None:
    with pytest.raises(BadEntry, match="comes from nowhere"):
        made(CHECK, needs=["moon_phase"])


LINK = StepLink(
    "Project",
    us="https://us.posthog.com/admin/posthog/team/{project_id}/change/",
    eu="https://eu.posthog.com/admin/posthog/team/{project_id}/change/",
)


def test_a_link_is_that_of_the_region() -> None:
    known = {"project_id": "42"}
    assert LINK.address("EU", known) == "https://eu.posthog.com/admin/posthog/team/42/change/"
    assert LINK.address("US", known) == "https://us.posthog.com/admin/posthog/team/42/change/"


@pytest.mark.parametrize(
    ("region", "project"), [(None, "42"), ("XX", "42"), ("EU", "42/delete"), ("EU", "")]
)
def test_without_a_known_region_and_project_there_is_no_link(
    region: str | None, project: str
) -> None:
    assert LINK.address(region, {"project_id": project}) is None


def test_an_address_in_a_link_cannot_add_to_it() -> None:
    link = StepLink("Users", url="https://us.posthog.com/admin/posthog/user/?q={owner_address}")
    address = link.address(None, {"owner_address": "a&b=c@example.com"})
    assert address == "https://us.posthog.com/admin/posthog/user/?q=a%26b%3Dc@example.com"
    assert link.address(None, {"owner_address": "not an address"}) is None


def test_a_whole_address_comes_only_from_a_page_that_may_stand_there() -> None:
    link = StepLink("The question", url="{question}")
    good = "https://posthog.com/questions/how-to"
    assert link.address(None, {"question": good}) == good
    assert link.address(None, {"question": "https://evil.example/questions/how-to"}) is None


def test_a_playbook_offers_itself_for_words_and_tags() -> None:
    book = made(CHECK, trigger={"text": ["Remove 2FA"], "tags": ["twofa"]})
    assert suggested([book], "please remove\n2fa now", []) == [book]
    assert suggested([book], "hello", ["twofa"]) == [book]
    assert suggested([book], "hello", []) == []
