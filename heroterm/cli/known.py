"""Words that can be completed: tickets, playbooks, canned replies, queues, groups, intents.

Read from this home alone, in a moment, and never a failure: a shell that waits for Tab is told
what is known or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click
from click.shell_completion import CompletionItem

from heroterm.cli.invocation import Invocation
from heroterm.errors import HeroError

MOST = 200
"""Words that are offered at once."""
_STATUSES = ("open", "pending", "hold", "solved")
Found = Iterator[tuple[str, str]]
"""Words and what each is, on one line."""


class Known(click.types.StringParamType):
    """A text whose possible values this home knows; any other is taken, too."""

    def __init__(self, what: str) -> None:
        self.what = what

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """What begins so."""
        return offered(ctx.find_object(Invocation), self.what, incomplete)


def offered(call: Invocation | None, what: str, incomplete: str) -> list[CompletionItem]:
    """The words of a kind that begin so, at most `MOST`; none where they cannot be read."""
    made: list[CompletionItem] = []
    if call is None:
        return made
    try:
        for word, say in _SOURCES[what](call, incomplete):
            if word.startswith(incomplete):
                made.append(CompletionItem(word, help=say or None))
            if len(made) == MOST:
                break
    except (HeroError, OSError):
        return []
    return made


def _tickets(call: Invocation, incomplete: str) -> Found:
    from heroterm.cli.mirrors import open_queues
    from heroterm.domain.text import shown
    from heroterm.domain.view import Overlay, View

    queues = open_queues(call.paths.mirror)
    try:
        for row in queues.queue(View(text=incomplete), Overlay(), limit=5 * MOST):
            title = "content warning" if row.content_warning else row.title
            yield str(row.id), f"{row.status} {shown(title, single_line=True)[:60]}"
    finally:
        queues.close()


def _files(folder: str, ending: str) -> Callable[[Invocation, str], Found]:
    def names(call: Invocation, _incomplete: str) -> Found:
        from heroterm.paths import shipped

        for place in (call.paths.rules / folder, shipped(folder)):
            yield from ((path.stem, "") for path in sorted(place.glob(f"*{ending}")))

    return names


def _queues(call: Invocation, _incomplete: str) -> Found:
    from heroterm.cli.queues import choices_of

    for choice in choices_of(call.config):
        # Bash takes a word apart at its blanks; the letter of such a queue serves as well.
        yield (choice.key if " " in choice.name and choice.key else choice.name), choice.query


def _groups(call: Invocation, _incomplete: str) -> Found:
    from heroterm.cli.mirrors import open_mirror

    mirror = open_mirror(call.paths.mirror)
    try:
        yield from ((group.name, "") for group in mirror.groups())
    finally:
        mirror.close()


def _intents(call: Invocation, _incomplete: str) -> Found:
    from heroterm.journal.database import open_journal

    if not call.paths.journal.exists():
        return
    journal = open_journal(call.paths.journal, clock=call.clock)
    try:
        for intent in journal.outbox.unfinished():
            yield intent.id, f"#{intent.ticket_id} {intent.kind} {intent.state}".replace("_", " ")
    finally:
        journal.close()


_SOURCES: dict[str, Callable[[Invocation, str], Found]] = {
    "tickets": _tickets,
    "playbooks": _files("playbooks", ".toml"),
    "replies": _files("replies", ".md"),
    "queues": _queues,
    "groups": _groups,
    "intents": _intents,
    "statuses": lambda call, incomplete: ((word, "") for word in _STATUSES),
}
