"""What a run leaves in the log: what was done and how it went, and nothing of what was said."""

from __future__ import annotations

import logging
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from heroterm.cli.failure import report
from heroterm.log import Logged, noted, open_log
from heroterm.paths import locate
from heroterm.sync import orders
from heroterm.sync.orders import Open, SyncNow
from tests.cli.door import Door
from tests.cli.test_carrying import a_ticket, control
from tests.conftest import NOW

WORDS = "Hey there, the xyzzy filter hides it; I look into it."


def written(home: Path) -> str:
    """Everything in the log folder."""
    logs = locate(home, {}).logs
    return "\n".join(path.read_text() for path in sorted(logs.iterdir()))


def secrets_of(world: Any, token: str) -> set[str]:
    """Whatever must not be found: the token, addresses, names, subjects, lines of words."""
    found = {token, WORDS}
    for user in world.users.values():
        found |= {user.email, user.name}
    found |= {each.name for each in world.organizations.values()}
    for ticket in world.tickets.values():
        lines = [ticket.subject, *(c.body for c in world.thread(ticket).comments)]
        found |= {part.strip() for line in lines for part in line.splitlines()}
    return {each for each in found if len(each) > 11}


@pytest.fixture
def busy_day(synced: Any, door: Door, sandbox_http: Any, sandbox_wsgi: Any) -> None:
    """A pass, a reply, a refusal with words of the server, faults, and the carrier on its own."""
    id_ = a_ticket(door, source="mail", status="open")
    door("reply", str(id_), "--body", WORDS, "--status", "pending")
    door("outbox", "send")
    door("show", str(id_), "--events")
    door("search", "--server", "requester:nobody@example.com")
    control(
        sandbox_http,
        "faults",
        rules=[
            {"match": "GET /api/v2/macros*", "do": "status", "status": 422, "times": 1},
            {"match": "GET /api/v2/tickets*", "do": "status", "status": 403, "times": 1},
            {"match": "GET /api/v2/views*", "do": "drop-before", "times": 1},
        ],
    )
    named = [number for name, number in sandbox_wsgi.world.named.items() if "hostile" in name]
    assert len(named) > 3
    lines = [orders.to_line(Open(number)) for number in named] + [orders.to_line(SyncNow())]
    child = subprocess.Popen(
        [sys.executable, "-m", "heroterm", "carry"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None and child.stdout is not None
    child.stdin.write("\n".join(lines) + "\n")
    child.stdin.flush()
    for line in child.stdout:
        if '"working set"' in line:
            break
    child.stdin.close()
    child.stdout.read()
    child.stdout.close()
    assert child.wait(timeout=60) == 0


@pytest.mark.usefixtures("busy_day")
def test_the_log_says_what_was_done_and_nothing_of_what_was_said(
    own_home: Path, sandbox_wsgi: Any
) -> None:
    text = written(own_home)
    for part in (
        "sync begins: heroterm ",
        "sync ends, process ",
        "outbox send begins",
        "carry begins",
        "heroterm.zendesk GET tickets 200 ",
        "heroterm.zendesk PUT tickets/# 200 ",
        "GET tickets/#/comments 200 ",
        "GET search 200 ",
        " 403 ",
        "heroterm.sync sent ",
    ):
        assert part in text, part
    assert "?" not in text and "@" not in text
    secrets = secrets_of(sandbox_wsgi.world, sandbox_wsgi.token)
    assert len(secrets) > 500
    assert {each for each in secrets if each in text} == set()
    path = locate(own_home, {}).logs / "heroterm.log"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_pass_that_fails_ends_with_the_kind_of_its_error(
    synced: Any, door: Door, own_home: Path, sandbox_http: Any
) -> None:
    control(sandbox_http, "faults", rules=[{"match": "GET /api/*", "do": "html"}])
    door("sync", "--once")
    text = written(own_home)
    assert "whole pass: SignInPage" in text and "sync ends with SignInPage" in text
    assert "waits " in text


def test_a_crash_report_is_named(tmp_path: Path) -> None:
    path = report(ValueError("a customer's words"), tmp_path, NOW)
    assert f"crash report {Path(path).name}" in (tmp_path / "heroterm.log").read_text()


def test_two_processes_share_one_log_across_a_rotation(tmp_path: Path) -> None:
    first, second = open_log(tmp_path), open_log(tmp_path)
    logger = logging.getLogger("heroterm")
    logger.removeHandler(first)
    logger.removeHandler(second)
    line = logging.LogRecord("heroterm", logging.INFO, "", 0, "a line", None, None)
    first.emit(line)
    first.doRollover()  # type: ignore[attr-defined]
    second.emit(line)
    assert (tmp_path / "heroterm.log").read_text().count("a line") == 1
    assert (tmp_path / "heroterm.log.1").read_text().count("a line") == 1
    for handler in (first, second):
        handler.close()


def test_a_log_whose_folder_is_gone_stops_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "logs"
    with Logged(folder, "test"):
        (folder / "heroterm.log").unlink()
        folder.rmdir()
        logging.getLogger("heroterm").info("lost")
    (tmp_path / "file").touch()
    noted(tmp_path / "file" / "logs", "nowhere to go")
    assert capsys.readouterr() == ("", "")
    assert not logging.getLogger("heroterm").handlers
