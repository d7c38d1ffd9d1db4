"""Tickets like this one, and what came before: found by rare words, each with how it ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from heroterm.domain.ticket import Person
from heroterm.mirror.alike import alike
from heroterm.mirror.past import MOST, outcome, past
from heroterm.mirror.reported import reported
from tests.conftest import NOW
from tests.mirror.make import ACME, JO, KIM, Desk, comment, ticket

SAM = Person(902, "Sam", "sam@acme.example.com", organization_id=70)


@pytest.fixture
def learnt(desk: Desk) -> Desk:
    """A desk whose index knows what is saved at once."""
    desk.writer.remember(first_fill_done=True)
    return desk


def test_the_most_alike_share_rare_words_and_common_ones_count_for_nothing(learnt: Desk) -> None:
    common = [
        ticket(n, description="the funnel is empty since monday", status="solved")
        for n in range(100, 160)
    ]
    learnt.save(
        *common,
        ticket(1, description="the funnel is empty: ECONNRESET while Rétention exports run"),
        ticket(2, description="ECONNRESET and retention exports again", status="closed"),
        ticket(3, description="retention of the funnel", status="solved"),
        ticket(4, description="ECONNRESET retention", status="open"),
    )
    words = "Hi, the funnel is empty: ECONNRESET while retention exports run on monday"
    found = alike(learnt.mirror, words, but=1, solved=True)
    assert [each.id for each in found] == [2, 3]
    assert set(found[0].shared) == {"econnreset", "retention", "exports"}
    assert [each.id for each in alike(learnt.mirror, words, but=1)][:2] == [2, 4]
    assert alike(learnt.mirror, "nothing of this stands anywhere", but=1) == []


def test_a_ticket_from_github_names_its_issue_before_its_words_are_here(learnt: Desk) -> None:
    title = "[PostHog/posthog] ECONNRESET in the funnel ({}#99728)"
    learnt.save(
        ticket(1, subject=title.format(""), tags=("github_issue",)),
        ticket(2, subject=title.format("Issue "), tags=("github_issue",)),
        ticket(3, subject=title.format("")),
    )
    found = {each.ticket_id: each.issues for each in reported(learnt.mirror, title, but=9)}
    issue = ("https://github.com/PostHog/posthog/issues/99728",)
    assert found == {1: issue, 2: issue, 3: ()}, "anybody may write a subject like it"


def test_hostile_words_are_no_syntax(learnt: Desk) -> None:
    learnt.save(ticket(1), ticket(2, status="solved"))
    assert alike(learnt.mirror, '" OR subject: NEAR("a" \x00 ) * ^ {x} : --', but=1) == []


def test_the_last_ten_of_person_and_organization_with_how_each_ended(learnt: Desk) -> None:
    at = NOW - timedelta(days=3)
    learnt.save(
        ticket(50),
        *(ticket(n, status="closed", updated_at=at) for n in range(1, 20)),
        ticket(30, status="solved", satisfaction="bad", requester_id=SAM.id),
        ticket(31, status="closed", tags=("closed_by_merge",)),
        ticket(32, status="open"),
        ticket(33, status="solved", requester_id=SAM.id, organization_id=None),
        people=(KIM, JO, SAM),
    )
    found = past(learnt.mirror, 50)
    assert len(found) == MOST
    assert [(p.id, p.outcome, p.same_person) for p in found[:3]] == [
        (31, "merged", True),
        (30, "solved, rated bad", False),
        (19, "closed", True),
    ]
    assert found[2].at == at
    assert past(learnt.mirror, 999_999) == []


def test_a_placeholder_organization_has_no_past_in_common(learnt: Desk) -> None:
    gmail = replace(ACME, name="gmail")
    learnt.save(ticket(1), ticket(2, status="solved", requester_id=SAM.id), organizations=(gmail,))
    assert past(learnt.mirror, 1) == []


def test_an_outcome_is_the_last_reply_and_the_issues_that_were_named(learnt: Desk) -> None:
    learnt.save(ticket(1, status="solved"))
    learnt.writer.save_comments(
        1,
        [
            comment(1, 1, body="Broken, see https://github.com/PostHog/posthog/issues/7"),
            comment(2, 1, KIM.id, body="Hey Jo,\n\nIt was the cache: reload once."),
            comment(
                3, 1, KIM.id, public=False, body="note https://github.com/PostHog/posthog/pull/8"
            ),
            comment(4, 1, body="Thanks!"),
        ],
        [KIM, JO],
        complete=True,
        at=NOW,
    )
    told = outcome(learnt.mirror, 1)
    assert told.answer == "It was the cache: reload once."
    assert [url.rsplit("/", 1)[1] for url in told.issues] == ["7", "8"]
