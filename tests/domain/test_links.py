from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from heroterm.domain.links import Link, Refusal, host_of, leads_to, links_in, openable, warnings


def test_links_are_found_with_their_names_and_without_the_sentence_around_them() -> None:
    text = (
        "See [the docs](https://example.com/a_(b)), then https://example.com/x?y=1.\n"
        "Session: http://go/session/1?t=5\njavascript:alert(1) file:///etc/passwd"
    )
    assert links_in(text) == [
        Link("https://example.com/a_(b)", "the docs"),
        Link("https://example.com/x?y=1", ""),
        Link("http://go/session/1?t=5", "Session"),
    ]


def test_a_link_that_comes_twice_is_listed_once() -> None:
    assert len(links_in("https://example.com https://example.com.")) == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("javascript:alert(1)", "Only http"),
        ("file:///etc/passwd", "Only http"),
        ("--new-window=https://example.com", "dash"),
        ("https://example.com\\@evil.example", "backslash"),
        ("https://example.com@evil.example/", "user name"),
        ("https://exa\u200bmple.com/", "invisible"),
        ("https://example.com/\x1b[2J", "invisible"),
        ("https://example.com/a b", "invisible"),
        ("http://2130706433/", "number"),
        ("http://0x7f.1/", "number"),
        ("http://127.0.0.1/", "number"),
        ("http://[::1]/", "not a name"),
        ("http://localhost:8000/", "own machine"),
        ("https://example.com:99999/", "taken apart"),
        ("https:///path", "not a name"),
        ("https://example.com/" + "a" * 2048, "characters"),
    ],
)
def test_an_address_that_deceives_is_not_opened(url: str, reason: str) -> None:
    refused = openable(url)
    assert isinstance(refused, Refusal)
    assert reason in refused.say


def test_a_host_with_foreign_letters_is_shown_as_the_name_system_sees_it() -> None:
    assert openable("https://ехample.com/x") == "https://xn--ample-ywe6i.com/x"
    assert "really xn--" in warnings(Link("https://ехample.com/"))[0]


def test_fullwidth_letters_cannot_hide_a_host() -> None:
    assert host_of("https://ｅxample.com/") == "example.com"


def test_an_ordinary_address_is_opened_as_it_is() -> None:
    for url in ("https://example.com/a?b=c#d", "http://go/adminUS/kim@example.com"):
        assert openable(url) == url


def test_the_practice_desk_on_loopback_is_opened_when_it_is_the_own_account() -> None:
    url = "http://127.0.0.1:8123/agent/tickets/1"
    assert openable(url, own_hosts=("127.0.0.1",)) == url


def test_a_label_that_names_another_site_is_said() -> None:
    said = warnings(Link("https://evil.example/login", "https://bank.example.com"))
    assert said == ("The text says bank.example.com, but it goes to evil.example.",)
    assert warnings(Link("https://docs.example.com/", "example.com")) == ()


def test_a_port_and_plain_http_are_said() -> None:
    assert len(warnings(Link("http://example.com:8080/"))) == 2


URL_LIKE = st.lists(
    st.sampled_from(["[", "]", ":", "@", "/", "%", "#", "?", "1", "a", ".", "::", "xn--", "٢"])
    | st.characters(),
    max_size=12,
).map(lambda parts: "https://" + "".join(parts))


@given(URL_LIKE, st.text(max_size=8))
@example("https://[hostile", "")
@example("https://a]b[c:99999999/", "")
def test_no_address_is_too_odd_to_be_judged(url: str, label: str) -> None:
    """What a customer wrote is shown with its doubts, whatever it is."""
    for link in [Link(url, label), *links_in(f"See {url} and [{label}]({url})")]:
        assert all(isinstance(said, str) for said in warnings(link))
        assert isinstance(openable(link.url), str | Refusal)
        assert isinstance(host_of(link.url), str)


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("https://practice-desk.slack.com/archives/C1/p2", True),
        ("https://SLACK.com/archives/C1", True),
        ("https://posthog.com/questions/why", True),
        ("https://posthog.com/docs", False),
        ("https://evil.example/slack.com/archives/C1", False),
        ("https://evil.example/?u=posthog.com/questions/1", False),
        ("https://notslack.com/archives/C1", False),
        ("https://slack.com.evil.example/archives/C1", False),
        ("https://slack.com@evil.example/", False),
        ("https://evil.example\\.slack.com/", False),
        ("https://[/", False),
        ("", False),
    ],
)
def test_a_place_is_known_by_its_host_and_not_by_a_word_in_the_address(
    url: str, there: bool
) -> None:
    assert leads_to(url, "slack.com", "posthog.com/questions") is there
