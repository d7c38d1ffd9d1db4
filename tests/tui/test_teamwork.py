"""Claims, mentions, shared drafts and owners at the desk."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from heroterm.cli import main
from heroterm.domain.claims import note_of
from heroterm.domain.outbox import NOBODY, Changes, Draft, InternalNote
from heroterm.domain.shared_draft import note
from heroterm.errors import StoreError
from heroterm.journal.database import open_journal
from heroterm.journal.outbox import Outbox
from tests.filled import wall_clock
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


def free(shift: Shift) -> int:
    """An open ticket of the hero's group that nobody has."""
    group = shift.api("GET", "users/me")["user"]["default_group_id"]
    return next(
        int(t["id"])
        for t in shift.control("world")["tickets"]
        if t["status"] == "open" and t["group_id"] == group and t["assignee_id"] is None
    )


def noted(shift: Shift, ticket_id: int, body: str) -> None:
    """A colleague leaves a note, and the mirror knows it."""
    said = {"ticket": ticket_id, "author": "agent", "body": body, "public": False}
    shift.control("say", said)
    shift.control("clock", {"advance_seconds": 90})
    assert main(["sync", "--once"]) == 0
    assert main(["sync", "--once", "--ticket", str(ticket_id)]) == 0


async def opened(hero: Hero, ticket_id: int) -> None:
    desk = hero.app.desk
    assert desk is not None
    assert desk.open_ticket(ticket_id)
    await hero.pilot.pause()


async def test_a_claim_is_seen_in_the_queue_and_taken_off_again(shift_: Shift) -> None:
    ticket_id = free(shift_)
    made = shift_.parts(carrier=False)
    made = replace(made, settings=replace(made.settings, claim="tag"))
    async with at_the_desk(made, size=(160, 40)) as hero:
        await opened(hero, ticket_id)
        await hero.press("a", "c")
        await hero.until(lambda: bool(hero.app.reading.intents()))
        (intent,) = hero.app.reading.intents()
        assert intent.changes == Changes(add_tags=("claimed_by_ana_hero",))
        assert intent.comment == InternalNote(note_of("Ana Hero"))
        await hero.pilot.pause(0.5)
        assert main(["outbox", "send"]) == 0 and main(["sync", "--once"]) == 0
        note = shift_.comments_of(ticket_id)[-1]
        assert note["public"] is False and "the tag claimed_by_ana_hero" in note["body"]
        hero.app.desk.refresh_desk()  # type: ignore[union-attr]
        await hero.waits_for("[@ana hero]", "claimed by ana hero")
        await hero.press("a", "c")
        await hero.until(lambda: bool(hero.app.reading.intents()))
        (intent,) = hero.app.reading.intents()
        assert intent.changes == Changes(remove_tags=("claimed_by_ana_hero",))


async def test_the_note_of_a_claim_is_no_draft_and_throws_none_away(shift_: Shift) -> None:
    ticket_id = free(shift_)
    made = shift_.parts(carrier=False)
    made = replace(made, settings=replace(made.settings, claim="tag", hold_seconds=60.0))
    async with at_the_desk(made, size=(120, 40)) as hero:
        journal = hero.app.reading.journal
        assert journal is not None
        await opened(hero, ticket_id)
        await hero.press("i")
        await hero.type("half a thought")
        await hero.until(lambda: bool(journal.drafts.list()))
        await hero.press("escape", "escape")
        await hero.press("a", "c")
        await hero.until(lambda: bool(hero.app.reading.intents()))
        assert [draft.body for draft in journal.drafts.list()] == ["half a thought"]
        await hero.until(lambda: [one.ticket_id for one in journal.week.claims()] == [ticket_id])
        await hero.press("u")
        await hero.waits_for("Recalled before sending")
        await hero.until(lambda: journal.week.claims() == [])
        assert [draft.body for draft in journal.drafts.list()] == ["half a thought"]
        assert hero.app.desk is not None and hero.app.desk.composer.writing is None


def left_alone(shift: Shift, ticket_id: int, since: timedelta) -> None:
    """Nobody has touched the claim since then."""
    path = shift.home / "data/journal.db"
    with closing(open_journal(path, clock=lambda: wall_clock() - since)) as journal:
        journal.week.touch_claim(ticket_id)


