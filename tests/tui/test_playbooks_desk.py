"""The other procedures at the desk, to their end: the ledger holds what the handbook asks for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from heroterm.domain.playbook_way import waiting
from tests.robot import at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player, paths
from tests.tui.test_playbook import owner_of
from tests.tui.test_playbooks_danger import POST, put

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("quick")]


def held(shift: Shift, ticket: int) -> Any:
    """The world's ticket."""
    return shift.running.sandbox.world.tickets[ticket]


def said(shift: Shift, ticket: int) -> list[tuple[bool, str]]:
    """Whether public, and the words, of what the hero wrote on a ticket."""
    hero = shift.running.sandbox.world.hero_id
    mine = [c for c in shift.comments_of(ticket) if c["author_id"] == hero]
    return [(c["public"], c["body"]) for c in mine]


async def test_questions_that_need_no_waiting(shift_: Shift) -> None:
    """Self-hosted, community, free mail: one sitting, three tickets."""
    hosted, question = shift_.ticket("self_hosted"), shift_.community_question()
    gmail, before = shift_.ticket("freemail"), len(shift_.ledger())
    asker = shift_.running.sandbox.world.users[held(shift_, gmail).requester_id]
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(hosted)
        await player.begins("self")
        await player.answers("1 Do they really", "y")
        await player.queues("2 Politely direct them")
        await player.ends()
        await player.sent(before + 2)
        assert (held(shift_, hosted).status, len(said(shift_, hosted))) == ("solved", 2)

        await player.goes_to(question)
        await player.begins("community")
        await player.opens("2 Open the question")
        assert "posthog.com/questions/" in shift_.browsed[-1]
        await player.writes("3 Answer it there", "use the mask option")
        await player.queues("4 Make an internal note")
        await player.at("5 To become a moderator")
        await player.press("x")
        await player.ends()
        await player.sent(before + 4)
        assert held(shift_, question).status == "solved"
        assert not any(public for public, _ in said(shift_, question))

        await player.goes_to(gmail)
        await player.begins("free")
        await player.queues("4 Assign the user")
        await player.queues("5 Leave a note")
        await player.ends()
        await player.sent(before + 7)
        assert asker.organization_id == asker.true_organization_id
    wrote = [put(hosted)] * 2 + [put(question)] * 2
    user = ("PUT", f"/api/v2/users/{asker.id}")
    assert paths(shift_, before) == [*wrote, user, *[put(gmail)] * 2]


async def test_tickets_that_go_to_somebody_else(shift_: Shift) -> None:
    """A content warning, an escalation, a ticket passed on at the end of the week."""
    warned, first, second = (shift_.ticket(f"several_{n}") for n in (1, 2, 3))
    before = len(shift_.ledger())
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(warned)
        await player.begins("content")
        await player.writes("1 Say in a few sober words", "adult chat rooms")
        await player.writes("4 Click the organization", "an admin, Cleo, wrote it")
        await player.queues("5 Tag this ticket")
        await player.queues("6 Tell colleagues")
        await player.ends()
        await player.sent(before + 3)
        assert "content_warning" in held(shift_, warned).tags

        await player.goes_to(first)
        await player.begins("escal")
        await player.writes("1 Which group", "Replay")
        await player.writes("2 What does the customer", "an empty dashboard explained")
        await player.writes("3 What have you found", "the deploy of Monday did it")
        await player.writes("4 What have you tried", "a new filter")
        await player.writes("5 What do they need", "look at the deploy by Friday")
        await player.at("6 Tell the customer")
        await player.press("s")
        await player.types("ok")
        await hero.waits_for("Skipping needs a reason", "esc leave it")
        await hero.press("ctrl+u")
        await player.types("they know it already")
        await player.queues("7 Leave the note")
        await player.ends()
        await player.sent(before + 5)
        groups = shift_.running.sandbox.world.groups
        assert groups[held(shift_, first).group_id].name == "Replay"
        assert held(shift_, first).status == "open" and held(shift_, first).assignee_id is None

        await player.goes_to(second)
        await player.begins("end of")
        await player.writes("1 How does it stand", "the cause is the deploy")
        await player.writes("2 What was promised", "an answer by Friday")
        await player.writes("3 What is the very next", "read the deploy's log")
        await player.answers("4 Does the customer know", "y")
        await player.queues("6 Leave the note for")
        await player.ends()
        await player.sent(before + 7)
        assert "read the deploy's log" in said(shift_, second)[0][1]
    assert paths(shift_, before) == [*[put(warned)] * 3, *[put(first)] * 2, *[put(second)] * 2]


