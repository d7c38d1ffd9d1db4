"""Whatever the carrier waits for, it says for what: to the screen and, from `sync`, on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from heroterm.domain.outbox import Changes, Intent
from heroterm.sync.report import Trouble, Waiting
from tests.equal.desk import Desk


@pytest.fixture(params=["agent"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A small desk whose mirror is filled, and nothing told so far."""
    made = Desk(tmp_path, role=request.param, tickets=60)
    made.work(70)
    made.told.clear()
    yield made
    made.close()


def waits(desk: Desk) -> list[Waiting]:
    return [each for each in desk.told if isinstance(each, Waiting)]


def test_told_to_wait_by_the_account_it_waits_with_everything(desk: Desk) -> None:
    desk.fault({"match": "GET *", "do": "status", "status": 429, "retry_after": "30", "times": 1})
    desk.work(70)
    (wait,) = waits(desk)
    assert (wait.what, wait.seconds, wait.whole) == (
        "Zendesk asked to wait: too many requests.",
        30.0,
        True,
    )


@pytest.mark.parametrize("desk", ["admin"], indirect=True)
def test_an_endpoint_that_is_used_up_is_named_and_the_rest_goes_on(desk: Desk) -> None:
    rule = {"match": "GET /api/v2/incremental/*", "do": "status", "status": 429}
    desk.fault({**rule, "retry_after": "40", "times": 1})
    desk.work(130)
    found = [each for each in waits(desk) if "incremental" in each.what]
    assert found and not any(each.whole for each in waits(desk))
    assert found[0].what == "Zendesk asked to wait with incremental."
    assert "delta" in {getattr(each, "what", "") for each in desk.told}


def test_a_share_that_is_used_up_is_said_with_its_numbers(desk: Desk) -> None:
    desk.sandbox.app.budget.per_minute = 4
    desk.work(130)
    assert "heroterm keeps to 2 of the account's 4 requests a minute." in desk.waits()


def test_a_ticket_that_has_had_its_updates_waits_alone_and_says_why(desk: Desk) -> None:
    ticket = next(t for t in desk.sandbox.world.tickets.values() if t.status == "open")
    for _ in range(30):
        desk.wire.pace.check("PUT", f"tickets/{ticket.id}", urgent=True)
    intent = Intent("op", ticket.id, desk.now, desk.now, None, Changes(add_tags=("tag",)))
    desk.journal.outbox.put(intent)
    desk.journal.outbox.release("op")
    desk.work(30)
    wait = next(each for each in waits(desk) if each.intent_id == "op")
    assert wait.what == "This ticket has had its 30 updates in ten minutes. It stays queued."
    assert wait.ticket_id == ticket.id and wait.seconds > 500 and not wait.whole
    desk.work(600)
    assert desk.journal.outbox.unfinished() == []


def test_an_answer_that_was_no_answer_is_tried_again_and_told_as_trouble_the_second_time(
    desk: Desk,
) -> None:
    rule = {"match": "GET /api/v2/tickets", "do": "status", "status": 502}
    desk.fault({**rule, "times": 1})
    desk.work(70)
    assert [each.what for each in waits(desk)] == [
        "Zendesk answered 502; trying again for changes."
    ]
    assert not [each for each in desk.told if isinstance(each, Trouble)]
    desk.fault({**rule, "times": 4})
    desk.work(120)
    (trouble,) = [each for each in desk.told if isinstance(each, Trouble)]
    assert trouble.say == "Zendesk answered 502."
