"""The whole job line by line, played over pipes beside a real sandbox and a real carrier."""

from __future__ import annotations

import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from heroterm.cli.children import own_command
from heroterm.journal.database import open_journal
from tests.filled import wall_clock
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player

SHIFT = ("shift", "--plain")


def talk(shift: Shift, *lines: str, writes: int = 0) -> str:
    """Type lines into a plain shift, wait for so many writes to arrive; what it printed."""
    child = subprocess.Popen(
        shift.forks.command(own_command(str(shift.home), *SHIFT)),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert child.stdin is not None and child.stdout is not None
    child.stdin.write("\n".join(lines) + "\n")
    child.stdin.flush()
    until = time.monotonic() + 30
    while len(shift.ledger()) < writes and time.monotonic() < until:
        time.sleep(0.1)
    child.stdin.close()
    said = child.stdout.read()
    child.stdout.close()
    assert child.wait(30) == 0
    return said


def hold(home: Path, seconds: float) -> None:
    path = home / "config" / "config.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# hold_seconds = 15.0", f"hold_seconds = {seconds}"))
    assert f"hold_seconds = {seconds}" in path.read_text(encoding="utf-8")


def test_next_read_reply_and_sent(shift_: Shift) -> None:
    hold(shift_.home, 0.1)
    answer = ("r", "Hey, I look into it.", "Back by noon.", ".", "", "y")
    said = talk(shift_, f"o {'9' * 20}", "n", *answer, "t", writes=1)
    assert "Say which: o 48213." in said and "A draft is kept here" not in said
    assert "T2 high priority" in said and "PUBLIC REPLY: the customer reads this." in said
    assert "\x1b" not in said
    (write,) = [w for w in shift_.ledger() if w["method"] == "PUT"]
    sent = write["body"]["ticket"]
    assert sent["comment"] == {"body": "Hey, I look into it.\nBack by noon.", "public": True}
    assert sent["status"] == "pending"
    assert "was sent" in said


def test_words_that_are_not_queued_are_a_draft(shift_: Shift) -> None:
    said = talk(shift_, "next", "note", "Half a thought", ".", "y", "", "", "t", "quit")
    assert "'y' is no status to answer with." in said
    assert "It is kept as a draft." in said and "A draft is kept here (i goes on)" in said
    journal = open_journal(shift_.home / "data/journal.db", clock=wall_clock)
    (draft,) = journal.drafts.list()
    assert draft.cursor == (0, len("Half a thought")), "the desk would go on before its words"
    journal.close()
    assert shift_.ledger() == []


@pytest.mark.anyio
@pytest.mark.usefixtures("quick")
async def test_a_draft_of_the_desk_is_sent_here_with_all_that_lies_beside_its_words(
    shift_: Shift,
) -> None:
    ticket = shift_.ticket("self_hosted")
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await Player(hero, shift_).leaves_a_reply(ticket)
    journal = open_journal(shift_.home / "data/journal.db", clock=wall_clock)
    draft = journal.drafts.get(ticket, "public_reply")
    assert draft is not None and draft.step is not None
    file = journal.enclosures.keep("plan.txt", "text/plain", b"one, two")
    journal.drafts.save(replace(draft, files=(file,), ccs=("lee@selfhost.example",)))
    more = ("P.S. Good luck!", ".", "", "n", "r", ".", "", "y", "q")
    said = talk(shift_, f"o {ticket}", "r", *more)
    assert said.count("queueing it does this step") == 2, "words that were added let go of it"
    assert "Copies: +lee@selfhost.example." in said and "File: plan.txt (8 B)." in said
    (intent,) = journal.outbox.of_ticket(ticket)
    assert intent.comment is not None and intent.comment.body.endswith("P.S. Good luck!")
    assert (intent.files, intent.changes.add_ccs) == ((file,), ("lee@selfhost.example",))
    assert intent.changes.status == "solved"
    run = journal.runs.open_on(ticket)
    assert run is not None and run.done[draft.step[1]].intent_id == intent.id
    assert journal.drafts.get(ticket, "public_reply") is None
    journal.close()


