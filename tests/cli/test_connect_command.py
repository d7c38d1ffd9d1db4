"""`connect --oauth` as a whole: its own process, a scripted browser, an answer pasted over SSH."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from heroterm.config import load
from heroterm.domain.rules_of_recipients import UPGRADE
from heroterm.paths import locate
from heroterm.sandbox import server, shift
from heroterm.zendesk.oauth_tokens import read
from heroterm.zendesk.oauth_words import TOKENS_END
from tests.cli.door import Door
from tests.cli.test_connect_oauth import redirect_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["agent"])
def practice(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A desk whose clock runs, since the command's own process has the real one."""
    from datetime import UTC, datetime

    made = shift.build(seed=1, tickets=20, role=request.param, now=lambda: datetime.now(UTC))
    running = server.start(made)
    try:
        yield running
    finally:
        running.stop()


BROWSER = "import sys, urllib.request\nurllib.request.urlopen(sys.argv[1], timeout=10).close()\n"


def command(desk: Any, *words: str, **environ: str) -> subprocess.Popen[str]:
    client = ("--client-id", desk.sandbox.oauth_client_id)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SSH_", "DISPLAY"))}
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "heroterm",
            "connect",
            "--url",
            desk.url,
            "--oauth",
            *client,
            *words,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**inherited, **environ},
    )


def kept(desk: Any, home: Path) -> Any:
    """The account in the configuration and the tokens beside it."""
    where = locate(home, {})
    account = load(where.config_file).account
    secrets = json.loads((where.state / "secrets.json").read_text())
    return account, read(secrets[f"{account.email} {desk.url}"])


def test_connect_signs_in_by_a_browser_and_the_desk_works_after_it(
    practice: Any, own_home: Path, tmp_path: Path, door: Door
) -> None:
    script = tmp_path / "browser.py"
    script.write_text(BROWSER)
    child = command(practice, "--port", "0", "--json", BROWSER=f"{sys.executable} {script} %s")
    out, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    told = json.loads(out)
    assert (told["sign_in"], told["user"]["role"]) == ("oauth", "agent")
    assert told["groups"]
    assert told["can"]["reply"] and not told["can"]["incremental"]
    account, tokens = kept(practice, own_home)
    assert (account.sign_in, account.email) == ("bearer", practice.sandbox.email)
    assert practice.sandbox.app.oauth.knows(tokens.access)
    for secret in (tokens.access, tokens.refresh):
        assert secret not in out + err
    assert door.json("sync", "--once")["tickets"] == 20


def test_connect_over_ssh_takes_the_pasted_address(practice: Any, own_home: Path) -> None:
    child = command(practice, SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22")
    assert child.stderr is not None
    address = next(line for line in child.stderr if "/oauth/authorizations/new" in line)
    out, err = child.communicate(redirect_of(address.strip()) + "\n", timeout=60)
    assert child.returncode == 0, err
    assert "Not with this role" in out
    account, tokens = kept(practice, own_home)
    assert account.sign_in == "bearer"
    assert tokens.client_id == practice.sandbox.oauth_client_id


@pytest.mark.parametrize("practice", ["light"], indirect=True)
def test_connect_tells_a_light_agent_what_the_seat_cannot_do_and_the_way_up(
    practice: Any, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(practice.sandbox.token + "\n"))
    where = ("--url", practice.url, "--email", practice.sandbox.email)
    monkeypatch.setattr("heroterm.cli.connect.on_loopback", lambda url: False)
    out = door("connect", *where, "--token-stdin").out
    assert "light agent" in out
    assert UPGRADE in out
    assert "Signed in at" in out and "This token works until 30 Apr 2027" in out


@pytest.mark.parametrize("practice", ["agent", "admin", "light"], indirect=True)
def test_connect_says_how_tickets_will_be_pulled(
    practice: Any, door: Door, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(practice.sandbox.token + "\n"))
    where = ("--url", practice.url, "--email", practice.sandbox.email)
    document = door.json("connect", *where, "--token-stdin")
    assert document["strategy"] == request.node.callspec.params["practice"]
    assert document["can"]["slas_policies"] is (document["strategy"] == "admin")


def test_a_refused_client_changes_nothing_and_names_the_steps(
    practice: Any, own_home: Path
) -> None:
    child = command(practice, "--paste", "--client-id", "somebody")
    _, err = child.communicate("code-1234567\n", timeout=60)
    assert child.returncode == 4
    assert "Identifier: somebody" in err
    assert not own_home.exists()


def test_without_a_place_for_tokens_nobody_is_sent_to_a_browser(door: Door, own_home: Path) -> None:
    answer = door("connect", "acme", "--oauth", "--json")
    assert answer.code == 2
    assert "--token-file" in answer.document["error"]["remedy"]
    assert not own_home.exists()


def test_a_token_command_cannot_keep_tokens_that_change(door: Door, own_home: Path) -> None:
    where = locate(own_home, {}).make()
    assert "SUBDOMAIN" in door("connect", "--oauth", "--json").document["error"]["remedy"]
    where.config_file.write_text(
        '[account]\nurl = "https://acme.zendesk.com"\ntoken_command = "pass zendesk"\n'
    )
    for account in (["acme"], []):  # none: the one of this home, as every advice says it
        answer = door("connect", *account, "--oauth", "--json")
        assert answer.code == 2
        assert answer.document["error"]["key"] == "account.token_command"


def test_an_api_token_is_said_to_end(door: Door) -> None:
    assert "30 Apr 2027" in TOKENS_END
    assert "27 Oct 2026" in TOKENS_END
    answer = door("connect", "acme", "--json")
    assert "--oauth" in answer.document["error"]["remedy"]
