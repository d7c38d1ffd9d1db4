from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from heroterm.domain.findings import Facts, Finding
from heroterm.domain.outbox import Changes, Intent, InternalNote, PublicReply
from heroterm.domain.rules import check, objections
from heroterm.domain.rules_of_recipients import ADDRESS
from heroterm.domain.rules_of_words import placeholders
from tests.domain.rows import NOW, minutes, ticket

REPLY = PublicReply("Hey Kim, thanks for telling us. I will write again today.")
NOTE = InternalNote("Looked at the logs; ingestion stops on Tuesday.")


def intent(comment: PublicReply | InternalNote | None = None, **changes: Any) -> Intent:
    overrides = changes.pop("overrides", ())
    made = Changes(**changes)
    return Intent("i", 1, NOW, NOW, comment=comment, changes=made, overrides=overrides)


def facts(status: str = "open", **fields: Any) -> Facts:
    return Facts(ticket(status=status), NOW, **fields)


def found(wish: Intent, known: Facts) -> dict[str, str]:
    return {finding.rule: finding.level for finding in check(wish, known)}


def test_an_ordinary_reply_passes_without_a_word() -> None:
    assert check(intent(REPLY, status="pending"), facts()) == []


def test_a_community_question_gets_no_public_reply_from_here() -> None:
    known = facts(source="community", question_url="https://posthog.com/questions/x")
    (finding,) = check(intent(REPLY), known)
    assert finding.level == "refuse"
    assert "Don't reply to community questions directly from Zendesk" in finding.say
    assert "https://posthog.com/questions/x" in finding.instead


def test_no_override_opens_the_way_to_a_community_question() -> None:
    wish = intent(REPLY, overrides=("community-public-reply",))
    assert found(wish, facts(source="community")) == {"community-public-reply": "refuse"}


def test_a_note_that_says_answered_elsewhere_may_solve_a_community_ticket() -> None:
    wish = intent(InternalNote("Replied on the question's page."), status="solved")
    assert check(wish, facts(source="community")) == []
    bare = intent(status="solved")
    assert found(bare, facts(source="community")) == {"solve-unrecorded": "ask"}
    assert found(bare, facts(source="github")) == {}
    noted = facts(
        source="community", recorded_at=minutes(-9), last_public_by_requester_at=minutes(-30)
    )
    assert found(bare, noted) == {}
    again = replace(noted, last_public_by_requester_at=minutes(-5))
    assert "none says so since the customer last wrote" in check(bare, again)[0].say


def test_on_hold_needs_a_word_to_the_customer() -> None:
    assert found(intent(NOTE, status="hold"), facts()) == {"hold-needs-reply": "refuse"}
    assert found(intent(status="hold"), facts()) == {"hold-needs-reply": "refuse"}
    assert found(intent(REPLY, status="hold"), facts()) == {}


@pytest.mark.parametrize(("hours", "refused"), [(23, False), (24, False), (24.1, True)])
def test_a_reply_of_the_last_day_has_told_the_customer(hours: float, refused: bool) -> None:
    known = facts(last_public_by_staff_at=minutes(-60 * hours))
    assert ("hold-needs-reply" in found(intent(NOTE, status="hold"), known)) is refused


def test_a_reply_after_which_the_customer_asked_again_has_not_told_them() -> None:
    known = facts(last_public_by_staff_at=minutes(-60), last_public_by_requester_at=minutes(-37))
    (finding,) = check(intent(NOTE, status="hold"), known)
    assert finding.rule == "hold-needs-reply" and "has written since" in finding.say
    known = facts(last_public_by_staff_at=minutes(-37), last_public_by_requester_at=minutes(-60))
    assert found(intent(NOTE, status="hold"), known) == {}


def test_on_hold_goes_with_the_note_that_a_question_was_answered_on_its_page() -> None:
    known = facts(source="community")
    assert found(intent(NOTE, status="hold"), known) == {}
    (finding,) = check(intent(status="hold"), known)
    assert finding.rule == "hold-needs-reply" and "on the question's page" in finding.instead


def test_a_closed_question_is_not_followed_up() -> None:
    (finding, *_) = check(intent(REPLY), facts("closed", source="community"))
    assert finding.rule == "closed-ticket" and "page" in finding.instead


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("jo@acme.example.com", True),
        ("jo+x@mail.acme.co.uk", True),
        ("jörg@müller.de", True),
        ("foo@bar", False),
        ("foo@bar.", False),
        ("foo@.bar", False),
        ("foo@a..b", False),
        ("@acme.example.com", False),
        ("foo@acme.example.com, x@y.example", False),
    ],
)
def test_an_address_has_a_host_with_a_dot(address: str, whole: bool) -> None:
    assert bool(ADDRESS.fullmatch(address)) is whole


def test_a_ticket_that_is_on_hold_may_stay_so() -> None:
    assert found(intent(NOTE, status="hold"), facts("hold")) == {}


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("Hey {{name}},", ["{{name}}"]),
        ("Hey <<name?>>,", ["<<name?>>"]),
        ("by $1<time>.", ["$1<time>"]),
        ("it costs $1 or <b>", []),
        ("use `{{ event }}` or\n```\n{{ person }}\n```", []),
        ("```\n{{ person }}", []),
    ],
)
def test_what_was_left_to_fill_in_is_found(body: str, left: list[str]) -> None:
    assert placeholders(body) == left
    rule = found(intent(PublicReply(body)), facts()).get("unfilled-placeholder")
    assert rule == ("refuse" if left else None)


