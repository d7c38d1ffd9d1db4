"""The team's queues as the configuration names them, the desk's own first."""

from __future__ import annotations

from heroterm.config import Config
from heroterm.domain.view import QueueChoice

OWN = "queue"
"""Name of the desk's own queue."""


def choices_of(config: Config) -> tuple[QueueChoice, ...]:
    """Every queue that can be chosen; the first is what the desk opens with."""
    own = QueueChoice(OWN, zendesk_view_id=config.account.view, own_groups=True)
    named = (QueueChoice(v.name, v.key, v.zendesk, v.query) for v in config.view)
    return (own, *named)


def views_to_bring(config: Config) -> tuple[int, ...]:
    """Numbers of the saved views whose tickets must be known, that of the own queue first."""
    numbers = (choice.zendesk_view_id for choice in choices_of(config))
    return tuple(dict.fromkeys(number for number in numbers if number is not None))
