"""What may be wrong with a plain answer: empty words, sources that differ, a read-back that does
not repeat, a mistaken requester.
"""

from __future__ import annotations

from datetime import timedelta

from heroterm.domain.findings import Finding
from heroterm.domain.keyed_words import literal
from heroterm.domain.playbook import Step
from heroterm.domain.playbook_addresses import LOOK_ALIKE, SAME, compare
from heroterm.domain.playbook_case import Case, fact
from heroterm.domain.playbook_known import Known, words_of
from heroterm.domain.playbook_run import Run
from heroterm.domain.playbook_values import DATES, complaint, day_of, quoted
from heroterm.domain.text import shown

OWNER, COLLEAGUE, SOMEBODY, IMITATION = "owner", "colleague", "somebody else", "look-alike"
"""Answers to "who asks?", which are compared with the addresses."""
_EARLIEST = timedelta(hours=14)
"""By so much the clocks of the earliest zone are ahead of UTC."""


def wrong(run: Run, step: Step, value: str, case: Case, seen: str) -> Finding | None:
    """Why an answer cannot stand; None when it can. `seen` says where it was seen."""
    if step.kind in ("tell", "link") or (step.kind == "do" and not _wants_value(step)):
        return None
    if step.answers:
        if value not in step.answers:
            return among(step, value)
    elif bad := complaint(step.value, value):
        wanted = literal(step.evidence or step.title)
        return no("answer-says-nothing", bad, f"Write down: {wanted}.")
    return (
        _out_of_time(run, step, value, case)
        or _disagrees(step, value, case, seen)
        or _is_not(run, step, value, case)
        or _mistaken(run, step, value, case)
    )


def _out_of_time(run: Run, step: Step, value: str, case: Case) -> Finding | None:
    """A day on which a wait is to end lies ahead; a day that has been does not. A day may have
    begun somewhere that has not begun in UTC.
    """
    day = day_of(value) if step.value in DATES else None
    if day is None:
        return None
    ends_a_wait = step.fact and any(one.until == step.fact for one in run.playbook.steps)
    if ends_a_wait and day <= case.now:
        return no("day-is-past", f"{value} has begun already.", "Write down a day that comes.")
    if step.value == "date_or_never" and day > case.now + _EARLIEST:
        return no("day-is-ahead", f"{value} has not come yet.", "Write down the day that was.")
    return None


def _wants_value(step: Step) -> bool:
    return bool(step.evidence or step.fact or step.answers)


def _disagrees(step: Step, value: str, case: Case, seen: str) -> Finding | None:
    """What the trusted sources say wins over what was typed; where they are silent, or the step
    allows another value, say where it was seen.
    """
    known = _known(step, case)
    if not step.agrees:
        if known is None or value == known.value or not complaint("text", seen):
            return None
        say = f"You say {value!a}, but {known.source} says {known.value!a}."
        return no("differs-from-known", say, "Say also where you saw it.")
    if known is None:
        if complaint("text", seen):
            why = " ".join(case.doubts) or f"Nothing trusted names the {words_of(step.fact)}."
            return no("not-known", why, "Say also where you saw it.")
        return None
    if value != known.value:
        return no(
            "sources-differ",
            f"You say {value!a}, but {known.source} says {known.value!a}.",
            "Look again; {playbook.abort} ends the run if they really differ.",
        )
    return None


def _known(step: Step, case: Case) -> Known | None:
    """What a trusted source says of what is asked: the fact itself, or the one that is offered."""
    return case.known.get(step.fact) or case.known.get(step.suggest)


def and_known(step: Step, value: str, case: Case, seen: str) -> str:
    """Where an answer was seen; where a trusted source says something else, what it says, too."""
    known = _known(step, case)
    if known is None or value == known.value or not seen:
        return seen
    return f"{seen}; {known.source} says {known.value}"


def differences(run: Run, case: Case) -> list[str]:
    """Where an answer of the run is not what a trusted source says of the same, as sentences."""
    found = []
    for name in dict.fromkeys(step.fact for step in run.playbook.steps if step.fact):
        event, known = run.fact(name), case.known.get(name)
        if event is not None and known is not None and event.value != known.value:
            where = f" Seen by {event.by}: {event.seen.partition(';')[0]}." if event.seen else ""
            found.append(
                f"{words_of(name)} {event.value} is not what {known.source} says: "
                f"{known.value}.{where}"
            )
    return found


def asks_where(finding: object) -> bool:
    """Whether an answer could stand if only it were said where it was seen."""
    rules = ("not-known", "differs-from-known")
    return isinstance(finding, Finding) and finding.rule in rules and "where" in finding.instead


def _is_not(run: Run, step: Step, value: str, case: Case) -> Finding | None:
    """A read-back repeats what was there before."""
    before = fact(run, case, step.equals) if step.equals else None
    if step.equals and (before is None or value != before.value):
        was = before.value if before is not None else "not known"
        return no(
            "read-back-differs",
            f"You read {value!a}; the {words_of(step.equals)} is {was!a}.",
            "Look again. If it is really so, raise an incident at once.",
        )
    return None


def _mistaken(run: Run, step: Step, value: str, case: Case) -> Finding | None:
    """Who asks follows from the addresses, not from what the requester says."""
    if step.verify != "owner":
        return None
    asks, owner = fact(run, case, "requester_address"), fact(run, case, "owner_address")
    if asks is None or owner is None:
        return no("not-known", "The requester's or the owner's address is not known.")
    kind, why = compare(asks.value, owner.value)
    pair = (
        f"{shown(asks.value, single_line=True)} asks, {shown(owner.value, single_line=True)} owns"
    )
    if kind == LOOK_ALIKE and value != IMITATION:
        return no("look-alike", f"LOOK-ALIKE: {pair}; {why}.", f"The only way on is {IMITATION!a}.")
    if (kind == SAME) != (value == OWNER) and value in (OWNER, COLLEAGUE, SOMEBODY):
        say = "the same address" if kind == SAME else "REQUESTER IS NOT THE OWNER"
        return no("requester-is-not-so", f"{say}: {pair}.", "Answer what the addresses say.")
    domains = [one.value.rpartition("@")[2].casefold() for one in (asks, owner)]
    if value == COLLEAGUE and domains[0] != domains[1]:
        return no("requester-is-not-so", f"Another domain: {pair}.", f"Answer {SOMEBODY!a}.")
    return None


def who_asks(run: Run, case: Case, *, sure: bool) -> Known | None:
    """Who the addresses say is asking; `sure` only where both are the very same."""
    asks, owner = fact(run, case, "requester_address"), fact(run, case, "owner_address")
    if asks is None or owner is None:
        return None
    kind, why = compare(asks.value, owner.value)
    domains = [one.value.rpartition("@")[2].casefold() for one in (asks, owner)]
    if kind == SAME:
        return Known(OWNER, "both addresses are the same")
    if sure:
        return None
    if kind == LOOK_ALIKE:
        return Known(IMITATION, why)
    return Known(COLLEAGUE if domains[0] == domains[1] else SOMEBODY, "the addresses differ")


def among(step: Step, value: str, answers: tuple[str, ...] = ()) -> Finding:
    """The answer is none of those that are possible."""
    possible = ", ".join(answers or step.answers)
    return no(
        "answer-not-known",
        f"{quoted(value)} is no answer here.",
        f"Answer one of: {literal(possible)}.",
    )


def no(rule: str, say: str, instead: str = "") -> Finding:
    """A refusal."""
    return Finding(rule, "refuse", say, instead)
