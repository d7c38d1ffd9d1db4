"""What paying customers asked for, counted once for each ticket."""

from __future__ import annotations

from dataclasses import replace

from heroterm.domain.tally import Asked, markdown, pays, tally
from heroterm.domain.ticket import Organization
from tests.conftest import NOW

FREE, PAYS = Organization(1, "Free Ltd", plan="free"), Organization(2, "Pays Ltd", mrr="4,100")
ISSUE = "https://github.com/PostHog/posthog/issues/1"


def test_paying_ones_come_first_and_a_ticket_counts_once() -> None:
    one = Asked(7, ISSUE, PAYS, NOW)
    found = tally([Asked(9, ISSUE, FREE, NOW), one, one, replace(one, ticket_id=8, told="told")])
    assert [(r.organization, r.paying, r.count, r.told) for r in found] == [
        ("Pays Ltd", True, 2, True),
        ("Free Ltd", False, 1, False),
    ]
    (line,) = markdown(found[:1], "https://desk/")
    assert line == (
        f"- Pays Ltd, MRR 4,100: {ISSUE} (2x: [#7](https://desk/7), [#8](https://desk/8))"
    )


def test_who_pays_is_told_by_the_mrr_before_the_plan() -> None:
    assert not pays("scale", "0") and pays("", "$12") and pays("scale", "") and not pays("Free", "")