@pytest.mark.parametrize("body", ["", " \n", "\u200b\ufeff"])
def test_an_empty_text_is_refused(body: str) -> None:
    assert found(intent(PublicReply(body)), facts()) == {"empty-text": "refuse"}


def test_nothing_at_all_is_refused() -> None:
    assert found(intent(), facts()) == {"empty-text": "refuse"}


def test_no_override_sends_more_than_zendesk_takes() -> None:
    for make in (PublicReply, InternalNote):
        assert found(intent(make("word " * 12_800)), facts()) == {}
        wish = intent(make("word " * 12_801), overrides=("too-long",))
        assert found(wish, facts()) == {"too-long": "refuse"}
    # What Zendesk takes is counted in bytes: a letter of Japanese is three of them.
    (finding,) = check(intent(PublicReply("語" * 21_334)), facts())
    assert "21,334 characters of 64,002 bytes; Zendesk takes 64,000 bytes" in finding.say
    assert found(intent(PublicReply("語" * 21_333)), facts()) == {}


def test_what_zendesk_would_leave_out_as_html_is_asked_about() -> None:
    said = "Wrap it in <PostHogProvider client={posthog}>, as Map<string, User> is."
    (finding,) = check(intent(PublicReply(said)), facts())
    assert "<PostHogProvider client={posthog}>, <string, User>" in finding.say
    assert found(intent(PublicReply(said)), facts()) == {"html-left-out": "ask"}
    assert found(intent(InternalNote(said)), facts()) == {"html-left-out": "advice"}
    for kept in ("a < b and c > d", "x <3 you", "-> <- =>", "1<2>1", "< App >"):
        assert found(intent(PublicReply(kept)), facts()) == {}


def test_a_light_agent_writes_notes_only() -> None:
    assert found(intent(REPLY), facts(light_agent=True)) == {"light-agent-reply": "refuse"}
    assert found(intent(NOTE), facts(light_agent=True)) == {}
    changing = {"light-agent-change": "refuse"}
    assert found(intent(NOTE, status="open"), facts(light_agent=True)) == changing
    assert found(intent(None, status="pending"), facts(light_agent=True)) == changing


def test_a_closed_ticket_takes_nothing_more() -> None:
    (finding,) = check(intent(NOTE), facts("closed"))
    assert finding.rule == "closed-ticket"
    assert "follow-up" in finding.instead


@pytest.mark.parametrize("status", ["new", "closed", "deleted", "x"])
def test_a_status_that_is_not_for_answers_is_refused(status: str) -> None:
    assert found(intent(REPLY, status=status), facts()) == {"status-not-for-answers": "refuse"}


def test_solving_needs_the_required_steps() -> None:
    known = facts(open_required_steps=("Owner confirmed",))
    assert found(intent(REPLY, status="solved"), known) == {"open-required-steps": "refuse"}
    assert found(intent(REPLY, status="pending"), known) == {}


def test_pending_over_a_message_that_nobody_has_read_is_asked() -> None:
    wrote = facts(asked_since=True)
    assert found(intent(status="pending"), wrote) == {"pending-unread": "ask"}
    assert found(intent(NOTE, status="pending"), wrote) == {"pending-unread": "ask"}
    assert found(intent(REPLY, status="pending"), wrote) == {}, "the reply stops for it"
    assert found(intent(status="open"), wrote) == found(intent(status="pending"), facts()) == {}


def test_solving_without_an_answer_is_asked_once() -> None:
    assert found(intent(NOTE, status="solved"), facts()) == {"solve-with-note-only": "ask"}
    answered = intent(NOTE, status="solved", overrides=("solve-with-note-only",))
    assert check(answered, facts()) == []


def test_solving_after_our_answer_is_not_asked() -> None:
    known = facts(last_public_by_staff_at=minutes(-5), last_public_by_requester_at=minutes(-50))
    assert found(intent(status="solved"), known) == {}


def test_an_answer_to_ourselves_is_asked() -> None:
    known = facts(requester_address="Help@Example.com", own_addresses=("help@example.com",))
    assert found(intent(REPLY), known) == {"own-address": "ask"}


def test_a_content_warning_is_only_advice() -> None:
    assert found(intent(REPLY), facts(content_warning=True)) == {"content-warning": "advice"}


def test_objections_come_first_and_each_names_the_next_step() -> None:
    wish = intent(PublicReply("Hey {{name}}"), status="solved")
    known = facts(source="community", content_warning=True, open_required_steps=("x",))
    findings = check(wish, known)
    levels = [finding.level for finding in findings]
    assert levels == sorted(levels, key=("refuse", "ask", "advice").index)
    assert all(finding.instead for finding in findings)
    assert {f.rule for f in objections(findings)} == {
        "unfilled-placeholder",
        "community-public-reply",
        "open-required-steps",
    }


def test_a_finding_is_a_plain_value() -> None:
    assert Finding("a", "ask", "b") == Finding("a", "ask", "b", "")
