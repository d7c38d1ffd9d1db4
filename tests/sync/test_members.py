"""The tickets of the team's saved views come in turn, and one that is gone stops no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from heroterm.domain.view import Overlay, View
from heroterm.errors import NotAllowed, RateLimited
from heroterm.sync.members import ROUNDS
from heroterm.sync.pull import Pull
from heroterm.sync.report import Pulled, Trouble
from heroterm.sync.view_rounds import ViewRounds
from tests.sync.answers import KIM
from tests.sync.model import Zendesk
from tests.sync.test_pull import Side

OWN, OTHERS = 3, (10, 11, 12, 13, 14, 15)


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    server = Zendesk()
    for number in range(1, 6):
        server.add(number)
    made = Side(tmp_path / "mirror.db", server)
    made.pull = Pull(server, made.writer, lambda: server.now, view_ids=(OWN, *OTHERS))
    list(made.pull.delta())
    yield made
    made.close()


def round_of(side: Side, *, every: bool = False) -> list[int]:
    """The views that were asked for in a round."""
    before = len(side.server.viewed)
    list(side.pull.members(every=every))
    return side.server.viewed[before:]


def test_members_of_a_view_are_its_queue(side: Side) -> None:
    side.server.set(3, KIM, status="pending")
    (told, *_) = side.pull.members()
    assert isinstance(told, Pulled) and told.ticket_ids == (1, 2, 4, 5)
    shown = side.mirror.queue(View(zendesk_view_id=OWN), Overlay(), limit=100)
    assert {row.id for row in shown} == {1, 2, 4, 5}
    assert side.mirror.explained(View(zendesk_view_id=OTHERS[0])) == ()


def test_the_desk_s_own_view_comes_each_round_and_the_others_in_turn(side: Side) -> None:
    assert round_of(side) == [OWN, *OTHERS]
    rounds = [round_of(side) for _ in range(2 * ROUNDS)]
    assert all(asked[0] == OWN and len(asked) == 3 for asked in rounds)
    for first in range(ROUNDS):
        seen = {view for asked in rounds[first : first + ROUNDS] for view in asked}
        assert seen == {OWN, *OTHERS}
    assert round_of(side, every=True)[0] == OWN
    assert set(round_of(side, every=True)) == {OWN, *OTHERS}


def test_a_view_that_could_not_be_read_has_its_turn_again(side: Side) -> None:
    side.server.reads["view_page"] = ["ok", "ok", "429"]
    with pytest.raises(RateLimited):
        list(side.pull.members())
    assert round_of(side) == [OWN, *OTHERS[1:]]


@pytest.mark.parametrize("refusal", ["403", "404"])
def test_a_view_that_is_gone_is_said_once_and_keeps_its_queue(side: Side, refusal: str) -> None:
    list(side.pull.members(every=True))
    for said in (1, 0):
        side.server.reads["view_page"] = ["ok", refusal]
        told = list(side.pull.members(every=True))
        troubles = [each for each in told if isinstance(each, Trouble)]
        assert len(troubles) == said and len(told) == len(OTHERS) + said
    assert len(side.mirror.queue(View(zendesk_view_id=OTHERS[0]), Overlay())) == 5


def test_a_refused_sign_in_is_raised(side: Side) -> None:
    side.server.reads["view_page"] = ["401"]
    with pytest.raises(NotAllowed):
        list(side.pull.members())


def test_without_views_nothing_is_asked(side: Side) -> None:
    pull = Pull(side.server, side.writer, lambda: side.server.now)
    asked = side.server.requests
    assert list(pull.members()) == [] and list(pull.members(every=True)) == []
    assert side.server.requests == asked


def test_other_views_are_kept_from_the_next_round_on_each_at_once(side: Side) -> None:
    rounds = ViewRounds(side.pull, lambda told: None, lambda **values: None)
    assert round_of(side) == [OWN, *OTHERS]
    assert not rounds.piece()  # amid a round
    rounds.follow((OWN, *OTHERS[:2], 16))
    before = len(side.server.viewed)
    while not rounds.piece():
        pass
    assert side.server.viewed[before:] == [OWN, *OTHERS[:2], 16]
    rounds.follow(())
    assert rounds.piece() and side.server.viewed[-1] == 16
