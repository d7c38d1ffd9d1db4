"""A desk for the robot: a practice Zendesk over HTTP, a synced home, the real carrier process."""

from __future__ import annotations

import base64
import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from heroterm.cli.invocation import Invocation
from heroterm.cli.parts import parts_of
from heroterm.sandbox import server
from heroterm.tui.edited import Edited
from heroterm.tui.parts import Parts
from tests.filled import Fills, fills_of_this_run, wall_clock
from tests.forks import Forks, parent


@dataclass
class Shift:
    """One practice shift: the sandbox, the home, and what the hero's hands reached."""

    running: server.Running
    home: Path
    forks: Forks
    copied: list[str] = field(default_factory=list)
    browsed: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the sandbox answers."""
        return self.running.url

    def ticket(self, name: str) -> int:
        """Number of one of the world's scripted tickets."""
        return int(self.running.sandbox.world.named[name])

    def community_question(self) -> int:
        """Number of an open ticket that came from the community page."""
        return next(
            int(t["id"])
            for t in self.control("world")["tickets"]
            if "community_question" in t["tags"] and t["status"] in ("new", "open")
        )

    def ledger(self) -> list[dict[str, Any]]:
        """Every write that the sandbox received."""
        return list(self.control("ledger")["writes"])

    def comments_of(self, ticket_id: int) -> list[dict[str, Any]]:
        """What the world truly holds on a ticket."""
        tickets = self.control(f"world?ids={ticket_id}")["tickets"]
        return list(tickets[0]["comments"])

    def control(self, path: str, body: object = None) -> dict[str, Any]:
        """Ask the sandbox's control plane."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_sandbox/{path}", data=data)
        if data is not None:
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return dict(json.loads(answer.read() or b"{}"))

    def api(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """Call the practice Zendesk as a colleague in the browser would."""
        sandbox = self.running.sandbox
        pair = f"{sandbox.email}/token:{sandbox.token}".encode()
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/v2/{path}", data=data, method=method)
        request.add_header("Authorization", f"Basic {base64.b64encode(pair).decode()}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=10) as answer:
            return dict(json.loads(answer.read() or b"{}"))

    def update(self, ticket_id: int, **fields: object) -> None:
        """Somebody changes a ticket in the browser."""
        self.api("PUT", f"tickets/{ticket_id}", {"ticket": fields})

    def faults(self, *rules: dict[str, object]) -> None:
        """Switch faults on; none switches them off."""
        self.control("faults", {"rules": list(rules)})

    def parts(
        self, *, hold: float = 0.4, carrier: bool = True, training: int = 0, brief: bool = False
    ) -> Parts:
        """The desk's parts over this home; copying and browsing are noted, not done."""
        call = Invocation(wall_clock, lambda: str(uuid4()))
        call.home = str(self.home)
        made = parts_of(call, call.paths.make(), call.config, demo=False)
        return replace(
            made,
            settings=replace(
                made.settings, hold_seconds=hold, training_sends=training, brief=brief
            ),
            carrier=self.forks.command(made.carrier) if carrier else (),
            verb=self.forks.command(made.verb),
            copy=self._copy,
            browse=self._browse,
            edit=lambda text: Edited(None),
        )

    def _copy(self, text: str) -> str:
        self.copied.append(text)
        return "into the test's clipboard"

    def _browse(self, url: str) -> bool:
        self.browsed.append(url)
        return True


@pytest.fixture(scope="session")
def fills(tmp_path_factory: pytest.TempPathFactory) -> Fills:
    """Where filled homes are copied from."""
    return fills_of_this_run(tmp_path_factory)


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """The parent of what desks start."""
    with parent() as made:
        yield made


@pytest.fixture
def shift_(own_home: Path, fills: Fills, forks: Forks) -> Iterator[Shift]:
    """A synced home beside a running sandbox of 400 tickets."""
    running = fills.fresh().copied_to(own_home)
    yield Shift(running, own_home, forks)
    running.stop()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Boxes hear at once: that they are deaf at first is tried where it is the matter."""
    for name in ("step.StepBox", "issue.IssueBox", "danger.DangerScreen"):
        monkeypatch.setattr(f"heroterm.tui.screens.{name}.deaf_seconds", 0.01)
    monkeypatch.setattr("heroterm.tui.panes.review.DEAF_SECONDS", 0.01)
