from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from heroterm.domain.outbox import Changes, Intent, InternalNote, PublicReply
from heroterm.domain.stats import OUT_OF_ORDER, Mine, Said, day_ends, mine, week

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


def test_days_end_at_midnight_where_the_hero_sits_and_today_ends_now() -> None:
    here = NOW.astimezone(ZoneInfo("America/New_York"))
    ends = day_ends(here, 3)
    assert [f"{end:%d %H:%M}" for end in ends] == ["03 00:00", "04 00:00", "04 05:30"]


def test_each_thing_is_counted_on_its_own_day() -> None:
    ends = day_ends(NOW, 3)
    hour = timedelta(hours=1)
    told = week(
        ends,
        [{1: 1, 2: 5}, {2: 6}, {3: 2, 4: 9}],
        [4, 0, 2],
        [
            (NOW - 5 * hour, NOW - hour),
            (NOW - 30 * hour, NOW - 28 * hour),
            (NOW - 900 * hour, NOW - 800 * hour),
        ],
        [
            Said(NOW - hour, "intent sending -> sent"),
            Said(NOW - 26 * hour, "intent verify -> sent"),
            Said(NOW - hour, OUT_OF_ORDER),
            Said(NOW - hour, "skipped"),
            Said(NOW - hour, "intent held -> recalled"),
            Said(NOW - 900 * hour, OUT_OF_ORDER),
        ],
        breaches=[NOW, NOW - 26 * hour, NOW - 900 * hour],
        solved=[NOW - 27 * hour, NOW - 26 * hour],
        keys=83,
        mine=Mine(tickets=2),
    )
    assert told.keys_each == 42
    assert [day.open_by_tier for day in told.days] == [(1, 5, 0, 0), (0, 6, 0, 0), (0, 0, 2, 9)]
    assert [day.created for day in told.days] == [4, 0, 2]
    assert [day.first_replies for day in told.days] == [0, 1, 1]
    assert [day.sent for day in told.days] == [0, 1, 1]
    assert [day.breached for day in told.days] == [0, 1, 1]
    assert [day.solved for day in told.days] == [0, 2, 0]
    assert [day.out_of_order for day in told.days] == [0, 0, 1]
    assert told.first_reply_median == 3 * hour
    assert (told.out_of_order, told.skipped, told.recalled) == (1, 1, 1)
    assert [f"{day.day:%d}" for day in told.days] == ["02", "03", "04"]


def test_tiers_are_those_of_the_policy_in_force() -> None:
    told = week(day_ends(NOW, 2), [{}, {1: 1, 5: 2, 6: 3, 7: 4}], [0, 0], [], [], last=6)
    assert told.days[-1].open_by_tier == (1, 0, 0, 0, 2, 7)


def test_no_reply_at_all_is_none_and_not_zero() -> None:
    told = week(day_ends(NOW, 2), [{}, {}], [0, 0], [], [])
    assert told.first_reply_median is None and told.sent == 0 and told.keys_each is None


def test_mine_is_what_was_sent_from_here_each_ticket_once() -> None:
    hour, solved = timedelta(hours=1), Changes(status="solved")

    def sent(n: str, ticket: int, ago: int, changes: Changes, undoes: str = "") -> Intent:
        at = NOW - ago * hour
        return Intent(
            n, ticket, at, at, changes=changes, state="sent", finished_at=at, undoes=undoes
        )

    note = Intent("n", 9, NOW, NOW, InternalNote("x"), state="held")
    told = mine(
        [
            sent("a", 1, 3, solved),
            sent("b", 1, 2, solved),
            sent("c", 2, 2, Changes(priority="high")),
            sent("d", 2, 1, Changes(priority="low"), undoes="c"),
            sent("e", 3, 900, solved),
            note,
        ],
        [(NOW - 4 * hour, NOW - 2 * hour), (NOW - 901 * hour, NOW - 900 * hour)],
        NOW - 24 * hour,
        NOW,
    )
    assert told == Mine(1, 2, 1, 2 * hour)
    offer = replace(
        sent("f", 4, 1, Changes()), comment=PublicReply("A credit for the Merch store!")
    )
    code = replace(sent("g", 4, 1, Changes()), comment=PublicReply("Your merch code: X"))
    link = replace(sent("h", 5, 1, Changes()), comment=PublicReply("https://merch.example.com"))
    assert mine([offer, code, link], [], NOW - 24 * hour, NOW, ("merch",)).merch == 1
    assert mine([note], [], NOW - hour, NOW) == Mine()
