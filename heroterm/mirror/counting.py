"""Numbers for a queue's title."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from heroterm.domain.sla import SOON
from heroterm.domain.view import QueueCounts
from heroterm.mirror.connection import Connection
from heroterm.mirror.encoding import epoch
from heroterm.mirror.queue import Query, counted


def counts(connection: Connection, asked: Query, now: datetime) -> QueueCounts:
    """Tickets per section, breaches at `now` and within the hour in all of them, tiers of those to
    answer.
    """
    sections: Counter[int] = Counter()
    tiers: Counter[int] = Counter()
    breached = soon = 0
    for half in asked.halves:
        for row in connection.rows(counted(half), (epoch(now), epoch(now + SOON), *half.values)):
            sections[row["section"]] += row["many"]
            breached += row["breached"]
            soon += row["soon"]
            if row["section"] == 0:
                tiers[row["tier"]] += row["many"]
    return QueueCounts(
        to_answer=sections[0],
        pending=sections[1],
        hold=sections[2],
        breached=breached,
        soon=soon,
        tiers=tuple(tiers[number] for number in range(1, max([4, *tiers]) + 1)),
    )
