"""One sign-in by OAuth: its address, its answer, its refusals in words."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from heroterm.errors import ConfigError, NotAllowed, UsageError
from heroterm.zendesk.oauth import SignIn, challenge
from heroterm.zendesk.oauth_tokens import Tokens, kept_as_pair, read
from heroterm.zendesk.oauth_words import SignInRefused
from tests.conftest import NOW

BACK = "http://127.0.0.1:47801/callback"
ASKED = SignIn("https://acme.zendesk.com", "heroterm", BACK, "v" * 64, "state-1")
PAIR = Tokens("heroterm", "access-1", "refresh-1", NOW, NOW, since=NOW)


def test_the_address_asks_for_a_code_with_pkce_and_both_scopes() -> None:
    parts = urlsplit(ASKED.address())
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    assert (parts.netloc, parts.path) == ("acme.zendesk.com", "/oauth/authorizations/new")
    assert asked.pop("code_challenge") == challenge("v" * 64)
    assert asked == {
        "response_type": "code",
        "client_id": "heroterm",
        "redirect_uri": BACK,
        "scope": "read write",
        "state": "state-1",
        "code_challenge_method": "S256",
    }


def test_the_challenge_is_the_one_of_the_specification() -> None:
    # RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize("state", ["", "state-2", "stäte"])
def test_the_answer_of_another_sign_in_is_not_taken(state: str) -> None:
    with pytest.raises(NotAllowed, match="another sign-in"):
        ASKED.code_of({"code": "code-1234567", "state": state})


@pytest.mark.parametrize(
    "text",
    [
        f"{BACK}?code=code-1234567&state=state-1",
        f"  <{BACK}?state=state-1&code=code-1234567>\n",
        "?code=code-1234567&state=state-1",
        "code=code-1234567&state=state-1",
        "code-1234567\n",
        '"code-1234567"',
    ],
)
def test_a_whole_address_its_query_and_a_bare_code_can_be_pasted(text: str) -> None:
    assert ASKED.pasted(text) == "code-1234567"


@pytest.mark.parametrize(
    "text", ["", "short", "two words here", f"{BACK}?state=state-1", "x\x1b[1m"]
)
def test_what_holds_no_code_is_refused_with_the_next_step(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        ASKED.pasted(text)
    assert "Paste the whole address" in raised.value.remedy


def test_a_pasted_address_of_another_sign_in_is_not_taken() -> None:
    with pytest.raises(NotAllowed, match="another sign-in"):
        ASKED.pasted(f"{BACK}?code=code-1234567&state=other")


@pytest.mark.parametrize(
    ("error", "told", "said"),
    [
        ("invalid_client", "", 'does not know the OAuth client "heroterm"'),
        ("unauthorized_client", "", 'does not know the OAuth client "heroterm"'),
        ("invalid_scope", "", "may not have the scopes read and write"),
        ("invalid_request", "redirect_uri is wrong", f"refused the redirect {BACK}"),
        ("server_error", "try later", "refused the sign-in"),
    ],
)
def test_a_refusal_that_an_admin_can_mend_names_each_step(error: str, told: str, said: str) -> None:
    answer = {"error": error, "error_description": told, "state": "state-1"}
    with pytest.raises(SignInRefused) as raised:
        ASKED.pasted(f"{BACK}?{urlencode(answer)}")
    assert said in raised.value.say
    assert error in raised.value.say
    for step in ("OAuth clients", "Identifier: heroterm", "Public", BACK, "read, write", "--port"):
        assert step in raised.value.remedy


def test_a_refusal_by_the_person_is_no_matter_for_an_admin() -> None:
    with pytest.raises(SignInRefused) as raised:
        ASKED.code_of({"error": "access_denied", "state": "state-1"})
    assert "admin" not in raised.value.remedy


def test_the_words_of_a_refusal_cannot_play_with_the_terminal() -> None:
    answer = {"error": "\x1b[31mred", "error_description": "a\nb\u202e", "state": "state-1"}
    with pytest.raises(SignInRefused) as raised:
        ASKED.code_of(answer)
    assert raised.value.say.isprintable()


def test_tokens_are_kept_as_one_line_and_read_again() -> None:
    text = PAIR.text()
    assert kept_as_pair(text)
    assert "\n" not in text
    assert read(text) == PAIR
    assert not kept_as_pair("0123456789abcdef")


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"access": 5, "client_id": "x"}', "[" * 9999])
def test_a_damaged_text_is_said_with_the_way_out(text: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read(text)
    assert "heroterm connect --oauth" in raised.value.remedy


def test_no_token_stands_in_what_is_printed_of_it() -> None:
    assert "access-1" not in repr(PAIR) + str(PAIR)
    assert "refresh-1" not in repr(PAIR)
    assert "v" * 64 not in repr(ASKED)


def test_the_next_pair_remembers_what_it_followed() -> None:
    following = Tokens("heroterm", "access-2").follows(PAIR)
    assert (following.generation, following.since) == (2, NOW)
    assert (following.refresh, following.former_refresh) == ("refresh-1", "refresh-1")