def test_a_community_question_is_refused_here_too(shift_: Shift) -> None:
    question = shift_.community_question()
    said = talk(shift_, f"o {question}", "r", "i", "Answered there.", ".", "", "y", "q")
    assert "Don't reply to community questions" in said and "PUBLIC REPLY" not in said
    assert "INTERNAL NOTE" in said and "Note for" in said


def test_what_the_rules_say_is_read_out_before_y_and_in_words_of_the_shift(shift_: Shift) -> None:
    said = talk(
        shift_,
        *("n", "r", "Hey, is it $1<version>?", ".", ""),
        *("s solved", "no"),
        *("r", "-", "Hey Zebedee, see the attached file.", ".", "", ""),
        *("i", "Looked at it.", ".", "", "y", "i", "Looked at it.", ".", "u", "q"),
    )
    assert 'Advice: The greeting says "Zebedee"' in said and "r goes on with it" in said
    assert "It speaks of an attachment" in said and "who reads it in " in said
    assert "Copies: none." in said and "pending: pauses the SLA timer" in said
    assert "r (or i) goes on with it" in said and "REFUSED" in said
    assert "QUESTION" in said and "Nothing was changed." in said
    assert "REFUSED: These very words wait in the outbox: nothing" in said
    assert "u takes it back" in said and "while this shift runs" in said
    for other in ("--set", "--anyway", "--body", "heroterm outbox", "heroterm sync"):
        assert other not in said, other
    assert "> (customer)" in said, "no address of whoever wrote"
    assert shift_.ledger() == []


def test_words_that_are_kept_are_added_to_and_a_line_can_be_taken_off(shift_: Shift) -> None:
    hold(shift_.home, 0.1)
    said = talk(
        shift_,
        *("n", "r", "My own words.", "a slip", "-", ".", "", ""),
        *("c looking-into-it", "noon", "-", "-", "-", "-", "-", "", "Kind regards", ".", "", ""),
        *("r", ".", "", "y"),
        writes=1,
    )
    assert "Taken off: a slip" in said and "No line is left." in said
    (write,) = [w for w in shift_.ledger() if w["method"] == "PUT"]
    assert write["body"]["ticket"]["comment"]["body"] == "Kind regards"


def test_a_canned_reply_leaves_the_words_before_it_and_empty_lines_stay(shift_: Shift) -> None:
    hold(shift_.home, 0.1)
    talk(
        shift_,
        *("n", "r", "Hey Jonas, thanks.", "", "One more thing.", ".", "", ""),
        *("c looking-into-it", "noon", ".", "", "y"),
        writes=1,
    )
    (write,) = [w for w in shift_.ledger() if w["method"] == "PUT"]
    body = write["body"]["ticket"]["comment"]["body"]
    assert body.startswith("Hey Jonas, thanks.\n\nOne more thing.\n\nthanks for flagging!")
    assert body.endswith("by noon.")


def test_what_is_no_word_is_said_and_the_end_of_the_input_ends_it(shift_: Shift) -> None:
    said = talk(shift_, "x", "open many", "Reply", "s solved")
    assert "'x' is no word here" in said and "Say which" in said
    assert said.count("No ticket is open") == 2


def test_blanks_waits_and_what_was_done_elsewhere(shift_: Shift) -> None:
    said = talk(
        shift_,
        *("n", "c need-more-info", "your browser version", ".", "", "y", "W tomorrow", "W"),
        *("i", "Noted.", ".", "", "n", "h", "q"),
    )
    assert "your browser version" in said
    assert "waits until" in said and "is not filled in" not in said
    assert "May not end yet" in said


def test_what_may_offend_is_read_out_only_when_it_is_asked_for(shift_: Shift) -> None:
    warned = next(
        int(t["id"])
        for t in shift_.control("world")["tickets"]
        if "content_warning" in t["tags"] and t["status"] in ("new", "open")
    )
    said = talk(shift_, f"o {warned}", "", f"o {warned}", "y", "q")
    before, _, after = said.partition("y reads it out this once: ")
    assert "CONTENT WARNING" in before and "(customer)" not in before
    assert "stays closed" in after and "(customer)" in after
