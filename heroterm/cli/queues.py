"""The team's queues as the configuration names them, the desk's own first."""

from __future__ import annotations

from heroterm.config import Config
from heroterm.domain.view import QueueChoice

OWN = "queue"
"""Name of the desk's own queue."""
USUAL = (
    QueueChoice("mine", "m", query="assignee:me"),
    QueueChoice("unassigned", "u", query="assignee:none", own_groups=True),
    QueueChoice("high priority", "h", query="priority>=high", own_groups=True),
    QueueChoice("every group", "e"),
)
"""What there is beside it while the configuration names no queue."""


def choices_of(config: Config) -> tuple[QueueChoice, ...]:
    """Every queue that can be chosen; the first is what the desk opens with."""
    own = QueueChoice(OWN, zendesk_view_id=config.account.view, own_groups=True)
    named = (QueueChoice(v.name, v.key, v.zendesk, v.query) for v in config.view)
    return (own, *(tuple(named) or USUAL))


def views_to_bring(config: Config) -> tuple[int, ...]:
    """Numbers of the saved views whose tickets must be known, that of the own queue first."""
    numbers = (choice.zendesk_view_id for choice in choices_of(config))
    return tuple(dict.fromkeys(number for number in numbers if number is not None))