async def test_waits_that_wake_on_their_day_or_by_the_right_person(shift_: Shift) -> None:
    """On-Hold until a day, and a deletion that an admin has to confirm."""
    hold, gdpr = shift_.ticket("several_1"), shift_.ticket("gdpr")
    admin, before = owner_of(shift_, gdpr), len(shift_.ledger())
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player = Player(hero, shift_)
        await player.goes_to(hold)
        await player.begins("on-hold")
        await player.writes("1 What does it wait for", "the query engine's release")
        await player.writes("2 On which day", day(shift_, 5))
        await player.queues("3 Let the customer know")
        await player.at("4 Until that day")
        await player.sent(before + 2)
        assert held(shift_, hold).status == "hold"

        await player.goes_to(gdpr)
        await player.begins("data")
        await player.answers("1 Can they do it", "n")
        await player.answers("3 Find the region", "e")
        await player.types("the EU panel shows it")
        await player.writes("4 Look up the organization", admin.email)
        await player.answers("6 Who asks?", "c")
        await player.writes("7 Write down exactly what", "all events of patient-77120")
        await player.queues("8 Ask the admin to confirm")
        await player.at("9 Wait for the admin")
        await player.sent(before + 4)
        made = max(shift_.running.sandbox.world.tickets)
        shift_.control(
            "say", {"ticket": gdpr, "author": "requester", "body": "I am an admin: yes."}
        )
        shift_.control("say", {"ticket": made, "author": "owner", "body": "Confirmed."})
        shift_.control("clock", {"advance_seconds": 5 * 86_400})
        await hero.press("R")
        await player.opens("10 Pick the admin's message")
        await player.hears("Confirmed.")
        assert hero.sees("DOES NOT COUNT")
        await player.press("c")
        await player.queues("11 Hand it to the team", "the data team")
        await player.queues("12 Tell the requester", "confirmed and handed on", "Wednesday")
        await player.ends()
        await player.sent(before + 7)

        await player.goes_to(hold)
        await player.press("p")
        await player.writes("5 Look again", "released this morning")
        await player.queues("6 Write to the customer", "it is released", "please try", "Friday")
        await player.ends()
        await player.sent(before + 9)
    assert held(shift_, hold).status == "pending"
    assert paths(shift_, before)[2:4] == [POST, put(gdpr)]


def day(shift: Shift, days: int) -> str:
    """A day to come, by the practice desk's clock."""
    now = str(shift.control("clock", {"advance_seconds": 0})["now"])
    return (datetime.fromisoformat(now) + timedelta(days=days)).date().isoformat()


async def test_ownership_is_transferred_on_each_of_its_four_ways(shift_: Shift) -> None:
    """By the owner; by the owner's mailbox; to the team after a bounce, with Stripe looked at."""
    way_one, way_two, way_three = (shift_.ticket(n) for n in ("ownership", "several_1", "gdpr"))
    before, owner = len(shift_.ledger()), owner_of(shift_, way_three)
    tickets = (way_one, way_two, way_three)
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        player = Player(hero, shift_)
        for ticket in tickets:
            await player.goes_to(ticket)
            await player.begins("transfer")
            await player.queues("1 Ask them to get")
            await player.at("2 Wait for the requester")
        await player.sent(before + 6)  # three replies, three notes that tell of the wait
        for ticket in tickets:
            shift_.control("say", {"ticket": ticket, "author": "requester", "body": "He is gone."})
        await hero.press("R")
        await hero.until(lambda: len(woken(hero)) == 3, "the waits did not wake")

        await player.goes_to(way_one)
        await player.press("p")
        await player.answers("3 Can the current owner", "y")
        await player.answers("Are they on a paid", "n")
        await player.queues("Tell the requester how", "the owner did it", "nothing is left")
        await player.ends()

        await player.goes_to(way_two)
        await player.press("p")
        await player.answers("3 Can the current owner", "n")
        await player.answers("4 Do they have access", "y")
        await player.queues("5 Ask them to do a password")
        await player.at("6 Wait for the requester")
        await player.sent(before + 10)
        shift_.control("say", {"ticket": way_two, "author": "requester", "body": "It worked."})
        await hero.press("R")
        await player.answers("7 Did the password reset", "y")
        await player.answers("Are they on a paid", "y")
        await player.opens("Switch the contact")
        assert shift_.browsed[-1] == "https://dashboard.stripe.com/"
        await player.writes("Switch the contact", "the former owner before, the asker now")
        await player.queues("Tell the requester how", "you have it now", "nothing is left")
        await player.ends()
        await player.sent(before + 12)

        await player.goes_to(way_three)
        await player.press("p")
        await player.answers("3 Can the current owner", "n")
        await player.answers("4 Do they have access", "n")
        await player.answers("8 Find the region", "s")
        await player.types("the US panel shows it")
        await player.writes("9 Look up the organization", owner.email)
        await player.answers("11 Who asks?", "c")
        await player.queues("12 Mail the account owner")
        await player.writes("13 Check how long", "2025-06-01")
        await player.at("14 Wait for an answer")
        await player.sent(before + 14)
        made = max(shift_.running.sandbox.world.tickets)
        gone = {
            "ticket": made,
            "author": "mailer-daemon@mx.example.com",
            "body": "No such mailbox.",
        }
        shift_.control("say", gone)
        await hero.press("R")
        await player.queues("Bring it to your team", "bounced")
        await player.answers("Are they on a paid plan", "n")
        await player.queues("Tell the requester how", "our team decides", "Monday")
        await player.ends()
        await player.sent(before + 17)
    assert paths(shift_, before)[12:14] == [POST, put(way_three)]
    assert held(shift_, made).requester_id == owner.id
    (to_team,) = [b for _, b in said(shift_, way_three) if "for the team to decide" in b]
    assert "bounced" in to_team and "2025-06-01" in to_team and owner.email in to_team


def woken(hero: Any) -> list[Any]:
    """Runs under way whose next step is not a wait."""
    runs = hero.app.desk.reading.journal.runs.under_way()
    return [run for run in runs if waiting(run) is None]
