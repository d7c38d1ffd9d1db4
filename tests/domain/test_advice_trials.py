"""Answers as heroes write them: the good ones hear nothing, each bad one hears what is wrong."""

from __future__ import annotations

import pytest

from heroterm.domain.advice import Conversation, advise, advised_status
from tests.domain.test_advice import TONE, reply, rules

ASKED = "How do I mask inputs in recordings?"
BROKEN = "The funnel shows 0 since the upgrade, this is a bug."
CODE = '```js\nposthog.init("key", { session_recording: { attached: true, label: "bug" } })\n```'
GERMAN = """Hallo Jürgen,

danke für den Hinweis, und entschuldige die Umstände! Ich sehe mir das an und melde mich morgen."""
FRENCH = "Bonjour Zoé,\n\nmerci pour votre retour ! Je reviens vers vous demain."
SPANISH = "Hola Íñigo, gracias por avisarnos. Quedo atento: avísame si vuelve a pasar, por favor."
JAPANESE = "佐藤様\n\nご報告ありがとうございます。調査して、明日までにご連絡いたします。"

GOOD = [
    # who, what they wrote, the answer
    ("Kim Cove", ASKED, "Hey Kim,\n\nthanks for asking! Set maskAllInputs, and let me know."),
    ("Sinéad O'Connor", ASKED, "Hey Sinéad, set maskAllInputs, then reload. Did that do it?"),
    ("Shaun O’Neill", ASKED, "Hey Shaun, could you send me a link to the recording?"),
    ("D'Angelo Barnes", ASKED, "Hey D’Angelo, I will look at it and write again by 15:00."),
    ("Kim Cove", ASKED, "Hey Kim, I am looking at it and will tell you more by tonight."),
    ("José García", BROKEN, "Hey Jose, thank you for the report! I'm looking into it."),
    ("Mary-Jane Watson", ASKED, "Hey Mary, you can mask them in the project's settings."),
    ("Cove, Kim", ASKED, "Hey Kim, you can mask them in the project's settings."),
    ("Dr. Anna Weber", ASKED, "Hey Dr. Weber, you can mask them in the project's settings."),
    ("Alexander Roth", ASKED, "Hey Alex, you can mask them in the project's settings."),
    ("Robert Muir", ASKED + "\n\nCheers,\nBob", "Hey Bob, you can mask them in the settings."),
    ("support@dune.example", ASKED, "Hey there, you can mask them in the project's settings."),
    ("Kim Cove", ASKED, "Hey <<name?>>, you can mask them in the project's settings."),
    ("Kim Cove", ASKED, "Hey Kim and Lee, you can mask them in the project's settings."),
    ("Kim Cove", ASKED, "Hey Lee and Kim, you can mask them in the project's settings."),
    ("Kim Cove", ASKED, "Hey both,\n\nyou can mask them in the project's settings."),
    ("Kim Cove", ASKED, "Hey again Kim,\n\nyou can mask them in the project's settings."),
    ("Kim Cove", ASKED, "Hey, Kim! You can mask them in the project's settings."),
    ("Kim Cove", ASKED, "Hey, sorry that this is hard to find. You can mask them in the settings."),
    ("Jürgen Klein", BROKEN + " Wirklich frustrating.", GERMAN),
    ("Zoé Martin", BROKEN, FRENCH),
    ("Íñigo Ruiz", BROKEN, SPANISH),
    ("佐藤 健", BROKEN, JAPANESE),
    ("Kim Cove", "How do I build a weekly report of errors per survey?", "Hey Kim, you can group."),
    ("Kim Cove", "Can you explain how it works?", "Hey Kim, sure: it counts persons. You can try."),
    ("Kim Cove", "How do I get the table sorted?", "Hey Kim, please click the column's head."),
    ("Kim Cove", ASKED, "Hey Kim, thanks for the screenshot you attached! You can mask it there."),
    ("Kim Cove", ASKED, "Hey Kim, thanks for the attached log! I will read it by tomorrow."),
    ("Kim Cove", ASKED, f"Hey Kim, please use this:\n\n{CODE}"),
    ("Kim Cove", ASKED, "Hey Kim, you can invite your colleagues in the settings."),
    ("Kim Cove", "Thanks.\n\nOn Monday, Ana wrote:\n> sorry, that is frustrating",
     "Hey Kim, any time! Let me know if it comes back."),
    ("Kim Cove", "Our users write how frustrating a form is; where do I see that in surveys?",
     "Hey Kim, sorry, that is well hidden: you can find it under Results."),
]  # fmt: skip


@pytest.mark.parametrize(("who", "asked", "answer"), GOOD, ids=range(len(GOOD)))
def test_a_good_answer_hears_nothing(who: str, asked: str, answer: str) -> None:
    assert rules(answer, Conversation(who, asked)) == set()


