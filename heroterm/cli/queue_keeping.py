"""A filter of the desk kept as a queue of config.toml, or taken out, and the queues then."""

from __future__ import annotations

from heroterm.cli.queues import choices_of, within_reach
from heroterm.config import TeamView, load
from heroterm.config.adding import add_view
from heroterm.config.removing import remove_view
from heroterm.config.writing import table_of
from heroterm.domain.view import QueueChoice
from heroterm.errors import ConfigError
from heroterm.paths import Paths
from heroterm.tui.commands import VIEWS
from heroterm.tui.keymap import Keymap


def keep_queue(where: Paths, keymap: Keymap, wanted: QueueChoice) -> tuple[QueueChoice, ...]:
    """Write a queue into the configuration; every queue as it is now.

    Raises ConfigError, whose remedy ends with the lines to write by hand; nothing was written then.
    """
    view = TeamView(
        wanted.name,
        wanted.key,
        wanted.zendesk_view_id,
        wanted.query,
        wanted.kept,
        wanted.own_groups,
    )
    file = where.config_file
    try:
        add_view(file, view)
    except ConfigError as error:
        by_hand = "\n".join(["The queue, to be written by hand:", "", *table_of(view)])
        raise ConfigError(error.say, f"{error.remedy}\n\n{by_hand}", file=str(file)) from error
    return _queues(where, keymap)


def forget_queue(where: Paths, keymap: Keymap, name: str) -> tuple[QueueChoice, ...]:
    """Take a queue out of the configuration; every queue as it is now.

    Raises ConfigError; nothing was written then.
    """
    remove_view(where.config_file, name)
    return _queues(where, keymap)


def _queues(where: Paths, keymap: Keymap) -> tuple[QueueChoice, ...]:
    return within_reach(choices_of(load(where.config_file)), keymap.titles(VIEWS))[0]
