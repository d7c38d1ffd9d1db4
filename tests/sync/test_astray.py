"""An intent on which the push fails, or whose row was changed, stops itself alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journal.garbage import changed
from tests.sync.desk import Desk
from tests.sync.model import Zendesk


def test_a_fault_in_sending_one_intent_stops_that_one_alone(
    desk: Desk, server: Zendesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Before anything left it needs a person; afterwards it is looked for first."""
    update = server.update

    def faulty(ticket_id: int, *words: Any) -> Any:
        if ticket_id == 7:
            raise TypeError("Dear Ada")
        return update(ticket_id, *words)

    monkeypatch.setattr(server, "update", faulty)
    desk.put("a")
    desk.put("b", ticket_id=8)
    desk.run(1)
    assert (desk.state("a"), desk.state("b")) == ("verify", "sent")
    desk.run(400)
    assert desk.state("a") == "needs_you" and "TypeError" in desk.intent("a").why
    assert "not sent" in desk.intent("a").why and server.marked("a") == 0
    assert "TypeError" in caplog.text and "Ada" not in caplog.text
    monkeypatch.undo()
    desk.journal.outbox.again("a")
    desk.run(10)
    assert (desk.state("a"), server.marked("a")) == ("sent", 1)


def test_a_fault_before_anything_left_needs_a_person(
    desk: Desk, server: Zendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = server.ticket

    def faulty(ticket_id: int) -> Any:
        if ticket_id == 7:
            raise KeyError("x")
        return ticket(ticket_id)

    monkeypatch.setattr(server, "ticket", faulty)
    desk.put("a")
    desk.put("b", ticket_id=8)
    desk.run(1)
    assert (desk.state("a"), desk.state("b")) == ("needs_you", "sent")
    assert server.puts[0].marker == "b"


def test_looks_that_fail_again_and_again_end_with_a_person(
    desk: Desk, server: Zendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script = ["timeout after"]
    desk.put("a")
    desk.run(1)
    assert desk.state("a") == "verify"

    def faulty(ticket_id: int) -> Any:
        raise KeyError("x")

    monkeypatch.setattr(server, "ticket", faulty)
    desk.run(200)
    assert desk.state("a") == "needs_you" and "may still have arrived" in desk.intent("a").why
    assert len(server.puts) == 1


@pytest.mark.parametrize("arrived", [True, False])
def test_a_row_that_was_changed_while_it_may_have_left_is_looked_for_and_never_sent_again(
    desk: Desk, server: Zendesk, arrived: bool
) -> None:
    server.script = ["timeout after" if arrived else "timeout"]
    desk.put("a")
    desk.put("b", ticket_id=8)
    desk.run(1)
    assert desk.state("a") == "verify"
    changed(desk.path, "intent", "changes", "not json", "id = 'a'")
    desk.run(400)
    assert desk.state("a") == ("sent" if arrived else "needs_you")
    assert (desk.state("b"), server.marked("a")) == ("sent", int(arrived))
    assert len([put for put in server.puts if put.marker == "a"]) == 1
