"""Killed in each step, resumed, sent once; begun at one desk, continued at another."""

from __future__ import annotations

import contextlib
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli import main
from heroterm.journal.connection import Connection
from tests.cli.playing import Hero, hero
from tests.cli.test_playbook import GITHUB, NEW, asked, notes, put

__all__ = ["hero"]

Lines = tuple[str, ...]


def killed_after(hero: Hero, playbook: str, ticket: int, line: str) -> str:
    """A process of its own that reads one line and is killed when it asks for the next one."""
    to_child, from_parent = os.pipe()
    to_parent, from_child = os.pipe()
    pid = os.fork()
    if pid == 0:  # pragma: no cover
        os.dup2(to_child, 0)
        os.dup2(from_child, 1)
        os.close(from_parent)
        os.close(to_parent)
        hero.patch.setattr("sys.stdin", os.fdopen(0, "r", closefd=False))
        hero.patch.setattr("sys.stdout", os.fdopen(1, "w", closefd=False))
        words = ("playbook", "run", playbook, str(ticket), "--plain", "--home", str(hero.home))
        main(words, clock=hero.door.clock, new_id=hero.door.new_id)
        os._exit(0)
    os.close(to_child)
    os.close(from_child)
    os.write(from_parent, f"{line}\n".encode())
    said = b""
    while said.count(b"\n? ") < 2 and (more := os.read(to_parent, 65_536)):
        said += more
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(from_parent)
    os.close(to_parent)
    return said.decode()


def test_a_run_that_is_killed_in_each_step_goes_on_and_sends_nothing_twice(hero: Hero) -> None:
    ticket = hero.ticket("two_factor")
    owner = hero.owner_of(ticket)
    hero.plays("twofa-removal", ticket, "US", "seen in the US panel")
    for line in (owner.email, owner.name, "colleague", "no", "y", "y"):
        killed_after(hero, "twofa-removal", ticket, line)
    hero.carry()
    made = int(hero.newest().id)
    begun = [NEW, *put(ticket, "reply, pending", "note")]
    assert hero.ledger() == begun
    hero.say(made, "owner", "Yes, please.")
    for line in ("1 confirms", owner.email, "no device of the owner", "y", "y"):
        killed_after(hero, "twofa-removal", ticket, line)
    hero.plays("twofa-removal", ticket, "y")
    hero.carry()
    ended = [*put(made, "reply, solved"), *put(ticket, "reply, pending", "note")]
    assert hero.ledger() == [*begun, *ended]
    assert len(notes(hero, ticket)) == 2


def sitting(name: str, ticket: str, lines: tuple[str, ...], *deeds: str, long: bool = True) -> Any:
    """A playbook in one sitting: what is typed on which ticket, what the ledger holds after it."""
    marks = [pytest.mark.long] if long else []
    return pytest.param(ticket, lines, deeds, id=name, marks=marks)


THANKED = ("reply, pending", "note")
ANSWERED = ("reply, solved", "note")
WARNED = ("adult chats", "an admin wrote it", "y", "y", "y")
PASSED = ("cause is the deploy", "an answer by Friday", "read the deploy's log", "yes", "y", "y")
ESCALATED = (
    "Replay", "an empty dashboard explained", "deploy of Monday", "a new filter",
    "look at the deploy by Friday", "/skip they know already", "y", "y",
)  # fmt: skip
SITTINGS = [
    sitting(
        "bug-report", "several_1", ("yes", "no", "", GITHUB, "", "y", "", "y"), *THANKED, long=False
    ),
    sitting("content-warning", "several_1", WARNED, "additional_tags", "note", "note", long=False),
    sitting("feature-request", "several_1", ("no", "", GITHUB, "told", "y", "y"), *ANSWERED),
    sitting("self-hosted", "self_hosted", ("yes", "y", "y"), *ANSWERED),
    sitting("escalation", "several_1", ESCALATED, "note, open, assignee_id, group_id", "note"),
    sitting("handover", "several_1", PASSED, "note, assignee_id", "note"),
]


@pytest.mark.parametrize(("ticket", "lines", "deeds"), SITTINGS)
def test_every_kind_of_step_is_taken_up_again_after_a_kill(
    hero: Hero, request: pytest.FixtureRequest, ticket: str, lines: Lines, deeds: Lines
) -> None:
    """Choose, link, check, tell, reply, do; a change of fields, a note, a group."""
    number = hero.ticket(ticket)
    for line in lines:
        killed_after(hero, request.node.callspec.id, number, line)
    finished(hero, put(number, *deeds))


def test_a_person_is_moved_once_by_a_hero_who_is_killed_in_each_step(hero: Hero) -> None:
    ticket = hero.ticket("freemail")
    for line in ("y", "y", "y"):
        killed_after(hero, "free-mail-organization", ticket, line)
    asker = hero.requester_of(ticket)
    finished(hero, [f"PUT users/{asker.id}: organization_id", *put(ticket, "note", "note")])


