"""Signing in with a browser: caught on loopback, pasted over SSH, and every refusal in words."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen

import pytest

from heroterm.cli.oauth_answer import catching
from heroterm.cli.oauth_sign_in import Person, Wanted, must_paste, sign_in
from heroterm.errors import NotAllowed, UsageError
from heroterm.zendesk.oauth_endpoint import TokenEndpoint
from heroterm.zendesk.oauth_words import SignInRefused
from tests.conftest import NOW


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


def test_an_answer_of_another_sign_in_is_refused_and_the_right_one_still_taken(
    sandbox_http: Any,
) -> None:
    seen: list[tuple[int, str]] = []

    def both(address: str) -> tuple[int, str]:
        seen.append(page(address.replace("state=b", "state=x")))
        return page(address)

    browser, said = Browser(both), list[str]()
    tokens = sign_in(wanted(sandbox_http), person(browser, said), endpoint(sandbox_http))
    assert browser.finish()[0] == 200
    ((status, text),) = seen
    assert (status, "another sign-in" in text) == (400, True)
    assert any("still waiting for yours" in line for line in said)
    assert list(sandbox_http.sandbox.app.oauth.access) == [tokens.access]


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
