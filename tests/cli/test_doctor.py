"""The doctor finds what is wrong with sign-in, way, role, mirror and terminal, and what is not."""

from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli.check_stores import index, sqlite_said
from heroterm.cli.check_terminal import looked_at
from heroterm.cli.check_zendesk import clock_said, oauth_said, sla_said, source_said
from heroterm.config import load
from heroterm.config.writing import write_account
from heroterm.domain.rules_of_recipients import UPGRADE
from heroterm.journal.lock import SenderLock
from heroterm.paths import Paths, locate
from heroterm.sandbox import server, shift
from heroterm.secrets import Secrets
from heroterm.zendesk.oauth_tokens import Tokens
from tests.cli.conftest import Home
from tests.cli.door import Answer, Door
from tests.conftest import NOW


@pytest.fixture(params=["agent"])
def practice(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A desk behind a socket, with the hero in the wanted role."""
    made = shift.build(seed=1, tickets=60, role=request.param, clock=NOW, now=lambda: NOW)
    running = server.start(made)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def connected(practice: Any, door: Door, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("sys.stdin", io.StringIO(practice.sandbox.token + "\n"))
    where = ("--url", practice.url, "--email", practice.sandbox.email)
    door.json("connect", *where, "--token-stdin")
    return practice


def checks(answer: Answer) -> dict[str, Any]:
    return {each["name"]: each for each in answer.document["checks"]}


@pytest.mark.usefixtures("connected")
def test_everything_is_looked_at_and_in_order(door: Door) -> None:
    answer = door("doctor", "--json")
    seen = checks(answer)
    assert answer.code == 0
    for name in ("sign-in", "proxy", "Zendesk", "clock", "role", "audits", "limit account"):
        assert seen[name]["ok"], name
    assert "list yes, show_many yes, search yes, per ticket yes" in seen["SLA"]["say"]
    assert seen["SLA source"]["say"].startswith("zendesk clocks; policies are for admins")
    assert "of 400 requests left" in seen["limit account"]["say"]
    assert "network" not in seen


@pytest.mark.parametrize(
    ("practice", "may"),
    [("agent", "TTTFF"), ("admin", "TTTTT"), ("light", "FTTFF")],
    indirect=["practice"],
)
def test_connecting_says_who_with_which_rights_and_how_it_will_pull(
    practice: Any, may: str, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(practice.sandbox.token + "\n"))
    where = ("--url", practice.url, "--email", practice.sandbox.email, "--token-stdin")
    told = door.json("connect", *where)
    role = "light" if may[0] == "F" else "admin" if may[3] == "T" else "agent"
    assert (told["user"]["name"], told["groups"]) == ("Ana Hero", ["Product Analytics"])
    names = ("reply", "note", "history", "incremental", "slas_policies")
    assert told["can"] == {name: flag == "T" for name, flag in zip(names, may, strict=True)}
    assert len(told["cannot"]) == may.count("F") and told["strategy"] == role
    monkeypatch.setattr("sys.stdin", io.StringIO(practice.sandbox.token + "\n"))
    out = door("connect", *where).out
    assert ("may do everything" in out) is (role == "admin")
    assert all(line in out for line in told["cannot"])


def test_a_history_that_may_not_be_read_is_said_at_once(
    connected: Any, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = {"match": "GET /api/v2/tickets/*/audits", "do": "status", "status": 403}
    connected.sandbox.app.faults.replace([rule])
    answer = door("doctor", "--json")
    assert answer.code == 3 and not checks(answer)["audits"]["ok"]
    monkeypatch.setattr("sys.stdin", io.StringIO(connected.sandbox.token + "\n"))
    where = ("--url", connected.url, "--email", connected.sandbox.email, "--token-stdin")
    assert any("nothing is sent" in line for line in door.json("connect", *where)["cannot"])


@pytest.mark.parametrize("practice", ["light"], indirect=True)
@pytest.mark.usefixtures("connected")
def test_a_light_agent_is_told_how_to_get_upgraded(door: Door) -> None:
    answer = door("doctor")
    assert UPGRADE in answer.out
    assert "light agent" in answer.out


@pytest.mark.parametrize("practice", ["admin"], indirect=True)
@pytest.mark.usefixtures("connected")
def test_an_admin_lacks_nothing(door: Door) -> None:
    seen = checks(door("doctor", "--json"))
    assert "everything" in seen["role"]["say"]
    assert seen["SLA source"]["say"] == ("zendesk clocks + policies: 1 policy, 1 schedule of hours")


def test_without_a_way_to_zendesk_the_rest_is_looked_at_and_that_is_a_finding(
    connected: Any, door: Door
) -> None:
    connected.stop()
    answer = door("doctor", "--json")
    seen = checks(answer)
    assert answer.code == 3
    assert not seen["network"]["ok"] and "cannot be reached" in seen["network"]["say"]
    assert "--offline" in seen["network"]["fix"]
    assert "SLA" not in seen
    assert seen["sign-in"]["ok"]


def test_offline_asks_nobody(connected: Any, door: Door) -> None:
    before = connected.sandbox.app.budget.account()["x-rate-limit-remaining"]
    assert "as you asked" in checks(door("doctor", "--offline", "--json"))["network"]["say"]
    assert int(connected.sandbox.app.budget.account()["x-rate-limit-remaining"]) == int(before) - 1


@pytest.mark.usefixtures("connected")
def test_a_clock_that_is_off_is_found_against_the_server(door: Door) -> None:
    door.now = NOW - timedelta(minutes=5)
    answer = door("doctor", "--json")
    assert answer.code == 3
    assert "300 s behind" in checks(answer)["clock"]["say"]


def test_a_refused_sign_in_is_a_finding_with_its_remedy(connected: Any, door: Door) -> None:
    connected.sandbox.app.token = "another"
    answer = door("doctor", "--json")
    assert answer.code == 3
    assert "connect" in checks(answer)["Zendesk"]["fix"]


def test_a_missing_token_is_a_finding_and_not_a_crash(connected: Any, door: Door) -> None:
    Secrets(paths().state, {}).forget(connected.url, connected.sandbox.email)
    answer = door("doctor", "--json")
    assert answer.code == 3
    assert "heroterm connect" in answer.out


def paths() -> Paths:
    return locate(None, os.environ)


PAIR = Tokens("heroterm", "a", "r", NOW + timedelta(minutes=12), NOW + timedelta(days=30), 5, NOW)


def test_an_oauth_sign_in_is_said_with_age_and_end() -> None:
    said = oauth_said(PAIR, NOW, "the system keyring")
    assert said.ok
    for part in ("the system keyring", "ends in 12 min", "renewed 4 times", "2026-04-03"):
        assert part in said.say


def test_an_access_token_that_ended_is_in_order_while_it_can_be_renewed() -> None:
    later = NOW + timedelta(hours=1)
    assert oauth_said(PAIR, later, "x").ok
    assert not oauth_said(Tokens("c", "a", "", NOW), later, "x").ok
    assert not oauth_said(PAIR, NOW + timedelta(days=31), "x").ok


@pytest.mark.parametrize(
    ("offset", "ok"), [(None, True), (0.0, True), (-59.0, True), (61.0, False)]
)
def test_a_clock_may_be_a_minute_off(offset: float | None, ok: bool) -> None:
    assert clock_said(offset).ok is ok


def test_clocks_need_the_list_or_show_many() -> None:
    none = {"list": False, "show_many": False, "search": True, "per ticket": True}
    assert not sla_said(none).ok
    assert sla_said({**none, "show_many": True}).ok
    assert source_said(dict.fromkeys(none, False), None).say.startswith("none")


@pytest.mark.parametrize(
    ("version", "warned"), [("3.40.1", True), ("3.51.2", True), ("3.51.3", False), ("4.0", False)]
)
def test_an_sqlite_with_the_reset_fault_is_named(version: str, warned: bool) -> None:
    assert ("reset" in sqlite_said(version).say) is warned


@pytest.mark.usefixtures("connected")
def test_a_password_of_a_proxy_is_not_printed(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    where = paths().config_file
    account = load(where).account
    write_account(where, replace(account, url="https://acme.zendesk.com"))
    monkeypatch.setenv("HEROTERM_TOKEN", "for-this-run")
    monkeypatch.setenv("https_proxy", "http://jo:hidden@proxy.example.com:3128")
    answer = door("doctor", "--offline", "--json")
    assert checks(answer)["proxy"]["say"].startswith("proxy.example.com:3128")
    assert "hidden" not in answer.out
    assert "30 Apr 2027" in checks(answer)["sign-in"]["say"]
    door.now = NOW + timedelta(days=500)
    assert not checks(door("doctor", "--offline", "--json"))["sign-in"]["ok"]


# The mirror.


def spoil_index(path: Path) -> None:
    """Break the search index and nothing else."""
    connection = sqlite3.connect(path)
    connection.execute("delete from document_index_data where id > 10")
    connection.commit()
    connection.close()


def searchable(home: Home) -> None:
    writer = home.writer()
    writer.index()
    writer.close()


def test_a_broken_search_index_is_found_and_made_anew(door: Door, home: Home) -> None:
    searchable(home)
    assert index(home.paths.mirror).ok
    spoil_index(home.paths.mirror)
    sick = door("doctor", "--offline", "--json")
    assert not checks(sick)["search index"]["ok"]
    mended = door("doctor", "--repair", "--offline", "--json")
    assert mended.code == 0
    assert "made anew" in checks(mended)["repair"]["say"]
    assert door.json("search", "funnel")["hits"]


def test_repair_waits_for_the_process_that_writes(door: Door, home: Home) -> None:
    home.paths.mirror.write_bytes(b"garbage" * 1000)
    lock = SenderLock(home.paths.sender_lock)
    assert lock.acquire()
    try:
        answer = door("doctor", "--repair", "--offline", "--json")
    finally:
        lock.release()
    assert not checks(answer)["repair"]["ok"]
    assert home.paths.mirror.exists()


def test_repair_never_touches_the_journal(door: Door, home: Home) -> None:
    door.json("queue")
    journal = home.paths.journal.read_bytes()
    home.paths.mirror.write_bytes(b"garbage" * 1000)
    assert door("doctor", "--repair", "--offline", "--json").code == 0
    assert home.paths.journal.read_bytes() == journal


def test_what_the_role_was_not_let_read_is_named(door: Door, home: Home) -> None:
    writer = home.writer()
    writer.remember(not_allowed=("history", "macros"))
    writer.close()
    said = checks(door("doctor", "--offline", "--json"))["last sync"]
    assert said["ok"] and "history, macros" in said["say"]


# The terminal.


def seen(size: tuple[int, int] | None = (120, 40), **environ: str) -> dict[str, Any]:
    found = looked_at(environ, size, "linux", lambda name: name if name == "xclip" else None)
    return {each.name: each for each in found}


def test_a_good_terminal_has_nothing_to_mend() -> None:
    found = seen(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8", DISPLAY=":0")
    assert all(each.ok for each in found.values())
    assert found["clipboard"].say == "by xclip"
    assert found["colours"].say == "16 million"
    assert found["UTF-8"].say == "yes"


def test_over_ssh_and_tmux_copying_goes_through_the_terminal() -> None:
    found = seen(TERM="tmux-256color", TMUX="/tmp/x", SSH_CONNECTION="1 2 3 4", LANG="C")
    assert "OSC 52" in found["clipboard"].say
    assert "set-clipboard" in found["tmux"].say
    assert "LC_ALL" in found["UTF-8"].say
    assert "addresses are shown" in found["browser"].say


def test_what_cannot_work_is_a_finding() -> None:
    found = seen(size=(30, 5), TERM="dumb", EDITOR="no-such-editor")
    assert "xclip finds no display" in found["clipboard"].say
    assert [name for name, each in found.items() if not each.ok] == ["terminal", "size", "editor"]
