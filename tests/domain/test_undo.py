"""What takes a sent change back, and what a person is told where nothing can."""

from __future__ import annotations

from typing import Any

import pytest

from heroterm.domain.deeds import NewTicket, OrganizationText
from heroterm.domain.outbox import NOBODY, SENT, Changes, Intent, PublicReply
from heroterm.domain.ticket import Ticket
from heroterm.domain.undo import in_words, inverse_of, moved_since, undo
from tests.domain.rows import NOW, ticket


def sent(changes: Changes, before: Ticket, **fields: Any) -> Intent:
    """A change that was sent, with what was noted just before."""
    inverse = inverse_of(changes, before)
    wanted = {"changes": changes, "inverse": inverse, "state": SENT, **fields}
    return Intent("i", 1, NOW, NOW, **wanted)


BACK = [
    (Changes(status="pending"), ticket(), Changes(status="open")),
    (Changes(status="open"), ticket(), Changes()),
    (Changes(assignee_id=7), ticket(assignee_id=5), Changes(assignee_id=5)),
    (Changes(assignee_id=7), ticket(), Changes(assignee_id=NOBODY)),
    (Changes(assignee_id=NOBODY), ticket(assignee_id=5), Changes(assignee_id=5)),
    (Changes(assignee_id=NOBODY), ticket(), Changes()),
    (Changes(add_tags=("a", "b")), ticket(tags=("a",)), Changes(remove_tags=("b",))),
    (Changes(remove_tags=("a", "b")), ticket(tags=("a",)), Changes(add_tags=("a",))),
    (
        Changes(custom_fields=((1, "new"), (2, "same"), (3, "first"))),
        ticket(custom_fields=((1, "old"), (2, "same"))),
        Changes(custom_fields=((1, "old"), (3, ""))),
    ),
    (Changes(custom_status_id=9), ticket(custom_status_id=8), Changes(custom_status_id=8)),
    (Changes(priority="high"), ticket(custom_status_id=8, priority="low"), Changes(priority="low")),
]


@pytest.mark.parametrize(("made", "before", "back"), BACK)
def test_the_way_back_leads_to_how_it_was_and_touches_nothing_else(
    made: Changes, before: Ticket, back: Changes
) -> None:
    assert inverse_of(made, before) == back


def test_it_is_taken_back_while_it_stands_as_it_was_left() -> None:
    intent = sent(Changes(status="pending", add_tags=("billing",)), ticket())
    back = undo(intent, ticket(status="pending", tags=("billing", "theirs")))
    assert back.refusal == "" and back.deed is None
    assert back.changes == Changes(status="open", remove_tags=("billing",))


NO_MORE = [
    (Changes(status="pending"), ticket(), ticket(status="hold"), "The status was changed again"),
    (Changes(group_id=3), ticket(), ticket(group_id=4), "The group was changed again"),
    (Changes(assignee_id=NOBODY), ticket(assignee_id=5), ticket(assignee_id=6), "The assignee was"),
    (Changes(custom_status_id=9), ticket(), ticket(custom_status_id=8), "The status was changed"),
    (
        Changes(custom_fields=((1, "new"), (2, "x"))),
        ticket(),
        ticket(custom_fields=((1, "new"), (2, "theirs"))),
        "The field was changed again",
    ),
    (Changes(custom_fields=((1, "new"),)), ticket(), ticket(), "The field was changed again"),
    (Changes(add_tags=("a",)), ticket(), ticket(), "The tags were changed again"),
    (
        Changes(remove_tags=("a",)),
        ticket(tags=("a",)),
        ticket(tags=("a",)),
        "The tags were changed",
    ),
    (Changes(status="pending"), ticket(), None, "closed or gone"),
    (Changes(add_tags=("a",)), ticket(), ticket(status="closed", tags=("a",)), "closed or gone"),
    (Changes(status="open"), ticket(status="new"), ticket(), "does not set it to New again"),
    (Changes(priority="high"), ticket(), ticket(priority="high"), "The priority was empty"),
    (Changes(type="task"), ticket(), ticket(type="task"), "The type was empty"),
    (
        Changes(organization_id=7),
        ticket(),
        ticket(organization_id=7),
        "The organization was empty, and Zendesk does not empty it again.",
    ),
    (Changes(status="open"), ticket(), ticket(), "It changed nothing"),
]


@pytest.mark.parametrize(("made", "before", "now", "told"), NO_MORE)
def test_where_nothing_can_be_taken_back_the_reason_is_said(
    made: Changes, before: Ticket, now: Ticket | None, told: str
) -> None:
    back = undo(sent(made, before), now)
    assert told in back.refusal
    assert back.changes.empty and back.deed is None


def test_fields_that_still_have_what_was_given_have_not_moved() -> None:
    made = Changes(
        status="pending", assignee_id=NOBODY, add_tags=("a",), remove_tags=("b",),
        custom_fields=((1, "x"), (2, "")), custom_status_id=9,
    )  # fmt: skip
    now = ticket(status="pending", tags=("a", "c"), custom_fields=((1, "x"),), custom_status_id=9)
    assert moved_since(made, now) == ""


def test_words_a_new_ticket_and_what_has_not_left_are_refused_by_what_they_are() -> None:
    words = sent(Changes(), ticket(), comment=PublicReply("Hey"))
    assert undo(words, ticket()).refusal == "Words that were sent cannot be taken back."
    new = sent(Changes(), ticket(), deed=NewTicket("sam@cove.example", "Sam", "Hello"))
    assert undo(new, ticket()).refusal == "A ticket that was sent cannot be taken back."
    held = sent(Changes(status="pending"), ticket(), state="held")
    assert "recall it instead" in undo(held, ticket(status="pending")).refusal
    unknown = sent(Changes(status="pending"), ticket(), inverse=None)
    assert "nothing that could be taken back" in undo(unknown, ticket(status="pending")).refusal


def test_an_organizations_text_goes_back_to_what_it_was() -> None:
    made = sent(Changes(), ticket(), deed=OrganizationText(7, "notes", "Prefers Slack", "old"))
    assert undo(made, None).deed == OrganizationText(7, "notes", "old", "Prefers Slack")


def test_changes_are_told_in_short_words() -> None:
    made = Changes(
        status="pending", assignee_id=NOBODY, group_id=3, organization_id=7,
        add_tags=("new",), remove_tags=("old",), custom_fields=((1, "x"), (2, "")),
        add_ccs=("a@b.example",), remove_ccs=("c@d.example",), macro_id=5,
    )  # fmt: skip
    assert in_words(made) == [
        "status pending", "assignee nobody", "group 3", "organization 7",
        "+new", "-old", "field 1 = x", "field 2 = empty", "cc a@b.example", "no cc c@d.example",
    ]  # fmt: skip
