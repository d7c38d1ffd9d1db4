"""`g s`: the week in numbers and small plots, from the mirror and this desk's own trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil

from textual.content import Content

from heroterm.domain.ages import span
from heroterm.domain.stats import Week
from heroterm.domain.tiers import TierRules
from heroterm.errors import StoreError
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.text import parts

_DAYS = 14
_PLOT_LINES = 4
_AXIS_CELLS = 15
_WAIT = "Counting tickets, replies and keys ..."
_COUNTED_HOW = (
    "Unsolved: tickets of every group, pending and on hold, too.",
    "Breached: ran out that day and not met yet, or an answer known to be late.",
    "Yours: what this desk sent; first replies from everywhere.",
    "A solved ticket counts until its last change; tiers are today's.",
)


def show(desk: OnDesk) -> None:
    """The last two weeks in a box, counted beside the screen: years of tickets take a second."""
    title = f"The last {_DAYS} days  (heroterm stats --csv FILE exports)"
    box = desk.explain(title, [parts((_WAIT, "$muted"))])
    now, count = desk.reading.now().astimezone(desk.book.zone), desk.parts.week

    def told(week: Week) -> None:
        width = max(24, min(104, int(desk.size.width * 0.9) - 6))
        box.tell(lines(week, width, desk.book.tiers))

    def failed(error: StoreError) -> None:
        box.tell([parts((str(error), "$sla-breached"))])

    desk.lookups.ask(lambda mirror: count(mirror, now, _DAYS), told, failed, "week")


def lines(told: Week, width: int, rules: TierRules) -> list[Content]:
    """Numbers first, then a small plot for each tier and for each thing that is counted daily."""
    tiers = range(1, len(told.days[0].open_by_tier) + 1)
    made = [*_mine(told), *_everybody(told, tiers), Content("")]
    for tier in tiers:
        series = [day.open_by_tier[tier - 1] for day in told.days]
        made += _plot(f"T{tier} unsolved, {_said(rules, tier)}", series, width)
    for title, series in _daily(told):
        made += _plot(f"{title}, a day", series, width)
    first, last = told.days[0].day, told.days[-1].day
    when = f"{_day(first)} to {_day(last)}; a day is counted at its end."
    made.append(parts((when, "italic")))
    made += [parts((words, "$text-muted")) for words in _COUNTED_HOW]
    return made


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _mine(told: Week) -> list[Content]:
    """What the hero did; no line is longer than a box of a terminal of 80 columns."""
    own, each = told.mine, told.keys_each
    first = f"solved here {own.solved}   tickets {own.tickets}   first reply, median "
    picks = f"picked out of order {told.out_of_order}   skipped with a reason {told.skipped}"
    keys = f"   keys for each ticket {each}" if each is not None else ""
    merch = f"merch offered {own.merch}"
    return [
        parts(("you  ", "bold"), first + _median(own.first_reply_median)),
        parts(f"     recalled {told.recalled}   taken back {own.taken_back}   {merch}{keys}"),
        parts(f"     {picks}"),
    ]


def _everybody(told: Week, tiers: Sequence[int]) -> list[Content]:
    """How the account stands."""
    good, bad = told.satisfaction
    unsolved = "  ".join(f"T{tier} {told.days[-1].open_by_tier[tier - 1]}" for tier in tiers)
    solved, median = sum(day.solved for day in told.days), _median(told.first_reply_median)
    return [
        parts(
            ("all  ", "bold"),
            f"unsolved {unsolved}",
            (f"   breached {told.breached_now}", "$sla-breached bold"),
        ),
        parts(f"     solved {solved}   first reply, median {median}"),
        parts(f"     rated {good} good, {bad} bad"),
    ]


def _median(length: timedelta | None) -> str:
    return span(length) if length is not None else "none"


def _daily(told: Week) -> list[tuple[str, list[int]]]:
    """What is counted day by day, the urgent first."""
    return [
        ("breached", [day.breached for day in told.days]),
        ("solved", [day.solved for day in told.days]),
        ("sent here", [day.sent for day in told.days]),
        ("picked out of order", [day.out_of_order for day in told.days]),
    ]


def _said(rules: TierRules, tier: int) -> str:
    """What the policy says of a tier."""
    return next((rule.say for rule in rules.rules if rule.tier == tier), "everything else")


def _plot(title: str, series: Sequence[int], width: int) -> list[Content]:
    """One series as lines of text: its title with its ends, and the curve below."""
    import plotille  # only here: nothing before the box needs it

    if not any(series):
        return [parts((f"{title}: ", "bold"), "none in these days"), Content("")]
    most = max(series)
    figure = plotille.Figure()
    figure.width, figure.height = max(10, width - _AXIS_CELLS), _PLOT_LINES
    figure.with_colors = False
    figure.x_label = figure.y_label = ""
    # A cell is two dots wide and four high. What lies on a limit itself is not drawn, so that the
    # limits lie a dot beyond the last day and the highest value.
    figure.set_x_limits(0, (len(series) - 1) * _beyond(2 * figure.width))
    figure.set_y_limits(0, most * _beyond(4 * figure.height))
    figure.y_ticks_fkt = _tick
    figure.plot(list(range(len(series))), list(series), interp="linear")
    drawn = figure.show().splitlines()
    rows = [line for line in drawn if "|" in line and not line.strip().startswith("-")]
    # The first row is the axis' upper end, without a curve; the last one has its numbers, and days
    # are named once, at the end.
    curve = [line.rstrip() for line in rows[1:-1]]
    head = f"{title}: {series[0]} -> {series[-1]}, most {max(series)}"
    return [parts((head, "bold")), *(Content(line) for line in curve), Content("")]


def _tick(low: float, high: float) -> str:
    """A row of the curve is named by the first whole number that lies in it, if one does."""
    whole = ceil(low)
    return f"{whole:>4}" if whole < high else " " * 4


def _beyond(dots: int) -> float:
    return dots / (dots - 1)
