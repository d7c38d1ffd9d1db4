"""A run that was changed from outside keeps its ticket unsolved until the hero gives it up."""

from __future__ import annotations

import pytest

from heroterm.journal.database import open_journal
from heroterm.paths import locate
from tests.cli.conftest import Home
from tests.cli.door import Door
from tests.everywhere.hands import begin_run
from tests.everywhere.homes import prepared
from tests.everywhere.rows import REPLY, Row, intent
from tests.filled import wall_clock
from tests.journal.garbage import changed
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

SOLVES = ("reply", "101", "--body", "It is done.", "--status", "solved")


def test_by_the_command_line(door: Door, home: Home) -> None:
    prepared(home, Row("refuse", intent(comment=REPLY), running=True))
    readable = door("playbook", "give-up", "101", "--reason", "why not", "--json")
    assert (readable.code, readable.document["error"]["rule"]) == (1, "run-readable")
    changed(home.paths.journal, "run", "definition", "title = 7")
    told = door.json("playbook", "runs")
    assert told["unreadable"] == [{"run": "r", "playbook": "self-hosted", "ticket": 101}]
    assert "give-up 101" in door("playbook", "runs").out
    (line,) = door.json("handover")["runs"]
    assert line["ticket"] == 101 and "CANNOT BE READ here: self-hosted (run r)" in line["say"]
    assert "give-up 101" in line["say"]
    refused = door(*SOLVES, "--json").document["error"]
    assert refused["rule"] == "open-required-steps" and "cannot be read here" in refused["say"]
    assert door("playbook", "give-up", "101", "--reason", " ").code == 2
    ended = door.json("playbook", "give-up", "101", "--reason", "a bad disk")
    assert ended["given_up"] == [{"run": "r", "ticket": 101}]
    assert door.json("playbook", "runs")["unreadable"] == []
    assert door.json(*SOLVES)["state"] == "held"


@pytest.mark.anyio
async def test_at_the_desk(shift_: Shift, quick: None) -> None:
    ticket = begin_run(shift_)
    journal = locate(shift_.home, {}).journal
    changed(journal, "run", "definition", b"\xff[", f"ticket_id = {ticket}")
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None and desk.open_ticket(ticket)
        await hero.press("r")
        await hero.paste("It is done, thanks for asking.")
        await hero.reviews()
        await hero.press("s")
        await hero.waits_for("a run that cannot be read here", "p opens the playbook")
        await hero.press("escape", "g", "p")
        await hero.waits_for("1 playbook under way", "CANNOT BE READ here: Enter ends it")
        await hero.press("escape", "p")
        await hero.waits_for("cannot be read here. End it: why?")
        await hero.press("enter")
        await hero.waits_for("Say why")
        await hero.paste("A bad disk.")
        await hero.press("enter")
        await hero.waits_for("keeps the ticket unsolved no longer")
        await hero.press("r")
        await hero.reviews()
        assert not hero.sees("cannot be read here")
    opened = open_journal(journal, clock=wall_clock)
    (entry,) = [one for one in opened.trail.list() if one.what == "playbook given up"]
    opened.close()
    assert entry.ticket_id == ticket and entry.detail.endswith(": A bad disk.")
