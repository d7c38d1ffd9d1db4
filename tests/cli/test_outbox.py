"""What a verb wants of Zendesk goes through the rules into the outbox, and waits there."""

from __future__ import annotations

import ast
import io
import json
from pathlib import Path

import pytest

from heroterm.cli import twice
from heroterm.cli.deskbook import desk_book
from heroterm.cli.remedies import REMEDIES
from heroterm.cli.rules import RuleCheck, rulebook
from heroterm.domain import advice, rules
from heroterm.domain.outbox import Changes, Draft, Intent, PublicReply
from heroterm.domain.ticket import Comment, Page
from heroterm.journal.database import Journal, open_journal
from tests.cli.conftest import ANA, Home, ticket
from tests.cli.door import Door
from tests.conftest import NOW


def journal_of(home: Home) -> Journal:
    return open_journal(home.paths.journal, clock=lambda: NOW)


def test_a_reply_waits_in_the_outbox_for_its_hold(door: Door, home: Home) -> None:
    document = door.json("reply", "101", "--body", "Hey Jo,\nreload please.", "--status", "pending")
    assert document["state"] == "held"
    assert document["kind"] == "public_reply"
    assert document["send_after"] == "2026-03-04T10:00:15Z"
    (waiting,) = door.json("outbox", "list")["intents"]
    assert waiting["intent"] == document["intent"]
    assert waiting["body"] == "Hey Jo,\nreload please."
    assert waiting["changes"] == {"status": "pending"}
    row = next(r for r in door.json("queue")["tickets"] if r["id"] == 101)
    assert row["status"] == "pending"
    assert row["flags"] == ["outbox-held"]


def test_an_intent_remembers_what_was_on_the_screen(door: Door, home: Home) -> None:
    document = door.json("note", "101", "--body", "Seen.", "--hold", "0")
    journal = journal_of(home)
    intent = journal.outbox.get(document["intent"])
    journal.close()
    assert intent is not None
    assert intent.base_stamp == "2026-03-04T09:00:00Z"
    assert intent.seen_comment_id == 2
    assert intent.state == "queued"


def test_a_community_question_is_not_answered_in_public(door: Door, home: Home) -> None:
    answer = door("reply", "106", "--body", "Hey there, like this.", "--json")
    assert answer.code == 1
    document = answer.document
    assert document["intent"] is None
    assert document["checks"][0]["rule"] == "community-public-reply"
    assert document["error"]["rule"] == "community-public-reply"
    assert "how-do-cohorts-work" in document["error"]["remedy"]
    assert door.json("outbox", "list", "--all")["intents"] == []


@pytest.mark.parametrize("sent", [True, False])
def test_a_note_of_before_tells_that_a_question_was_answered(
    door: Door, home: Home, sent: bool
) -> None:
    solved, at_the_desk = ("set", "106", "--status", "solved"), RuleCheck(home.paths, lambda: NOW)
    wish = Intent("i", 106, NOW, NOW, changes=Changes(status="solved"))
    assert door(*solved).code == 1
    assert [found.rule for found in at_the_desk(wish)] == ["solve-unrecorded"]
    words = "Replied outside of Zendesk."
    if sent:
        writer = home.writer()
        said = Comment(3, 106, ANA.id, False, words, NOW)
        writer.save_comments(106, [said], (ANA,), complete=True, at=NOW)
        writer.close()
    else:
        door.json("note", "106", "--body", words)
    assert at_the_desk(wish) == []
    assert door.json(*solved)["state"] == "held"


def test_a_refusal_is_a_sentence_for_a_person(door: Door, home: Home) -> None:
    answer = door("note", "107", "--body", "late")
    assert (answer.code, answer.out) == (1, "")
    assert "closed" in answer.err


def test_a_question_of_the_rules_takes_a_yes(door: Door, home: Home) -> None:
    words = ("set", "103", "--status", "solved")
    answer = door(*words, "--json")
    assert answer.code == 1
    assert "--anyway solve-with-note-only" in answer.document["error"]["remedy"]
    assert door.json(*words, "--anyway", "solve-with-note-only")["state"] == "held"


def test_the_words_may_come_from_a_file_or_a_pipe(
    door: Door, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "words.md"
    file.write_text("\ufeffHey Jo,\n\nfixed.\n", encoding="utf-8")
    assert door.json("reply", "101", "--body-file", str(file))["body"] == "Hey Jo,\n\nfixed."
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("für dich".encode())))
    assert door.json("note", "101", "--body-file", "-")["body"] == "für dich"
    assert door("note", "101", "--body-file", str(tmp_path / "none")).code == 2


