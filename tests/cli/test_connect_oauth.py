"""Signing in with a browser: caught on loopback, pasted over SSH, and every refusal in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import pytest

from heroterm.cli.oauth_answer import catching
from heroterm.cli.oauth_sign_in import Person, Wanted, must_paste, sign_in
from heroterm.config import load
from heroterm.errors import NotAllowed, UsageError
from heroterm.paths import locate
from heroterm.sandbox import server, shift
from heroterm.zendesk.oauth_endpoint import TokenEndpoint
from heroterm.zendesk.oauth_tokens import read
from heroterm.zendesk.oauth_words import TOKENS_END, SignInRefused
from tests.cli.door import Door
from tests.conftest import NOW

ROOT = Path(__file__).resolve().parents[2]


class Stay(HTTPRedirectHandler):
    """A browser whose machine cannot reach the redirect: it stops there."""

    def redirect_request(self, *_: Any) -> None:
        return None

    def http_error_302(self, _request: Any, answer: Any, *_: Any) -> Any:
        return answer


def redirect_of(address: str) -> str:
    with build_opener(Stay).open(address, timeout=10) as answer:
        return str(answer.headers["Location"])


def page(address: str, **headers: str) -> tuple[int, str]:
    """Status and text of a page, as a browser shows it after any redirect."""
    try:
        with urlopen(Request(address, headers=headers), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


@dataclass
class Browser:
    """Does what a scripted person does, in a thread of its own; keeps the page that it saw."""

    doing: Callable[[str], tuple[int, str]] = page
    seen: list[tuple[int, str]] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def __call__(self, address: str) -> bool:
        thread = threading.Thread(target=lambda: self.seen.append(self.doing(address)))
        thread.start()
        self.threads.append(thread)
        return True

    def finish(self) -> tuple[int, str]:
        for thread in self.threads:
            thread.join()
        return self.seen[-1]


def person(
    browse: Callable[[str], bool], said: list[str], typed: Callable[[], str] = lambda: ""
) -> Person:
    secrets = iter("abcd")
    return Person(browse, said.append, typed, lambda: next(secrets) * 64, wait_seconds=20)


def wanted(desk: Any, **changed: Any) -> Wanted:
    return replace(Wanted(desk.url, desk.sandbox.oauth_client_id, port=0), **changed)


def endpoint(desk: Any) -> TokenEndpoint:
    return TokenEndpoint(desk.url, clock=lambda: NOW)


def test_the_answer_is_caught_and_the_page_sends_one_back_to_the_terminal(
    sandbox_http: Any,
) -> None:
    browser, said = Browser(), list[str]()
    tokens = sign_in(wanted(sandbox_http), person(browser, said), endpoint(sandbox_http))
    status, text = browser.finish()
    assert (status, "Go back to the terminal" in text) == (200, True)
    assert sandbox_http.sandbox.app.oauth.knows(tokens.access)
    assert "audits" in said[0]


def test_an_answer_of_another_sign_in_is_refused_in_browser_and_terminal(
    sandbox_http: Any,
) -> None:
    browser = Browser(lambda address: page(address.replace("state=b", "state=x")))
    with pytest.raises(NotAllowed, match="another sign-in"):
        sign_in(wanted(sandbox_http), person(browser, []), endpoint(sandbox_http))
    status, text = browser.finish()
    assert (status, "another sign-in" in text) == (400, True)
    assert sandbox_http.sandbox.app.oauth.access == {}


def test_a_refusal_in_the_redirect_ends_the_wait_with_its_reason(sandbox_http: Any) -> None:
    def decline(address: str) -> tuple[int, str]:
        back = parse_qs(urlsplit(address).query)
        return page(f"{back['redirect_uri'][0]}?error=invalid_scope&state={back['state'][0]}")

    browser = Browser(decline)
    with pytest.raises(SignInRefused) as raised:
        sign_in(wanted(sandbox_http), person(browser, []), endpoint(sandbox_http))
    assert "Admin Center" in raised.value.remedy
    assert browser.finish()[0] == 400


def test_a_browser_that_answers_nothing_ends_with_the_steps_for_an_admin(
    sandbox_http: Any,
) -> None:
    browser = Browser(lambda address: page(address.replace("client_id=", "client_id=un")))
    patience = replace(person(browser, []), wait_seconds=0.01)
    with pytest.raises(UsageError) as raised:
        sign_in(wanted(sandbox_http), patience, endpoint(sandbox_http))
    assert browser.finish()[0] == 400
    assert "OAuth clients" in raised.value.remedy


@pytest.mark.parametrize("cut", ["whole", "code"])
def test_without_a_browser_the_answer_is_pasted(sandbox_http: Any, cut: str) -> None:
    said: list[str] = []

    def typed() -> str:
        address = next(line for line in said if "/oauth/authorizations/new" in line)
        back = redirect_of(address)
        return back if cut == "whole" else parse_qs(urlsplit(back).query)["code"][0]

    hero = person(lambda _: False, said, typed)
    tokens = sign_in(wanted(sandbox_http), hero, endpoint(sandbox_http))
    assert sandbox_http.sandbox.app.oauth.knows(tokens.access)
    assert any("No browser" in line for line in said)


def test_a_code_that_was_pasted_without_its_proof_is_worth_nothing(sandbox_http: Any) -> None:
    said: list[str] = []

    def typed() -> str:
        address = next(line for line in said if "/oauth/authorizations/new" in line)
        return redirect_of(address.replace("code_challenge=", "code_challenge=x"))

    with pytest.raises(SignInRefused, match="two minutes"):
        hero = person(lambda _: False, said, typed)
        sign_in(wanted(sandbox_http, paste=True), hero, endpoint(sandbox_http))


def test_the_port_answers_its_path_and_its_own_host_once() -> None:
    with catching(0) as port:
        port.judge = lambda answer: answer["code"]
        base = port.redirect_uri.removesuffix("/callback")
        assert page(f"{base}/favicon.ico")[0] == 404
        assert page(f"{port.redirect_uri}?code=a", Host="evil.example.com")[0] == 404
        assert not port.done.is_set()
        assert page(f"{port.redirect_uri}?code=first")[0] == 200
        assert page(f"{port.redirect_uri}?code=second")[0] == 409
        assert port.wait(10) == "first"


def test_the_page_makes_words_of_strangers_harmless() -> None:
    def refuse(answer: dict[str, str]) -> str:
        raise NotAllowed(answer["code"])

    with catching(0) as port:
        port.judge = refuse
        assert "<script>" not in page(f"{port.redirect_uri}?code=%3Cscript%3E")[1]


def test_a_port_that_is_taken_names_both_ways_out() -> None:
    with catching(0) as port, pytest.raises(UsageError) as raised, catching(port.server_port):
        raise AssertionError("two listen")
    assert "--port" in raised.value.remedy
    assert "--paste" in raised.value.remedy


@pytest.mark.parametrize(
    ("environ", "platform", "attended", "paste"),
    [
        ({"SSH_CONNECTION": "1 2 3 4", "DISPLAY": ":0", "BROWSER": "x"}, "linux", True, True),
        ({"DISPLAY": ":0"}, "linux", True, False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True, False),
        ({}, "linux", True, True),
        ({}, "darwin", True, False),
        ({}, "darwin", False, True),
        ({"BROWSER": "firefox"}, "linux", False, False),
    ],
)
def test_pasting_is_chosen_where_no_browser_reaches_the_person(
    environ: dict[str, str], platform: str, attended: bool, paste: bool
) -> None:
    assert must_paste(environ, platform=platform, attended=attended) is paste


# The whole command.


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


@pytest.mark.parametrize("practice", ["light"], indirect=True)
def test_connect_over_ssh_takes_the_pasted_address_and_says_what_a_role_cannot_do(
    practice: Any, own_home: Path
) -> None:
    child = command(practice, SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22")
    assert child.stderr is not None
    address = next(line for line in child.stderr if "/oauth/authorizations/new" in line)
    out, err = child.communicate(redirect_of(address.strip()) + "\n", timeout=60)
    assert child.returncode == 0, err
    assert "light agent" in out
    assert "ask an admin for an agent's seat" in out
    account, tokens = kept(practice, own_home)
    assert account.sign_in == "bearer"
    assert tokens.client_id == practice.sandbox.oauth_client_id


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
    where.config_file.write_text('[account]\ntoken_command = "pass zendesk"\n')
    answer = door("connect", "acme", "--oauth", "--json")
    assert answer.code == 2
    assert answer.document["error"]["key"] == "account.token_command"


def test_an_api_token_is_said_to_end(door: Door) -> None:
    assert "30 Apr 2027" in TOKENS_END
    assert "27 Oct 2026" in TOKENS_END
    answer = door("connect", "acme", "--json")
    assert "--oauth" in answer.document["error"]["remedy"]
