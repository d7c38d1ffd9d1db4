"""`heroterm handover`: may the week end, and the pack for the next hero."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta, tzinfo
from pathlib import Path
from typing import Any

import click

from heroterm.cli.invocation import Invocation, plain
from heroterm.cli.queue import rows_of
from heroterm.cli.reading import Reading, reading, view_of
from heroterm.cli.rules import rulebook
from heroterm.cli.verb import verb
from heroterm.domain.ages import clock_day
from heroterm.domain.handover import AMBER, GREEN, TOLD, Check, Item, Passing, check
from heroterm.domain.pack import markdown
from heroterm.domain.promises import promises
from heroterm.domain.rotation import turn_document
from heroterm.domain.rotation import words as said_of_rota
from heroterm.domain.text import shown
from heroterm.domain.view import Overlay
from heroterm.domain.waits import exact, words
from heroterm.domain.watches import since
from heroterm.errors import UsageError
from heroterm.rulebook import local_zone
from heroterm.sync.waking import waits

LEARNED = "handover_learnings"
"""Name under which the journal keeps what the hero has learned in this week."""


@verb("handover")
@click.option("--out", metavar="DIR", help="Write handover.md and handover.json there.")
@click.option("--learned", metavar="TEXT", help="What the next hero should know; kept.")
@click.option(
    "--passed", "passings", multiple=True, metavar="ID=NAME", help="The next hero has taken it."
)
def command(
    call: Invocation, out: str | None, learned: str | None, passings: tuple[str, ...]
) -> int:
    """Say whether tiers 1-4 are resolved or passed on, and write the pack."""
    wanted = [_passing(word) for word in passings]
    with reading(call) as read:
        for ticket_id, name in wanted:
            read.ticket(ticket_id)
            read.journal.week.pass_on(ticket_id, Passing(name, TOLD, call.clock()))
        if learned is not None:
            read.journal.marks.remember(LEARNED, learned)
        pack = pack_of(call, read)
    lines = list(markdown(pack))
    written = _write(Path(out), pack, lines) if out else []
    call.answer({**pack, "files": written}, [*lines, *(f"Written: {path}" for path in written)])
    return 0


def _passing(word: str) -> tuple[int, str]:
    number, _, name = word.partition("=")
    if not number.lstrip("#").isdecimal() or not name.strip():
        raise UsageError(f"{word!a} names no ticket and person.", "As in: --passed 48213=Lee")
    return int(number.lstrip("#")), name.strip()


def judged(call: Invocation, read: Reading) -> Check:
    """May the week end? Tickets count as Zendesk has them, with the marks of tier 1."""
    journal = read.journal
    seen = Overlay(tier1=journal.marks.tier1())
    rows = rows_of(read, view_of(call, read, None), overlay=seen)
    passed = journal.week.passed()
    named = {each.intent_id for each in passed.values() if each.intent_id}
    states = {id_: found.state for id_ in named if (found := journal.outbox.get(id_)) is not None}
    on_way = {each.ticket_id: each.state for each in journal.outbox.unfinished()}
    rules = rulebook(call.paths).tiers
    return check(rows, passed, states, on_way, read.state, read.now, rules)


def pack_of(call: Invocation, read: Reading) -> dict[str, Any]:
    """Everything that the next hero must know. Raises StoreError."""
    found, zone = judged(call, read), local_zone()
    held = sorted((i for i in found.items if i.row.section == 2), key=lambda i: since(i.row))
    red = len(found.red)
    say = found.doubt or (f"{red} to be resolved or passed on" if red else "nothing is left")
    return {
        "made_at": read.now,
        "day": clock_day(read.now, zone),
        "hero": read.state.user_name,
        "account": read.state.account,
        "rotation": _rota(read, zone),
        "green": found.green,
        "say": say,
        "red": [_entry(item) for item in found.red],
        "passed": [_entry(item) for item in found.items if item.colour == GREEN],
        "other": [_entry(i) for i in found.items if i.colour == AMBER and i.row.section != 2],
        "on_hold": [
            {**_entry(item), "say": f"since {clock_day(since(item.row), zone)}"} for item in held
        ],
        "waits": list(_waits(call, read, zone)),
        "promises": list(_promises(read, found, zone)),
        "drafts": [
            {**_named(read, draft.ticket_id), "say": draft.kind.replace("_", " ")}
            for draft in read.journal.drafts.list()
        ],
        "skips": [
            {**_named(read, ticket_id), "say": skip.reason}
            for ticket_id, skip in read.journal.marks.skips().items()
        ],
        "learnings": read.journal.marks.recall(LEARNED) or "",
    }


def _rota(read: Reading, zone: tzinfo) -> dict[str, Any] | None:
    """Who is hero and who comes next, as the rota was read last; None without one."""
    rota = read.state.rota
    if rota is None:
        return None
    here, then = rota.now(read.now), rota.next(read.now)
    return {
        "now": here and turn_document(here),
        "next": then and turn_document(then),
        "read_at": rota.read_at,
        "say": said_of_rota(rota, read.now, zone),
    }


def _entry(item: Item) -> dict[str, Any]:
    row = item.row
    known = {"ticket": row.id, "tier": row.tier, "status": row.status, "title": row.title}
    return {**known, "organization": row.organization or None, "say": item.say}


def _named(read: Reading, ticket_id: int) -> dict[str, Any]:
    row = read.mirror.row(ticket_id, read.overlay)
    return {"ticket": ticket_id, "title": row.title if row is not None else "not in the mirror"}


def _waits(call: Invocation, read: Reading, zone: tzinfo) -> Iterator[dict[str, Any]]:
    now = call.clock()
    offset = timedelta(seconds=read.state.clock_offset)
    for ticket_id, waiting in waits(read.journal, read.mirror, now, offset).items():
        say = waiting.why or words(waiting.wait.wake, now, zone)
        wake = asdict(waiting.wait.wake)
        yield {**_named(read, ticket_id), "said": waiting.wait.said, **wake, "say": say}


def _promises(read: Reading, found: Check, zone: tzinfo) -> Iterator[dict[str, Any]]:
    staff = frozenset(person.id for person in read.mirror.staff())
    for item in found.items:
        for made in promises(read.mirror.thread(item.row.id).comments, staff, zone):
            due = f" (due {exact(made.due, read.now, zone)})" if made.due else ""
            yield {**_named(read, made.ticket_id), "due": made.due, "say": f"{made.said}{due}"}


def _write(folder: Path, pack: dict[str, Any], lines: list[str]) -> list[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        texts = {
            "handover.md": "\n".join(shown(line) for line in lines) + "\n",
            "handover.json": json.dumps({"schema": 1, **pack}, default=plain, indent=2) + "\n",
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written ({error.strerror}).", "Name another folder with --out."
        ) from None
    return [str(folder / name) for name in texts]
