"""Who changed what, and how the requester is known: of what was opened or changed, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from heroterm.domain.ticket import Audit
from heroterm.errors import RateLimited
from heroterm.sync.report import Pulled
from tests.sync.answers import ADA, KIM
from tests.sync.model import Zendesk
from tests.sync.test_pull import Side


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    """Twenty tickets whose threads were read, in pages of 10."""
    server = Zendesk(page_size=10)
    for number in range(1, 21):
        server.add(number)
    made = Side(tmp_path / "mirror.db", server)
    list(made.pull.delta())
    list(made.pull.changed_threads(100))
    yield made
    made.close()


def drain(side: Side) -> int:
    """Bring every history that is wanted; how many pages were asked for."""
    asked = side.server.requests
    while side.pull.histories.waiting:
        side.pull.histories.piece()
    return side.server.requests - asked


def held(side: Side, ticket_id: int = 7) -> tuple[Audit, ...]:
    return side.mirror.history(ticket_id).audits


def test_a_first_fill_asks_for_no_history(side: Side) -> None:
    assert not side.pull.histories.waiting


def test_a_ticket_that_changed_brings_who_changed_what(side: Side) -> None:
    side.server.set(7, KIM, status="pending")
    list(side.pull.delta())
    list(side.pull.changed_threads(100))
    assert drain(side) == 1
    history = side.mirror.history(7)
    assert history.complete and history.audits[-1].changes == (("status", "open", "pending"),)
    assert history.audits[-1].author_id == KIM
    assert not side.mirror.history(8).audits


def test_an_opened_ticket_brings_its_history_and_asks_again_only_after_a_change(
    side: Side,
) -> None:
    side.pull.thread(7, opened=True)
    assert drain(side) == 1 and side.mirror.history(7).complete
    side.pull.thread(7, opened=True)
    assert not side.pull.histories.waiting
    side.server.turn(60)
    side.server.say(7, ADA, "news")
    side.pull.thread(7, opened=True)
    assert drain(side) == 1 and len(held(side)) == 2


def test_a_long_history_comes_in_pieces_and_then_only_what_is_new(side: Side) -> None:
    for number in range(83):
        side.server.turn(1)
        side.server.say(7, ADA, f"message {number}")
    side.pull.thread(7, opened=True)
    assert side.pull.histories.piece() is None and held(side) == ()
    assert side.pull.histories.piece() == Pulled("history", (7,))
    assert len(held(side)) == 84 and side.mirror.history(7).complete
    side.server.turn(60)
    side.server.say(7, ADA, "the last one")
    side.pull.thread(7, opened=True)
    assert drain(side) == 1 and len(held(side)) == 85


def test_a_history_broken_off_leaves_no_gap_behind(side: Side) -> None:
    side.pull.thread(7, opened=True)
    drain(side)
    for number in range(30):
        side.server.turn(1)
        side.server.say(7, ADA, f"message {number}")
    side.pull.thread(7, opened=True)
    side.server.reads["history"] = ["ok", "429"]
    with pytest.raises(RateLimited):
        side.pull.histories.piece()
    assert len(held(side)) == 1, "nothing of it was kept"
    side.restart()
    side.server.turn(40)
    side.pull.thread(7, opened=True)
    drain(side)
    assert len(held(side)) == 31 and side.mirror.history(7).complete


def test_the_opened_ticket_goes_first(side: Side) -> None:
    for number in (3, 5):
        side.server.set(number, KIM, status="pending")
    list(side.pull.delta())
    list(side.pull.changed_threads(100))
    side.pull.thread(9, opened=True)
    assert side.pull.histories.piece() == Pulled("history", (9,))


def test_a_role_that_may_not_read_histories_is_noted_and_not_asked_again(side: Side) -> None:
    side.server.reads["history"] = ["403"]
    side.pull.thread(7, opened=True)
    assert side.pull.histories.piece() is None
    assert side.mirror.state().not_allowed == ("history",)
    side.pull.thread(8, opened=True)
    assert not side.pull.histories.waiting
    side.pull.probe()
    assert drain(side) == 2, "after the next look at the role both come"
    assert side.mirror.state().not_allowed == ()
    assert held(side, 7) and held(side, 8)


def test_a_row_that_cannot_be_read_costs_itself_and_the_word_complete(side: Side) -> None:
    plain = side.server.history
    side.server.history = lambda *asked: replace(plain(*asked), refused=("audits 9: ...",))  # type: ignore[method-assign]
    side.pull.thread(7, opened=True)
    drain(side)
    assert held(side) and not side.mirror.history(7).complete
    side.pull.thread(7, opened=True)
    assert not side.pull.histories.waiting, "asked again only after the ticket changed"


def test_a_history_that_zendesk_does_not_show_is_let_be(side: Side) -> None:
    side.server.reads["history"] = ["404"]
    side.pull.thread(7, opened=True)
    assert drain(side) == 1 and side.mirror.state().not_allowed == ()


def test_the_requester_of_an_opened_ticket_is_asked_about_once_an_hour(side: Side) -> None:
    side.pull.thread(7)
    assert not side.pull.requesters.waiting, "nobody looks at it"
    side.pull.thread(7, opened=True)
    side.pull.requesters.piece()
    (known,) = side.mirror.identities(ADA)
    assert (known.value, known.verified) == ("ada@example.com", True)
    side.pull.thread(8, opened=True)
    assert not side.pull.requesters.waiting, "the same person"
    side.server.turn(3_601)
    side.pull.thread(8, opened=True)
    assert side.pull.requesters.waiting
