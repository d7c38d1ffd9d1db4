"""Zendesk's macros at the desk: looked at first, queued as one update, never over a draft."""

import pytest

from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def _chooses(hero: Hero, words: str, *, see: str) -> None:
    """`m m`, a few letters, Enter; then the box with before and after listens."""
    await hero.press("m", "m")
    await hero.waits_for("Macros of Zendesk")
    await hero.type(words)
    await hero.press("enter")
    await hero.may_answer("before", see)


def _opened(hero: Hero) -> int:
    assert hero.app.desk is not None and hero.app.desk.opened is not None
    return hero.app.desk.opened.ticket.id


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
        await _chooses(hero, "take it", see="assignee")
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        journal = hero.app.desk.reading.journal if hero.app.desk is not None else None
        assert journal is not None
        (intent,) = journal.outbox.unfinished()
        draft = journal.drafts.get(ticket_id, "public_reply")
    assert (intent.kind, intent.changes.status) == ("fields", "open")
    assert intent.changes.assignee_id and intent.changes.macro_id
    assert draft is not None and draft.body == "Mine, unfinished"


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
    (team / "macros.toml").write_text('[keys]\nt = "Routing::Take it"\nz = "Nobody"\n')
    async with at_the_desk(shift_.parts(hold=600)) as hero:
        await hero.press("n")
        await hero.waits_for("T2 high priority")
        await hero.press("m", "question_mark")
        await hero.waits_for("Routing::Take it", "Nobody  no such macro in Zendesk")
        await hero.press("t")
        await hero.waits_for("before", "assignee")
        await hero.press("escape", "m", "z")
        await hero.waits_for("Zendesk has no macro named Nobody")
