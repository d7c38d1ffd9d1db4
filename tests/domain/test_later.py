"""Send later: moments by the hero's clock and by the customer's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from heroterm.domain import later

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)  # a Thursday


def at(said: str, theirs: ZoneInfo | None = NEW_YORK) -> datetime | None:
    return later.read(said, NOW, BERLIN, theirs).at


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("in 2h", datetime(2026, 3, 5, 12, 0, tzinfo=UTC)),
        ("17:30", datetime(2026, 3, 5, 16, 30, tzinfo=UTC)),
        ("tomorrow 9:00", datetime(2026, 3, 6, 8, 0, tzinfo=UTC)),
        ("mon 9:00", datetime(2026, 3, 9, 8, 0, tzinfo=UTC)),
        # New York changes its clocks on the Sunday before, Berlin three weeks later.
        ("Mon 9:00 their time", datetime(2026, 3, 9, 13, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_people_write_it(said: str, moment: datetime) -> None:
    assert at(said) == moment


@pytest.mark.parametrize("said", ["", "soon", "2019-01-01", "their time", "25:00", "on reply"])
def test_what_says_no_moment_to_come_says_so(said: str) -> None:
    assert at(said) is None and "Say: in 2h" in later.read(said, NOW, BERLIN, NEW_YORK).refusal


def test_their_time_needs_their_zone() -> None:
    assert at("mon 9:00 their time", None) is None
    assert "not known" in later.read("mon 9:00 their time", NOW, BERLIN, None).refusal


def test_the_exact_moment_is_said_by_both_clocks() -> None:
    moment = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
    assert later.words(moment, NOW, BERLIN, NEW_YORK) == (
        "Mon 9 Mar 14:00, Mon 9 Mar 09:00 their time"
    )
    assert later.words(moment, NOW, BERLIN, BERLIN) == "Mon 9 Mar 14:00"
