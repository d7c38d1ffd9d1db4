"""Clocks of an account that gives none are worked out here, and never beside Zendesk's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from heroterm.domain.calendar import WEEKDAYS
from heroterm.domain.targets import USUAL, Targets
from heroterm.domain.ticket import Audit, SlaClock, Ticket
from heroterm.domain.view import Overlay, Row, View
from heroterm.mirror import figures
from heroterm.mirror.writer import MirrorWriter
from tests.conftest import NOW
from tests.mirror.make import KIM, Desk, clock, comment, place, ticket

ASKED = NOW - timedelta(hours=2)


class Team(Desk):
    """A desk with a table of its own."""

    def __init__(self, path: Path, promised: Targets = USUAL) -> None:
        super().__init__(path)
        self.writer.close()
        self.writer = MirrorWriter(path, place, promised)

    def row(self, ticket_id: int) -> Row:
        found = self.mirror.row(ticket_id, Overlay())
        assert found is not None
        return found

    def clocks(self, ticket_id: int) -> tuple[SlaClock, ...] | None:
        held = self.mirror.ticket(ticket_id)
        assert held is not None
        return held.slas


@pytest.fixture
def team(path: Path) -> Iterator[Team]:
    made = Team(path)
    yield made
    made.close()


def bare(id_: int, **fields: Any) -> Ticket:
    """A ticket as an account without SLAs gives it."""
    return ticket(id_, **{"slas": None, "priority": "high", "created_at": ASKED, **fields})


def test_a_ticket_without_clocks_gets_the_tables_and_says_so(team: Team) -> None:
    team.save(bare(1), bare(2, priority="low"))
    row = team.row(1)
    assert (row.metric, row.stage, row.estimated) == ("first_reply_time", "active", True)
    assert row.breach_at == ASKED + timedelta(hours=12)
    assert (team.row(2).metric, team.row(2).estimated) == (None, False)
    (told,) = team.clocks(1) or ()
    assert (told.estimated, told.target_seconds) == (True, 12 * 3600)


def test_the_queue_is_ordered_by_estimates(team: Team) -> None:
    team.save(*(bare(n, created_at=NOW - timedelta(hours=n)) for n in (1, 3, 2)))
    assert [row.id for row in team.mirror.queue(View(), Overlay())] == [3, 2, 1]


def test_a_thread_moves_the_estimate(team: Team) -> None:
    team.save(bare(1))
    said = [comment(1, 1, created_at=ASKED), comment(2, 1, KIM.id, created_at=NOW)]
    team.writer.save_comments(1, said, [], complete=True, at=NOW)
    assert team.row(1).metric is None
    again = comment(3, 1, created_at=NOW + timedelta(hours=1))
    team.writer.save_comments(1, [*said, again], [], complete=True, at=NOW)
    assert team.row(1).metric == "next_reply_time"
    assert team.row(1).breach_at == NOW + timedelta(hours=25)


def test_an_estimate_that_was_met_late_is_in_the_plot_of_breaches(team: Team) -> None:
    asked = NOW - timedelta(hours=20)
    team.save(bare(1, created_at=asked))
    said = [comment(1, 1, created_at=asked), comment(2, 1, KIM.id, created_at=NOW)]
    team.writer.save_comments(1, said, [KIM], complete=True, at=NOW)
    (ended,) = team.clocks(1) or ()
    plotted = figures.breaches(team.mirror.connection, NOW - timedelta(days=2), NOW, WEEKDAYS)
    assert ended.late and plotted == [ended.breach_at] == [asked + timedelta(hours=12)]


def test_an_answered_ticket_whose_thread_is_not_here_gets_no_guess(team: Team) -> None:
    team.save(bare(1, replies=2))
    assert team.row(1).metric is None


def test_a_pause_is_known_from_the_history(team: Team) -> None:
    team.save(bare(1))
    changes = [("status", "open", "hold"), ("status", "hold", "open")]
    held = [
        Audit(n, ASKED + timedelta(minutes=30 * n), KIM.id, changes=(change,))
        for n, change in enumerate(changes, 1)
    ]
    team.writer.save_audits(1, held)
    assert team.row(1).breach_at == ASKED + timedelta(hours=12, minutes=30)


def test_a_waiting_ticket_stands_still_and_a_solved_one_has_no_clock(team: Team) -> None:
    since = ASKED + timedelta(hours=1)
    team.save(bare(1, status="hold", status_since=since), bare(2, status="solved"))
    assert (team.row(1).stage, team.row(1).breach_at) == ("paused", None)
    assert team.row(2).metric is None


def test_zendesks_first_clock_ends_all_estimates(team: Team) -> None:
    team.save(bare(1), bare(2))
    team.save(ticket(3, slas=(clock(60),)))
    assert [team.row(n).metric for n in (1, 2, 3)] == [None, None, "next_reply_time"]
    assert not any(team.row(n).estimated for n in (1, 2, 3))
    team.save(bare(4, slas=()))
    assert team.row(4).metric is None
    assert team.clocks(1) is None


def test_a_team_may_ask_for_its_table_alone_or_for_zendesk_alone(path: Path) -> None:
    table = Team(path, replace(USUAL, source="table"))
    table.save(bare(1, slas=(clock(5),)))
    assert (table.row(1).metric, table.row(1).estimated) == ("first_reply_time", True)
    (told,) = table.clocks(1) or ()
    assert told.estimated
    table.close()
    zendesk = Team(path, replace(USUAL, source="zendesk"))
    zendesk.save(bare(2))
    assert zendesk.row(2).metric is None
    zendesk.close()


def test_the_rules_are_applied_anew_to_every_ticket(path: Path) -> None:
    Team(path, replace(USUAL, source="zendesk")).save(bare(1))
    later = Team(path)
    later.writer.replace_placements()
    assert later.row(1).estimated
    later.close()


def test_the_moment_of_a_status_stays_known_while_the_status_is_the_same(team: Team) -> None:
    team.save(bare(1, status="hold", status_since=ASKED))
    team.save(bare(1, status="hold", updated_at=NOW + timedelta(minutes=1)))
    assert team.row(1).status_since == ASKED
    team.save(bare(1, status="open", updated_at=NOW + timedelta(minutes=2)))
    assert team.row(1).status_since is None


def test_tickets_are_placed_anew_once_after_the_rules_changed(path: Path) -> None:
    first = Team(path, replace(USUAL, source="zendesk"))
    first.save(bare(1))
    assert first.writer.follow_rules("one")
    first.close()
    later = Team(path)
    assert not later.writer.follow_rules("one")
    assert not later.row(1).estimated
    assert later.writer.follow_rules("two")
    assert later.row(1).estimated
    assert not later.writer.follow_rules("two")
    assert later.mirror.state().tickets == 1
    later.close()
