"""Zendesk's macros at the desk: looked at first, queued as one update, never over a draft."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from heroterm.domain.outbox import Changes
from heroterm.tui.screens.listing import Listing
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def _chooses(hero: Hero, words: str, *, see: str) -> None:
    """`m m`, a few letters, Enter; then the box with before and after listens."""
    await hero.press("m", "m")
    await hero.waits_for("Macros of the team and of Zendesk")
    await hero.type(words)
    await hero.press("enter")
    await hero.may_answer("before", see)


def _opened(hero: Hero) -> int:
    assert hero.app.desk is not None and hero.app.desk.opened is not None
    return hero.app.desk.opened.ticket.id


def _assigned(hero: Hero) -> bool:
    assert hero.app.desk is not None and hero.app.desk.opened is not None
    return hero.app.desk.opened.ticket.assignee_id is not None


async def test_a_macro_is_seen_before_and_after_and_goes_as_one_update(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n")
        await hero.waits_for("T2 high priority")
        ticket_id = _opened(hero)
        await _chooses(hero, "confirmed", see="bug_confirmed")
        assert hero.sees("PUBLIC REPLY, for the customer")
        await hero.press("enter")
        assert hero.app.desk is not None and hero.app.desk.composer.writing is None
        await _chooses(hero, "confirmed", see="bug_confirmed")
        await hero.press("y")
        await hero.waits_for("you found a real bug")
        await hero.reviews()
        await hero.waits_for("Also: +bug_confirmed", "[PENDING]")
        await hero.press("y")
        await hero.until(lambda: bool(shift_.ledger()), "it never arrived")
    (write,) = shift_.ledger()
    sent = write["body"]["ticket"]
    assert write["path"].endswith(f"/tickets/{ticket_id}")
    assert sent["status"] == "pending" and sent["additional_tags"] == ["bug_confirmed"]
    assert sent["macro_id"] > 0 and sent["comment"]["public"] is True
    assert "{{" not in sent["comment"]["body"]


async def test_a_macro_of_fields_alone_is_queued_by_y_and_leaves_a_draft_as_it_was(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(hold=600)) as hero:
        await hero.press("n", "r")
        await hero.type("Mine, unfinished")
        await hero.press("escape")
        await hero.waits_for("y queues it")
        await hero.press("escape")
        ticket_id = _opened(hero)
        await _chooses(hero, "point", see="Your draft of a reply lies on this ticket")
        await hero.press("y")
        assert hero.sees("Your draft of a reply lies on this ticket")
        await hero.press("escape")
        await _chooses(hero, "routing take", see="assignee")
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        journal = hero.app.desk.reading.journal if hero.app.desk is not None else None
        assert journal is not None
        (intent,) = journal.outbox.unfinished()
        draft = journal.drafts.get(ticket_id, "public_reply")
    assert (intent.kind, intent.changes.status) == ("fields", "open")
    assert intent.changes.assignee_id and intent.changes.macro_id
    assert draft is not None and draft.body == "Mine, unfinished"


async def test_a_macro_of_what_is_so_already_queues_nothing(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n")
        await hero.waits_for("T2 high priority")
        await hero.press("m", "t")
        await hero.may_answer("Ana Hero", "y queue it")
        await hero.press("y")
        await hero.waits_for("seen on the server")
        await hero.until(lambda: _assigned(hero), "the ticket never came back")
        await hero.press("m", "t")
        await hero.waits_for("Ana Hero (already)", "It is so already: nothing would change.")
        assert not hero.sees("y queue it")
        await hero.press("y", "escape")
        await hero.waits_for("outbox empty")
    assert len(shift_.ledger()) == 1


async def test_words_of_a_macro_keep_its_changes_while_they_are_a_draft(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600)) as hero:
        await hero.press("n")
        await hero.waits_for("T2 high priority")
        await _chooses(hero, "confirmed", see="bug_confirmed")
        await hero.press("y")
        await hero.waits_for("you found a real bug")
        await hero.reviews()
        await hero.press("escape")
        await hero.press("r")
        await hero.waits_for("Your draft, as you left it.")
        await hero.reviews()
        await hero.waits_for("Also: +bug_confirmed")
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        await hero.press("u")
        await hero.waits_for("Recalled before sending", "you found a real bug")
        await hero.reviews()
        await hero.waits_for("Also: +bug_confirmed")


async def test_a_letter_of_the_team_leads_to_its_macro(shift_: Shift) -> None:
    team = shift_.home / "config/rules/data"
    team.mkdir(parents=True)
    (team / "macros.toml").write_text('[keys]\nr = "Routing::Take it"\nz = "Nobody"\n')
    async with at_the_desk(shift_.parts(hold=600)) as hero:
        await hero.press("n")
        await hero.waits_for("T2 high priority")
        await hero.press("m", "question_mark")
        await hero.waits_for("Routing::Take it", "Nobody  no such macro in Zendesk")
        await hero.press("r")
        await hero.waits_for("before", "assignee")
        await hero.press("escape", "m", "z")
        await hero.waits_for("Zendesk has no macro named Nobody")


def _file(home: Path, name: str, front: str, words: str = "") -> None:
    folder = home / "config/rules/macros"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(f"+++\n{front}\n+++\n{words}")


TRIAGE = """title = "Triage: ours"
key = "g"
status = "open"
tags = ["triaged"]
assignee = "me"
group = "replay"
kind = "internal_note\""""


