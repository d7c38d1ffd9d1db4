"""A canned reply filled in for a ticket, from what the mirror knows and what the words give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from heroterm.cli.invocation import Invocation
from heroterm.cli.reading import Reading
from heroterm.cli.rules import facts_of, rulebook
from heroterm.domain.reply import CannedReply, Filled, Stop, facts_for, fill, placeholder_names
from heroterm.domain.ticket import Ticket
from heroterm.errors import UsageError

_MOST_NEAR = 3


def canned_words(
    call: Invocation, read: Reading, ticket: Ticket, kind: str, name: str, values: Sequence[str]
) -> str:
    """The words of a canned reply; holes that nothing fills stay, and the rules refuse them.

    `values` are NAME=VALUE; the stop `$1<when>` is filled by its number or by its words. Raises
    UsageError for a name that the reply does not ask for.
    """
    book = rulebook(call.paths)
    chosen = _named(book.replies, name)
    if chosen.kind != kind:
        verb = "reply" if chosen.kind == "public_reply" else "note"
        say = f"The canned text {name!a} is for `heroterm {verb}`."
        raise UsageError(say, f"Use `heroterm {verb} {ticket.id} --canned {name}`.")
    given = dict(_pair(word) for word in values)
    mirror = read.mirror
    user_id = read.state.user_id
    rules = facts_of(mirror, ticket, book, read.now)
    home = mirror.organization(ticket.organization_id) if ticket.organization_id else None
    nobodys = home is not None and book.sources.is_placeholder(home.name)
    facts = facts_for(
        ticket,
        mirror.person(ticket.requester_id) if ticket.requester_id else None,
        mirror.person(user_id) if user_id else None,
        None if nobodys else home,
        {"question.url": rules.question_url or "", **given},
    )
    filled = fill(chosen, facts, rules.source)
    _check_known(given, placeholder_names(chosen, rules.source), filled.stops)
    return _with_stops(filled, given)


def _named(replies: Sequence[CannedReply], name: str) -> CannedReply:
    found = next((each for each in replies if each.name == name), None)
    if found is None:
        raise unknown(name, [each.name for each in replies])
    return found


def unknown(name: str, names: Sequence[str]) -> UsageError:
    """What is said of a name that no canned reply has: those that are near, else all."""
    begun = [each for each in names if name and name.casefold() in each]
    near = (begun or get_close_matches(name.casefold(), names))[:_MOST_NEAR]
    known = ", ".join(sorted(names)) or "none"
    remedy = f"Did you mean {' or '.join(near)}?" if near else f"Known are: {known}."
    return UsageError(f"There is no canned reply {name!a}.", remedy)


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals or not name:
        raise UsageError(f"{word!a} sets nothing.", "Write --set NAME=VALUE.")
    return name, value


def _check_known(given: Mapping[str, str], names: Sequence[str], stops: Sequence[Stop]) -> None:
    labels = [f"{stop.number} ({stop.label})" for stop in stops if stop.number]
    known = {*names, *(key for stop in stops for key in _keys(stop))}
    for name in given:
        if name not in known:
            raise UsageError(
                f"This canned reply has no {name!a} to fill in.",
                f"--set takes: {', '.join((*names, *labels)) or 'nothing here'}.",
            )


def _keys(stop: Stop) -> tuple[str, ...]:
    """The names under which a stop is filled; none for the place where the cursor ends."""
    return (str(stop.number), stop.label) if stop.number else ()


def _with_stops(filled: Filled, given: dict[str, str]) -> str:
    body = filled.body
    for stop in sorted(filled.stops, key=lambda each: each.start, reverse=True):
        value = next((given[key] for key in _keys(stop) if key in given), None)
        if value is not None:
            body = body[: stop.start] + value + body[stop.end :]
    return body
