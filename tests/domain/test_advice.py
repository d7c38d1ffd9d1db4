from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from heroterm.domain import tone
from heroterm.domain.advice import Conversation, advise, advised_status
from heroterm.domain.outbox import Changes, Intent, InternalNote, PublicReply
from heroterm.domain.tables import read
from tests.domain.rows import NOW

SHIPPED = Path(tone.__file__).parent.parent / "data/tone.toml"
TONE = read(tomllib.loads(SHIPPED.read_text()), tone.from_table)
KIM = Conversation("Kim Cove", "How do I mask inputs?")
GOOD = "Hey Kim,\n\nthanks for asking! Set maskAllInputs to true. Let me know how it goes."


def reply(body: str, status: str | None = "pending") -> Intent:
    return Intent("i", 1, NOW, NOW, comment=PublicReply(body), changes=Changes(status=status))


def rules(body: str, talk: Conversation = KIM, status: str | None = "pending") -> set[str]:
    found = advise(reply(body, status), talk, TONE)
    assert all(finding.level == "advice" for finding in found)
    return {finding.rule for finding in found}


def test_a_good_answer_gets_no_advice() -> None:
    assert rules(GOOD) == set()


@pytest.mark.parametrize("start", ["Hello Kim, ", "", "Kim, "])
def test_an_answer_starts_with_hey_and_the_name(start: str) -> None:
    assert "greeting" in rules(start + "please set maskAllInputs.")


def test_another_name_in_the_greeting_is_noticed() -> None:
    assert rules(GOOD.replace("Kim", "Sam")) == {"greeting-name"}
    assert rules(GOOD.replace("Kim", "there")) == set()
    for nobody in ("Hey, I look at it", "Hey I'll look at it", "Hey, Thanks", "Hey, That is odd"):
        assert rules(GOOD.replace("Hey Kim", nobody)) == set(), nobody


def test_frustration_wants_an_apology() -> None:
    angry = Conversation("Kim Cove", "This is really frustrating.")
    assert rules(GOOD, angry) == {"apology"}
    assert rules(GOOD.replace("thanks", "sorry for the trouble, and thanks"), angry) == set()


def test_what_was_written_before_the_newest_message_counts_until_it_is_answered() -> None:
    before = ("There is a bug.\n\nOn Monday, Ana wrote:\n> sorry", "Two days and not a word.")
    talk = Conversation("Kim Cove", "Hello?", before=before)
    assert {"apology", "thanks"} <= rules("Hey Kim, I will look.", talk)
    assert not {"apology", "thanks"} & rules("Hey Kim, I will look.", replace(talk, before=()))


def test_frustration_in_quoted_text_of_ours_does_not_count_in_the_answer() -> None:
    quoted = GOOD + "\n\nOn Monday, Kim wrote:\n> sorry"
    assert rules(quoted, Conversation("Kim Cove", "frustrating")) == {"apology"}


def test_a_report_wants_thanks() -> None:
    told = Conversation("Kim Cove", "I found a bug in funnels")
    assert rules("Hey Kim, I will look into it.", told) == {"thanks"}


def test_an_answer_says_what_happens_next() -> None:
    assert rules("Hey Kim, the flag is off.") == {"next-step"}
    assert rules("Hey Kim, which version is it?") == set()


def test_slack_is_no_place_for_letters() -> None:
    slack = Conversation("Kim Cove", "hi", "slack")
    assert rules(GOOD + "\nBest regards", slack) == {"slack-tone"}
    assert rules(GOOD + "\nBest regards") == set()


def test_an_attachment_that_is_only_spoken_of_is_noticed() -> None:
    assert rules(GOOD + " See attached.") == {"attachment"}
    assert rules(GOOD + " See attached.", Conversation("Kim", attachments=1)) == set()


@pytest.mark.parametrize(
    ("body", "last_words", "status"),
    [
        (GOOD, "How?", "pending"),
        ("Hey Kim, glad to hear!", "That fixed it, thanks!", "solved"),
        ("Bug: https://github.com/example/app/issues/12", "broken", "pending"),
        ("Feature request: https://github.com/example/app/issues/12", "wish", "solved"),
    ],
)
def test_the_status_that_fits_is_advised(body: str, last_words: str, status: str) -> None:
    talk = Conversation("Kim", last_words)
    advised = advised_status(reply(body), talk, TONE)
    assert advised is not None
    assert advised.status == status
    assert "status" in rules(body, talk, status="open")


def test_a_note_on_a_community_question_solves_it() -> None:
    note = Intent("i", 1, NOW, NOW, comment=InternalNote("Replied on the page."))
    advised = advised_status(note, Conversation(source="community"), TONE)
    assert advised is not None
    assert advised.status == "solved"
    assert advised_status(note, KIM, TONE) is None


def test_notes_get_no_advice_on_manners() -> None:
    note = Intent("i", 1, NOW, NOW, comment=InternalNote("terse"))
    assert advise(note, KIM, TONE) == []


def test_self_hosted_users_are_pointed_to_the_docs() -> None:
    hosting = Conversation("Kim Cove", "We run it with docker compose and it fails")
    (found,) = [f for f in advise(reply(GOOD), hosting, TONE) if f.rule == "self-hosted"]
    assert found.instead == "{review.canned}, then self-hosted."
    assert "self-hosted" not in rules(GOOD, replace(hosting, source="app"))


def test_merch_is_remembered_where_somebody_helped() -> None:
    helped = Conversation("Kim Cove", "I found a vulnerability")
    assert "merch" in rules(GOOD, helped)
    (said,) = [f.say for f in advise(reply(GOOD), helped, TONE) if f.rule == "merch"]
    assert said.endswith("https://merch.posthog.com")
    assert "merch" not in rules(GOOD + " Here is a code for our merch store.", helped)
    link = " I opened https://github.com/PostHog/posthog/issues/1"
    assert "merch" in rules(GOOD + link)
    assert "merch" not in rules(GOOD + link + " as a feature request")


def test_a_colleague_who_works_on_it_next_keeps_it_open() -> None:
    advised = advised_status(reply(GOOD + " I passed this on to the team."), KIM, TONE)
    assert advised is not None and advised.status == "open"
    assert "internal note" in advised.why


def test_advice_says_which_words_it_is_about() -> None:
    found = {
        f.rule: f.at
        for f in advise(reply(GOOD.replace("Kim", "Sam") + " See attached."), KIM, TONE)
    }
    assert found["greeting-name"] == "Sam"
    assert found["attachment"] == "see attached"