def test_words_come_from_one_place(door: Door, home: Home) -> None:
    assert door("reply", "101").code == 2
    assert door("reply", "101", "--body", "a", "--canned", "b").code == 2
    assert door("reply", "101", "--body", "a", "--attach", "f").code == 2


def test_a_canned_reply_with_a_hole_is_refused_until_it_is_filled(door: Door, home: Home) -> None:
    own = home.paths.rules / "replies"
    own.mkdir(parents=True)
    (own / "ours.md").write_text(
        '+++\ntitle = "Ours"\nkind = "public_reply"\n+++\nHey {{name|there}}, $1<what> {{issue}}.\n'
    )
    refused = door("reply", "101", "--canned", "ours", "--json")
    assert refused.document["error"]["rule"] == "unfilled-placeholder"
    words = ("--set", "1=see", "--set", "issue=#12")
    assert door.json("reply", "101", "--canned", "ours", *words)["body"] == "Hey Jo, see #12."
    assert door("note", "101", "--canned", "ours").code == 2
    assert "ours" in door("reply", "101", "--canned", "our").err


def test_a_stop_is_filled_by_its_words_as_well_as_by_its_number(door: Door, home: Home) -> None:
    for ticket_id, name in (("101", "when"), ("102", "1")):
        words = ("--canned", "looking-into-it", "--set", f"{name}=tomorrow", "--set", "name=Kim")
        body = door.json("reply", ticket_id, *words)["body"]
        assert body.startswith("Hey Kim,") and "by tomorrow, even" in body
    unknown = door("reply", "101", "--canned", "looking-into-it", "--set", "wen=x", "--json")
    assert unknown.code == 2
    assert "name, 1 (when)" in unknown.document["error"]["remedy"]


def test_a_reply_is_kept_with_the_same_advice_on_tone_as_at_the_desk(
    door: Door, home: Home
) -> None:
    curt = ("reply", "101", "--body", "Restart it.", "--json")
    kept = door.json(*curt[:-1])
    wish = Intent("i", 101, NOW, NOW, PublicReply("Restart it."))
    at_the_desk = [
        (each.rule, each.say) for each in desk_book(home.paths, rulebook(home.paths)).advise(wish)
    ]
    told = [(each["rule"], each["say"]) for each in kept["checks"]]
    assert told == at_the_desk and {"greeting", "next-step", "status"} <= {rule for rule, _ in told}
    assert all(each["level"] == "advice" and each["instead"] for each in kept["checks"])
    assert kept["state"] == "held"
    lines = door(*curt[:-1], "--anyway", "same-words").out.splitlines()
    assert [line.partition(" Recall")[0] for line in lines[:1]] == [at_the_desk[0][1]]
    assert "held for" in lines[-1]
    assert door.json("note", "101", "--body", "Restart it.")["checks"] == []


def test_a_command_that_was_given_twice_asks_before_it_says_the_same_again(
    door: Door, home: Home
) -> None:
    again = ("reply", "101", "--body", "Hey Jo,\nreload please, and tell me what you see.\n")
    first = door.json(*again)["intent"]
    refused = door(*again, "--json")
    assert refused.code == 1 and refused.document["error"]["rule"] == "same-words"
    assert first[:8] in refused.document["error"]["say"]
    assert "Yes is --anyway same-words." in door(*again).err
    assert len(door.json("outbox", "list")["intents"]) == 1
    assert door("note", *again[1:]).code == 0, "colleagues may read them, too"
    assert door("reply", "102", *again[2:]).code == 0, "and so may another customer"
    assert door(*again, "--anyway", "same-words").code == 0
    assert len(door.json("outbox", "list")["intents"]) == 4


def test_every_rule_has_a_remedy_for_the_command_line() -> None:
    files = [*sorted(Path(rules.__file__).parent.glob("rules*.py")), Path(advice.__file__)]
    files.append(Path(twice.__file__))
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    called = [node for node in nodes if isinstance(node, ast.Call) and node.args]
    named = {
        node.args[0].value
        for node in called
        if getattr(node.func, "id", "") in ("Finding", "_advice")
        and isinstance(node.args[0], ast.Constant)
    }
    assert {"closed-ticket", "greeting"} <= named
    assert named == REMEDIES.keys()


def test_remedies_are_commands_and_options_not_keys(door: Door, home: Home) -> None:
    refused = {
        "too-long": ("note", "101", "--body", "x" * 64_001),
        "community-public-reply": ("reply", "106", "--body", "Hey there, so."),
        "status-not-for-answers": ("set", "101", "--status", "new"),
        "hold-needs-reply": ("set", "101", "--status", "hold"),
        "closed-ticket": ("note", "107", "--body", "late"),
        "unfilled-placeholder": ("reply", "101", "--canned", "looking-into-it"),
    }
    for rule, words in refused.items():
        answer = door(*words, "--json")
        assert answer.code == 1
        error = answer.document["error"]
        assert error["rule"] == rule
        assert error["remedy"] == answer.document["checks"][0]["instead"]
        assert error["remedy"].startswith(REMEDIES[rule][:7])


