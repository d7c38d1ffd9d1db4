"""A note that a question was answered on its page, found wherever it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from heroterm.domain.outbox import Draft, Intent, InternalNote
from heroterm.domain.recorded import recorded_at, says_answered
from heroterm.domain.shared_draft import note
from heroterm.domain.ticket import Comment
from tests.domain.rows import NOW, minutes

PAGE = "https://posthog.com/questions/x"
ANA, JO = 900, 901


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Replied outside of Zendesk, on the question's own page: see there", True),
        ("answered it on the page", True),
        (f"Beantwortet: {PAGE}", True),
        ("Nobody has answered yet.\nKim, can you?", False),
        ("I haven't replied yet", False),
        ("Not sure what it is.\nI responded there all the same.", True),
        ("Looks like the filter.", False),
    ],
)
def test_a_note_says_that_it_was_answered(words: str, said: bool) -> None:
    assert says_answered(words, PAGE) is said


def found(*comments: Comment, ours: tuple[Intent, ...] = ()) -> datetime | None:
    return recorded_at(comments, {ANA}, ours, PAGE, offset=60)


def test_the_thread_and_the_outbox_hold_it() -> None:
    there = Comment(1, 7, ANA, False, "Replied outside of Zendesk.", minutes(-50))
    assert found(there) == minutes(-50)
    assert found(replace(there, public=True)) is found(replace(there, author_id=JO)) is None
    shared = note(Draft(7, "public_reply", "Answered.", NOW), "Ana")
    assert found(replace(there, body=shared)) is None, "a draft was not sent"
    put = Intent("i", 7, minutes(-9), NOW, comment=InternalNote(f"There: {PAGE}"))
    assert found(there, ours=(put,)) == minutes(-8), "by the server's clock"
    assert found(ours=(replace(put, state="recalled"),)) is None