async def test_an_idle_claim_is_taken_off(shift_: Shift, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket_id = free(shift_)
    async with at_the_desk(shift_.parts(carrier=False), size=(120, 40)) as hero:
        desk = hero.app.desk
        assert desk is not None and desk.reading.journal is not None
        week, drafts = desk.reading.journal.week, desk.reading.journal.drafts
        await opened(hero, ticket_id)
        await hero.press("a", "c")
        await hero.until(lambda: [one.ticket_id for one in week.claims()] == [ticket_id])
        assert main(["outbox", "send"]) == 0 and main(["sync", "--once"]) == 0
        desk.refresh_desk()
        await hero.press("r")
        await hero.paste("Hey, I am looking into")
        await hero.until(lambda: bool(drafts.list()))
        left_alone(shift_, ticket_id, timedelta(minutes=31))
        (claim,) = week.claims()
        desk.minute()
        await hero.until(lambda: week.claims()[0].touched_at > claim.touched_at)
        assert desk.reading.intents() == [], "words are begun: the claim is not idle"
        await hero.reviews()
        await hero.press("D")
        await hero.until(lambda: not drafts.list())
        left_alone(shift_, ticket_id, timedelta(minutes=31))
        desk.parts.read_only.on = True
        desk.minute()
        assert [one.ticket_id for one in week.claims()] == [ticket_id], "it cannot be let go now"
        desk.parts.read_only.on = False

        def full(*_: object) -> None:
            raise StoreError("The disk is full.")

        with monkeypatch.context() as patch:
            patch.setattr(Outbox, "put_all", full)
            desk.minute()
            await hero.waits_for("Not kept: The disk is full.")
        assert [one.ticket_id for one in week.claims()] == [ticket_id], "it stays in Zendesk"
        desk.minute()
        await hero.waits_for(f"nothing written for half an hour: #{ticket_id}", "u takes that back")
        (intent,) = desk.reading.intents()
        assert (intent.ticket_id, intent.changes) == (ticket_id, Changes(assignee_id=NOBODY))
        assert week.claims() == []


async def test_a_claim_of_hours_ago_takes_the_ticket_off_nobody_else(shift_: Shift) -> None:
    ticket_id, asked_ago = free(shift_), [timedelta(hours=1)]
    made = replace(shift_.parts(carrier=False), clock=lambda: wall_clock() + asked_ago[0])
    lee = shift_.api("GET", "users?role=agent")["users"][-1]["id"]
    shift_.update(ticket_id, assignee_id=shift_.api("GET", "users/me")["user"]["id"])
    shift_.control("clock", {"advance_seconds": 90})
    assert main(["sync", "--once"]) == 0
    with closing(shift_.parts().open_journal()) as journal:
        journal.week.claim(ticket_id, "assignee")
        left_alone(shift_, ticket_id, timedelta(hours=5))
        shift_.update(ticket_id, assignee_id=lee)
        async with at_the_desk(made, size=(120, 40)) as hero:
            desk = hero.app.desk
            assert desk is not None
            desk.minute()
            await hero.pilot.pause()
            assert desk.reading.intents() == [] and journal.week.claims(), "whose it is is unknown"
            shift_.control("clock", {"advance_seconds": 90})
            assert main(["sync", "--once"]) == 0
            asked_ago[0] = timedelta(0)
            desk.refresh_desk()
            desk.minute()
            await hero.until(lambda: journal.week.claims() == [])
            assert desk.reading.intents() == [], "it is somebody else's now"


async def test_leaving_says_what_is_still_claimed(
    shift_: Shift, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket_id = free(shift_)
    async with at_the_desk(shift_.parts(hold=600, carrier=False), size=(120, 40)) as hero:
        await opened(hero, ticket_id)
        await hero.press("a", "c")
        await hero.waits_for("outbox 1 held")
        await hero.press("Q")
        await hero.may_answer("Not sent yet: 1 held.")
        await hero.press("k")
        await hero.until(lambda: hero.app._exit)
    assert f"Still claimed by you: #{ticket_id}. " in capsys.readouterr().err


async def test_somebody_elses_claim_is_only_named(shift_: Shift) -> None:
    ticket_id = free(shift_)
    shift_.update(ticket_id, additional_tags=["claimed_by_lee_park"])
    shift_.control("clock", {"advance_seconds": 90})
    assert main(["sync", "--once"]) == 0
    async with at_the_desk(shift_.parts(carrier=False), size=(120, 40)) as hero:
        await opened(hero, ticket_id)
        await hero.press("a", "c")
        await hero.waits_for("has #" + str(ticket_id) + " already")
        assert hero.app.reading.intents() == []


async def test_a_note_that_names_the_hero_is_found_and_opened(shift_: Shift) -> None:
    ticket_id = free(shift_)
    noted(shift_, ticket_id, "@Ana can you look at the replay quota here?")
    async with at_the_desk(shift_.parts(carrier=False), size=(120, 40)) as hero:
        await hero.press("g", "at")
        await hero.waits_for("1 note that names you; * at the ticket", "replay quota")
        await hero.press("enter")
        desk = hero.app.desk
        assert desk is not None
        await hero.until(lambda: desk.opened is not None and desk.opened.ticket.id == ticket_id)


async def test_a_draft_is_shared_and_taken_up_by_the_next_hero(shift_: Shift) -> None:
    ticket_id = free(shift_)
    words = "Hey, the quota was reached on Tuesday. I raised it."
    async with at_the_desk(shift_.parts(carrier=False), size=(120, 40)) as hero:
        await opened(hero, ticket_id)
        await hero.press("r")
        await hero.paste(words)
        await hero.reviews()
        await hero.press("S")
        await hero.until(lambda: bool(hero.app.reading.intents()))
        (intent,) = hero.app.reading.intents()
        assert intent.kind == "internal_note" and words in (intent.comment or intent).body  # type: ignore[union-attr]
        assert hero.app.reading.journal is not None
        assert hero.app.reading.journal.drafts.get(ticket_id, "public_reply") is not None
        await hero.press("i")  # the desk hears keys again at once
        await hero.waits_for("INTERNAL NOTE - colleagues only")
    other = next(t for t in (free(shift_),))
    theirs = note(Draft(other, "public_reply", words, wall_clock(), status="pending"), "Lee")
    assert main(["outbox", "recall", intent.id]) == 0
    noted(shift_, other, theirs)
    journal_free = shift_.parts(carrier=False)
    async with at_the_desk(journal_free, size=(160, 44)) as hero:
        desk = hero.app.desk
        assert desk is not None and desk.reading.journal is not None
        # A reply that was begun without a word is no draft of the hero's own.
        blank = Draft(other, "public_reply", "", wall_clock())
        desk.pen.write(lambda j: j.drafts.save(blank)).result(5)
        await opened(hero, other)
        await hero.waits_for("shared one", "D uses it as your reply")
        assert hero.sees("lines by which other desks take up the draft")
        assert not hero.sees("heroterm-draft:"), "nobody reads that"
        await hero.press("D")
        await hero.until(lambda: words in desk.composer.body)
        assert desk.composer.writing is not None and desk.composer.writing.status == "pending"


async def test_the_owner_of_the_feature_is_offered_first(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(160, 44)) as hero:
        desk = hero.app.desk
        assert desk is not None
        rows = hero.app.reading.queue(desk.queue.view, 0, 200)
        for row in rows:
            await opened(hero, row.id)
            owner = desk.book.owner(desk.opened) if desk.opened is not None else None
            groups = hero.app.reading.mirror.groups()  # type: ignore[union-attr]
            known = {group.name for group in groups}
            if owner is not None and owner.team in known and desk.seeing.gate is None:
                break
        else:
            raise AssertionError("no in-app ticket whose owner is a group here")
        await hero.waits_for("owner of", owner.channel)
        await hero.press("e")
        await hero.waits_for(f"{owner.team}  owns it, {owner.channel}")
        await hero.press("enter")
        await hero.waits_for("INTERNAL NOTE", f"Escalating to {owner.team} ({owner.channel})")


async def test_done_elsewhere_names_the_place_and_its_status(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(120, 40)) as hero:
        desk = hero.app.desk
        assert desk is not None
        rows = hero.app.reading.queue(desk.queue.view, 0, 200)
        slack = next(row for row in rows if row.source == "slack" and not row.content_warning)
        await opened(hero, slack.id)
        await hero.press("d")
        await hero.until(lambda: "slack.com/archives" in desk.composer.body)
        assert desk.composer.writing is not None and desk.composer.writing.status == "pending"
        once = desk.composer.body
        await hero.press("escape", "escape")
        await hero.until(lambda: desk.composer.writing is None, "the composer stays open")
        await hero.press("d")
        await hero.until(lambda: desk.composer.body.endswith(once), "the draft is not back")
        assert desk.composer.body == once, "the place is said twice"
        await hero.press("escape", "escape")
        await hero.press("e", *"replay", "enter")
        await hero.until(lambda: "Escalating" in desk.composer.body)
        assert desk.composer.body.startswith(f"{once}\n\nEscalating"), "glued to the address"
