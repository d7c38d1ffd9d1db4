"""Where a run stands, in a few words: for the list of runs, the side card, the pane's frame."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from heroterm.domain.ages import ago, clock_day, clock_time
from heroterm.domain.intent_states import UNFINISHED
from heroterm.domain.keyed_words import literal
from heroterm.domain.playbook_addresses import same
from heroterm.domain.playbook_case import Case, fact
from heroterm.domain.playbook_run import (
    ANSWERED,
    HEROTERM,
    NOTED,
    OPEN,
    REMINDED,
    Run,
    unsent,
)
from heroterm.domain.playbook_since import unread
from heroterm.domain.playbook_way import Waiting, next_step, waiting

UNTOLD = "not on its ticket yet"
"""Begins what is said of a run whose last steps no note tells; another desk goes on without them.
"""


def untold(run: Run) -> str:
    """Why another desk does not find all of a run on its ticket, in words; "" where it does."""
    if any(event.by != HEROTERM for event in run.unposted):
        return UNTOLD
    noted = run.last(NOTED)
    waits = noted is not None and run.intents.get(noted.intent_id) in UNFINISHED
    return "its note is not sent yet" if waits else ""


def progress(run: Run) -> str:
    """`6/17`: the number of the next step, and how many there are."""
    line, count = next_step(run), len(run.playbook.steps)
    return f"{line.number}/{count}" if line is not None else f"{count}/{count}"


def alarms(run: Run, case: Case) -> list[str]:
    """What has to be seen wherever the ticket of an open run is, as sentences that name keys
    (`keyed_words`); mostly nothing.
    """
    if run.state != OPEN:
        return []
    found = []
    asks, owner = fact(run, case, "requester_address"), fact(run, case, "owner_address")
    if asks is not None and owner is not None and not same(asks.value, owner.value):
        pair = f"{asks.value} asks, {owner.value} owns"
        found.append(f"REQUESTER IS NOT THE OWNER: {literal(pair)}.")
    done = run.done
    for step in (one for one in run.playbook.steps if one.kind == "danger" and one.id in done):
        looks = (one for one in run.playbook.steps if step.id in (one.requires or ()))
        if not any(one.id in done for one in looks):
            found.append(
                f"ARMED: {literal(step.title)}. What it has left is not read back yet "
                "({ticket.playbook})."
            )
    since = unread(run, case)
    return [*found, f"{literal(since.say)} {since.instead}"] if since is not None else found


def short(run: Run) -> str:
    """`6/17 WAITING`, `17/17 note left`, `finished`: for a frame."""
    if run.state != OPEN:
        return run.state
    now = waiting(run)
    if now is not None:
        return f"{progress(run)} {_word(now)}"
    return progress(run) if next_step(run) is not None else f"{progress(run)} note left"


def _word(wait: Waiting) -> str:
    return "OVERDUE" if wait.overdue else "WAITING"


def until(wait: Waiting, zone: tzinfo) -> str:
    """`WAITING until Thu 12 Mar`, `OVERDUE since Thu 12 Mar`."""
    if wait.until is None:
        return _word(wait)
    return f"{_word(wait)} {'since' if wait.overdue else 'until'} {clock_day(wait.until, zone)}"


def over(run: Run, now: datetime) -> str:
    """Why a run wants its hero again after a wait: its time is up, or it was ended by what came and
    nobody has gone on since. "" while it waits, and where somebody is at it.
    """
    wait, last = waiting(run), run.events[-1] if run.events else None
    if wait is not None:
        up = wait.until is not None and wait.until <= now and not unsent(run)
        timed = wait.overdue or up
        return "nobody answered in time" if timed else ""
    step = run.playbook.step(last.step) if last is not None else None
    if last is None or step is None or run.state != OPEN:
        return ""
    if step.kind != "wait" or last.what != ANSWERED or last.by != HEROTERM:
        return ""
    return f"{last.evidence.address} wrote" if last.evidence is not None else "the day has come"


def wake(run: Run) -> datetime | None:
    """When a wait looks up by itself, whatever comes before: its reminder, else its end."""
    now = waiting(run)
    step = run.playbook.step(now.step) if now is not None else None
    if now is None or step is None:
        return None
    told = run.last(REMINDED, now.step)
    reminded = told is not None and told.at >= now.since
    remind = now.since + timedelta(days=step.remind) if step.remind and not reminded else None
    moments = [one for one in (remind, now.until) if one is not None]
    return min(moments) if moments else None


def standing(run: Run, now: datetime, zone: tzinfo) -> str:
    """`6/17 WAITING since 2 d ago, next look Tue 09:12, until Thu 12 Mar`, or what comes next."""
    line, wait = next_step(run), waiting(run)
    if run.state != OPEN:
        return run.state
    if line is None:
        return "every step is done, the closing note is left"
    if wait is None:
        return f"{progress(run)} {line.step.title}"
    begun = ago(wait.since, now)
    if wait.overdue:
        return f"{progress(run)} {until(wait, zone)}, begun {begun}"
    said = f"{short(run)} since {begun}"
    look = wake(run)
    if look is not None and look > now and look != wait.until:
        said += f", next look {clock_time(look, now, zone)}"
    return f"{said}, until {clock_day(wait.until, zone)}" if wait.until is not None else said
