"""`heroterm outbox`: what waits to be sent, and the five things that can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from heroterm.cli.documents import intent_document
from heroterm.cli.intent_lines import lines_of
from heroterm.cli.invocation import Invocation
from heroterm.cli.known import Known
from heroterm.cli.numbers import Seconds
from heroterm.cli.verb import VerbGroup
from heroterm.domain.outbox import NEEDS_YOU, STATE_WORDS, Intent
from heroterm.errors import RefusedByRule, UsageError
from heroterm.journal.database import Journal, open_journal

command = VerbGroup("outbox", help="List, send, recall, hold or discard what waits.")


@contextmanager
def opened(call: Invocation) -> Iterator[Journal]:
    """The journal of this home, closed at the end. Raises StoreError."""
    journal = open_journal(call.paths.journal, clock=call.clock, sealed=lambda: call.read_only)
    try:
        yield journal
    finally:
        journal.close()


def answer(call: Invocation, intents: list[Intent], *, nothing: str) -> None:
    """Print intents as `outbox list` does; `nothing` is what to say where there are none."""
    document = {"intents": [intent_document(intent) for intent in intents]}
    call.answer(document, lines_of(intents, call.clock()) if intents else [nothing])


def find(journal: Journal, word: str) -> Intent:
    """The intent that a whole id or its first letters name. Raises UsageError."""
    exact = journal.outbox.get(word)
    if exact is not None:
        return exact
    alike = [intent for intent in journal.outbox.list(all=True) if intent.id.startswith(word)]
    if len(alike) == 1 and len(word) >= 4:
        return alike[0]
    say = f"{len(alike)} intents begin with {word!a}." if alike else f"There is no intent {word!a}."
    raise UsageError(say, "`heroterm outbox list --all` names them; nothing was changed.")


@command.command("list")
@click.option("--all", "every", is_flag=True, help="Also what was sent, recalled or discarded.")
@click.pass_obj
def list_intents(call: Invocation, every: bool) -> int:
    """List what waits, oldest first."""
    with opened(call) as journal:
        intents = journal.outbox.list(all=every)
    answer(call, intents, nothing="The outbox is empty: nothing waits to be sent.")
    return 0


@command.command("send")
@click.argument("intent", required=False, type=Known("intents"))
@click.option("--anyway", multiple=True, metavar="RULE", help="Answer a question with yes.")
@click.pass_obj
def send(call: Invocation, intent: str | None, anyway: tuple[str, ...]) -> int:
    """End the hold of one intent, or of all, and push now."""
    from heroterm.cli.sending import push_now

    with opened(call) as journal:
        chosen = [find(journal, intent)] if intent else _may_go(journal)
    if intent and not chosen[0].unfinished:
        raise _too_late(chosen[0], "sent")
    if not chosen:
        answer(call, [], nothing="The outbox is empty: nothing waits to be sent.")
        return 0
    return push_now(call, [each.id for each in chosen], anyway)


def _may_go(journal: Journal) -> list[Intent]:
    """Everything that waits but what needs a decision, which is sent by its name alone."""
    return [intent for intent in journal.outbox.unfinished() if intent.state != NEEDS_YOU]


def _one(
    call: Invocation, word: str, done: str, act: Callable[[Journal, str], Intent | None]
) -> int:
    with opened(call) as journal:
        found = find(journal, word)
        moved = act(journal, found.id)
        if moved is None:
            raise _too_late(journal.outbox.get(found.id) or found, done)
    answer(call, [moved], nothing="")
    return 0


def _too_late(intent: Intent, done: str) -> RefusedByRule:
    remedy = f"`heroterm show {intent.ticket_id}` shows the ticket with it."
    if intent.state == NEEDS_YOU:
        remedy = (
            "A try may have arrived. Look at it in Zendesk, then: "
            f"`heroterm outbox discard {intent.id[:8]} --seen-on-server`."
        )
    return RefusedByRule(
        f"This intent cannot be {done} any more: {STATE_WORDS[intent.state]}.",
        remedy,
        rule="outbox-state",
    )


@command.command("recall")
@click.argument("intent", type=Known("intents"))
@click.pass_obj
def recall(call: Invocation, intent: str) -> int:
    """Take back what was not sent yet; the words return to their draft."""
    return _one(call, intent, "recalled", lambda journal, id_: journal.outbox.recall(id_))


@command.command("undo")
@click.argument("intent", type=Known("intents"))
@click.option("--hold", type=Seconds(), metavar="SECONDS", help="Wait so long, at most a day.")
@click.pass_obj
def undo(call: Invocation, intent: str, hold: float | None) -> int:
    """Take back a change that was sent, while nobody has touched it since."""
    from heroterm.cli.undoing import take_back

    with opened(call) as journal:
        found = find(journal, intent)
    return take_back(call, found, hold)


@command.command("hold")
@click.argument("intent", type=Known("intents"))
@click.pass_obj
def hold(call: Invocation, intent: str) -> int:
    """Keep an intent back until `outbox send` names it."""
    return _one(call, intent, "held", lambda journal, id_: journal.outbox.hold(id_))


@command.command("discard")
@click.argument("intent", type=Known("intents"))
@click.option("--seen-on-server", is_flag=True, help="You looked in Zendesk whether it arrived.")
@click.pass_obj
def discard(call: Invocation, intent: str, seen_on_server: bool) -> int:
    """Give an intent up; its words are a draft again, or lie in the trash where one is.

    One of which a try may still have arrived is given up with --seen-on-server alone; its words
    go to the trash, lest they be sent twice.
    """

    def give_up(journal: Journal, id_: str) -> Intent | None:
        return journal.outbox.discard(id_, seen_on_server=seen_on_server)

    return _one(call, intent, "discarded", give_up)
