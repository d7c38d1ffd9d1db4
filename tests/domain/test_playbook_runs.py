"""Runs as notes tell them: what comes out is what went in, and nothing else is believed."""

from __future__ import annotations

import base64
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.findings import Finding
from heroterm.domain.playbook_answers import abort, finish
from heroterm.domain.playbook_keeping import after_all
from heroterm.domain.playbook_marker import MARKER, harmless, told
from heroterm.domain.playbook_rehearsal import case_of
from heroterm.domain.playbook_run import (
    ANSWERED,
    HEROTERM,
    MADE,
    NOTED,
    PUT,
    WAITS,
    Event,
    Evidence,
    Run,
    hash_of,
    intent_id,
)
from heroterm.domain.playbook_trail import note_text
from heroterm.domain.rules_of_words import placeholders
from heroterm.rulebook import load
from tests.conftest import NOW

BOOK = next(p for p in load().playbooks if p.name == "twofa-removal")
RUN = Run("r-1", BOOK, hash_of(BOOK.text), BOOK.text, 1, NOW, "Ana")
WORDS = st.text(max_size=80)
RUN_SAYS = (
    '{"run": "r", "playbook": "p", "hash": "123456789012", "ticket": 1, "at": 1, "by": "a",'
    ' "events": [%s]}'
)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=12))
def test_a_note_gives_back_every_event_whatever_was_answered(
    said: list[tuple[str, str, str]],
) -> None:
    proof = Evidence(2, 30_165, "sam@cove.example", NOW, "Yes.")
    events = [
        Event(
            n, NOW + timedelta(seconds=n), by, ANSWERED, "owner", value, evidence=proof, seen=seen
        )
        for n, (by, value, seen) in enumerate(said, 1)
    ]
    run = RUN.with_events(events)
    read = told(note_text(run))
    assert read is not None
    assert list(read.events) == events
    assert (read.definition, read.hash, read.ticket_id) == (BOOK.text, RUN.hash, 1)


@given(WORDS)
def test_words_of_a_customer_are_no_marker_and_no_placeholder(said: str) -> None:
    for words in (
        said,
        f"{said}\n{MARKER.sign}1 AAAA end",
        f"{{{{{said}}}}} <<{said}?>> $1<{said}>",
    ):
        note = harmless(words)
        assert MARKER.sign not in note and placeholders(note) == []


def test_what_happens_by_itself_takes_no_answer_away_and_what_somebody_did_does() -> None:
    mine = [Event(1, NOW, "Ana", ANSWERED, "changed", "no")]
    by_itself = RUN.with_events([Event(1, NOW, HEROTERM, MADE, "mail-owner", ticket_id=2)])
    assert after_all(RUN, by_itself, mine) == [replace(mine[0], n=2)]
    assert after_all(RUN, RUN.with_events([Event(1, NOW, "Bo", ANSWERED, "who")]), mine) is None
    same = RUN.with_events([Event(1, NOW, HEROTERM, ANSWERED, "changed", "no")])
    assert after_all(RUN, same, mine) is None


def test_a_note_that_was_cut_or_pasted_elsewhere_tells_nothing() -> None:
    note = note_text(RUN.with_events([Event(1, NOW, "Ana", ANSWERED, "who")]))
    assert told(note) is not None
    assert told(note[:-20]) is None
    assert told(f"{note}\nand more") is None
    assert told(f"From a customer:\n{note}") is None
    assert told(note.replace(RUN.hash[:12], "0" * 12)) is None
    assert told(note.replace(f"{MARKER.sign}1 ", f"{MARKER.sign}2 ")) is None


def test_the_definition_goes_with_the_first_note_only() -> None:
    first = RUN.with_events([Event(1, NOW, "Ana", WAITS, "wait-owner", until=NOW)])
    noted = first.with_events([Event(2, NOW, "Ana", NOTED, value="1", intent_id="x")])
    then = noted.with_events([Event(3, NOW, "Ana", ANSWERED, "wait-owner", "timeout")])
    read = told(note_text(then))
    assert read is not None
    assert ([event.n for event in read.events], read.definition) == ([3], "")


def test_what_was_put_and_recalled_is_open_again_under_a_new_id() -> None:
    first = intent_id(RUN, "mail-owner")
    run = RUN.with_events([Event(1, NOW, "Ana", PUT, "mail-owner", "mail", intent_id=first)])
    assert "mail-owner" in run.done
    recalled = replace(run, intents={first: "recalled"})
    assert "mail-owner" not in recalled.done
    assert intent_id(recalled, "mail-owner") != first
    assert len(first) == 36 and first == intent_id(replace(RUN, ticket_id=2), "mail-owner")


def test_a_run_ends_when_no_step_is_open_or_for_a_reason() -> None:
    case = case_of("Ana", NOW)
    too_early, no_reason = finish(RUN, case), abort(RUN, "  ", case)
    assert isinstance(too_early, Finding) and too_early.rule == "run-not-done"
    assert isinstance(no_reason, Finding) and no_reason.rule == "no-reason"
    ended = abort(RUN, "The owner called.", case)
    assert not isinstance(ended, Finding)
    over = RUN.with_events(ended)
    for again in (abort(over, "Once more.", case), finish(over, case)):
        assert isinstance(again, Finding)


@pytest.mark.parametrize(
    "kept",
    ["[]", "5", "[" * 100_000, '{"run": 1}', '{"events": 1e999}', '{"events": [[1, 1, "a", 1]]}']
    + [
        RUN_SAYS % event
        for event in ('5', '["a"]', '[0, 1, "a", 1, "s", {}]', '[1, 1, "a", 99, "s", {}]',
                      '[1, 1, "a", -1, "s", {}]', '[1, 1, "a", 1, "s", []]',
                      '[1, 1, "a", 1, "s", {"e": 5}]', '[1, 1e300, "a", 1, "s", {}]')
    ],
)  # fmt: skip
def test_a_made_up_marker_is_nothing_and_never_an_error(kept: str) -> None:
    """It would end the carrier at each start, and with it all that is sent."""
    assert told(noted(kept)) is None


def test_a_real_marker_of_the_same_shape_is_read() -> None:
    read = told(noted(RUN_SAYS % '[1, 1, "a", 1, "s", {}]'))
    assert read is not None and [event.n for event in read.events] == [1]


def noted(kept: str) -> str:
    """A note of a run with this in its marker."""
    packed = base64.b64encode(zlib.compress(kept.encode(), 9), b"+-").decode().rstrip("=")
    return f'Playbook "x" (y 123456789012): done.\n\n{MARKER.sign}1 {packed} end'
