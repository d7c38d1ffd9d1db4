from __future__ import annotations

from heroterm.domain.pauses import Pause, pause_words, pauses
from heroterm.domain.ticket import Audit
from tests.domain.rows import NOW, minutes

PAUSING = frozenset({"pending", "hold"})


def changed(*told: tuple[int, str]) -> list[Audit]:
    """Audits that set a status so many minutes after NOW."""
    return [
        Audit(n, minutes(at), 1, changes=(("priority", "", "low"), ("status", "?", status)))
        for n, (at, status) in enumerate(told)
    ]


def test_a_pause_lasts_until_the_next_change_of_the_status() -> None:
    found = pauses(
        changed((-300, "hold"), (-240, "pending"), (-180, "open"), (-60, "hold")), PAUSING
    )
    assert found == [
        Pause("hold", minutes(-300), minutes(-240)),
        Pause("pending", minutes(-240), minutes(-180)),
        Pause("hold", minutes(-60)),
    ]


def test_pauses_are_said_in_one_line() -> None:
    told = changed((-300, "hold"), (-240, "pending"), (-180, "open"), (-60, "hold"))
    assert pause_words(told, PAUSING, NOW) == (
        "paused 3 times, 3 h in all (On-Hold, Pending), and stands still now"
    )
    assert pause_words(told[:1] + told[2:3], PAUSING, NOW) == "paused once, 2 h in all (On-Hold)"
    assert pause_words([], PAUSING, NOW) == ""
