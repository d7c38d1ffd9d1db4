from __future__ import annotations

from datetime import UTC, datetime

from heroterm.domain.content_gate import gate_for, week_of
from heroterm.domain.ticket import Organization

ORG = Organization(70, "Velvet Hour", content_warning=" adult content ")


def test_the_reason_is_the_organizations_field_and_a_placeholder_gives_no_leave() -> None:
    gate = gate_for(ORG, placeholder=False)
    assert (gate.reason, gate.organization_id, gate.organization) == (
        "adult content",
        70,
        "Velvet Hour",
    )
    assert gate_for(ORG, placeholder=True).organization_id is None
    assert gate_for(None, placeholder=False).reason == ""


def test_a_week_ends_with_the_calendars_also_over_new_year() -> None:
    assert week_of(datetime(2026, 11, 29, 23, 59, tzinfo=UTC)) == "2026-W48"
    assert week_of(datetime(2026, 11, 30, 0, 0, tzinfo=UTC)) == "2026-W49"
    assert week_of(datetime(2027, 1, 1, tzinfo=UTC)) == week_of(datetime(2026, 12, 31, tzinfo=UTC))
