"""Reply clocks worked out here: by hand, and against a reference that looks at every minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heroterm.domain.calendar import WEEKDAYS, Calendar
from heroterm.domain.conditions import Condition
from heroterm.domain.estimate import Happening, clocks, happenings
from heroterm.domain.sla import stage_words, worked
from heroterm.domain.targets import USUAL, TargetRule, Targets
from heroterm.domain.ticket import Audit, Comment, SlaClock
from tests.domain.rows import ticket
from tests.domain.test_calendar import in_hours

KIM, ANA = 1, 2
"""The customer and the hero."""
A_WEEK = datetime(2026, 3, 2, tzinfo=UTC)
"""A Monday, midnight."""


def day(text: str) -> datetime:
    """ "wed 09:30" of the week of 2 March 2026; "wed2" is a week later."""
    name, clock = text.split()
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name[:3])
    weeks = int(name[3:] or 1) - 1
    hour, minute = clock.split(":")
    return A_WEEK + timedelta(weeks=weeks, days=days, hours=int(hour), minutes=int(minute))


def played(
    *told: tuple[str, str], priority: str = "high", tags: str = "", targets: Targets = USUAL
) -> tuple[SlaClock, ...]:
    """Clocks after happenings such as ("mon 09:00", "asked") and ("mon 10:00", "pending")."""
    happened = []
    for when, what in told:
        words = what in ("asked", "answered", "escalation")
        happened.append(Happening(day(when), what if words else "status", "" if words else what))
    return clocks(ticket(priority=priority), frozenset(tags.split()), happened, targets)


def running(*told: tuple[str, str], **how: str) -> tuple[str, str, str | None]:
    """Metric, stage and breach of the clock that has not ended, the breach as day and clock."""
    clock = played(*told, **how)[-1]  # type: ignore[arg-type]
    at = clock.breach_at
    due = None if at is None else f"{at:%a %H:%M}".lower()
    return clock.metric, clock.stage, due


BY_HAND = [
    # High: 12 hours to the first reply.
    ([("mon 09:00", "asked")], "first_reply_time active mon 21:00"),
    # Asked on Friday evening: the weekend does not count.
    ([("fri 18:00", "asked")], "first_reply_time active mon 06:00"),
    # A second message does not start it anew.
    ([("mon 09:00", "asked"), ("mon 15:00", "asked")], "first_reply_time active mon 21:00"),
    # Answered and asked again: double the time, from the new question.
    ([("mon 09:00", "asked"), ("mon 10:00", "answered"), ("mon 12:00", "asked")],
     "next_reply_time active tue 12:00"),
    # A note of ours opens nothing: On-Hold from 10 to 14 stands still for four hours.
    ([("mon 09:00", "asked"), ("mon 10:00", "hold"), ("mon 14:00", "open")],
     "first_reply_time active tue 01:00"),
    # Standing still: 11 of 12 hours are left, and no moment is promised.
    ([("mon 09:00", "asked"), ("mon 10:00", "pending")], "first_reply_time paused None"),
    # Pending with a reply: the reply ended the clock, so nothing stands still.
    ([("mon 09:00", "asked"), ("mon 10:00", "answered"), ("mon 10:00", "pending"),
      ("tue 08:00", "asked")], "next_reply_time active wed 08:00"),
    # Pausing over a weekend costs nothing either way.
    ([("fri 12:00", "asked"), ("fri 18:00", "hold"), ("tue2 09:00", "open")],
     "first_reply_time active tue 15:00"),
    # The customer reopens a solved ticket.
    ([("mon 09:00", "asked"), ("mon 10:00", "answered"), ("mon 10:00", "solved"),
      ("thu 10:00", "asked"), ("thu 10:00", "open")], "next_reply_time active fri 10:00"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected"), BY_HAND)
def test_worked_out_by_hand(told: list[tuple[str, str]], expected: str) -> None:
    metric, stage, at = running(*told)
    assert f"{metric} {stage} {at}" == expected


def test_normal_has_twice_the_time_of_high_and_low_has_no_clock() -> None:
    asked = ("mon 09:00", "asked")
    assert running(asked, priority="normal")[2] == "tue 09:00"
    assert played(asked, priority="low") == ()


def test_a_ticket_passed_to_the_engineers_has_business_days() -> None:
    told = [("thu 15:00", "asked"), ("fri 09:00", "escalation")]
    assert running(*told, tags="escalated") == ("escalated_reply_time", "active", "tue 09:00")
    assert running(told[0], tags="escalated")[2] == "mon 15:00"
    assert running(*told, tags="escalated", priority="normal")[2] == "thu 09:00"


def test_the_plans_target_news_after_every_reply() -> None:
    hours = timedelta(hours=8)
    plan = Targets("plan", (TargetRule(Condition(), WEEKDAYS, hours, hours, None, hours),))
    told = [("mon 09:00", "asked"), ("mon 10:00", "answered")]
    clock = played(*told, targets=plan)[-1]
    assert (clock.metric, clock.breach_at) == ("pausable_update_time", day("mon 18:00"))
    clock = played(*told, ("mon 12:00", "asked"), targets=plan)[-1]
    assert (clock.metric, clock.breach_at) == ("next_reply_time", day("mon 20:00"))


@pytest.mark.parametrize(
    ("told", "now", "words"),
    [
        ([("mon 09:00", "asked")], "mon 10:00", "active"),
        ([("mon 09:00", "asked")], "tue 10:00", "active, breached"),
        ([("mon 09:00", "asked"), ("mon 10:00", "hold")], "fri 10:00", "paused"),
        ([("mon 09:00", "asked"), ("mon 22:00", "hold")], "fri 10:00", "paused, breached"),
        ([("mon 09:00", "asked"), ("mon 10:00", "answered")], "fri 10:00", "closed"),
        ([("mon 09:00", "asked"), ("mon 22:00", "answered")], "fri 10:00", "closed, breached"),
    ],
)
def test_the_six_states_have_words(told: list[tuple[str, str]], now: str, words: str) -> None:
    assert stage_words(played(*told)[-1], day(now)) == words


def test_a_missed_target_stays_missed_after_a_pause() -> None:
    told = [("mon 09:00", "asked"), ("mon 22:00", "hold"), ("thu 09:00", "open")]
    assert played(*told)[-1].breach_at == day("mon 21:00")


def test_it_is_said_how_much_of_a_span_is_working_time() -> None:
    def told(breach_at: str, now: str) -> str:
        return worked(day(breach_at), day(now), WEEKDAYS)

    assert told("mon2 02:00", "fri 20:00") == "6:00 working time"
    assert told("sun 20:00", "sat 20:00") == "no working time"
    assert told("sat 14:00", "sat 20:00") == "no working time", "late, and nobody worked"
    assert told("fri 20:00", "sat 20:00") == "4:00 working time"
    assert told("fri 19:00", "fri 20:00") == "all working time"


def test_happenings_come_from_messages_audits_and_what_is_known_of_the_status() -> None:
    asked = ticket(created_at=day("mon 09:00"), status="pending", status_since=day("mon 10:00"))
    said = [_said(KIM, "mon 09:00"), _said(ANA, "mon 09:30", public=False), _said(ANA, "mon 10:00")]
    found = happenings(asked, said, frozenset({ANA}))
    assert [(each.what, each.status) for each in found] == [
        ("asked", ""),
        ("answered", ""),
        ("status", "pending"),
    ]
    audits = [
        Audit(1, day("mon 11:00"), ANA, changes=(("status", "open", "hold"),)),
        Audit(2, day("mon 12:00"), ANA, changes=(("tags", "['a']", "['a', 'escalated']"),)),
    ]
    told = happenings(asked, said, frozenset({ANA}), audits, frozenset({"escalated"}))
    assert [(each.what, each.status) for each in told[2:]] == [
        ("status", "hold"),
        ("escalation", ""),
    ]


def test_a_thread_that_was_not_fetched_began_when_the_ticket_did() -> None:
    fresh = ticket(created_at=day("mon 09:00"), status_since=day("mon 09:00"), priority="high")
    (clock,) = clocks(fresh, frozenset(), happenings(fresh, (), frozenset()), USUAL)
    assert clock.breach_at == day("mon 21:00")


def _said(author: int, when: str, *, public: bool = True) -> Comment:
    return Comment(1, 1, author, public, "words", day(when))


# Against a reference that looks at every minute.

_STEP = timedelta(minutes=30)
_WHATS = st.sampled_from(["asked", "answered", "open", "pending", "hold", "solved", "escalation"])
_STORIES = st.lists(st.tuples(st.integers(1, 14 * 48), _WHATS), max_size=10)


def _slow(
    story: list[Happening], until: datetime, rule: TargetRule, *, escalated: bool
) -> tuple[str, bool, datetime | None] | None:
    """Metric, whether it stands still, and when it was missed, of the clock at `until`."""
    status, replied = "open", False
    metric, used, missed = "", timedelta(), None
    moment = story[0].at
    while True:
        for happening in (each for each in story if each.at == moment):
            if happening.what == "answered":
                replied, metric = True, ""
            elif happening.what == "asked":
                status = "open"
                if not metric:
                    metric = "escalated" if escalated else "next" if replied else "first"
                    used, missed = timedelta(), None
            elif happening.what == "status":
                status = happening.status
                metric = "" if status == "solved" else metric
            elif metric == "escalated":
                used, missed = timedelta(), None
        if moment >= until:
            break
        moment += _STEP
        if metric and status not in ("pending", "hold") and in_hours(rule.calendar, moment - _STEP):
            used += _STEP
            target = rule.target(f"{metric}_reply_time")
            if target is not None and used >= target and missed is None:
                missed = moment
    still = status in ("pending", "hold")
    if still and metric and used == rule.target(f"{metric}_reply_time"):
        missed = None  # stopped in the very moment: not missed
    return (metric, still, missed) if metric else None


@given(_STORIES, st.booleans(), st.booleans())
def test_clocks_are_what_a_look_at_every_half_hour_says(
    steps: list[tuple[int, str]], escalated: bool, office: bool
) -> None:
    hours = ((9 * 60, 17 * 60),) if office else ((0, 1440),)
    calendar = Calendar("some", UTC, (hours,) * 5 + ((), ()))
    spans = (timedelta(hours=6), timedelta(hours=11), timedelta(hours=16))
    rule = TargetRule(Condition(), calendar, *spans)
    targets = replace(USUAL, rules=(rule,))
    story = [Happening(A_WEEK, "asked")]
    for at, what in sorted(dict(steps).items()):
        words = what in ("asked", "answered", "escalation")
        moment = A_WEEK + at * _STEP
        story.append(Happening(moment, what if words else "status", "" if words else what))
    until = A_WEEK + 21 * 48 * _STEP
    tags = frozenset({"escalated"} if escalated else ())
    found = clocks(ticket(priority="high"), tags, story, targets)
    alive = next((clock for clock in found if clock.stage != "achieved"), None)
    expected = _slow(story, until, rule, escalated=escalated)
    if expected is None:
        assert alive is None
        return
    metric, still, missed = expected
    assert alive is not None
    assert (alive.metric, alive.stage) == (f"{metric}_reply_time", "paused" if still else "active")
    if still or missed is not None:
        assert alive.breach_at == missed
