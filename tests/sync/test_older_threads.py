"""Threads of solved tickets: read while there is nothing else to do, and kept no longer for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.errors import Offline
from heroterm.sync.periods import Periods
from tests.sync.answers import ADA
from tests.sync.desk import Desk
from tests.sync.model import Zendesk
from tests.sync.office import Office

DAY = 86_400.0


@pytest.fixture
def office(tmp_path: Path, desk: Desk, server: Zendesk) -> Office:
    for number in range(100, 110):
        server.add(number, age=DAY * (number - 99), status="solved")
    server.page_size = 100
    return Office(tmp_path, desk, server, Periods(older_threads=3, keep_days=7))


def whole(office: Office) -> set[int]:
    return {number for number in range(100, 110) if office.mirror.thread(number).fresh}


def test_a_few_come_each_round_those_changed_last_first(office: Office) -> None:
    office.run(30)
    assert whole(office) == {100, 101, 102}
    office.run(400)
    assert whole(office) == set(range(100, 106)), "older ones would soon be forgotten again"


def test_they_wait_while_there_is_little_left_to_ask(office: Office) -> None:
    office.server.quiet = False
    office.run(400)
    assert whole(office) == set()
    office.server.quiet = True
    office.run(30)
    assert whole(office) == {100, 101, 102}


def test_none_come_when_a_person_wants_none(tmp_path: Path, desk: Desk, server: Zendesk) -> None:
    server.add(100, age=DAY, status="solved")
    office = Office(tmp_path, desk, server, Periods(older_threads=0))
    office.run(200)
    assert not office.mirror.thread(100).complete


def test_what_a_colleague_says_in_a_solved_ticket_comes_too(office: Office) -> None:
    office.run(400)
    office.server.say(103, ADA, "thanks", public=False)
    office.server.set(103, ADA, status="solved")
    office.run(200)
    thread = office.mirror.thread(103)
    assert thread.fresh and thread.comments[-1].body == "thanks"


def test_a_connection_that_breaks_in_mid_thread_leaves_it_to_be_read(office: Office) -> None:
    office.run(400)
    for number in range(140):
        office.server.say(7, ADA, f"message {number}")
    office.server.turn(60)
    pull = office.carrier._pull
    list(pull.delta())
    office.server.reads["comments"] = ["ok", "offline"]
    with pytest.raises(Offline):
        pull.thread(7)
    assert not office.mirror.thread(7).fresh
    assert list(pull.changed_threads(9)) and office.mirror.thread(7).fresh
    assert len(office.mirror.thread(7).comments) == 141