async def test_a_macro_of_the_team_bundles_fields_and_words_and_is_taken_back(
    shift_: Shift,
) -> None:
    _file(shift_.home, "triage", TRIAGE, "Ours: $1<why>, from #{{ticket.id}}\n")
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n")
        await hero.waits_for("T2 high priority")
        ticket_id = _opened(hero)
        await hero.press("ctrl+p")
        await hero.type("triage ours")
        await hero.waits_for("macro: Triage: ours", "m g")
        await hero.press("escape", "m", "g")
        await hero.may_answer("before", "group", "Replay", "triaged", "INTERNAL NOTE, colleagues")
        await hero.press("y")
        await hero.waits_for(f"from #{ticket_id}")
        await hero.type("a recording")
        await hero.reviews()
        await hero.waits_for("+triaged", "Replay", "[OPEN]")
        await hero.press("y")
        await hero.until(lambda: bool(shift_.ledger()), "it never arrived")
        await hero.press("R")
        await hero.until(lambda: "triaged" in tags_of(hero, ticket_id), "not brought back")
        await hero.press("U")
        await hero.waits_for("What can be undone", "-triaged")
        await hero.press("enter")
        await hero.until(lambda: len(shift_.ledger()) == 2, "not taken back")
    first, back = (write["body"]["ticket"] for write in shift_.ledger())
    assert first["additional_tags"] == ["triaged"] and first["assignee_id"] and first["group_id"]
    assert first["comment"]["public"] is False and "macro_id" not in first
    assert back["remove_tags"] == ["triaged"] and "comment" not in back


def tags_of(hero: Hero, ticket_id: int) -> tuple[str, ...]:
    """What the mirror holds."""
    mirror = hero.app.reading.mirror
    ticket = mirror.ticket(ticket_id) if mirror is not None else None
    return ticket.tags if ticket is not None else ()


def _listed(hero: Hero) -> Sequence[object]:
    """What the box in front lists."""
    assert isinstance(hero.app.screen, Listing)
    return list(hero.app.screen.rows.items)


async def test_marked_rows_get_a_macro_as_one_group_and_u_recalls_it(shift_: Shift) -> None:
    _file(shift_.home, "sweep", 'title = "Sweep"\nkey = "w"\ntags = ["swept"]')
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("space", "space", "space", "m", "w")
        await hero.may_answer("3 tickets: +swept")
        await hero.press("y")
        await hero.waits_for("3 tickets are held")
        left, *held = hero.app.reading.intents()
        assert {intent.group for intent in held} == {left.group}
        journal, at = hero.app.reading.journal, desk.reading.local_now()
        assert journal is not None
        await hero.press("U")
        await hero.waits_for("What can be undone", "3 tickets", "it is recalled.")
        assert len(_listed(hero)) == 1
        await hero.press("escape")
        journal.outbox.release(left.id)
        journal.outbox.begin(left.id, stamp="", now=at, inverse=Changes(remove_tags=("swept",)))
        journal.outbox.settle(left.id, "sent")
        desk.refresh_desk()
        await hero.press("U")
        await hero.waits_for("2 tickets", f"#{left.ticket_id}")
        assert len(_listed(hero)) == 2, "what has left stands by itself"
        await hero.press("escape", "u")
        await hero.until(lambda: hero.app.reading.intents() == [])
        await hero.press("home", "space", "space", "m", "l")
        await hero.waits_for("No ticket can be changed so", "Its words are not approved for many")
        await hero.press("escape", "m", "f")
        await hero.waits_for("A playbook is begun on one ticket at a time.")
        await hero.press("escape", "m", "n")
        await hero.may_answer("reply, status: open -> pending")