def test_others_who_read_along_may_be_greeted() -> None:
    talk = Conversation("Kim Cove", ASKED, others=("Lee Moss",))
    assert rules("Hey Lee, you can mask them.", talk) == set()
    assert rules("Hey Sam, you can mask them.", talk) == {"greeting-name"}


def test_whose_ticket_was_merged_into_this_one_is_not_who_asked_here() -> None:
    talk = Conversation("Kim Cove", ASKED, merged=(("Lee Moss", 17),))
    (found,) = advise(reply("Hey Lee, you can mask them."), talk, TONE)
    assert found.rule == "greeting-name"
    assert found.say == (
        'The greeting says "Lee", whose #17 was merged into this ticket; the requester is Kim.'
    )
    assert rules("Hey Kim and Lee, you can mask them.", talk) == set()


BAD = [
    ("Sinéad O'Connor", ASKED, "Hey Sandra, you can mask them.", "greeting-name"),
    ("D'Angelo Barnes", ASKED, "Hey D'Arcy, you can mask them.", "greeting-name"),
    ("Kim Cove", ASKED, "Hey, Sam! You can mask them.", "greeting-name"),
    ("Kim Cove", ASKED, "Hey Sam and Lee, you can mask them.", "greeting-name"),
    ("Cove, Kim", ASKED, "Hey Pat, you can mask them.", "greeting-name"),
    ("Jürgen Klein", ASKED, "Hallo Jochen, bitte die Einstellungen ansehen.", "greeting-name"),
    ("Kim Cove", ASKED, "Hi Kim, you can mask them.", "greeting"),
    ("Kim Cove", ASKED, "You can mask them in the settings.", "greeting"),
    ("Kim Cove", BROKEN, "Hey Kim, I will look into it.", "thanks"),
    ("Kim Cove", "I want to report a problem: recordings stop.", "Hey Kim, I will see.", "thanks"),
    ("Jürgen Klein", BROKEN, "Hallo Jürgen, ich melde mich morgen.", "thanks"),
    ("Kim Cove", "Third time this week. Still waiting!", "Hey Kim, I will look today.", "apology"),
    ("Kim Cove", "This is ridiculous.", "Hey Kim, the fix is out, you can update.", "apology"),
    ("Kim Cove", ASKED, "Hey Kim, see https://posthog.com/docs?topic=masking", "next-step"),
    ("Kim Cove", ASKED, "Hey Kim, the flag is off.", "next-step"),
    ("Kim Cove", ASKED, f"Hey Kim, it is this:\n\n{CODE}", "next-step"),
    ("Kim Cove", ASKED, "Hey Kim, please see the attached file.", "attachment"),
    ("Kim Cove", ASKED, "Hey Kim, I've attached the export. Let me know.", "attachment"),
    ("Kim Cove", ASKED, "Hey Kim, please find the CSV attached.", "attachment"),
    ("Kim Cove", "We run it with docker compose, it is down.", "Hey Kim, please restart.",
     "self-hosted"),
    ("Kim Cove", "I found a security issue.", "Hey Kim, thank you! I will tell you more.", "merch"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "asked", "answer", "rule"), BAD, ids=range(len(BAD)))
def test_a_bad_answer_hears_what_is_wrong(who: str, asked: str, answer: str, rule: str) -> None:
    assert rule in rules(answer, Conversation(who, asked))


BUG = "https://github.com/PostHog/posthog/issues/12"


@pytest.mark.parametrize(
    ("said", "answer", "status"),
    [
        ("That fixed it, thanks!", "Hey Kim, great to hear!", "solved"),
        ("It works now. Cheers", "Hey Kim, glad it does!", "solved"),
        ("All good now, you can close this.", f"Hey Kim, see {BUG[:18]}/docs?x=1 if", "solved"),
        ("Can you explain how it works?", "Hey Kim, it counts persons.", "pending"),
        ("I want the table sorted by date", "Hey Kim, click the head.", "pending"),
        ("That worked, but now the export fails.", "Hey Kim, I will see.", "pending"),
        ("It works now! One more thing: how do I mask?", "Hey Kim, like this.", "pending"),
        ("Please close the popup by default", "Hey Kim, set it so.", "pending"),
        ("> that fixed it\n\nNo, it did not.", "Hey Kim, I will see.", "pending"),
        ("The flag is off", f"Hey Kim, I opened a bug for the feature flags: {BUG}", "pending"),
        ("A wish", f"Hey Kim, I opened a feature request: {BUG}", "solved"),
        ("A wish", f'Hey Kim, please upvote it with a "+1": {BUG}', "solved"),
        ("Odd", "Hey Kim, I passed this on to the team that owns it.", "open"),
        ("How?", "Hey Kim, you can invite your colleagues.", "pending"),
    ],
)
def test_the_status_that_fits_an_answer(said: str, answer: str, status: str) -> None:
    advised = advised_status(reply(answer), Conversation("Kim Cove", said), TONE)
    assert advised is not None
    assert advised.status == status