def test_a_dangerous_step_is_armed_anew_after_a_kill(hero: Hero) -> None:
    ticket = hero.ticket("group_deletion")
    organization = hero.sandbox.world.organizations[hero.requester_of(ticket).organization_id]
    for line in (str(organization.project_id), "", "comapny", "comapny SAVE"):
        killed_after(hero, "group-deletion", ticket, line)
    for line in ("SAVE", str(organization.project_id), "y", "y"):
        killed_after(hero, "group-deletion", ticket, line)
    finished(hero, put(ticket, *THANKED))


def finished(hero: Hero, ledger: list[str]) -> None:
    """The one run has ended and exactly this was written."""
    hero.carry()
    assert hero.ledger() == ledger
    (ended,) = hero.verb_json("playbook", "runs", "--all")["runs"]
    assert ended["state"] == "finished"


def test_a_wait_for_a_day_is_taken_up_again_after_a_kill(hero: Hero) -> None:
    ticket = hero.ticket("several_1")
    for line in ("the query engine's release", "2026-03-09", "y"):
        killed_after(hero, "on-hold", ticket, line)
    hero.carry()
    hero.pass_time(5 * 86_400)
    hero.sync()
    fills = ("/set 1=it is released", "/set 2=please try", "/set 3=Friday")
    for line in ("released this morning", "y"):
        killed_after(hero, "on-hold", ticket, line)
    hero.plays("on-hold", ticket, *fills, "y", "y")
    hero.carry()
    assert hero.status(ticket) == "pending"
    assert sum(public for public, _ in hero.words_on(ticket)) == 2


class Crash(BaseException):
    """The process dies here."""


def test_a_crash_in_any_statement_leaves_step_and_reply_both_or_neither(
    hero: Hero, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = hero.ticket("self_hosted")
    hero.plays("self-hosted", ticket, "yes")
    real, seen = Connection.run, [0]

    def run(self: Connection, sql: str, *values: object) -> int:
        seen[0] -= 1
        if seen[0] == 0:
            raise Crash
        return real(self, sql, *values)  # type: ignore[arg-type]

    for statement in range(1, 40):
        seen[0] = statement
        with monkeypatch.context() as dying:
            dying.setattr(Connection, "run", run)
            hero.type("y")
            with contextlib.suppress(Crash):
                hero.verb("playbook", "run", "self-hosted", str(ticket), "--plain")
        (kept,) = hero.verb_json("playbook", "runs")["runs"]
        waiting = hero.verb_json("outbox", "list")["intents"]
        assert len(waiting) == (kept["step"] is None)
        if waiting:
            break
    assert waiting and statement > 4
    hero.carry()
    assert hero.ledger() == put(ticket, "reply, solved")


def second_desk(hero: Hero, folder: Path) -> Hero:
    """Another machine that has only Zendesk in common with the first."""
    return replace(hero, home=folder).sits_down()


def test_a_run_that_was_begun_at_one_desk_is_finished_at_another(
    hero: Hero, tmp_path: Path
) -> None:
    ticket = hero.ticket("two_factor")
    owner = hero.owner_of(ticket)
    made = asked(hero, ticket)
    other = second_desk(hero, tmp_path / "two")
    (run,) = other.verb_json("playbook", "runs")["runs"]
    assert (run["ticket"], run["step"], run["state"]) == (ticket, "wait-owner", "waiting")
    assert run == hero.verb_json("playbook", "runs")["runs"][0] | {"events": run["events"]}
    other.say(made, "owner", "Yes.")
    done = ("1 confirms", owner.email, "no device of the owner", "y", "y", "y")
    other.plays("twofa-removal", ticket, *done)
    other.carry()
    begun = [NEW, *put(ticket, "reply, pending", "note")]
    ended = [*put(made, "reply, solved"), *put(ticket, "reply, pending", "note")]
    assert hero.ledger() == [*begun, *ended]
    hero.sync()
    assert hero.verb_json("playbook", "runs")["runs"] == []
    (ended,) = hero.verb_json("playbook", "runs", "--all")["runs"]
    assert ended["state"] == "finished"
    assert "under way" not in hero.verb("playbook", "run", "self-hosted", str(ticket)).err


def test_two_desks_that_take_the_same_step_take_it_once(hero: Hero, tmp_path: Path) -> None:
    ticket = hero.ticket("two_factor")
    owner = hero.owner_of(ticket)
    lines = ("US", "seen in the US panel", owner.email, owner.name, "colleague", "no")
    hero.plays("twofa-removal", ticket, *lines, "/share")
    hero.carry()
    other = second_desk(hero, tmp_path / "two")
    other.plays("twofa-removal", ticket, "y", "y")
    hero.plays("twofa-removal", ticket, "y", "y")
    for desk in (other, hero, other, hero):
        desk.carry()
    posts = [path for method, path in hero.writes() if method == "POST"]
    replies = [words for public, words in hero.words_on(ticket) if public]
    assert (len(posts), len(replies)) == (1, 1)
    states = [desk.verb_json("playbook", "runs")["runs"][0] for desk in (hero, other)]
    assert [each["step"] for each in states] == ["wait-owner", "wait-owner"]
    assert states[0]["done"] == states[1]["done"]
