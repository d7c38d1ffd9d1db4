"""`heroterm uninstall-data`: everything that heroterm keeps on this machine goes, at one word."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import click

from heroterm.cli import rota_source
from heroterm.cli.belongings import Belonging, belongings, remove
from heroterm.cli.invocation import Invocation
from heroterm.cli.sign_in import secrets_of
from heroterm.cli.table import aligned
from heroterm.cli.verb import verb
from heroterm.errors import HeroError, KeyringShut, RefusedByRule, StoreError, UsageError
from heroterm.journal.database import open_journal
from heroterm.journal.lock import SenderLock

WORD = "uninstall"
_KEYRING = "the system keyring"
Kept = dict[str, Callable[[], bool]]


@dataclass(frozen=True, slots=True)
class Unsent:
    """What exists nowhere else. `broken` says why it cannot be known."""

    waiting: int = 0
    drafts: int = 0
    broken: str = ""

    @property
    def line(self) -> str:
        """For a person."""
        if self.broken:
            return f"The journal cannot be read, so nobody knows what waits in it: {self.broken}"
        return f"{self.waiting} in the outbox were not sent, {self.drafts} drafts are kept here."


@verb("uninstall-data")
@click.option("--keep-config", is_flag=True, help="Leave configuration, keys, rules and themes.")
@click.option("--even-unsent", is_flag=True, help="Also with words that were not sent.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(call: Invocation, keep_config: bool, even_unsent: bool, yes: bool) -> int:
    """Remove everything that heroterm keeps on this machine: copies, words, token, configuration.

    It is listed first. While something waits in the outbox nothing is removed.
    """
    where = call.paths
    _check_closed(call)
    found = belongings(where, keep_config=keep_config)
    kept = _in_keyring(call)
    if not found and not kept:
        call.answer({"removed": [], "left": []}, ["Nothing of heroterm's lies on this machine."])
        return 0
    unsent = _unsent(call)
    if (unsent.waiting or unsent.broken) and not even_unsent:
        raise RefusedByRule(
            f"{unsent.line} Nothing was removed.",
            "`heroterm outbox list` shows it, `heroterm sync --once` sends what may go; "
            "--even-unsent removes it all the same.",
            rule="unsent",
        )
    if not yes:
        _ask(call, found, kept, unsent)
    stays = [name for name, erase in kept.items() if not erase()]
    left = remove(found, where)
    lines = [f"Removed {len(found)} things of heroterm's; nothing of it can be read here any more."]
    lines += [f"The keyring did not let go of {name}: use its own tools." for name in stays]
    lines += [f"Left, because it is not heroterm's: {path}" for path in left]
    lines.append("Zendesk itself, backups, and the program are as they were.")
    call.answer({"removed": [str(each.path) for each in found], "left": left}, lines)
    return 0


def _check_closed(call: Invocation) -> None:
    if not call.paths.data.exists():
        return
    holder = SenderLock(call.paths.sender_lock).holder()
    if holder is not None:
        raise StoreError(
            f"heroterm is open (process {holder}); nothing was removed.", "Close it first."
        )


def _unsent(call: Invocation) -> Unsent:
    if not call.paths.journal.exists():
        return Unsent()
    try:
        journal = open_journal(call.paths.journal, clock=call.clock)
        try:
            return Unsent(len(journal.outbox.unfinished()), len(journal.drafts.list()))
        finally:
            journal.close()
    except StoreError as error:
        return Unsent(broken=error.say)


def _in_keyring(call: Invocation) -> Kept:
    """What lies in the keyring under heroterm's name, each with the way to remove it."""
    kept: Kept = {}
    try:
        config = call.config
        account = config.account
        secrets = secrets_of(call, account)
        if account.url and secrets.place(account.url, account.email) == _KEYRING:
            kept["the token"] = lambda: secrets.erase(account.url, account.email)
        if rota_source.place(call, config.rotation) == _KEYRING:
            kept["the token of the rota"] = lambda: rota_source.erase(call, config.rotation)
    except KeyringShut as error:
        call.say(f"{error.say} A token in it stays there: unlock it and run this again.")
    except HeroError:
        return kept
    return kept


def _ask(call: Invocation, found: list[Belonging], kept: Kept, unsent: Unsent) -> None:
    if not call.may_ask:
        raise UsageError("Nothing was removed: there is nobody to ask.", "Add --yes.")
    call.say("This removes, for good:")
    rows = [(str(each.path), f"{each.what}, {_size(each.bytes_)}") for each in found]
    rows += [(_KEYRING, name) for name in kept]
    for line in aligned(rows, most=200):
        call.say(f"  {line}")
    if unsent.waiting or unsent.drafts:
        call.say(unsent.line)
    call.say(f"Type {WORD} to go on:")
    if sys.stdin.readline().strip() != WORD:
        raise UsageError("Nothing was removed.", f"The word is {WORD}.")


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{max(1, count // 1000)} kB"
