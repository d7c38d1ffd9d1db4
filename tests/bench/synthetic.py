"""Mirrors of any size, of made-up sentences: the first words of a vocabulary far more often."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

from heroterm.domain.ticket import Comment, Page, Person, SlaClock, Ticket
from heroterm.domain.view import Placement
from heroterm.mirror.encoding import comment_columns
from heroterm.mirror.people import replace as write
from heroterm.mirror.writer import MirrorWriter
from tests.conftest import NOW

VOCABULARY = 30_000
_SYLLABLES = "ba be bo ca ce co da de di do fa fe fi ga go la le li lo ma me mi mo na ne ni".split()
_BATCH, _PEOPLE = 1_000, 5_000
_STATUSES = ("open", "new", "pending", "hold")


class Speaker:
    """Makes sentences of made-up words, the first ones far more often than the last (Zipf)."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        self.words = list(dict.fromkeys(self._word() for _ in range(VOCABULARY * 2)))[:VOCABULARY]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def _word(self) -> str:
        return "".join(self._rng.choices(_SYLLABLES, k=self._rng.randint(2, 5)))

    def say(self, count: int) -> str:
        return " ".join(self._rng.choices(self.words, cum_weights=self._weights, k=count))


def place(ticket: Ticket, _organization: object) -> Placement:
    """Tiers in turn: the queue's order is what a desk pages through."""
    return Placement(ticket.id % 4 + 1, source="mail", title="")


def fill(path: Path, speaker: Speaker, tickets: int, comments: int, now: datetime = NOW) -> None:
    """A mirror of so many tickets and comments, indexed; the carrier's fill counts as done."""
    writer = MirrorWriter(path, place)
    try:
        each, made = comments // tickets, 0
        for first in range(1, tickets + 1, _BATCH):
            numbers = range(first, min(first + _BATCH, tickets + 1))
            # Each once: a person of another name would have all their tickets written anew.
            askers = numbers if first <= _PEOPLE else ()
            people = tuple(Person(10_000 + n % _PEOPLE, speaker.say(2)) for n in askers)
            page = Page(tuple(_ticket(n, speaker, now) for n in numbers), people=people)
            writer.save_page(page, at=now)
            said = [_comment(made + i, n, speaker) for i, n in enumerate(list(numbers) * each, 1)]
            made += len(said)
            with writer._connection.transaction():
                write(writer._connection, "comment", [comment_columns(c) for c in said])
        done = json.dumps({"after": None, "top": None, "high": now.timestamp()})
        writer.save_page(Page(()), at=now, cursor=("fill", done))
        # Nobody's group: a desk shows all of them.
        writer.remember(first_fill_done=True, synced_at=now, group_ids=())
    finally:
        writer.close()


def _ticket(id_: int, speaker: Speaker, now: datetime) -> Ticket:
    at = now - timedelta(minutes=id_ % 50_000)
    unsolved = id_ % 20 == 0
    breach = now + timedelta(minutes=id_ * 7919 % 20_000 - 5_000)
    return Ticket(
        id=id_,
        subject=speaker.say(6),
        status=_STATUSES[id_ // 20 % 4] if unsolved else "closed",
        created_at=at,
        updated_at=at,
        updated_stamp="",
        requester_id=10_000 + id_ % _PEOPLE,
        description=speaker.say(40),
        slas=(SlaClock("next_reply_time", "active", breach),) if unsolved else (),
    )


def _comment(id_: int, ticket_id: int, speaker: Speaker) -> Comment:
    made = Comment(id_, ticket_id, 10_000 + ticket_id % _PEOPLE, True, "", NOW)
    return replace(made, body=speaker.say(40), created_at=NOW - timedelta(minutes=id_ % 90_000))
