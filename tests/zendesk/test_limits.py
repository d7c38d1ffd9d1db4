"""Rate headers in both spellings, waits in both forms, bodies with a cap."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from heroterm.errors import Misunderstood
from heroterm.zendesk import body
from heroterm.zendesk.limits import Budget, Limits, retry_after
from tests.conftest import NOW
from tests.zendesk.answering import told

WAITS = {
    "30": 30.0,
    " 30 ": 30.0,
    "0": 0.0,
    "1e9": 3600.0,
    "Wed, 04 Mar 2026 10:00:30 GMT": 30.0,
    "Wed, 04 Mar 2026 09:00:00 GMT": 0.0,
    "Thu, 05 Mar 2026 10:00:00 GMT": 3600.0,
    "Wed, 04 Mar 2026 10:00:30 -0000": None,
    "Wed, 04 Mar 2026 10:00:30 +99999999": None,
    "": None,
    "soon": None,
    "-5": None,
    "nan": None,
    "inf": None,
}


@pytest.mark.parametrize("text", WAITS)
def test_a_wait_is_seconds_or_a_date_and_garbage_is_none(text: str) -> None:
    assert retry_after(text, NOW) == WAITS[text]


def test_no_header_is_no_wait() -> None:
    assert retry_after(None, NOW) is None


ACCOUNT = [
    {"X-Rate-Limit": "700", "X-Rate-Limit-Remaining": "699"},
    {"ratelimit-limit": "700", "ratelimit-remaining": "699"},
    {"rate-limit": "700", "rate-limit-remaining": "699"},
]


@pytest.mark.parametrize("headers", ACCOUNT)
def test_the_accounts_budget_is_read_in_every_spelling(headers: dict[str, str]) -> None:
    limits = Limits()
    limits.read(headers)
    assert limits.budgets == {"account": Budget(700, 699)}


@pytest.mark.parametrize("prefix", ["Zendesk-RateLimit", "zendesk-rate-limit"])
def test_a_named_budget_is_read_in_both_spellings(prefix: str) -> None:
    limits = Limits()
    limits.read({f"{prefix}-per-ticket-updates": "total=30; remaining=29; resets=468"})
    assert limits.budgets == {"per-ticket-updates": Budget(30, 29, 468)}


@pytest.mark.parametrize("text", ["", "many", "²", "-1", "9" * 5000])
def test_a_budget_of_garbage_is_none(text: str) -> None:
    limits = Limits()
    limits.read({"x-rate-limit": text, "zendesk-ratelimit-x": f"total={text}"})
    assert limits.budgets == {"x": Budget()}


def test_the_client_keeps_the_newest_word() -> None:
    client = told({"tickets": []}, headers={"x-rate-limit": "700", "x-rate-limit-remaining": "1"})
    client.tickets_page()
    assert client.limits.budgets["account"].remaining == 1


def test_a_gzip_bomb_is_given_up_at_the_cap() -> None:
    with pytest.raises(Misunderstood, match="larger than 32 MB"):
        told(b" " * (body.CAP + 1), packed=True).tickets_page()


def test_a_bomb_in_one_piece_is_never_unpacked_whole() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(Misunderstood, match="larger"):
            body.read([bomb], "gzip", clock=lambda: NOW, deadline=NOW, cap=1_000)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_plain_body_is_given_up_at_the_cap() -> None:
    chunks = iter([b"x" * 60] * 1000)
    with pytest.raises(Misunderstood, match="larger"):
        body.read(chunks, "", clock=lambda: NOW, deadline=NOW, cap=100)
    assert sum(1 for _ in chunks) == 998


def test_a_body_as_large_as_the_cap_is_whole() -> None:
    packed = gzip.compress(b"x" * 100)
    chunks = [packed[n : n + 1] for n in range(len(packed))]
    assert body.read(chunks, "gzip", clock=lambda: NOW, deadline=NOW, cap=100) == b"x" * 100


@pytest.mark.parametrize("cut", [1, 12, 20])
def test_a_truncated_gzip_is_no_answer(cut: int) -> None:
    packed = gzip.compress(b'{"tickets": []}')
    with pytest.raises(Misunderstood):
        told(packed[:cut], headers={"content-encoding": "gzip"}).tickets_page()


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(Misunderstood):
        told(b"{}", headers={"content-encoding": encoding}).tickets_page()


def test_rubbish_that_calls_itself_gzip_is_refused() -> None:
    with pytest.raises(Misunderstood, match="unpacked"):
        told(b"not packed", headers={"content-encoding": "gzip"}).tickets_page()