def test_no_remedy_on_a_community_question_names_what_is_refused_there(
    door: Door, home: Home
) -> None:
    writer = home.writer()
    shut = ticket(109, "How?", status="closed", tags=("community_question",))
    writer.save_page(Page((shut,), (), ()), at=NOW)
    writer.close()
    hold = door("set", "106", "--status", "hold", "--json").document["error"]
    assert "https://posthog.com/questions/how-do-cohorts-work" in hold["remedy"]
    assert "heroterm note 106" in hold["remedy"] and "heroterm reply" not in hold["remedy"]
    words = ("note", "106", "--canned", "community-recorded", "--status", "hold")
    assert door.json(*words)["changes"] == {"status": "hold"}
    closed = door("reply", "109", "--body", "Hey.", "--json").document["error"]
    assert closed["rule"] == "closed-ticket" and "heroterm new" not in closed["remedy"]


def test_fields_change_by_names_that_people_use(door: Door, home: Home) -> None:
    words = ("--assignee", "me", "--group", "billing", "--add-tag", "VIP", "--priority", "high")
    document = door.json("set", "101", *words)
    assert document["changes"] == {
        "priority": "high",
        "assignee_id": 900,
        "group_id": 6,
        "add_tags": ["vip"],
    }
    assert "Ana Hero" in door("set", "101", "--assignee", "nobody").err
    assert "Billing" in door("set", "101", "--group", "nothing").err
    assert door("set", "101", "--add-tag", "two words").code == 2
    assert door("set", "101").code == 2


def test_a_recalled_reply_is_a_draft_again(door: Door, home: Home) -> None:
    id_ = door.json("reply", "101", "--body", "Hey Jo, wait.")["intent"]
    (recalled,) = door.json("outbox", "recall", id_[:8])["intents"]
    assert recalled["state"] == "recalled"
    journal = journal_of(home)
    draft = journal.drafts.get(101, "public_reply")
    journal.close()
    assert draft is not None and draft.body == "Hey Jo, wait."
    again = door("outbox", "recall", id_, "--json")
    assert again.code == 1
    assert again.document["error"]["rule"] == "outbox-state"


def test_a_draft_of_the_desk_survives_a_reply_from_the_command_line(door: Door, home: Home) -> None:
    journal = journal_of(home)
    journal.drafts.save(Draft(101, "public_reply", "half a thought", NOW))
    journal.close()
    door.json("reply", "101", "--body", "Hey Jo, other words.")
    journal = journal_of(home)
    draft = journal.drafts.get(101, "public_reply")
    journal.close()
    assert draft is not None and draft.body == "half a thought"


def test_hold_and_discard_say_what_became_of_it(door: Door, home: Home) -> None:
    id_ = door.json("note", "101", "--body", "x y z", "--hold", "0")["intent"]
    assert door.json("outbox", "hold", id_)["intents"][0]["state"] == "held"
    assert door.json("outbox", "discard", id_)["intents"][0]["state"] == "discarded"
    assert door.json("outbox", "list")["intents"] == []
    assert [i["state"] for i in door.json("outbox", "list", "--all")["intents"]] == ["discarded"]


def test_an_empty_outbox_and_an_unknown_intent_do_not_look_alike(door: Door, home: Home) -> None:
    assert "nothing waits" in door("outbox", "list").out
    assert door("outbox", "recall", "abcd").code == 2


def test_a_damaged_journal_is_said_and_left_alone(door: Door, home: Home) -> None:
    home.paths.journal.write_bytes(b"garbage" * 500)
    answer = door("outbox", "list", "--json")
    assert answer.code == 3
    assert "intents" not in answer.document
    assert home.paths.journal.read_bytes() == b"garbage" * 500


def test_purge_asks_a_person_and_never_touches_the_journal(door: Door, home: Home) -> None:
    door.json("note", "101", "--body", "keep me")
    assert door("purge", "--all").code == 2
    assert len(door.json("queue")["tickets"]) == 4
    removed = door.json("purge", "--all", "--yes")["removed"]
    assert removed["ticket"] == 7
    assert door("queue").code == 3
    assert len(door.json("outbox", "list")["intents"]) == 1


def test_a_document_is_one_line_of_ascii(door: Door, home: Home) -> None:
    answer = door("--json", "outbox", "list")
    assert answer.out.count("\n") == 1
    json.loads(answer.out)
