"""Spans in the search language: what `onhold:>7d` means at a moment, and what is not understood."""

from __future__ import annotations

import pytest

from heroterm.domain.lifecycle import LifecycleNumbers
from heroterm.domain.lifecycle_query import dated
from heroterm.domain.query import parted, terms, trouble, unfit
from tests.domain.rows import NOW

NUMBERS = LifecycleNumbers()


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        # NOW is Wed 4 March 2026, 10:00 UTC; each moment was worked out by hand.
        ("onhold:>7d", "onhold<2026-02-25T10:00:00Z"),
        ("onhold>7d", "onhold<2026-02-25T10:00:00Z"),
        ("-onhold:<=12h", "-onhold>=2026-03-03T22:00:00Z"),
        ("pending:6d", "pending<=2026-02-26T10:00:00Z"),
        # Solved after 7 days of Pending: less than a day is left when that began 6 days ago.
        ("autosolve:<1d", "autosolve<2026-02-26T10:00:00Z"),
        ("csat:<1d", "csat<2026-03-02T10:00:00Z"),
        ("reopen:<2d", "reopen<2026-02-14T10:00:00Z"),
        ("due:<30m", "due<2026-03-04T10:30:00Z"),
        ("AGE:>2w priority:high", "AGE<2026-02-18T10:00:00Z priority:high"),
        ("idle:>3d", "idle<2026-03-01T10:00:00Z"),
        # As Zendesk reads them: `>` is later than the moment that lies so far back.
        (
            "created>4hours -updated<2days",
            "created>2026-03-04T06:00:00Z -updated<2026-03-02T10:00:00Z",
        ),
        ("Solved>=90m", "Solved>=2026-03-04T08:30:00Z"),
        ("created:4hours created>soon", "created:4hours created>soon"),
        # What is none of these stays as it was written.
        ("onhold:long autosolve: status:open 7d", "onhold:long autosolve: status:open 7d"),
    ],
)
def test_a_span_becomes_a_moment(line: str, meant: str) -> None:
    assert dated(line, NOW, NUMBERS) == meant


def test_the_numbers_are_the_teams_own() -> None:
    numbers = LifecycleNumbers(auto_solve_days=5)
    assert dated("autosolve:<1d", NOW, numbers) == "autosolve<2026-02-28T10:00:00Z"


def test_what_is_not_understood_says_how_to_write_it() -> None:
    (term,) = terms("onhold:long")
    assert "write a span, as in onhold:<1d" in trouble(term)
    assert trouble(terms("onhold:>7d")[0]) == ""
    assert unfit("onhold:>7d") == ("", "")
    assert "autosolv is no filter" in unfit("autosolv:<1d")[0]
    assert "leaves nothing" in unfit("csat:<1d")[0]
    assert "leaves nothing" in unfit("solved>2days")[0]
    assert unfit("type:ticket status:solved status:open created>4hours") == ("", "")
    assert unfit("commenter:kim") == (
        "commenter:kim is not understood",
        "Who wrote is not searched here; write requester: or assignee:, or heroterm search "
        "--server asks Zendesk.",
    )
    assert "write created>4hours (since then) or" in trouble(terms("created:4hours")[0])
    assert "ticket_type:problem" in trouble(terms("type:problem")[0])


@pytest.mark.parametrize(
    ("typed", "words", "asked"),
    [
        ("acme jo", "acme jo", ""),
        ("acme onhold:>7d  jo -status:new", "acme jo", "onhold:>7d -status:new"),
        ("#48213 https://x.example", "#48213 https://x.example", ""),
        ('org:"Acme Corp" funnel', "funnel", 'org:"Acme Corp"'),
        ("tag:", "", "tag:"),
        ("acme type:ticket cc:jo subject:funnel", "acme", "type:ticket cc:jo subject:funnel"),
    ],
)
def test_a_typed_filter_is_words_and_what_is_asked_of_fields(
    typed: str, words: str, asked: str
) -> None:
    assert parted(typed) == (words, asked)
