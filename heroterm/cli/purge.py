"""`heroterm purge`: removes customers' data from this machine; what exists nowhere else stays."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import click

from heroterm.cli.files import remove
from heroterm.cli.invocation import Invocation
from heroterm.cli.mirror_writer import mirror_writer
from heroterm.cli.mirrors import open_mirror
from heroterm.cli.numbers import WholeNumber
from heroterm.cli.rules import rulebook
from heroterm.cli.table import aligned
from heroterm.cli.verb import verb
from heroterm.errors import UsageError
from heroterm.journal.database import open_journal

WORD = "purge"
MOST_DAYS = 36_500
"""A hundred years: before every ticket there is."""


@verb("purge")
@click.option("--older-than", type=WholeNumber(0, MOST_DAYS), metavar="DAYS", help="Solved before.")
@click.option("--user", type=WholeNumber(), metavar="ID", help="One person's traces.")
@click.option("--all", "everything", is_flag=True, help="The whole mirror.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(
    call: Invocation, older_than: int | None, user: int | None, everything: bool, yes: bool
) -> int:
    """Remove customers' data from this machine, so that it cannot be read back.

    Drafts and what waits in the outbox stay: they exist nowhere else. With --older-than and --all
    what was sent, recalled or discarded goes too, with files that nothing names any more.
    """
    if older_than is None and user is None and not everything:
        raise UsageError("Say what to remove.", "--older-than DAYS, --user ID or --all.")
    where = call.paths
    open_mirror(where.mirror).close()
    if not yes:
        _ask(call, older_than, user, everything)

    writer = mirror_writer(where.mirror, rulebook(where))
    try:
        moment = None if older_than is None else call.clock() - timedelta(days=older_than)
        removed = writer.purge(older_than=moment, user_id=user, everything=everything)
        if everything or moment is not None:
            removed["attachment"] = remove(where, older_than=None if everything else moment)
            removed |= _from_journal(call, call.clock() if everything else moment)
    finally:
        writer.close()
    after = "Backups are out of reach; what the server still shows comes back with the next sync."
    call.answer({"removed": removed}, [*aligned(list(removed.items())), after])
    return 0


def _from_journal(call: Invocation, older_than: datetime | None) -> dict[str, int]:
    """Finished intents and files without a use; drafts, marks and what waits stay."""
    journal = open_journal(call.paths.journal, clock=call.clock)
    try:
        return journal.housekeeping.tidy(call.clock(), older_than=older_than)
    finally:
        journal.close()


def _ask(call: Invocation, older_than: int | None, user: int | None, everything: bool) -> None:
    if not call.may_ask:
        raise UsageError("Nothing was removed: there is nobody to ask.", "Add --yes.")
    what = (
        "the whole mirror"
        if everything
        else f"everything about user {user}"
        if user is not None
        else f"tickets solved over {older_than} days ago"
    )
    call.say(f"This removes {what} from {call.paths.mirror}. What waits and every draft stay.")
    call.say(f"Type {WORD} to go on:")
    if sys.stdin.readline().strip() != WORD:
        raise UsageError("Nothing was removed.", f"The word is {WORD}.")
