"""The team's queues as the configuration names them, the desk's own first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from heroterm.config import Config, TeamView
from heroterm.domain.view import OWN, QueueChoice

USUAL = (
    QueueChoice("mine", "m", query="assignee:me"),
    QueueChoice("unassigned", "u", query="assignee:none", own_groups=True),
    QueueChoice("high priority", "h", query="priority>=high", own_groups=True),
    QueueChoice("every group", "e"),
)
"""What there is beside it, but for those whose name or letter the configuration has given away."""

LETTER_TAKEN = "No queue can have the letter {}: behind the prefix it is “{}” already."
"""The letter, and what it does behind the prefix of the queues."""


def choices_of(config: Config) -> tuple[QueueChoice, ...]:
    """Every queue that can be chosen; the first is what the desk opens with."""
    own = QueueChoice(OWN, zendesk_view_id=config.account.view, own_groups=True)
    named = tuple(map(_choice, config.view))
    names = {choice.name.casefold() for choice in named}
    letters = {choice.key for choice in named}
    usual = (one for one in USUAL if one.name not in names and one.key not in letters)
    return (own, *named, *usual)


def _choice(view: TeamView) -> QueueChoice:
    how = (view.name, view.key, view.zendesk, view.query, view.own_groups, view.filter)
    return QueueChoice(*how, in_config=True)


def within_reach(
    choices: Sequence[QueueChoice], taken: Mapping[str, str]
) -> tuple[tuple[QueueChoice, ...], tuple[str, ...]]:
    """The queues without letters that are `taken` behind the prefix, with what they do there; and
    a sentence for each letter that one of them lost.
    """
    lost = [choice for choice in choices if choice.key in taken]
    said = (
        f"{LETTER_TAKEN.format(each.key, taken[each.key])} {each.name!a} has none now."
        for each in lost
    )
    return tuple(replace(one, key="") if one in lost else one for one in choices), tuple(said)
