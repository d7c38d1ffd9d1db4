"""An issue is public: what goes into it, and what never does."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from heroterm.domain.admin_line import Footer
from heroterm.domain.bug_report import (
    BUG,
    FEATURE,
    LONGEST_LINK,
    Issue,
    Material,
    begun,
    compose,
    objection,
    slack_line,
)
from heroterm.domain.findings import Finding
from heroterm.domain.links import Refusal, openable
from heroterm.domain.owners import Owner
from heroterm.domain.redaction import leaks, quotes, redacted
from heroterm.domain.ticket import Comment, Organization, Person, Ticket
from tests.conftest import NOW

KIM = Person(1, "Kim Cove-Ødegård", "kim@cove.example")
COVE = Organization(2, "Cove Ltd", ("cove.example", "cove.io"))
URL = "https://desk.zendesk.com/agent/tickets/7"
WORDS = (
    "Our funnel is empty since Monday.\nhttps://eu.posthog.com/project/4411/insights/abc.\n"
    "Ask Kim at kim@cove.example or anna@cove.io of COVE LTD, key phc_abcdefgh12345678, "
    "Bearer s3cr3tt0ken."
)
FOOTER = Footer(
    trusted=True,
    region="EU",
    organization_id="0b0b0b0b-2222-4333-a444-555555555555",
    organization="Cove Ltd",
    project_id="4411",
    project="Shop (live)",
    session="http://go/session/abc?t=1",
    location="https://eu.posthog.com/project/4411/insights/xyz",
)


def material(words: str = WORDS, *, warned: bool = False) -> Material:
    ticket = Ticket(7, "Bug Report: Analytics", "open", NOW, NOW, "x", description=words)
    said = Comment(70, 7, KIM.id, True, words, NOW)
    return Material(ticket, URL, FOOTER, (said,), KIM, COVE, warned)


def made(kind: str = BUG) -> Issue:
    issue = compose(kind, material())
    assert isinstance(issue, Issue)
    return issue


def test_a_bug_report_has_the_insight_under_the_steps_and_from_under_the_context() -> None:
    asked = parse_qs(urlsplit(made().link).query)
    body = asked["bug-description"][0]
    steps, context = body.index("## How to reproduce"), body.index("## Additional context")
    assert steps < body.index("/insights/abc\n") < context < body.index(f"From: {URL}")
    assert asked["template"] == ["bug_report.yml"] and asked["labels"] == ["bug"]
    assert asked["title"] == ["Our funnel is empty since Monday."]
    assert "http://go/adminOrgEU/0b0b0b0b" in asked["debug-info"][0]


def test_a_feature_request_fills_in_its_own_form() -> None:
    asked = parse_qs(urlsplit(made(FEATURE).link).query)
    assert asked["template"] == ["feature_request.yml"]
    assert "## Describe the solution you'd like" in asked["feature_request"][0]


@pytest.mark.parametrize("kind", [BUG, FEATURE])
def test_nobody_is_named_in_public(kind: str) -> None:
    issue = made(kind)
    whole = f"{issue.title}\n{issue.body}\n{issue.debug}"
    for private in ("Kim", "Ødegård", "cove.example", "cove.io", "Cove", "COVE", "phc_", "s3cr3t"):
        assert private not in whole, private
    assert leaks(whole, material().private) == []
    assert set(leaks("Ask Kim: x@y.example", material().private)) == {"Kim", "x@y.example"}


def test_parts_of_other_words_are_left_alone() -> None:
    assert redacted("Kimono discovery", material().private) == "Kimono discovery"


def test_addresses_hide_neither_in_links_nor_behind_invisible_signs() -> None:
    private = material().private
    assert "anna" not in redacted("https://x.example/?mail=anna%40mail.example", private)
    assert "lee@" not in redacted("lee\u200b@mail.exam\u200bple", private)
    assert "hunter22" not in redacted("password: hunter22", private)
    assert leaks("token=[secret]", private) == [] and leaks("token=abcdef1", private) == ["abcdef1"]


def test_nobody_on_the_ticket_is_named_and_a_colleague_only_by_the_whole_name() -> None:
    lee, mark = Person(8, "Lee Moss", "lee@x.example"), Person(9, "Mark Roe", role="agent")
    said = redacted("Lee and Mark Roe mark it", replace(material(), people=(lee, mark)).private)
    assert said == "[name] and [name] mark it"


def test_what_the_hero_edits_is_looked_at_again() -> None:
    issue = made()
    assert issue.edited(issue.text).title == issue.title
    assert objection(issue.edited(issue.text), material()) is None
    named = objection(issue.edited(f"Broken for Kim\n\n{issue.body}"), material())
    assert named is not None and named.rule == "issue-names-customer" and "Kim" in named.say


def test_an_empty_form_stands_where_nobody_may_be_quoted() -> None:
    form = begun(BUG, material(warned=True))
    assert "funnel" not in form.text and form.debug == "" and f"From: {URL}" in form.body
    nothing = objection(form, material(warned=True))
    assert nothing is not None and nothing.rule == "issue-empty"
    quoted = form.edited(f"Blank list\n\n{WORDS}\n{form.body}")
    refused = objection(quoted, material(warned=True))
    assert refused is not None and refused.rule == "content-warning-public"
    own = form.edited(f"Blank list\n\nThe list of replays stays blank.\n\nFrom: {URL}\n")
    assert objection(own, material(warned=True)) is None


def test_labels_are_those_of_the_form_and_of_the_team() -> None:
    owner = Owner("Replay", "#team-replay", labels=("feature/replay",))
    issue = compose(BUG, replace(material(), owner=owner))
    assert isinstance(issue, Issue)
    assert parse_qs(urlsplit(issue.link).query)["labels"] == ["bug, feature/replay"]


def test_a_content_warned_customer_is_not_quoted() -> None:
    assert isinstance(compose(BUG, material(warned=True)), Finding)
    own = compose(BUG, material(warned=True), "The replay list stays blank")
    assert isinstance(own, Issue) and "insights" not in own.body and f"From: {URL}" in own.body
    quoted = compose(BUG, material(warned=True), "They say: our funnel is empty since Monday, see")
    assert isinstance(quoted, Finding) and quoted.rule == "content-warning-public"
    assert quotes("see https://eu.posthog.com/x", ())


def test_a_long_issue_goes_by_the_clipboard_and_keeps_its_title() -> None:
    issue = compose(BUG, material("Broken.\n" + "ä" * 2_900))
    assert isinstance(issue, Issue) and not issue.fits
    assert len(issue.link) < LONGEST_LINK and "title=Broken." in issue.link
    assert not isinstance(openable(made().link), Refusal)


def test_the_line_for_slack_is_the_handbooks() -> None:
    assert slack_line(BUG, "high", "https://github.com/PostHog/posthog/issues/1") == (
        "New bug report from a high priority customer: https://github.com/PostHog/posthog/issues/1"
    )
