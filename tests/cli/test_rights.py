"""A right that appears or goes while the carrier runs changes its way and loses nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from heroterm.mirror.reader import Mirror
from heroterm.paths import locate
from heroterm.sandbox.happenings import change_some
from heroterm.sandbox.truth import truth
from heroterm.sync import orders, report
from heroterm.sync.orders import Order, SyncNow
from heroterm.sync.report import Moved, Pulled, Report
from tests.cli.door import Door
from tests.cli.test_carrying import a_ticket, control
from tests.equal.compare import differences

PATIENCE = 20.0


class Carrying:
    """A carrier in a process of its own, and the mirror that it fills."""

    def __init__(self, home: Path) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-m", "heroterm", "carry"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.path = locate(home, {}).mirror

    def order(self, order: Order) -> None:
        assert self.child.stdin is not None
        self.child.stdin.write(orders.to_line(order) + "\n")
        self.child.stdin.flush()

    def hears(self, wanted: Callable[[Report], bool]) -> None:
        """Listen until a report of this kind comes."""
        assert self.child.stdout is not None
        for line in self.child.stdout:
            if wanted(report.from_line(line)):
                return
        raise AssertionError("the carrier ended")

    def pulled(self, what: str) -> None:
        self.hears(lambda told: isinstance(told, Pulled) and told.what == what and told.whole)

    def until(self, true: Callable[[Mirror], object]) -> None:
        """Look into the mirror until something holds."""
        for _ in range(int(PATIENCE / 0.2)):
            mirror = Mirror(self.path)
            try:
                if true(mirror):
                    return
            finally:
                mirror.close()
            time.sleep(0.2)
        raise AssertionError("it never came true")

    def close(self) -> None:
        assert self.child.stdin is not None and self.child.stdout is not None
        self.child.stdin.close()
        self.child.stdout.read()
        self.child.stdout.close()
        assert self.child.wait(timeout=30) == 0


@pytest.fixture
def carrying(connect: Any, own_home: Path, sandbox_wsgi: Any) -> Iterator[tuple[Carrying, int]]:
    """A carrier whose first fill, as an agent, is whole; and a ticket that only exports show."""
    world = sandbox_wsgi.world
    hidden = next(each for each in world.tickets.values() if each.status == "closed")
    hidden.archived = True
    assert connect().code == 0
    file = locate(own_home, {}).config_file
    file.write_text(file.read_text().replace("# keep_days = 90\n", "keep_days = 36500\n"))
    made = Carrying(own_home)
    made.pulled("fill")
    yield made, hidden.id
    made.close()


def test_an_admins_right_comes_and_goes_and_nothing_is_lost(
    carrying: tuple[Carrying, int], sandbox_http: Any, sandbox_wsgi: Any
) -> None:
    carrier, hidden = carrying
    world = sandbox_wsgi.world
    carrier.until(lambda mirror: mirror.state().strategy == "agent")
    carrier.until(lambda mirror: mirror.ticket(hidden) is None)
    control(sandbox_http, "role", role="admin")
    carrier.order(SyncNow())
    carrier.until(lambda mirror: mirror.state().strategy == "admin")
    carrier.until(lambda mirror: mirror.ticket(hidden) is not None)
    change_some(world, 30, 1)
    control(sandbox_http, "role", role="agent")
    control(sandbox_http, "clock", advance_seconds=90)
    carrier.order(SyncNow())
    carrier.until(lambda mirror: mirror.state().strategy == "agent")
    carrier.until(lambda mirror: not differences(mirror, truth(world, {})))


def test_a_right_to_reply_that_goes_keeps_the_reply_and_is_known_at_once(
    carrying: tuple[Carrying, int], door: Door, sandbox_http: Any
) -> None:
    carrier, _ = carrying
    carrier.until(lambda mirror: mirror.state().role == "agent" and mirror.state().synced_at)
    id_ = str(a_ticket(door, source="mail", status="open"))
    control(sandbox_http, "role", role="light")
    words = "Hey there, reload please; I wait for you."
    intent = door.json("reply", id_, "--body", words, "--hold", "0")["intent"]
    carrier.order(orders.Push())
    carrier.hears(lambda told: isinstance(told, Moved) and told.state == "needs_you")
    carrier.until(lambda mirror: mirror.state().role == "light")
    (kept,) = door.json("outbox", "list")["intents"]
    assert kept["intent"] == intent and "role" in kept["why"] and "not sent" in kept["why"]
    control(sandbox_http, "role", role="agent")
    carrier.order(SyncNow())
    carrier.until(lambda mirror: mirror.state().role == "agent")
    (sent,) = door.json("outbox", "send", intent)["intents"]
    assert sent["state"] == "sent"
