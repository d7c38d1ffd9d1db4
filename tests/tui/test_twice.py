"""The same draft at two desks: what went out from one is said at the other, and not sent again."""

from __future__ import annotations

import pytest

from heroterm.cli import main
from heroterm.journal.outbox import Outbox
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio
WORDS = "Hey Jonas, thanks. I will write again on Monday."


async def test_what_went_out_at_another_desk_is_not_sent_again(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False), size=(80, 24)) as hero:
        desk, journal = hero.app.desk, hero.app.reading.journal
        assert desk is not None and journal is not None
        await hero.press("n", "r")
        await hero.paste(WORDS)
        await hero.until(lambda: bool(journal.drafts.list()))
        await hero.reviews()
        (draft,) = journal.drafts.list()
        number = str(draft.ticket_id)

        assert main(["reply", number, "--body", "Hey, one moment."]) == 0
        await hero.press("s", "p")
        await hero.waits_for("? asks Another reply to this ticket already waits")
        assert main(["outbox", "send"]) == 0
        desk.refresh_desk()
        await hero.until(lambda: not hero.sees("already waits"), "it waits no longer")

        assert main(["reply", number, "--body", WORDS]) == 0
        journal.drafts.trash(draft.ticket_id, draft.kind)  # the other desk took its draft along
        desk.refresh_desk()
        await hero.waits_for("ALREADY in the outbox: D in the Review throws the draft away")
        await hero.press("enter")
        await hero.type("!")
        desk.keep_draft()
        await hero.until(lambda: not hero.sees("ALREADY"), "these are other words")
        await hero.press("backspace")
        desk.keep_draft()
        await hero.waits_for("ALREADY in the outbox")
        await hero.reviews()
        assert main(["outbox", "send"]) == 0
        desk.refresh_desk()
        await hero.waits_for("ALREADY sent (")
        await hero.press("y")
        await hero.until(lambda: "These very words were sent (" in desk.told, "y said nothing")
        assert "D throws this draft away" in desk.told
        desk.composer.kept = False
        desk.keep_draft()
        await hero.pilot.pause(0.2)
        assert not desk.composer.kept, "nothing is kept of it"
        await hero.press("escape")
        await hero.until(lambda: desk.composer.writing is None)
        assert journal.drafts.list() == [], "what was sent is a draft again"
        assert desk.reading.intents() == []
    assert sum(WORDS in said["body"] for said in shift_.comments_of(draft.ticket_id)) == 1


async def test_why_nothing_was_queued_is_said_until_it_is_mended(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "r")
        await hero.paste("Hey Jonas, thanks. By $1<when> I tell you more.")
        await hero.reviews()
        await hero.press("y")
        await hero.until(lambda: "is not filled in" in desk.told, "y said nothing")
        await hero.press("enter")
        await hero.type(" So")
        desk.keep_draft()
        assert "is not filled in" in desk.told
        await hero.press("tab", "M")
        desk.keep_draft()
        assert desk.told == "" and not hero.sees("is not filled in")
        await _a_fault_of_its_own_leaves_a_draft(hero, monkeypatch)


def _forgotten(*_: object, **__: object) -> object:
    raise KeyError("seen")


async def _a_fault_of_its_own_leaves_a_draft(hero: Hero, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, journal = hero.app.desk, hero.app.reading.journal
    assert desk is not None and journal is not None
    with monkeypatch.context() as patched:
        patched.setattr(Outbox, "take", _forgotten)
        await hero.reviews()
        await hero.press("y")
        await hero.until(
            lambda: "but kept as a draft; y tries again." in desk.told, "it stays dead"
        )
    assert "A fault of heroterm's own (KeyError)" in desk.told
    assert [draft.body for draft in journal.drafts.list()] == [desk.composer.body]
    await hero.may_decide()
    await hero.press("y")
    await hero.until(lambda: bool(journal.outbox.unfinished()), "y does not try again")
