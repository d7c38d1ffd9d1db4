"""The rulebook as the screen uses it: canned replies ranked and filled, advice, consequences."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from heroterm.cli.reading import open_mirror
from heroterm.cli.rules import rulebook
from heroterm.domain.advice import Conversation, Tone, advise
from heroterm.domain.lifecycle import consequence
from heroterm.domain.outbox import Intent
from heroterm.domain.reply import CannedReply, Filled, Situation, facts_for, fill, rank
from heroterm.domain.rules import Finding
from heroterm.domain.source import community_url, source
from heroterm.errors import StoreError
from heroterm.mirror.reader import Mirror
from heroterm.paths import Paths
from heroterm.rulebook import Rulebook
from heroterm.tui.book import DeskBook
from heroterm.tui.opened import Opened


def desk_book(where: Paths) -> DeskBook:
    """Everything that a team edits as files. Raises ConfigError only for shipped files."""
    book = rulebook(where)
    return DeskBook(
        replies=book.replies,
        playbooks=book.playbooks,
        tiers=book.tiers,
        consequence=lambda status, now: consequence(status, now, book.lifecycle),
        advise=_advice(where, book),
        rank=ranked,
        fill=lambda reply, opened: filled(reply, opened, where, book),
        findings=tuple(str(finding) for finding in book.findings),
    )


def ranked(replies: Sequence[CannedReply], opened: Opened) -> list[CannedReply]:
    """Replies that fit the open ticket best, first."""
    situation = Situation(opened.row.source, opened.ticket.tags, opened.first_words)
    return rank(replies, situation)


def filled(reply: CannedReply, opened: Opened, where: Paths, book: Rulebook) -> Filled:
    """A reply with what the open ticket and the signed-in person give."""
    try:
        mirror = open_mirror(where.mirror)
    except StoreError:
        me = None
    else:
        user_id = mirror.state().user_id
        me = mirror.person(user_id) if user_id is not None else None
        mirror.close()
    question = community_url(opened.first_words, book.sources) or ""
    more = {"question.url": question}
    facts = facts_for(opened.ticket, opened.requester, me, opened.organization, more)
    return fill(reply, facts, opened.row.source)


def _advice(where: Paths, book: Rulebook) -> Callable[[Intent], Sequence[Finding]]:
    def advice(intent: Intent) -> Sequence[Finding]:
        try:
            mirror = open_mirror(where.mirror)
        except StoreError:
            return ()
        try:
            talk = _conversation(mirror, intent, book)
        finally:
            mirror.close()
        return advise(intent, talk, book.tone) if talk is not None else ()

    return advice


def _conversation(mirror: Mirror, intent: Intent, book: Rulebook) -> Conversation | None:
    ticket = mirror.ticket(intent.ticket_id)
    if ticket is None:
        return None
    requester = mirror.person(ticket.requester_id) if ticket.requester_id else None
    comments = mirror.thread(ticket.id).comments
    theirs = [c.body for c in comments if c.public and c.author_id == ticket.requester_id]
    first = comments[0].body if comments else ticket.description
    return Conversation(
        requester=requester.name if requester else "",
        last_words=theirs[-1] if theirs else ticket.description,
        source=source(ticket, book.sources, first),
    )
