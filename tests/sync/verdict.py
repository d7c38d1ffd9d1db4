"""What must hold after any storm, whatever happened in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from heroterm.domain.deeds import NewTicket, PersonOrganization
from heroterm.domain.outbox import Intent, PublicReply
from heroterm.journal.database import Journal
from tests.sync.hands import Hands
from tests.sync.model import Zendesk

SETTLED = ("sent", "needs_you", "recalled", "discarded")


def verdict(
    journal: Journal,
    server: Zendesk,
    hands: Hands,
    counts: Counter[str],
    *,
    settled: bool = True,
) -> list[str]:
    """Everything that is wrong: nothing lost, doubled, out of order, changed, or misdirected.

    `settled`: the weather has cleared, so that nothing may be under way any more.
    """
    kept = {each.id: each for each in journal.outbox.list(all=True)}
    wrong = [*_words(journal, server, hands, kept, counts), *_order(server, kept)]
    wrong += [*_payload(hands, kept), *_attempts(journal, server), *_readers(server, hands)]
    if journal.integrity() != "ok":
        wrong.append("the journal is damaged")
    return wrong if settled else [each for each in wrong if not each.startswith("stuck")]


def _words(
    journal: Journal,
    server: Zendesk,
    hands: Hands,
    kept: dict[str, Intent],
    counts: Counter[str],
) -> Iterator[str]:
    thrown = (one.draft for one in journal.drafts.thrown())
    drafts = [draft.body for draft in (*journal.drafts.list(), *thrown)]
    asking = {each.lane for each in journal.outbox.heads() if each.state == "needs_you"}
    for name, put in hands.put.items():
        times, found = server.marked(name), kept.get(name)
        state = found.state if found is not None else "draft"
        behind = state == "queued" and put.lane in asking
        counts["is behind one that needs you" if behind else f"is {state}"] += 1
        if times > 1:
            yield f"double: {name} arrived {times} times"
        if state not in (*SETTLED, "draft") and not behind:
            yield f"stuck: {name} is {state}"
        if isinstance(put.deed, PersonOrganization):
            continue
        excused = found is not None and put.comment is None and "already" in found.why
        if state == "sent" and times != 1 and not excused:
            yield f"false: {name} is called sent and arrived {times} times"
        if state in ("recalled", "draft", "discarded") and times:
            yield f"false: {name} is {state}, but there"
        body = hands.words.get(name)
        in_a_draft = body is None or any(body in text for text in drafts)
        if found is None and not put.group and not in_a_draft:
            yield f"lost: the words of {name}"
        if state in ("recalled", "discarded") and not put.group and not in_a_draft:
            yield f"lost: the words of {name}, which is {state}"


def _order(server: Zendesk, kept: dict[str, Intent]) -> Iterator[str]:
    """What arrived of one line did so in the order in which it was put."""
    every = [audit for audits in server.audits_by_ticket.values() for audit in audits]
    markers = [audit.marker or "" for audit in sorted(every, key=lambda audit: audit.id)]
    arrived = [marker for marker in markers if marker in kept]
    for lane in {intent.lane for intent in kept.values()}:
        put = [name for name, intent in kept.items() if intent.lane == lane]
        come = [name for name in arrived if kept[name].lane == lane]
        if come != [name for name in put if name in come]:
            yield f"order: {lane} has {come}"


def _payload(hands: Hands, kept: dict[str, Intent]) -> Iterator[str]:
    for name, put in hands.put.items():
        found = kept.get(name)
        if found is not None and (found.comment, found.changes, found.deed, found.files) != (
            put.comment, put.changes, put.deed, put.files,
        ):  # fmt: skip
            yield f"changed: {name}"


def _attempts(journal: Journal, server: Zendesk) -> Iterator[str]:
    """No request without an attempt that was written before it."""
    asked = Counter((put.marker, put.stamp) for put in server.puts)
    for (marker, stamp), times in asked.items():
        written = sum(each.stamp == stamp for each in journal.outbox.attempts(marker))
        if written < times:
            yield f"unwritten: {marker} was asked for {times} times, {written} attempts"


def _readers(server: Zendesk, hands: Hands) -> Iterator[str]:
    """Words reached whom the hero had before them, or was asked about."""
    for name, reader in server.readers.items():
        put = hands.put.get(name)
        if put is None or put.overrides or name in hands.answered:
            continue
        if isinstance(put.comment, PublicReply) and reader != hands.readers[name]:
            yield f"misdirected: {name}"
    for ticket in server.made:
        put = hands.put[ticket.subject]
        if not isinstance(put.deed, NewTicket) or ticket.from_address != put.deed.to_address:
            yield f"misdirected: {ticket.subject}"
