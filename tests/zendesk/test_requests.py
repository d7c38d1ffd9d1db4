"""What leaves this machine: where to, with which headers, with which body."""

from __future__ import annotations

import json
import logging
from typing import Any

import httpx
import pytest

from heroterm import __version__
from heroterm.domain.outbox import Changes, InternalNote, PublicReply
from heroterm.errors import UsageError
from heroterm.zendesk.address import base_url
from heroterm.zendesk.auth import Bearer, Token
from heroterm.zendesk.updates import update_body
from tests.zendesk.answering import STAMP, TICKET, answer, asking, told

AUDIT = {"id": 9, "created_at": STAMP, "metadata": {"custom": {"heroterm_op": "op-1"}}}


def test_a_request_says_who_asks_and_takes_gzip_alone() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer({"tickets": []}, packed=True)

    client = asking(handler)
    assert client.tickets_page().tickets == ()
    assert seen[0].headers["user-agent"] == f"heroterm/{__version__}"
    assert seen[0].headers["accept-encoding"] == "gzip"
    assert seen[0].headers["authorization"].startswith("Basic ")
    assert client.requests == 1
    client.close()


def test_no_cookie_is_kept() -> None:
    seen = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append("cookie" in request.headers)
        return answer({"tickets": []}, headers={"set-cookie": "session=1; Path=/"})

    client = asking(handler)
    client.tickets_page()
    client.tickets_page()
    assert seen == [False, False]


@pytest.mark.parametrize("make", [lambda: Token("jo@example.com", "t"), lambda: Bearer("t")])
def test_the_secret_goes_to_the_accounts_own_host_alone(make: Any) -> None:
    credentials = make()
    credentials.bind("acme.zendesk.com")
    own = next(credentials.auth_flow(httpx.Request("GET", "https://acme.zendesk.com/x")))
    foreign = next(credentials.auth_flow(httpx.Request("GET", "https://evil.example/x")))
    assert "authorization" in own.headers
    assert "authorization" not in foreign.headers


def test_an_unbound_secret_goes_nowhere() -> None:
    request = next(Bearer("t").auth_flow(httpx.Request("GET", "https://acme.zendesk.com/x")))
    assert "authorization" not in request.headers


def test_the_next_page_is_asked_by_its_cursor_and_never_by_its_link() -> None:
    asked: list[httpx.URL] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        meta = {"has_more": True, "after_cursor": "abc=="}
        links = {"next": "https://evil.example/api/v2/tickets"}
        return answer({"tickets": [TICKET], "meta": meta, "links": links})

    client = asking(handler)
    client.tickets_page(client.tickets_page().next_cursor)
    assert [url.host for url in asked] == ["acme.zendesk.com"] * 2
    assert asked[1].params["page[after]"] == "abc=="
    assert asked[1].params["include"] == asked[0].params["include"]


def test_an_id_that_is_a_path_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        told({}).ticket("../../evil")  # type: ignore[arg-type]


ACCOUNTS = {
    "acme": "https://acme.zendesk.com",
    "https://acme.zendesk.com/agent/tickets/7": "https://acme.zendesk.com",
    "http://127.0.0.1:8080": "http://127.0.0.1:8080",
    "http://localhost:1": "http://localhost:1",
    "http://[::1]:8080": "http://[::1]:8080",
}


@pytest.mark.parametrize("text", ACCOUNTS)
def test_an_account_is_a_subdomain_or_an_address(text: str) -> None:
    assert base_url(text) == ACCOUNTS[text]


NO_ACCOUNTS = [
    "",
    "-acme",
    "a/b",
    "acme.evil.example",
    "https://",
    "https://[::1",
    "https://ex ample",
    "https://a\x01b.example",
    "https://acme.zendesk.com:x",
    "https://jo@acme.zendesk.com",
    "http://acme.zendesk.com",
    "http://127.0.0.1.evil.example",
    "ftp://acme.zendesk.com",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("text", NO_ACCOUNTS)
def test_what_is_no_account_is_refused_in_words(text: str) -> None:
    with pytest.raises(UsageError):
        base_url(text)


def test_plain_http_beyond_loopback_is_refused_for_its_reason() -> None:
    with pytest.raises(UsageError, match="without encryption"):
        base_url("http://acme.zendesk.com")


@pytest.mark.parametrize(
    ("comment", "public"), [(PublicReply("x"), True), (InternalNote("x"), False)]
)
def test_whether_a_comment_is_public_is_always_said(
    comment: PublicReply | InternalNote, public: bool
) -> None:
    ticket = update_body(comment, Changes(), STAMP, "op-1", ())["ticket"]
    assert ticket["comment"] == {"body": "x", "public": public}


def test_an_update_carries_marker_and_stamp_and_only_what_changes() -> None:
    changes = Changes(status="solved", add_tags=("a",), remove_tags=("b",))
    assert update_body(None, changes, STAMP, "op-1", ()) == {
        "ticket": {
            "metadata": {"heroterm_op": "op-1", "heroterm_v": 1},
            "safe_update": True,
            "updated_stamp": STAMP,
            "status": "solved",
            "additional_tags": ["a"],
            "remove_tags": ["b"],
        }
    }


def test_any_text_can_be_sent() -> None:
    sent = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content)["ticket"]["comment"]["body"])
        return answer({"ticket": TICKET, "audit": AUDIT})

    asking(handler).update(7, PublicReply("Grüße 🙂\n\ud800"), Changes(), STAMP, "op-1")
    assert sent == ["Grüße 🙂\n\ud800"]


def test_the_marker_comes_back_with_the_audit() -> None:
    client = told({"ticket": TICKET, "audit": AUDIT})
    audit = client.update(7, None, Changes(status="open"), STAMP, "op-1").audit
    assert audit is not None
    assert audit.marker == "op-1"


def test_keys_that_zendesk_did_not_take_are_kept_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = told({"tickets": []}, headers={"x-zendesk-api-warn": "unpermitted_keys: [x]"})
    with caplog.at_level(logging.WARNING):
        client.tickets_page()
    assert client.warnings == ["unpermitted_keys: [x]"]
    assert "unpermitted_keys" in caplog.text
