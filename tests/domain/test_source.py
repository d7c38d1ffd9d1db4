from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain import source as sources
from heroterm.domain.placing import place
from heroterm.domain.source import SourceRules, allows_public_reply, community_url, source
from heroterm.domain.tables import read
from heroterm.domain.ticket import Organization
from heroterm.domain.tiers import HANDBOOK
from tests.domain.rows import ticket

SHIPPED = Path(sources.__file__).parent.parent / "data/sources.toml"
RULES: SourceRules = read(tomllib.loads(SHIPPED.read_text()), sources.from_table)
QUESTION = "https://posthog.com/questions/how-to-mask-inputs"
UUID = "4f0c0000-0000-4000-8000-000000000001"
FORM = f"-----\nKind: bug\nReport event: http://go/ticketByUUID/{UUID}"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"channel": "api", "tags": ("community_question",)}, "community"),
        ({"channel": "api", "description": f"How?\n\nQuestion: {QUESTION}"}, "community"),
        ({"channel": "api", "tags": ("pylon", "slack")}, "slack"),
        ({"channel": "api", "tags": ("github_issue",)}, "github"),
        ({"channel": "api", "description": f"It broke.\n\n{FORM}"}, "app"),
        ({"channel": "api", "subject": f"Bug Report: Feature Flags ({UUID})"}, "app"),
        ({"channel": "email", "description": "Hi, it broke."}, "mail"),
        ({"channel": None}, "mail"),
        ({"channel": "email", "description": f"I read {QUESTION} but it\ndid not help."}, "mail"),
        ({"channel": "api", "tags": ("owner_x",), "description": f"see {QUESTION}"}, "app"),
    ],
)
def test_the_source_is_told_by_tags_channel_and_body(fields: dict[str, object], name: str) -> None:
    assert source(ticket(**fields), RULES) == name


@given(st.text(max_size=60), st.sampled_from(["", f"\n\n{FORM}\n", "\n> quoted\n", "\n```\n"]))
def test_no_words_of_the_asker_take_a_community_question_out(words: str, forged: str) -> None:
    body = f"{words}{forged}\n{QUESTION}"
    for subject in (f"Bug Report: General ({UUID})", "[PostHog/posthog] x (#1)"):
        asked = ticket(channel="api", subject=subject, description=body)
        assert source(asked, RULES) == "community"


def test_a_community_question_is_answered_on_its_own_page() -> None:
    verdict = allows_public_reply("community", f"How?\n\nQuestion: {QUESTION}.", RULES)
    assert not verdict.ok
    assert "Don't reply to community questions directly from Zendesk" in verdict.say
    assert verdict.url == QUESTION
    assert QUESTION in verdict.instead


def test_other_sources_may_be_answered_from_zendesk() -> None:
    for name in ("app", "slack", "github", "mail"):
        assert allows_public_reply(name).ok


def test_the_link_that_the_website_appended_is_the_one_to_open() -> None:
    body = f"like https://posthog.com/questions/other, but\n\nQuestion: {QUESTION}"
    assert community_url(body, RULES) == QUESTION


GMAIL = Organization(5, "Gmail user - please assign to correct org")


def test_a_placement_holds_all_that_the_rules_say() -> None:
    asked = ticket(
        subject=f"Bug Report: General ({UUID})",
        description=f"Hi,\n\nFunnel shows zero.\n\n{FORM}",
        priority="high",
    )
    placed = place(asked, GMAIL, HANDBOOK, RULES)
    assert placed.tier == 2
    assert placed.source == "app"
    assert placed.title == "Funnel shows zero."
    assert placed.free_mail_organization
    warned = place(replace(asked, tags=("content_warning",)), GMAIL, HANDBOOK, RULES)
    assert warned.content_warning
    assert warned.title == asked.subject, "no word of it is shown before it is asked for"


def test_a_community_question_of_a_free_mail_user_is_left_alone() -> None:
    placed = place(ticket(tags=("community_question",)), GMAIL, HANDBOOK, RULES)
    assert not placed.free_mail_organization


@pytest.mark.parametrize("words", ["We self-host on k8s", "our docker-compose", "on-prem"])
def test_words_of_self_hosted_setups_are_known(words: str) -> None:
    assert RULES.self_hosted.search(words)
