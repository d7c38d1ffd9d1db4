"""Values of people and organizations: set once, over nobody else's, with no words left behind."""

from __future__ import annotations

import pytest

from heroterm.domain.deeds import OrganizationText, PersonOrganization
from heroterm.domain.outbox import Changes, InternalNote
from heroterm.domain.rules import check, objections
from heroterm.domain.ticket import Organization
from heroterm.sync.push import Push
from tests.domain.test_rules import facts
from tests.sync.answers import ADA
from tests.sync.desk import Desk
from tests.sync.test_deeds import COVE, GMAIL, moved


def test_a_move_without_an_answer_is_given_its_time_before_the_next(desk: Desk) -> None:
    moved(desk)
    desk.server.deeds = ["timeout"]
    desk.run(100)
    assert (desk.state("m"), desk.server.moves) == ("verify", [])
    desk.run(60)
    assert (desk.state("m"), desk.server.moves) == ("sent", [(ADA, COVE)])


def test_a_move_that_never_gets_an_answer_asks_and_can_be_taken_back(desk: Desk) -> None:
    moved(desk)
    desk.server.deeds = ["timeout"] * 40
    desk.run(14 * 130, by=5)
    assert desk.state("m") == "needs_you" and "not sent" in desk.intent("m").why
    assert desk.journal.outbox.recall("m") is not None


@pytest.mark.parametrize("kept", ["Prefers Slack", " Prefers\r\nSlack\n"])
def test_a_text_that_zendesk_trims_has_arrived(desk: Desk, kept: str) -> None:
    desk.server.companies[COVE] = Organization(COVE, "Cove", notes=" old \r\n")
    write = desk.server.write_organization

    def trimming(organization_id: int, field: str, text: str) -> None:
        write(organization_id, field, text.strip().replace("\r\n", "\n"))

    desk.server.write_organization = trimming  # type: ignore[method-assign]
    deed = OrganizationText(COVE, "notes", kept, "old")
    desk.put("t", comment=None, changes=Changes(), deed=deed)
    desk.run()
    assert desk.state("t") == "sent"


def test_words_beside_a_move_are_refused_again_right_before_it(desk: Desk) -> None:
    """As a hand-edited row could have them: they would go nowhere, and be called sent."""

    def rules(intent: object, ticket: object, since: object) -> str | None:
        found = objections(check(intent, facts()))  # type: ignore[arg-type]
        return found[0].say if found else None

    desk.push = Push(desk.server, desk.journal, desk.clock, check=rules)
    desk.server.homes[ADA] = GMAIL
    deed = PersonOrganization(ADA, COVE, GMAIL)
    desk.put("m", comment=InternalNote("Moved them."), changes=Changes(), deed=deed)
    desk.run()
    assert desk.state("m") == "needs_you" and desk.server.moves == []
    assert "carries no words" in desk.intent("m").why


@pytest.mark.parametrize("fault", ["403", "404"])
def test_a_refused_move_says_that_nothing_was_changed(desk: Desk, fault: str) -> None:
    moved(desk)
    desk.server.deeds = [fault]
    desk.run()
    assert desk.state("m") == "needs_you" and "was not sent" in desk.intent("m").why
