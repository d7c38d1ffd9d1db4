"""Custom fields: which are written from here, and with what."""

import pytest

from heroterm.domain.fields import checked, own, why_not
from heroterm.domain.ticket import TicketField

SEVERITY = TicketField(1, "Severity", "tagger", (("high", "High"), ("low", "Low")))


def test_fields_that_every_ticket_has_are_not_offered_by_their_labels() -> None:
    fields = {1: SEVERITY, 2: TicketField(2, "Status", "status"), 3: TicketField(3, "Account")}
    assert [field.title for field in own(fields)] == ["Account", "Severity"]


def test_a_field_of_several_values_says_why_it_is_not_written() -> None:
    assert why_not(SEVERITY) == ""
    assert "replaces them all" in why_not(TicketField(4, "Areas", "multiselect"))
    assert "lookup" in why_not(TicketField(5, "Contract", "lookup"))


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("integer", "-12", "twelve"),
        ("date", "2026-03-09", "9 March"),
        ("checkbox", "true", "yes"),
        ("tagger", "high", "middling"),
        ("text", "x" * 2_000, "x" * 2_001),
    ],
)
def test_a_value_is_held_against_the_type(kind: str, good: str, bad: str) -> None:
    field = TicketField(1, "Severity", kind, SEVERITY.options)
    assert checked(field, f" {good} ").value == good
    assert checked(field, bad).refusal and not checked(field, bad).value
    assert checked(field, "  ") == checked(field, "")
