"""The rulebook as the screen uses it: replies, playbooks, and advice on what is being written."""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.cli.conversation import conversation
from heroterm.cli.mirrors import open_mirror
from heroterm.domain.advice import AdvisedStatus, Conversation, advise, advised_status
from heroterm.domain.findings import Finding
from heroterm.domain.outbox import Intent
from heroterm.domain.sla_policy import Schedule
from heroterm.errors import StoreError
from heroterm.paths import Paths
from heroterm.rulebook import Rulebook, local_zone
from heroterm.tui.book import DeskBook


def desk_book(where: Paths, book: Rulebook) -> DeskBook:
    """Everything that a team edits as files."""

    def advice(intent: Intent) -> Sequence[Finding]:
        talk = _conversation(where, intent, book)
        return advise(intent, talk, book.tone) if talk is not None else ()

    def advised(intent: Intent) -> AdvisedStatus | None:
        talk = _conversation(where, intent, book)
        return advised_status(intent, talk, book.tone) if talk is not None else None

    return DeskBook(
        replies=book.replies,
        playbooks=book.playbooks,
        tiers=book.tiers,
        targets=book.targets,
        hours=book.hours(_schedules(where)),
        sources=book.sources,
        owners=book.owners,
        macro_keys=book.macro_keys,
        macros=book.macros,
        numbers=book.lifecycle,
        advise=advice,
        advised=advised,
        zone=local_zone(),
        findings=tuple(str(finding) for finding in book.findings),
    )


def _schedules(where: Paths) -> Sequence[Schedule]:
    """The account's business hours; none while the mirror does not say."""
    try:
        mirror = open_mirror(where.mirror)
    except StoreError:
        return ()
    try:
        return mirror.schedules()
    finally:
        mirror.close()


def _conversation(where: Paths, intent: Intent, book: Rulebook) -> Conversation | None:
    """What is being answered; None while the mirror does not say. Advice never blocks."""
    try:
        mirror = open_mirror(where.mirror)
    except StoreError:
        return None
    try:
        return conversation(mirror, intent, book)
    finally:
        mirror.close()
